import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, expect, test } from "vitest"

import { call, needed, ran } from "./helpers/dagger.js"
import { emptyProject, exampleProject } from "./helpers/project.js"

let project: string
beforeAll(() => {
  project = exampleProject()
})

async function succeed(...args: string[]): Promise<string> {
  const result = await call(project, args)
  expect(result.log).not.toContain("\nError: ")
  expect(result.code).toBe(0)
  return result.stdout
}

test("`test` reports every Python version", async () => {
  expect(await succeed("test")).toMatch(
    /^30 passed on Python 3\.9, 3\.10, 3\.11, 3\.12\n\nImports `quayside`/,
  )
})

test("`python` runs one leg, and its container holds that Python and the package", async () => {
  const leg = ["python", "--version", "3.10"]
  expect(await succeed(...leg, "test")).toBe("30 passed on Python 3.10")
  const shown = await succeed(
    ...leg,
    "container",
    ...["with-exec", "--args", "quayside,--version", "stdout"],
  )
  expect(shown.trim()).toBe("quayside 1.1.0")
})

test("`python` refuses a version that is not in the matrix", async () => {
  const result = await call(project, ["python", "--version", "2.7", "test"])
  expect(result.code).not.toBe(0)
  expect(result.log).toContain(
    "Python `2.7` is not among 3.9, 3.10, 3.11, 3.12",
  )
})

test("`lint` runs ruff and the frontend's own checks", async () => {
  expect(await succeed("lint")).toMatch(
    /^ruff check, ruff format, npm run lint, npm run type-check: nothing found; ruff [0-9.]+ \(Shipwheel's own\)$/,
  )
})

test("`frontend` returns the output of the production build", async () => {
  const out = join(emptyProject(), "out")
  await succeed("frontend", "export", "--path", out)
  expect(readdirSync(out)).toContain("index.html")
  expect(existsSync(join(out, "_next", "static"))).toBe(true)
})

test("`build` writes the tag's version into wheel and sdist, and leaves the tree alone", async () => {
  const dist = join(emptyProject(), "dist")
  const before = readFileSync(join(project, "pyproject.toml"))
  await succeed("build", "--tag", "v2.0.0-beta.1", "export", "--path", dist)
  expect(readdirSync(dist).sort()).toEqual([
    "quayside-2.0.0b1-py3-none-any.whl",
    "quayside-2.0.0b1.tar.gz",
  ])
  expect(readFileSync(join(project, "pyproject.toml"))).toEqual(before)
  const wheel = join(dist, "quayside-2.0.0b1-py3-none-any.whl")
  const unzip = (path: string) =>
    execFileSync("python3", [
      "-c",
      "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())",
      wheel,
      path,
    ]).toString()
  expect(unzip("quayside/__init__.py")).toContain('__version__ = "2.0.0b1"')
  expect(unzip("quayside-2.0.0b1.dist-info/METADATA")).toContain(
    "Version: 2.0.0b1",
  )
  expect(unzip("quayside/frontend/index.html")).toContain("<html")
})

test("`build` without a tag keeps the version in the project", async () => {
  const entries = await succeed("build", "entries")
  expect(entries.trim().split("\n").sort()).toEqual([
    "quayside-1.1.0-py3-none-any.whl",
    "quayside-1.1.0.tar.gz",
  ])
})

test("`stamp` proposes the edits for the user's own tree", async () => {
  const patch = await succeed(
    ...["stamp", "--tag", "v1.2.0"],
    ...["as-patch", "contents"],
  )
  expect(patch.match(/^[-+](?![-+]).*/gm)).toEqual([
    '-__version__ = "1.1.0"',
    '+__version__ = "1.2.0"',
    '-version = "1.1.0"',
    '+version = "1.2.0"',
  ])
})

test("`publish` uploads to a fresh rehearsal index on every call", async () => {
  const publish = () => call(project, ["publish", "--tag", "v1.2.0"])
  for (const result of [await publish(), await publish()]) {
    expect(result.code).toBe(0)
    expect(ran(result, "upload.py")).toHaveLength(1)
  }
})

test("`verify` uploads to a fresh rehearsal index on every call, and installs the same files once", async () => {
  const verify = () => call(project, ["verify", "--tag", "v1.2.0"])
  const installs = "--requirement /pinned.txt"
  const first = await verify()
  // The wheel on four Pythons, and the sdist.
  expect(needed(first, installs)).toHaveLength(5)
  const again = await verify()
  expect(ran(again, "upload.py")).toHaveLength(1)
  expect(needed(again, installs)).toHaveLength(5)
  expect(ran(again, installs)).toEqual([])
})

test("`release-directory` holds the files, the install scripts, their checksums and the notes", async () => {
  const release = join(emptyProject(), "release")
  await succeed(
    ...["release-directory", "--tag", "v1.2.0"],
    ...["export", "--path", release],
  )
  expect(readdirSync(release).sort()).toEqual([
    "NOTES.md",
    "SHA256SUMS",
    "install.ps1",
    "install.sh",
    "quayside-1.2.0-py3-none-any.whl",
    "quayside-1.2.0.tar.gz",
    "sbom.cdx.json",
  ])
  const sums = readFileSync(join(release, "SHA256SUMS"), "utf8")
  for (const name of readdirSync(release).filter((n) => /^[a-z]/.test(n))) {
    const bytes = readFileSync(join(release, name))
    const sha256 = createHash("sha256").update(bytes).digest("hex")
    expect(sums).toContain(`${sha256}  ${name}\n`)
  }
  expect(readFileSync(join(release, "NOTES.md"), "utf8")).toContain(
    "follows the system's dark mode",
  )
})
