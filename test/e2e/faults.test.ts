import { execFileSync, spawn } from "node:child_process"
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"

import { afterAll, beforeAll, describe, expect, test } from "vitest"

import {
  type Case,
  check,
  hold,
  PASSES,
  REFUSALS,
} from "../helpers/index-cases.js"
import { boatProject } from "./helpers/boat.js"
import { DAGGER } from "./helpers/dagger.js"
import {
  AUDIENCE,
  type FaultyIndex,
  identityToken,
  REQUEST_TOKEN,
  sha256,
  TOKEN,
  USER_PASSWORD,
} from "./helpers/faulty-index.js"
import { Harbour } from "./helpers/released.js"
import type { Answer } from "./helpers/session.js"

let harbour: Harbour
let impatient: string
/** Its smoke command looks for the password wherever it was. */
let nosy: string
const LOOK = [
  "import os, pathlib, sys",
  "found = [each for each in os.environ if each in ('NETRC', 'INDEX_USER', 'INDEX_PASSWORD')]",
  "found += map(str, pathlib.Path('/run/secrets').rglob('*'))",
  "found += map(str, pathlib.Path('/').glob('*/.netrc'))",
  "sys.exit(' '.join(found) or 0)",
].join("; ")
const answers: Answer[] = []

beforeAll(async () => {
  harbour = await Harbour.open("v1.0.0", "index-wait = 60\n")
  impatient = boatProject("index-wait = 2\n")
  nosy = boatProject(`smoke = [["python", "-c", ${JSON.stringify(LOOK)}]]\n`)
})
afterAll(() => {
  harbour.close()
})

/** All of them run without an engine, in test/upload; these have what only an engine does: it carries a broken connection, hides a token, ends a wait. */
const HERE = [
  "a connection that breaks in the middle of each file",
  "a simple index that is stale for three reads",
  "a token that the index does not accept, echoed by it",
  "other bytes under the sdist's name: the wheel does not go out either",
  "a simple index that never shows the files",
]
const chosen = (all: readonly Case[]) =>
  all.filter(({ fact }) => HERE.includes(fact))

describe.concurrent("publish gets through", () => {
  test.each(chosen(PASSES))("$fact", async (each) => {
    const { answer, index } = await run(each)
    expect(answer.error).toBe("")
    for (const words of each.says) expect(answer.value).toMatch(words)
    check(index, each, harbour)
  })
})

describe.concurrent("publish stops at", () => {
  test.each(chosen(REFUSALS))("$fact", async (each) => {
    const { answer, index } = await run(each)
    expect(answer.value).toBe("")
    for (const words of each.says) expect(answer.error).toMatch(words)
    check(index, each, harbour)
  })
})

describe("publish", () => {
  test("names both hashes where they differ", async () => {
    const index = harbour.index("hashes")
    hold(index, "another wheel", harbour)
    const { error } = await harbour.publish(index)
    expect(error).toContain(harbour.hash(harbour.wheel))
    expect(error).toContain(index.holds[harbour.wheel])
  })

  test("twice at once ends with one complete release", async () => {
    const index = harbour.index("twice", { everyUpload: "after a moment" })
    const both = await Promise.all([
      harbour.publish(index),
      harbour.publish(index),
    ])
    expect(both.map(({ error }) => error)).toEqual(["", ""])
    expect(index.holds).toEqual(harbour.complete)
    expect(index.stored).toEqual([harbour.wheel, harbour.sdist])
  })

  test("twice at once with different bytes ends with all of one, and tells the other", async () => {
    const index = harbour.index("rivals", { everyUpload: "after a moment" })
    const rival = rebuiltRelease()
    const release = await harbour.directory(rival)
    const both = await Promise.all([
      harbour.publish(index),
      harbour.publish(index, { release }),
    ])
    const lost = both.filter(({ error }) => error !== "")
    expect(lost).toHaveLength(1)
    expect(lost[0]?.error).toMatch(/release a new version/i)
    const won = lost[0] === both[0] ? sumsOf(rival) : harbour.complete
    expect(index.holds).toEqual(won)
    for (const name of [harbour.wheel, harbour.sdist])
      expect(index.stored.filter((each) => each === name)).toHaveLength(1)
  })

  test("ends what a killed run began", async () => {
    const index = harbour.index("killed", { uploads: ["none", "cut"] })
    await killedAt(index, 2)
    expect(Object.keys(index.holds)).toEqual([harbour.wheel])
    const { error, value } = await harbour.publish(index)
    expect(error).toBe("")
    expect(value).toMatch(/uploaded `.*gz`; kept `.*whl`/)
    expect(index.stored).toEqual([harbour.wheel, harbour.sdist])
  })

  test("looks at the index on every call", async () => {
    const index = harbour.index("again")
    await harbour.publish(index)
    const before = index.reads
    await harbour.publish(index)
    expect(index.reads).toBeGreaterThan(before)
    expect(index.posts).toBe(2)
  })

  test("goes through a real index that fails now and then", async () => {
    const { session } = harbour
    const token = await session.secret(TOKEN)
    const source = await harbour.directory(harbour.project)
    const [served] = await session.ask<string>(
      // It holds the files of another version from the start.
      `{ shipwheel(source: "${source}") { files(tag: "v0.0.1") { packageIndex(token: "${token}") { id } } } }`,
    )
    const [upstream] = await session.ask<string>(
      `{ host { tunnel(service: "${served}", native: false) { start } } }`,
    )
    const [address] = await session.ask<string>(
      `{ loadServiceFromID(id: "${upstream}") { endpoint(scheme: "http") } }`,
    )
    const index = harbour.index("pypiserver", {
      upstream: address,
      uploads: ["cut", { status: 503 }, "none", "cut"],
    })
    const first = await harbour.publish(index)
    answers.push(first)
    expect(first.error).toBe("")
    // At least one more than what is broken on purpose: a busy machine adds its own.
    expect(first.value).toMatch(/whl` \(attempt [3-9]\)/)
    const again = await harbour.publish(index)
    expect(again.value).toMatch(/^kept/)
    const elsewhere = harbour.index("pypiserver-too", { upstream: address })
    const looked = await harbour.lookAt(elsewhere, "status")
    expect(looked.value).toContain("complete:")
  })

  test("uploads nothing where an index would refuse the name of a file", async () => {
    const index = harbour.index("misspelt")
    const release = await harbour.directory(misspeltRelease())
    const { error } = await harbour.publish(index, { release })
    expect(error).toMatch(
      /`Tinyboat-1\.0\.0\.tar\.gz`: its name has to be `tinyboat-1\.0\.0\.tar\.gz`/,
    )
    expect(error).toContain("Nothing was uploaded.")
    expect(Object.keys(index.holds)).toEqual([])
  })

  test("reads a private index with user and password", async () => {
    const index = harbour.index("private", { private: true })
    const { error } = await harbour.publish(index, {
      indexUser: "harbour",
      password: await harbour.session.secret(USER_PASSWORD),
    })
    expect(error).toBe("")
    expect(index.holds).toEqual(harbour.complete)

    const verified = await harbour.lookAt(index, "verify", {
      project: nosy,
      indexUser: "harbour",
      password: await harbour.session.secret(USER_PASSWORD),
    })
    answers.push(verified)
    expect(verified.error).toBe("")
    expect(verified.value).toContain("the sdist on Python 3.12")
  })

  test("refuses a credential for somebody else, and sends nothing", async () => {
    const index = harbour.index("not-its-own")
    const { error } = await harbour.look("release", {
      index: index.uploadUrl,
      testPypiToken: await harbour.session.secret(TOKEN),
    })
    expect(error).toContain("does not use `--test-pypi-token`")
    expect(index.reads + index.posts).toBe(0)
  })

  test("exchanges a CI's identity for an upload token", async () => {
    const index = harbour.index("trusted")
    const answer = await harbour.publish(index, {
      password: await identity("boats/tinyboat", AUDIENCE),
      trusted: true,
    })
    answers.push(answer)
    expect(answer.error).toBe("")
    expect(index.holds).toEqual(harbour.complete)
  })

  test("asks the CI for an identity only when it is needed, for the index's own audience", async () => {
    const index = harbour.index("asked")
    const { origin } = new URL(index.uploadUrl)
    const ask = async (job: string, token: string) =>
      harbour.publish(index, {
        password: await harbour.session.secret(token),
        trusted: true,
        identityUrl: `${origin}/_/identity?job=${job}`,
      })
    const refused = await ask("boats/tinyboat", "thyme")
    expect(refused.error).toContain("answers 401")
    expect((await ask("boats/other", REQUEST_TOKEN)).error).toContain(
      "no publisher fits the identity ***",
    )
    expect(index.posts).toBe(0)
    const answer = await ask("boats/tinyboat", REQUEST_TOKEN)
    answers.push(refused, answer)
    expect(answer.error).toBe("")
    expect(index.holds).toEqual(harbour.complete)
  })

  test("says why an identity was not exchanged", async () => {
    const index = harbour.index("untrusted")
    const [stranger, elsewhere] = await Promise.all([
      harbour.publish(index, {
        password: await identity("boats/other", AUDIENCE),
        trusted: true,
      }),
      harbour.publish(index, {
        password: await identity("boats/tinyboat", "elsewhere"),
        trusted: true,
      }),
    ])
    answers.push(stranger, elsewhere)
    expect(stranger.error).toContain("no publisher fits")
    expect(elsewhere.error).toContain(`this index accepts \`${AUDIENCE}\``)
    expect(index.posts).toBe(0)
  })

  test("waits for no answer that never ends", async () => {
    const drips = Array.from({ length: 9 }, () => "dripping" as const)
    const index = harbour.index("dripping", { firstReads: drips })
    const { error } = await harbour.lookAt(index, "verify", {
      project: impatient,
    })
    expect(error).toMatch(
      /does not offer the release after [\d.]+ s: the index/,
    )
  })

  test("takes nothing for the index's own that it sends elsewhere for, and uploads it", async () => {
    const mirrored = harbour.index("mirrored")
    harbour.stock(mirrored, harbour.wheel, harbour.sdist)
    const forwards = mirrored.uploadUrl.replace("legacy", "simple/tinyboat")
    const index = harbour.index("forwarding", { forwards })
    const looked = await harbour.lookAt(index, "status")
    expect(looked.error).toBe("")
    expect(mirrored.asked).toContain("tinyboat")
    expect(looked.value).toContain(
      "sends its readers to `/mirrored/simple/tinyboat/`",
    )
    expect(looked.value).toMatch(/Next: `dagger call .* publish --tag/)
    const verified = await harbour.lookAt(index, "verify", {
      project: impatient,
    })
    expect(verified.error).toContain("whose files are not its own")
    const { error, value } = await harbour.publish(index)
    expect(error).toBe("")
    expect(value).toMatch(/^uploaded `.*whl`, `.*gz`/)
    expect(index.stored).toEqual([harbour.wheel, harbour.sdist])
  })

  test("finds the pages of a devpi by its address, and takes nothing for its own that it inherits", async () => {
    const base = harbour.index("base", { devpi: { inherits: "" } })
    harbour.stock(base, harbour.wheel, harbour.sdist)
    const index = harbour.index("dev", { devpi: { inherits: "base" } })
    const looked = await harbour.lookAt(index, "status")
    expect(looked.value).toContain("sends its readers to `/base/`")
    const first = await harbour.publish(index)
    expect(first.error).toBe("")
    expect(index.holds).toEqual(harbour.complete)
    expect((await harbour.publish(index)).value).toMatch(/^kept/)
  })

  test("looks at a credential before anything else", async () => {
    const index = harbour.index("credentials")
    const empty = await harbour.publish(index, {
      password: await harbour.session.secret(""),
    })
    expect(empty.error).toContain(
      "`--index-password` (`--password` of `index`) is empty",
    )
    expect(index.reads).toBe(0)
  })
})

test("no token is in anything that was printed", () => {
  const secrets = [TOKEN, USER_PASSWORD, ...identities]
  const forms = secrets.flatMap((secret) => [
    secret,
    Buffer.from(secret).toString("base64"),
    Buffer.from(`__token__:${secret}`).toString("base64"),
    Buffer.from(`harbour:${secret}`).toString("base64"),
  ])
  const printed = [
    ...harbour.session.log,
    ...answers.flatMap(({ error, value }) => [error, value]),
  ].join("")
  // Proof that the log is the one in which the tokens would be.
  expect(printed).toContain("/upload.py")
  expect(printed).toContain("you sent Basic ***")
  for (const form of forms) expect(printed.includes(form)).toBe(false)
})

const identities: string[] = []

async function identity(repository: string, aud: string): Promise<string> {
  const token = identityToken({ aud, repository })
  identities.push(token)
  return harbour.session.secret(token)
}

async function run(each: Case) {
  const name = each.fact.replace(/[^a-z]+/gi, "-")
  const index = harbour.index(name, each.behaviour)
  if (each.holds) hold(index, each.holds, harbour)
  const project = each.wait ? impatient : harbour.project
  const answer = await harbour.publish(index, {}, project)
  answers.push(answer)
  return { answer, index }
}

/** Runs the command as a user does, and kills it when that upload begins. */
async function killedAt(index: FaultyIndex, count: number): Promise<void> {
  const password = join(tmpdir(), `password-${process.pid}`)
  writeFileSync(password, TOKEN)
  const child = spawn(
    DAGGER,
    [
      ...["call", "--source", harbour.project],
      ...["--index-service", `tcp://127.0.0.1:${harbour.server.port}`],
      ...["index", "--name", index.uploadUrl, "--release", harbour.folder],
      ...["--password", `file://${password}`, "publish", "--tag", harbour.tag],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  )
  const printed: Buffer[] = []
  child.stdout.on("data", (part: Buffer) => printed.push(part))
  child.stderr.on("data", (part: Buffer) => printed.push(part))
  await new Promise<void>((resolve, reject) => {
    index.onUpload = (at) => {
      if (at === count) child.kill("SIGKILL")
    }
    child.on("exit", (code) => {
      answers.push({ value: Buffer.concat(printed).toString(), error: "" })
      if (code === null) resolve()
      else reject(new Error(Buffer.concat(printed).toString()))
    })
  })
  index.onUpload = () => undefined
}

/** The same release, packed in another way: other bytes under the same names. */
function rebuiltRelease(): string {
  const copy = mkdtempSync(join(tmpdir(), "shipwheel-rebuilt-"))
  cpSync(harbour.folder, copy, { recursive: true })
  const sdist = join(copy, harbour.sdist)
  writeFileSync(sdist, gzipSync(gunzipSync(readFileSync(sdist)), { level: 1 }))
  const wheel = join(copy, harbour.wheel)
  execFileSync("python3", ["-c", REPACK, wheel])
  const sums = join(copy, "SHA256SUMS")
  let text = readFileSync(sums, "utf8")
  for (const name of [harbour.sdist, harbour.wheel])
    text = text.replace(
      harbour.hash(name),
      sha256(readFileSync(join(copy, name))),
    )
  writeFileSync(sums, text)
  return copy
}

const REPACK = [
  "import sys, zipfile",
  "old = zipfile.ZipFile(sys.argv[1])",
  "entries = [(each, old.read(each)) for each in old.infolist()]",
  "old.close()",
  "new = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_STORED)",
  "for each, text in entries: new.writestr(each.filename, text)",
  "new.close()",
].join("\n")

/** The names and hashes of the files of a release. */
function sumsOf(folder: string): Record<string, string> {
  const names = [harbour.wheel, harbour.sdist]
  return Object.fromEntries(
    names.map((name) => [name, sha256(readFileSync(join(folder, name)))]),
  )
}

/** A release whose sdist has a name that only its maker would write so. */
function misspeltRelease(): string {
  const { folder, sdist } = harbour
  const copy = mkdtempSync(join(tmpdir(), "shipwheel-misspelt-"))
  cpSync(folder, copy, { recursive: true })
  const misspelt = sdist.replace("tinyboat", "Tinyboat")
  renameSync(join(copy, sdist), join(copy, misspelt))
  const sums = join(copy, "SHA256SUMS")
  writeFileSync(sums, readFileSync(sums, "utf8").replace(sdist, misspelt))
  return copy
}
