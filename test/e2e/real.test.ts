import { execFileSync } from "node:child_process"
import { appendFileSync, readdirSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { call } from "./helpers/dagger.js"
import { emptyProject } from "./helpers/project.js"

/** The unpacked sdist of a package that nobody here wrote. */
function sdist(requirement: string): string {
  const folder = emptyProject()
  execFileSync("python3", [
    ...["-m", "pip", "download", "--quiet", "--no-deps"],
    ...["--no-binary", ":all:", "--dest", folder, requirement],
  ])
  const [archive = ""] = readdirSync(folder)
  execFileSync("tar", ["-xf", archive], { cwd: folder })
  return join(folder, archive.replace(/\.tar\.gz$/, ""))
}

test.for([
  {
    requirement: "tektra==0.2.1",
    tag: "v0.3.0",
    tests: "imports `tektra`; there are no unit tests",
    // It configures black, isort and mypy, and passes none of them.
    toml: '[tool.shipwheel.environments.production.skip]\nlint = "its sources are not formatted"\n',
  },
  {
    requirement: "itsdangerous==2.2.0",
    tag: "v2.3.0rc1",
    tests: String.raw`\d+ passed on Python 3\.9`,
    toml: "",
  },
])(
  "$requirement is released with this configuration: $toml",
  async ({ requirement, tag, tests, toml }) => {
    const project = sdist(requirement)
    appendFileSync(join(project, "pyproject.toml"), `\n${toml}`)
    const release = await call(project, ["release", "--tag", tag])
    expect(release.log).not.toContain("\nError: ")
    expect(release.code).toBe(0)
    const [name = ""] = requirement.split("==")
    expect(release.stdout).toContain(`# Rehearsal: ${name} ${tag.slice(1)} `)
    expect(release.stdout).toMatch(
      new RegExp(String.raw`\| test \| ✓ passed .*${tests}`),
    )
    expect(release.stdout).toMatch(
      /\| verify \| ✓ passed .*Python 3\.9, Python 3\.10, Python 3\.11, Python 3\.12/,
    )
  },
)
