import { describe, expect, test } from "vitest"

import { call } from "./helpers/dagger.js"
import { edit } from "./helpers/project.js"
import { commitAll, type Files, tinyProject } from "./helpers/tiny.js"

/** A name that somebody else has on the index. */
const NAME = "toolz"
const MEMBER: Files = {
  "packages/core/pyproject.toml": `[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "${NAME}"\nversion = "9.0.0"\n`,
  "packages/core/src/toolz/__init__.py": 'WHOSE = "ours"\n',
  "tests/test_member.py": `import ${NAME}\n\ndef test_whose():\n    assert ${NAME}.WHOSE == "ours"\n`,
}
const SOURCES = `[tool.uv.sources]\n${NAME} = { workspace = true }\n\n[tool.uv.workspace]\nmembers = ["packages/*"]\n`

function workspace(): string {
  const project = tinyProject(SOURCES, MEMBER)
  edit(project, "pyproject.toml", (text) =>
    text.replace(
      'requires-python = ">=3.9"',
      `requires-python = ">=3.9"\ndependencies = ["${NAME}"]`,
    ),
  )
  commitAll(project, "v1.2.0")
  return project
}

describe("a member of the workspace whose name somebody else has on the index", () => {
  const project = workspace()

  test("is what the tests run with", async () => {
    const { log, stdout } = await call(project, ["test"])
    expect(stdout, log.slice(-3000)).toContain("1 passed")
  })

  test.each([
    [["install", "--tag", "v1.2.0"]],
    [["preflight", "--tag", "v1.2.0"]],
  ])("stops %j, before anything of that name is installed", async (command) => {
    const { code, log } = await call(project, command)
    expect(code).not.toBe(0)
    expect(log).toContain(
      `\`${NAME}\` comes from the workspace, \`packages/core\` for you`,
    )
    expect(log).toContain(`released-apart = { "${NAME}" = "the reason" }`)
  })
})
