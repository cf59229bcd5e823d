import { existsSync, mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, beforeAll, expect, test } from "vitest"

import type { CiFile } from "../../src/ci/providers.js"
import { ciFiles } from "../../src/ci/providers.js"
import { facts } from "../helpers/ci.js"
import { GithubServer } from "../helpers/github-server.js"
import { pathWith, type Ran, runCommand, runJob } from "./helpers/actions.js"
import { boatProject } from "./helpers/boat.js"
import { type FaultyIndex, IndexServer, TOKEN } from "./helpers/faulty-index.js"
import { leftOut } from "./helpers/project.js"
import { addFiles, commitAll, git } from "./helpers/tiny.js"

const [ci, release] = ciFiles("github", facts())
const [script] = ciFiles("shell", facts())
const GITHUB_TOKEN = "fine-grained"
const SLOW = ["lint", "reproduce", "installers", "compare"]
const github = new GithubServer({ prefix: "/api/v3" })
const folder = boatProject(
  `smoke = [["tinyboat"]]\nindex-wait = 60\n${leftOut("audit", ...SLOW)}`,
)
let indexes: IndexServer
let tried: FaultyIndex
let target: FaultyIndex
let closed: FaultyIndex
let service: string

beforeAll(async () => {
  await github.start()
  indexes = await IndexServer.start()
  tried = indexes.add("tried")
  target = indexes.add("target")
  closed = indexes.add("closed", { everyUpload: { status: 403, body: "No." } })
  service = `--index-service tcp://127.0.0.1:${indexes.port}`
  addFiles(folder, { "salt.txt": `${Math.random()}\n` })
  commitAll(folder, "v1.2.0")
  git(folder, "tag", "staging/v1.3.0")
  github.tags.set("v1.2.0", git(folder, "rev-parse", "v1.2.0"))
})
afterAll(async () => {
  indexes.stop()
  await github.stop()
})

/** Runs a job of a workflow where the world is as the test has it. */
async function run(
  workflow: CiFile | undefined,
  job: string,
  ref: string,
  index = tried,
): Promise<Ran> {
  const api = `--github-service tcp://127.0.0.1:${github.port}`
  const ran = await runJob(folder, workflow, job, {
    PATH: pathWith({
      release: {
        places: `${service} ${api}`,
        options: `--index ${index.uploadUrl}`,
      },
      promote: {
        places: `${service} ${api}`,
        options: `--index ${target.uploadUrl} --test-index ${tried.uploadUrl}`,
      },
    }),
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags)\//, ""),
    INPUT_TAG: ref.replace(/^refs\/tags\//, ""),
    GITHUB_REPOSITORY: github.repository,
    GITHUB_API_URL: "https://github.example.org/api/v3",
    GITHUB_TOKEN,
    TEST_PYPI_API_TOKEN: TOKEN,
    PYPI_API_TOKEN: TOKEN,
  })
  for (const secret of [TOKEN, GITHUB_TOKEN])
    expect((ran.output + ran.summary).includes(secret)).toBe(false)
  // What the summary shows is in the log as well.
  expect(ran.output).toContain(ran.summary)
  return ran
}

test("GitHub: a push runs every gate of its environment, and the summary holds the report", async () => {
  const { code, summary } = await run(ci, "gates", "refs/heads/develop")
  expect(summary).toMatch(/^# Gates: tinyboat at `refs\/heads\/develop`/m)
  expect(summary).toContain("Environment: Development, for")
  expect(summary).toContain("```mermaid\ngantt\n")
  expect(summary).toMatch(
    /\| audit \| – skipped .*left out of Development: this test is of others/,
  )
  expect(summary).toMatch(/\| install \| ✓ passed/)
  expect(summary).not.toContain("| publish |")
  expect(code).toBe(0)
})

test("GitHub: a release that fails fails its step, and the summary holds the report all the same", async () => {
  const { code, summary } = await run(
    release,
    "release",
    "refs/tags/v1.2.0",
    closed,
  )
  expect(code).not.toBe(0)
  expect(summary).toMatch(/^# Release failed: tinyboat 1\.2\.0 /m)
  expect(summary).toMatch(/\| publish \| ✗ failed/)
  expect(summary).toMatch(/\| github \| – not run/)
  expect(github.releases).toEqual([])
})

test("GitHub: a tag is released to the index and announced, and the summary holds the report", async () => {
  const { code, summary } = await run(release, "release", "refs/tags/v1.2.0")
  expect(summary).toMatch(
    /^# Release: tinyboat 1\.2\.0 \(`v1\.2\.0`\) to http/m,
  )
  expect(summary).toContain("Environment: Production, for `refs/tags/v1.2.0`")
  expect(summary).toMatch(/\| github \| ✓ passed/)
  expect(code).toBe(0)
  expect(tried.files.size).toBe(2)
  expect(github.releases).toHaveLength(1)
})

test("GitHub: what was released is promoted, from the release's own files", async () => {
  const { code, summary } = await run(release, "promote", "refs/tags/v1.2.0")
  expect(summary).toMatch(/^# Promotion: tinyboat 1\.2\.0/m)
  expect(code).toBe(0)
  expect(target.holds).toEqual(tried.holds)
})

test("GitHub: a staging tag goes to its index and nowhere else", async () => {
  const ref = "refs/tags/staging/v1.3.0"
  const { code, summary } = await run(release, "release", ref)
  expect(summary).toMatch(
    /^# Release: tinyboat 1\.3\.0\.dev0 \(`staging\/v1\.3\.0`\)/m,
  )
  expect(summary).toContain("Environment: Staging, for")
  expect(summary).toMatch(
    /\| github \| – skipped .*Staging has no release on GitHub/,
  )
  expect(code).toBe(0)
  expect([...tried.files.keys()]).toContain("tinyboat-1.3.0.dev0.tar.gz")
  expect(github.releases).toHaveLength(1)
  const promoted = await run(release, "promote", ref)
  expect(promoted.code).not.toBe(0)
  expect(target.files.size).toBe(2)
})

test("GitHub: a ref's name is never run", async () => {
  const trace = join(mkdtempSync(join(tmpdir(), "trace-")), "ran")
  const ref = `refs/tags/v1;touch\${IFS}${trace};$(touch\${IFS}${trace})`
  const { code, summary } = await run(release, "release", ref)
  expect(code).not.toBe(0)
  expect(summary).toContain("is no release tag")
  expect(existsSync(trace)).toBe(false)
})

test("a staging tag whose name on the index is taken is told the next one that is free", async () => {
  addFiles(folder, { "src/tinyboat/more.py": "MORE = True\n" })
  git(folder, "add", "--all")
  git(folder, "commit", "--quiet", "--message", "More of it")
  git(folder, "tag", "--force", "staging/v1.3.0")
  const { code, summary } = await run(
    release,
    "release",
    "refs/tags/staging/v1.3.0",
  )
  expect(code).not.toBe(0)
  expect(summary).toContain(
    "The next staging tag that is free there: `git tag staging/v1.3.0.dev1`",
  )
})

test("the shell's script prints the report, keeps it, and fails where the release does", async () => {
  addFiles(folder, { "ci/shipwheel.sh": script?.text ?? "" })
  const report = join(mkdtempSync(join(tmpdir(), "report-")), "report.md")
  const shell = (...args: string[]) =>
    runCommand(folder, "sh", ["ci/shipwheel.sh", ...args], {
      PATH: pathWith({}),
      SHIPWHEEL_REPORT: report,
      TEST_PYPI_API_TOKEN: "",
    })
  const gates = await shell("gates", "refs/heads/main")
  expect(gates.output).toMatch(/^# Gates: tinyboat at `refs\/heads\/main`/m)
  expect(gates.code).toBe(0)
  expect(readFileSync(report, "utf8")).toBe(gates.output)

  const failed = await shell("release", "v1.2.0")
  expect(failed.code).not.toBe(0)
  expect(failed.output).toContain(
    "the value of `--test-pypi-token` (`--password` of `index`) is empty",
  )
  expect(readFileSync(report, "utf8")).toBe(failed.output)

  const usage = await shell("release")
  expect(usage.code).toBe(2)
  expect(usage.output).toContain("shipwheel.sh promote TAG")
})
