import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"

import { dag } from "@dagger.io/dagger"
import { afterAll, beforeAll, describe, expect, test } from "vitest"

import { LIMITS } from "../../src/config/limits.js"
import { publish } from "../../src/upload/publish-stage.js"
import {
  type FaultyIndex,
  identityToken,
  IndexServer,
  REQUEST_TOKEN,
  sha256,
  TOKEN,
} from "../e2e/helpers/faulty-index.js"
import { version } from "../helpers/builders.js"
import type { Chain } from "../helpers/call-chain.js"
import {
  type Case,
  check,
  hold,
  type Pair,
  PASSES,
  REFUSALS,
} from "../helpers/index-cases.js"
import { indexOf } from "../helpers/indexes.js"
import { newFolder } from "../helpers/programs.js"
import type { Answers } from "../helpers/recorded-calls.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"
import { runHere } from "../helpers/run-here.js"
import { installLinters } from "../linters/install.mjs"

const WHEEL = "tinyboat-1.0.0-py3-none-any.whl"
const SDIST = "tinyboat-1.0.0.tar.gz"
const FILES = `
import io, tarfile, zipfile
head = "Metadata-Version: 2.1\\nName: tinyboat\\nVersion: 1.0.0\\n"
with zipfile.ZipFile("${WHEEL}", "w") as out:
    out.writestr("tinyboat-1.0.0.dist-info/METADATA", head)
    out.writestr("tinyboat-1.0.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    out.writestr("tinyboat-1.0.0.dist-info/RECORD", "")
with tarfile.open("${SDIST}", "w:gz") as out:
    for name in ("PKG-INFO", "README.md"):
        info = tarfile.TarInfo(f"tinyboat-1.0.0/{name}")
        info.size = len(head)
        out.addfile(info, io.BytesIO(head.encode()))
`
/** As many run at once as keep two processors busy: most of them wait. */
const BESIDE = 6

interface Outcome {
  readonly index: FaultyIndex
  readonly value: string
  readonly error: string
}

const outcomes = new Map<string, Outcome>()
let server: IndexServer
let pair: Pair
/** What the commands of the stage are answered by: themselves. */
let programs: Answers

beforeAll(async () => {
  installLinters()
  server = await IndexServer.start()
  const dist = newFolder()
  execFileSync("python3", ["-c", FILES], { cwd: dist })
  const meant = new Map(
    [WHEEL, SDIST].map((name) => [name, readFileSync(join(dist, name))]),
  )
  const complete = Object.fromEntries(
    [...meant].map(([name, bytes]) => [name, sha256(bytes)]),
  )
  pair = { wheel: WHEEL, sdist: SDIST, meant, complete }
  const here = (chain: Chain) => runHere(chain, dist)
  programs = {
    "python /index_rules.py": "[]",
    "python /index_files.py": here,
    "python /upload.py": here,
  }
  const left = [...PASSES, ...REFUSALS]
  const work = async () => {
    for (let each = left.shift(); each; each = left.shift())
      outcomes.set(each.fact, await outcomeOf(each))
  }
  const all = () => Promise.all(Array.from({ length: BESIDE }, work))
  await recordCalls(all, programs)
}, 300_000)

afterAll(() => {
  server.stop()
})

/** What the stage says that publishes to such an index; its own programs speak to it. */
async function outcomeOf(each: Case): Promise<Outcome> {
  const name = each.fact.replace(/[^a-z]+/gi, "-")
  const index = server.add(name, each.behaviour)
  if (each.holds) hold(index, each.holds, pair)
  return { index, ...(await published(index, TOKEN, { wait: each.wait })) }
}

/** Publishes with a token, or with an identity that the CI hands out at that path. */
async function published(
  index: FaultyIndex,
  secret: string,
  { identity, wait }: { identity?: string; wait?: Case["wait"] },
): Promise<{ value: string; error: string }> {
  const uploadUrl = index.uploadUrl.replace(/\/\/[^:]+/, "//127.0.0.1")
  const identityUrl = identity && new URL(identity, uploadUrl).href
  const opened = indexOf({
    ...{ name: uploadUrl, option: uploadUrl, uploadUrl },
    simpleUrl: uploadUrl.replace("/legacy/", "/simple/"),
    credential: {
      user: "__token__",
      secret: dag.setSecret("token", secret),
      identity: identity !== undefined,
      identityUrl: identityUrl === "" ? undefined : identityUrl,
    },
  })
  const files = [...pair.meant].map(([name, bytes]) => ({
    name,
    sha256: sha256(bytes),
    size: bytes.length,
  }))
  const sought = { project: "tinyboat", version: version("v1.0.0"), files }
  const patience = {
    indexWait: wait ? 2 : 60,
    limits: LIMITS,
    gates: { skip: new Map<string, string>() },
  }
  try {
    const done = await publish(folder("dist"), sought, opened, patience)
    return { value: [done.summary, done.details].join("\n\n"), error: "" }
  } catch (error) {
    return { value: "", error: (error as Error).message }
  }
}

function outcome({ fact }: Case): Outcome {
  const found = outcomes.get(fact)
  if (!found) throw new Error(`nothing came of ${fact}`)
  return found
}

describe("publish gets through", () => {
  test.each(PASSES)("$fact", (each) => {
    const { error, index, value } = outcome(each)
    expect(error).toBe("")
    for (const words of each.says) expect(value).toMatch(words)
    check(index, each, pair)
  })
})

describe("publish stops at", () => {
  test.each(REFUSALS)("$fact", (each) => {
    const { error, index, value } = outcome(each)
    expect(value).toBe("")
    for (const words of each.says) expect(error).toMatch(words)
    expect(error).not.toContain(TOKEN)
    check(index, each, pair)
  })
})

describe("publish asks nobody for an identity that is good elsewhere, and shows none", () => {
  test.each(["pypi", "testpypi", "sts.example"])("%s", async (audience) => {
    const index = server.add(`greedy-${audience}`)
    const before = server.audiences.length
    const job = "/_/identity?job=boats/tinyboat"
    const token = identityToken({ aud: audience, repository: "boats/tinyboat" })
    server.audience = audience
    const { result } = await recordCalls(
      async () => [
        await published(index, REQUEST_TOKEN, { identity: job }),
        await published(index, token, { identity: "" }),
      ],
      programs,
    )
    for (const { error } of result) {
      expect(error).toContain(`meant for \`${audience}\`, which is not its own`)
      expect(error).not.toContain(token)
    }
    expect(server.audiences.length).toBe(before)
    expect(index.posts).toBe(0)
  })
})
