import { execFileSync } from "node:child_process"
import { mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, describe, expect, test } from "vitest"

import { call } from "./dagger.js"
import { emptyProject } from "./project.js"

/** Projects that nobody here wrote, each with a tag for its next version. */
const SOUND = [
  ["tektra==0.2.1", "v0.3.0-beta.1", "setuptools, with a stale setup.py"],
  ["zipp==3.21.0", "v3.22.0", "setuptools-scm"],
  ["iniconfig==2.1.0", "v2.2.0", "hatch-vcs"],
  ["idna==3.10", "v3.11", "flit-core, __version__ imported from elsewhere"],
  ["tomlkit==0.13.2", "0.14.0", "poetry-core"],
  ["typer==0.15.2", "0.16.0", "pdm-backend"],
] as const

/** What is built as well, and then stopped with good reason. */
const CONTENT_TYPE = "`long_description_content_type` missing"
const STOPPED = [
  ["sphinx-rtd-theme==3.0.2", "v3.1.0", "3.1.0", CONTENT_TYPE],
  ["h11==0.14.0", "v0.15.0", "0.15.0", CONTENT_TYPE],
  ["httpx==0.28.1", "0.29.0rc1", "0.29.0rc1", "`tests/fixtures/.netrc`"],
] as const

const folders = new Map<string, string>()

beforeAll(() => {
  for (const [requirement] of [...SOUND, ...STOPPED]) {
    const folder = emptyProject()
    const pip = ["-m", "pip", "download", "--quiet", "--no-deps"]
    const options = ["--no-binary", ":all:", "--dest", folder, requirement]
    execFileSync("python3", [...pip, ...options], { stdio: "pipe" })
    const [sdist = ""] = readdirSync(folder)
    const source = join(folder, "source")
    mkdirSync(source)
    const strip = ["--strip-components", "1", "--directory", source]
    execFileSync("tar", ["-xzf", join(folder, sdist), ...strip])
    folders.set(requirement, source)
  }
})

describe("a project from PyPI with no configuration", () => {
  test.each(SOUND)("passes every check: %s as %s, %s", async (name, tag) => {
    const checked = await call(sourceOf(name), ["check", "--tag", tag])
    expect(checked.code, checked.log.slice(-3000)).toBe(0)
    expect(checked.stdout).toContain("names, metadata, record")
  })

  test.each(STOPPED)(
    "is built, and stopped by what an index or a reader would mind: %s as %s",
    async (name, tag, version, finding) => {
      const source = sourceOf(name)
      const checked = await call(source, ["check", "--tag", tag])
      expect(checked.code).not.toBe(0)
      expect(checked.log).toContain(finding)
      const built = await call(source, ["build", "--tag", tag, "entries"])
      const names = built.stdout.trim().split("\n")
      const carries = names.map((each) => each.includes(`-${version}`))
      expect(carries).toStrictEqual([true, true])
    },
  )
})

function sourceOf(requirement: string): string {
  return folders.get(requirement) ?? ""
}
