import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"

import { GithubServer } from "../helpers/github-server.js"
import { isRight, newKeys, signed } from "../helpers/signing.js"
import { call } from "./helpers/dagger.js"
import { edit, leftOut } from "./helpers/project.js"
import { commitAll, git, tinyProject } from "./helpers/tiny.js"

const TAG = ["--tag", "v1.2.0"]
const TOKEN = ["--github-token", "env:RELEASE_TOKEN"]
const KEYS = newKeys("ssh")
const ENV = { RELEASE_TOKEN: "fine-grained", SIGNING_KEY: KEYS.secret }
const WHEEL = "tiny-1.2.0-py3-none-any.whl"
const NAMES = [
  "SHA256SUMS",
  "SHA256SUMS.sig",
  "manual.txt",
  "release-report.html",
  "release-report.md",
  "sbom.cdx.json",
  WHEEL,
  "tiny-1.2.0.tar.gz",
]
const server = new GithubServer({ prefix: "/api/v3" })
// An index may have a project of this name, which is another's: it has other addresses.
const project = tinyProject(
  '[project.urls]\nHome = "https://tiny.example.org"\n',
  { "docs/manual.txt": "Read me.\n" },
)
let github: string[]

beforeAll(async () => {
  edit(
    project,
    "pyproject.toml",
    (text) =>
      `${text}github = { extra = ["docs/*.txt"], notes-comparison = true }\nsbom = "wheel"\npublic-key = ${JSON.stringify(KEYS.publicKey)}\n${leftOut("lint", "audit", "reproduce", "install")}`,
  )
  await server.start()
  commitAll(project, "v1.1.0")
  for (const message of ["feat: a board", "fix(cli): no crash", "ci: cache"])
    git(project, "commit", "--quiet", "--allow-empty", "--message", message)
  git(project, "tag", "v1.2.0")
  server.tags.set("v1.2.0", git(project, "rev-parse", "v1.2.0"))
  github = [
    ...["--github-repository", server.repository],
    ...["--github-api", "https://github.example.org/api/v3"],
    ...["--github-service", `tcp://127.0.0.1:${server.port}`],
    ...["--signing-key", "env:SIGNING_KEY"],
  ]
})

afterAll(() => server.stop())

test("a release is announced on GitHub once its install from the index is verified", async () => {
  const args = [...github, "release", ...TAG, ...TOKEN]
  const release = await call(project, args, ENV)
  expect(release.log).not.toContain("Error:")
  expect(release.stdout).toMatch(
    /^# Release: tiny 1\.2\.0 \(`v1\.2\.0`\) to the rehearsal index and GitHub \(octo-org\/quayside\)/,
  )
  expect(release.stdout).toMatch(/\| github \| ✓ passed \|.*the latest/)
  const [shown] = server.releases
  expect(shown).toMatchObject({
    name: "tiny 1.2.0",
    draft: false,
    prerelease: false,
    make_latest: "true",
  })
  expect(shown?.body).toMatch(
    /^### Added\n\n- a board \([0-9a-f]{7}\)\n\n### Fixed\n\n- \*\*cli:\*\* no crash \([0-9a-f]{7}\)\n\n<details>\n<summary>What changed since the last release<\/summary>\n\n[^]*### Since 1\.1\.0\n[^]*\n\n<\/details>$/,
  )
  const names = shown?.assets.map(({ name }) => name).sort()
  expect(names).toEqual(NAMES)
  const asset = (wanted: string) =>
    shown?.assets.find(({ name }) => name === wanted)?.bytes.toString()
  expect(asset("release-report.md")).toContain("| verify | ✓ passed |")
  expect(asset("release-report.html")).toMatch(
    /<h1>tiny 1\.2\.0<\/h1>[^]*<h3>verify <span class="mark passed">/,
  )
  expect(asset("SHA256SUMS")).not.toContain("report")
  const path = join(mkdtempSync(join(tmpdir(), "signature-")), "signature")
  writeFileSync(path, bytesOf("SHA256SUMS.sig"))
  const sums = bytesOf("SHA256SUMS").toString()
  expect(isRight("ssh", sums, KEYS.publicKey, path)).toBe(true)
  expect(release.log).not.toContain(KEYS.secret.split("\n")[2])
  expect(release.stdout + release.log).not.toContain(ENV.RELEASE_TOKEN)
})

test("the same command again finds it there and changes nothing, where dependencies are newer today as well", async () => {
  await olderSbom()
  const before = server.log.length
  const again = await call(
    project,
    [...github, "github", "--token", "env:RELEASE_TOKEN", "release", ...TAG],
    ENV,
  )
  expect(again.stdout).toContain("was there already")
  const writes = server.log
    .slice(before)
    .filter(
      (each) => !each.startsWith("GET") && !/releases(\/\d+)?$/.test(each),
    )
  expect(writes).toEqual([])
  expect(server.releases).toHaveLength(1)
})

test("what follows it is compared with the files that its key has signed, and with no others", async () => {
  git(project, "commit", "--quiet", "--allow-empty", "--message", "fix: a")
  git(project, "tag", "v1.2.1")
  const args = [...github, "compare", "--tag", "v1.2.1"]
  const told = await call(project, args, ENV)
  expect(told.stdout).toContain(
    "since 1.2.0 (its release on GitHub, signed with the project's key)",
  )
  const [published] = server.releases
  const wheel = published?.assets.find(({ name }) => name === WHEEL)
  if (!wheel) throw new Error(`there is no ${WHEEL} among its files`)
  const { bytes } = wheel
  onTestFinished(() => {
    wheel.bytes = bytes
  })
  wheel.bytes = Buffer.concat([bytes, Buffer.from("\n")])
  const changed = await call(project, args, ENV)
  expect(changed.stdout).toContain(
    `\`${WHEEL}\` is not what the signed \`SHA256SUMS\` of the release says`,
  )
  expect(changed.stdout).toContain("since 1.2.0 (the tag `v1.2.0`, built anew)")
})

test("its files come back with the bytes that GitHub has", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "shipwheel-")), "release")
  const files = ["github", "--token", "env:RELEASE_TOKEN", "files", ...TAG]
  const args = [...github, ...files, "export", "--path", folder]
  const exported = await call(project, args, ENV)
  expect(exported.code).toBe(0)
  expect(readdirSync(folder).sort()).toEqual(NAMES)
  const inside = execFileSync("unzip", ["-l", join(folder, WHEEL)])
  expect(inside.toString()).toContain(
    "tiny-1.2.0.dist-info/sboms/tiny.cdx.json",
  )
})

/** A file of the release as GitHub has it. */
function bytesOf(name: string): Buffer {
  const [published] = server.releases
  const found = published?.assets.find((each) => each.name === name)
  if (!found) throw new Error(`there is no ${name} among its files`)
  return found.bytes
}

/** What is published becomes what was true on another day: its SBOM, the sums that cover it, and their signature. */
async function olderSbom() {
  const [published] = server.releases
  const asset = (name: string) =>
    published?.assets.find((each) => each.name === name)
  const [sbom, sums] = [asset("sbom.cdx.json"), asset("SHA256SUMS")]
  const signature = asset("SHA256SUMS.sig")
  if (!sbom || !sums || !signature)
    throw new Error("there is no SBOM among its files")
  const before = sha256(sbom.bytes)
  sbom.bytes = Buffer.from(sbom.bytes.toString().replace("tiny", "teeny"))
  expect(sums.bytes.toString()).toContain(before)
  sums.bytes = Buffer.from(
    sums.bytes.toString().replace(before, sha256(sbom.bytes)),
  )
  const text = sums.bytes.toString()
  const { path } = await signed(text, KEYS.secret, KEYS.publicKey)
  signature.bytes = readFileSync(path)
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex")
}

test("a wrong token is told along with all else that is wrong, before anything is built", async () => {
  const index = ["--test-pypi-token", "env:INDEX_TOKEN"]
  const args = [...github, "release", "--tag", "v1.3.0", ...index, ...TOKEN]
  const other = newKeys("ssh").secret
  const env = {
    RELEASE_TOKEN: "stolen",
    INDEX_TOKEN: "sesame",
    SIGNING_KEY: other,
  }
  const refused = await call(project, args, env)
  expect(refused.code).not.toBe(0)
  expect(refused.log).toContain("4 problems, nothing was started")
  expect(refused.log).toContain("GitHub refuses the token: Bad credentials")
  expect(refused.log).toContain("`v1.3.0` is not a tag of this repository")
  expect(refused.log).toContain("`--test-pypi-token`")
  expect(refused.log).toContain(
    "`--signing-key` is not the key that `tool.shipwheel.public-key` belongs to",
  )
  expect(refused.log).not.toContain(other.split("\n")[2])
  expect(refused.log).not.toContain("build.py")
})

test("a tag that was not pushed is refused before anything is built", async () => {
  git(project, "tag", "v1.4.0")
  const args = [...github, "release", "--tag", "v1.4.0", ...TOKEN]
  const refused = await call(project, args, ENV)
  expect(refused.log).toContain("`v1.4.0` is no tag of `octo-org/quayside`")
  expect(refused.log).toContain("git push origin v1.4.0")
  expect(refused.log).not.toContain("build.py")
})

test("notes are printed without a token", async () => {
  const notes = await call(project, ["notes", ...TAG])
  expect(notes.stdout).toContain("- **cli:** no crash")
})
