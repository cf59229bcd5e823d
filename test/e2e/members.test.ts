import { join } from "node:path"

import { describe, expect, test } from "vitest"

import { call } from "./helpers/dagger.js"
import { edit } from "./helpers/project.js"
import { commitAll, type Files, tinyProject } from "./helpers/tiny.js"

/** Names that somebody else has on the index. */
const NAME = "toolz"
const SECOND = "cachetools"
const BUILD = `[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n\n`
const TEST = `import ${NAME}\n\ndef test_whose():\n    assert ${NAME}.WHOSE == "ours"\n`
const MEMBER: Files = {
  // A member has one of its own, by its own word.
  "packages/core/pyproject.toml": `${BUILD}[project]\nname = "${NAME}"\nversion = "9.0.0"\ndependencies = ["${SECOND}"]\n\n[tool.uv.sources]\n${SECOND} = { path = "../seeds" }\n`,
  "packages/core/src/toolz/__init__.py": `from ${SECOND} import WHOSE\n`,
  "packages/seeds/pyproject.toml": `${BUILD}[project]\nname = "${SECOND}"\nversion = "9.0.0"\n`,
  "packages/seeds/src/cachetools/__init__.py": 'WHOSE = "ours"\n',
  // And one is told by the root above it.
  "packages/app/pyproject.toml": `${BUILD}[project]\nname = "appy"\nversion = "0.1.0"\ndependencies = ["${NAME}"]\n\n[tool.shipwheel]\npythons = ["3.12"]\n`,
  "packages/app/src/appy/__init__.py": '__version__ = "0.1.0"\n',
  "packages/app/tests/test_app.py": TEST,
  "tests/test_member.py": TEST,
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
    expect(stdout, log.slice(-3000)).toMatch(/^2 passed/)
  })

  test("is that also of a member beside it, by the word of the root above", async () => {
    const member = join(project, "packages/app")
    const { log, stdout } = await call(member, [
      "--repository",
      project,
      "test",
    ])
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
    expect(log).toContain(`\`${SECOND}\` comes from \`../seeds\` for you`)
    expect(log).toContain(
      `released-apart = { "${NAME}" = "the reason", "${SECOND}" = "the reason" }`,
    )
  })
})
