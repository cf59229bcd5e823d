import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, beforeAll, expect, test } from "vitest"

import { GithubServer } from "../helpers/github-server.js"
import { boatProject } from "./helpers/boat.js"
import { type FaultyIndex, TOKEN } from "./helpers/faulty-index.js"
import { Harbour } from "./helpers/released.js"
import type { Answer } from "./helpers/session.js"

const SETTINGS = `smoke = [
    ["tinyboat"],
    ["python", "-c", "import six; assert six.__version__ != '99.0'"],
]
index-wait = 5
`
const REASON = "the test index is down until Tuesday"

let harbour: Harbour
let tried: FaultyIndex
let target: FaultyIndex

beforeAll(async () => {
  harbour = await Harbour.open("v2.0.0-beta.1", SETTINGS)
  tried = harbour.index("tried")
  target = harbour.index("target", { format: "html" })
})
afterAll(() => {
  harbour.close()
})

/** Asks for a promotion from one index to the other. */
async function promote(more: Record<string, unknown> = {}): Promise<Answer> {
  return harbour.look("promote", {
    release: harbour.release,
    index: target.uploadUrl,
    testIndex: tried.uploadUrl,
    indexPassword: await harbour.session.secret(TOKEN),
    ...more,
  })
}

function status(): Promise<Answer> {
  return harbour.lookAt(tried, "status")
}

test("status says where nothing is, and what to run", async () => {
  const { value } = await status()
  expect(value).toContain("# Status of tinyboat 2.0.0b1 (`v2.0.0-beta.1`)")
  expect(value).toContain("none of the files is listed")
  expect(value).toContain(
    `Next: \`dagger call index --name ${tried.uploadUrl} --password env://INDEX_PASSWORD publish --tag v2.0.0-beta.1\``,
  )
})

test("promote refuses what the test index does not hold", async () => {
  const { error } = await promote()
  expect(error).toContain("does not hold the files")
  expect(error).toContain("--without-test-index")
  expect(target.posts).toBe(0)
})

test("promote refuses files that are not those of SHA256SUMS", async () => {
  const release = await harbour.directory(changedRelease())
  const { error } = await promote({ release })
  expect(error).toContain("`SHA256SUMS` says")
  expect(target.posts).toBe(0)
})

test("verify installs a prerelease by its exact pin, and no dependency from the index that anybody may upload to", async () => {
  expect((await harbour.publish(tried)).error).toBe("")
  tried.planted.set(...higherSix())
  const before = tried.reads
  const { error, value } = await harbour.lookAt(tried, "verify")
  expect(error).toBe("")
  expect(value).toContain("Python 3.12, the sdist on Python 3.12")
  expect(tried.reads).toBeGreaterThan(before)
  expect([...tried.asked].sort()).toEqual([
    "tinyboat",
    harbour.wheel,
    harbour.sdist,
  ])
})

test.each([
  ["__init__.py", "", "__init__.py and the 0 assets it names answered 200"],
  ["index.html", "index.html answered 404", ""],
])(
  "verify asks what it installed for its page, such as %s",
  async (page, error, summary) => {
    const site = "/usr/local/lib/python3.12/site-packages"
    const project = boatProject(
      `serve = { command = ["python", "-m", "http.server", "8000", "--directory", "${site}"], port = 8000, path = "/tinyboat/${page}" }\n`,
    )
    const answer = await harbour.lookAt(tried, "verify", { project })
    expect(answer.error).toContain(error)
    expect(answer.value).toContain(summary)
    expect(Boolean(answer.error)).toBe(Boolean(error))
  },
)

test("verify names the cause when only the wheel is there", async () => {
  const half = harbour.index("half")
  harbour.stock(half, harbour.wheel)
  const { error } = await harbour.lookAt(half, "verify")
  expect(error).toMatch(/after [\d.]+ s: `.*gz` is not listed, only `.*whl`/)
  expect(error).toContain("Nothing was installed")
})

test("promote with --dry-run says what can't be undone, and does nothing", async () => {
  const { error, value } = await promote({ dryRun: true })
  expect(error).toBe("")
  expect(value).toContain("# Plan of a promotion")
  expect(value).toContain("Can't be undone")
  expect(value).toContain(`Tried: ${tried.uploadUrl} holds the same bytes`)
  expect(target.posts).toBe(0)
})

test("promote carries the very same bytes on, and installs them from there", async () => {
  const { error, value } = await promote()
  expect(error).toBe("")
  expect(target.holds).toEqual(harbour.complete)
  expect(value).toContain("# Promotion: tinyboat 2.0.0b1")
  expect(value).toContain("Can't be undone")
  expect(value).toContain("- verify: installed from")
})

test("promote takes the files of the GitHub release where it is given no directory", async () => {
  const server = new GithubServer()
  await server.start()
  const names = readdirSync(harbour.folder)
  const read = (name: string) => readFileSync(join(harbour.folder, name))
  const files = Object.fromEntries(names.map((name) => [name, read(name)]))
  server.seed({ tag_name: harbour.tag, prerelease: true }, files)
  const shop = harbour.index("from-github")
  const { error, value } = await promote({
    release: undefined,
    index: shop.uploadUrl,
    githubRepository: server.repository,
    githubService: await harbour.session.hostService(server.port),
  })
  await server.stop()
  expect(error).toBe("")
  expect(value).toContain("- From: the GitHub release, whose files are those")
  expect(shop.holds).toEqual(harbour.complete)
})

test("promote says everything that is wrong with what it was given at once", async () => {
  const { error } = await harbour.look("promote", {
    tag: "v2",
    index: "no-such-index",
    testIndex: tried.uploadUrl,
  })
  expect(error).toContain("2 problems, nothing was started")
  expect(error).toContain("`no-such-index`")
  expect(error).toContain("it is not known where the files of the release are")
})

test("promote again keeps what is there, and installs it again", async () => {
  const before = target.reads
  const { error, value } = await promote()
  expect(error).toBe("")
  expect(value).toContain("Nothing to upload")
  expect(target.stored).toEqual([harbour.wheel, harbour.sdist])
  expect(target.reads).toBeGreaterThan(before)
})

test("promote shows the reason when it goes on without the test index", async () => {
  const elsewhere = harbour.index("elsewhere")
  const { error, value } = await promote({
    testIndex: elsewhere.uploadUrl,
    withoutTestIndex: REASON,
    dryRun: true,
  })
  expect(error).toBe("")
  expect(value).toContain(`The reason given: ${REASON}`)
})

test("status says that everything is where it should be, on every call anew", async () => {
  const before = tried.reads
  expect((await status()).value).toContain(
    "Next: nothing: the release is where it should be.",
  )
  tried.files.delete(harbour.sdist)
  expect((await status()).value).toMatch(/incomplete: `.*gz` is not listed/)
  expect(tried.reads).toBe(before + 2)
})

test("recover prints the yank page, the burnt files and the commands of the hotfix", async () => {
  const { error, value } = await harbour.lookAt(target, "recover")
  expect(error).toBe("")
  const { origin } = new URL(target.uploadUrl)
  expect(value).toContain(`${origin}/manage/project/tinyboat/release/2.0.0b1/`)
  expect(value).toContain(`Burnt: \`${harbour.wheel}\`, \`${harbour.sdist}\``)
  expect(value).toContain(
    "git switch --create hotfix/2.0.0-beta.2 v2.0.0-beta.1",
  )
})

/** A release directory in which somebody has touched the wheel. */
function changedRelease(): string {
  const folder = mkdtempSync(join(tmpdir(), "shipwheel-changed-"))
  cpSync(harbour.folder, folder, { recursive: true })
  const path = join(folder, harbour.wheel)
  writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from("x")]))
  return folder
}

/** A dependency of the package, of a version that nobody ever released. */
function higherSix(): [name: string, bytes: Buffer] {
  const bytes = Buffer.from("this is no wheel, and nobody may install it")
  return ["six-99.0-py2.py3-none-any.whl", bytes]
}
