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

import { boatProject } from "./helpers/boat.js"
import { DAGGER } from "./helpers/dagger.js"
import {
  AUDIENCE,
  type Behaviour,
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

interface Case {
  readonly fact: string
  readonly behaviour: Behaviour
  /** What the index holds before. */
  readonly holds?: "the wheel" | "all" | "another wheel" | "another sdist"
  /** Words of the answer or of the error. */
  readonly says: readonly (string | RegExp)[]
  /** What it holds in the end. */
  readonly ends: "complete" | "empty" | "as before" | "with the wheel alone"
  /** How many uploads arrive. */
  readonly posts?: number
  readonly wait?: "short"
}

const passes: Case[] = [
  {
    fact: "an index that is out of order for two attempts",
    behaviour: { uploads: [{ status: 503 }, { status: 503 }] },
    says: [/uploaded `.*whl` \(attempt 3\)/, /attempt 2: .*503.*then 2 s/],
    ends: "complete",
    posts: 4,
  },
  {
    fact: "an index that asks for a pause",
    behaviour: {
      uploads: [{ status: 429, headers: { "retry-after": "3" } }],
    },
    says: [/attempt 1: .*429.*then 3 s/],
    ends: "complete",
    posts: 3,
  },
  {
    fact: "a connection that breaks in the middle of each file",
    behaviour: { uploads: ["cut", "none", "cut"] },
    says: [/whl` \(attempt 2\)/, /gz` \(attempt 2\)/, /connection/],
    ends: "complete",
    posts: 4,
  },
  {
    fact: "a connection that breaks when the file is stored",
    behaviour: { uploads: ["stored, then cut"] },
    says: [/kept `.*whl`/],
    ends: "complete",
  },
  {
    fact: "an index that takes its time",
    behaviour: { everyUpload: "slow" },
    says: ["uploaded"],
    ends: "complete",
    posts: 2,
  },
  {
    fact: "a simple index that is stale for three reads",
    behaviour: { reads: ["stale", "stale", "stale"] },
    says: ["uploaded"],
    ends: "complete",
    posts: 2,
  },
  {
    fact: "a simple index that is out of order for two reads",
    behaviour: { firstReads: [{ status: 503 }, { status: 502 }] },
    says: ["uploaded"],
    ends: "complete",
  },
  {
    fact: "a simple index that answers nonsense once",
    behaviour: { firstReads: ["garbage"] },
    says: ["uploaded"],
    ends: "complete",
  },
  {
    fact: "an index that shows older bytes for one read",
    behaviour: { reads: ["other bytes"] },
    says: ["uploaded"],
    ends: "complete",
  },
  {
    fact: "an index that holds the wheel already",
    behaviour: { firstReads: [] },
    holds: "the wheel",
    says: [/uploaded `.*gz`/, /kept `.*whl` \(there already, same hash\)/],
    ends: "complete",
    posts: 1,
  },
  {
    fact: "an index in HTML that holds everything",
    behaviour: { format: "html" },
    holds: "all",
    says: [/^kept/],
    ends: "complete",
    posts: 0,
  },
  {
    fact: "an index that states no hashes: the files themselves are compared",
    behaviour: { format: "html", hashless: true },
    holds: "all",
    says: [/^kept/],
    ends: "complete",
    posts: 0,
  },
]

const refusals: Case[] = [
  {
    fact: "an index that stays out of order: five attempts, then an end",
    behaviour: { everyUpload: { status: 500 } },
    says: ["stopped", /attempt 5: .*500/, "Run the same command again"],
    ends: "empty",
    posts: 5,
  },
  {
    fact: "an index that asks for a longer pause than anybody waits",
    behaviour: {
      everyUpload: { status: 429, headers: { "retry-after": "86400" } },
    },
    says: ["asks to wait 86400 s", "Run the same command again"],
    ends: "empty",
    posts: 1,
  },
  {
    fact: "a token that the index does not accept, echoed by it",
    behaviour: { everyUpload: "echo" },
    says: ["does not accept the credential", "--index-password env://", "403"],
    ends: "empty",
    posts: 1,
  },
  {
    fact: "a file that the index does not want: no second attempt",
    behaviour: { everyUpload: { status: 400, body: "Invalid classifier" } },
    says: ["Invalid classifier", "Run the same command again"],
    ends: "empty",
    posts: 1,
  },
  {
    fact: "a file that is too large",
    behaviour: { uploads: ["none", { status: 413 }] },
    says: ["413", /`.*gz`/, "Run the same command again"],
    ends: "with the wheel alone",
    posts: 2,
  },
  {
    fact: "an address that has moved",
    behaviour: {
      everyUpload: { status: 301, headers: { location: "/elsewhere/" } },
    },
    says: ["redirected", "where no credential follows"],
    ends: "empty",
    posts: 1,
  },
  {
    fact: "a name that is taken, and never shown",
    behaviour: { everyUpload: { status: 409, body: "taken" } },
    says: ["409", "taken", "does not list it"],
    ends: "empty",
    posts: 1,
    wait: "short",
  },
  {
    fact: "other bytes under the wheel's name, before anything is uploaded",
    behaviour: {},
    holds: "another wheel",
    says: ["holds other bytes under", "A name is never given twice"],
    ends: "as before",
    posts: 0,
  },
  {
    fact: "other bytes under the sdist's name: the wheel does not go out either",
    behaviour: { format: "html" },
    holds: "another sdist",
    says: ["holds other bytes under", "recover"],
    ends: "as before",
    posts: 0,
  },
  {
    fact: "a release that was yanked, with the reason",
    behaviour: { yanked: "it leaks" },
    holds: "all",
    says: ["yanked", "it leaks", "Take the yank back"],
    ends: "as before",
    posts: 0,
  },
  {
    fact: "a project in quarantine",
    behaviour: { status: "quarantined" },
    says: ["quarantined", "write to their support"],
    ends: "empty",
    posts: 0,
  },
  {
    fact: "a simple index that stays out of order: nothing is uploaded",
    behaviour: {
      firstReads: Array<Behaviour["everyRead"]>(9).fill({ status: 503 }) as [],
    },
    says: ["can't be read", "503", "Run the same command again when"],
    ends: "empty",
    posts: 0,
  },
  {
    fact: "a simple index that never shows the files",
    behaviour: { everyRead: "stale" },
    says: [/after [\d.]+ s: none of the files is listed/, "index-wait"],
    ends: "complete",
    wait: "short",
  },
  {
    fact: "an index that shows the wheel only",
    behaviour: { everyRead: "without the sdist" },
    says: [/`.*gz` is not listed, only `.*whl`/, "index-wait"],
    ends: "complete",
    wait: "short",
  },
  {
    fact: "an index that shows other bytes than it was given",
    behaviour: { everyRead: "other bytes" },
    says: ["with other bytes", "release a new version"],
    ends: "complete",
  },
  {
    fact: "an index whose simple pages fail after the upload",
    behaviour: { everyRead: { status: 503 } },
    says: [/after [\d.]+ s: the index answers 503/, "index-wait"],
    ends: "complete",
    wait: "short",
  },
]

describe.concurrent("publish gets through", () => {
  test.each(passes)("$fact", async (each) => {
    const { answer, index } = await run(each)
    expect(answer.error).toBe("")
    for (const words of each.says) expect(answer.value).toMatch(words)
    check(index, each)
  })
})

describe.concurrent("publish stops at", () => {
  test.each(refusals)("$fact", async (each) => {
    const { answer, index } = await run(each)
    expect(answer.value).toBe("")
    for (const words of each.says) expect(answer.error).toMatch(words)
    check(index, each)
  })
})

describe("publish", () => {
  test("names both hashes where they differ", async () => {
    const index = harbour.index("hashes")
    hold(index, "another wheel")
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

  test.each(["pypi", "testpypi", "sts.example"])(
    "asks nobody for an identity that is good elsewhere: %s",
    async (audience) => {
      const index = harbour.index("greedy")
      harbour.server.audience = audience
      const before = harbour.server.audiences.length
      const { origin } = new URL(index.uploadUrl)
      const asked = await harbour.publish(index, {
        password: await harbour.session.secret(REQUEST_TOKEN),
        trusted: true,
        identityUrl: `${origin}/_/identity?job=boats/tinyboat`,
      })
      const shown = await harbour.publish(index, {
        password: await identity("boats/tinyboat", audience),
        trusted: true,
      })
      harbour.server.audience = AUDIENCE
      answers.push(asked, shown)
      for (const { error } of [asked, shown])
        expect(error).toContain(
          `meant for \`${audience}\`, which is not its own`,
        )
      expect(harbour.server.audiences.length).toBe(before)
      expect(index.posts).toBe(0)
    },
  )

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
    expect(empty.error).toContain("`--index-password` is empty")
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
  if (each.holds) hold(index, each.holds)
  const project = each.wait ? impatient : harbour.project
  const answer = await harbour.publish(index, {}, project)
  answers.push(answer)
  return { answer, index }
}

function hold(index: FaultyIndex, what: NonNullable<Case["holds"]>): void {
  const { sdist, wheel } = harbour
  if (what === "the wheel") harbour.stock(index, wheel)
  else if (what === "all") harbour.stock(index, wheel, sdist)
  else
    index.files.set(
      what === "another wheel" ? wheel : sdist,
      Buffer.from("another build"),
    )
}

/** Nothing is lost, nothing there twice, and never a mix. */
function check(index: FaultyIndex, { ends, holds, posts }: Case): void {
  const { complete, sdist, wheel } = harbour
  if (ends === "complete") expect(index.holds).toEqual(complete)
  if (ends === "empty") expect(index.holds).toEqual({})
  if (ends === "with the wheel alone")
    expect(index.holds).toEqual({ [wheel]: complete[wheel] })
  if (ends === "as before") expect(index.stored).toEqual([])
  expect(index.stored).toEqual([...new Set(index.stored)])
  if (ends === "complete" && !holds)
    expect(index.stored).toEqual([wheel, sdist])
  if (posts !== undefined) expect(index.posts).toBe(posts)
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
