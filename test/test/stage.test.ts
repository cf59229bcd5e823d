import { describe, expect, it } from "vitest"

import { pythonContainer } from "../../src/containers/images.js"
import { alone } from "../../src/git/locate-stage.js"
import type { Project } from "../../src/project/project.js"
import { runTests } from "../../src/test/stage.js"
import { project } from "../helpers/builders.js"
import { beyond, shownCalls } from "../helpers/call-chain.js"
import { chainOf, folder, recordCalls } from "../helpers/recorded-engine.js"

const TOML = [
  'optional-dependencies.test = ["pytest"]',
  "[build-system]",
  'requires = ["setuptools"]',
  'build-backend = "setuptools.build_meta"',
]
const PATHS = ["src/quayside/__init__.py", "tests/test_board.py"]
const INSTALL =
  "withExec uv pip install --quiet --no-deps --no-sources --editable ."

async function tested(given: Project) {
  const { calls } = await recordCalls(
    () => runTests(alone(folder("source")), given),
    {
      "python /ran.py python -m pytest": "3 passed in 0.1s\n",
    },
  )
  const [oldest = []] = calls.allOf("python /ran.py")
  const base = await chainOf(() =>
    pythonContainer("3.9", {}, given.tested.requirements),
  )
  return beyond(base, oldest)
}

describe("tests", () => {
  it("run in a container in which the package was installed from what an install reads, and the rest added", async () => {
    const [workdir, shape, install, whole, ...rest] = await tested(
      project({ toml: TOML, paths: PATHS }),
    )
    expect([workdir, install]).toEqual(["withWorkdir /src", INSTALL])
    expect(shape).toMatch(/^withDirectory .*<filter .*\*\*\/\*\.py !\*\.py /)
    expect(whole).toMatch(/^withDirectory /)
    expect(whole).not.toContain("**/*.py")
    expect(rest).toEqual([
      "withMountedFile /to_the_end.py <file src/containers/to_the_end.py>",
      "withMountedFile /imports.py <file src/test/imports.py>",
      expect.stringMatching(
        /^withNewFile \/root\/\.gitconfig \[user\]\s+name = \S+\s+email = \S+@example\.org/,
      ),
      "withoutEnvVariable REQUESTS_CA_BUNDLE",
      "withMountedFile /bounded.py <file src/containers/bounded.py>",
      "withMountedFile /ran.py <file src/test/ran.py>",
      "withMountedFile /in_turn.sh <file src/containers/in_turn.sh>",
      "in turn python /imports.py quayside",
      expect.stringMatching(
        /^in turn timeout -k 10 \d+ python -IS \/bounded.py python \/ran.py python -m pytest /,
      ),
      "stdout",
    ])
  })

  it.each([
    ["beside the package", "frontend", true],
    ["of data", "src/quayside/ui", true],
    ["that is the package", "src/quayside", false],
    ["that holds it", "src", false],
    ["with modules", "src/quayside/admin", false],
  ])(
    "do not see the folder of a frontend %s: %s, %j",
    async (_, path, left) => {
      const paths = [
        ...[...PATHS, "src/quayside/admin/__init__.py"],
        ...["src/quayside/admin/views.py", "src/quayside/ui/__init__.py"],
      ]
      const texts = {
        [`${path}/package.json`]: '{ "scripts": { "build": "vite build" } }',
        [`${path}/package-lock.json`]: "{}",
      }
      const named = ["[tool.shipwheel.frontend]", `path = "${path}"`]
      const toml = [...TOML, ...named]
      const [, , , whole = ""] = await tested(project({ toml, paths, texts }))
      expect(whole.split(/[ <>]/).includes(path)).toBe(left)
    },
  )

  const bySetuptoolsScm = (toml: readonly string[]) => ({
    ...project({ toml, paths: PATHS }),
    versioning: {
      ...{ places: [], summary: "" },
      variables: ["SETUPTOOLS_SCM_PRETEND_VERSION"],
    },
  })
  const COMMON = "EnvVariable SETUPTOOLS_SCM_PRETEND_VERSION"

  it("are not given the variable that would tell other projects a version, which the install had", async () => {
    const calls = await tested(bySetuptoolsScm(TOML))
    const install = calls.indexOf(INSTALL)
    expect(calls.indexOf(`with${COMMON} 0.0.0`)).toBeLessThan(install)
    expect(calls).toContain(`with${COMMON} 0.0.0`)
    expect(calls.indexOf(`without${COMMON}`)).toBeGreaterThan(install)
    expect(calls.join("\n")).toMatch(
      /withNewFile PKG-INFO .*\s+Name: quayside\s+Version: 0\.0\.0/,
    )
  })

  it("are given it where what runs them may install the package again", async () => {
    const unit = 'unit = ["tox", "-e", "py", "--", "python", "-m", "pytest"]'
    const toml = [...TOML, "[tool.shipwheel.test]", unit]
    const { calls } = await recordCalls(
      () => runTests(alone(folder("source")), bySetuptoolsScm(toml)),
      { "python /ran.py tox": "3 passed in 0.1s\n" },
    )
    const [leg = []] = calls.allOf("python /ran.py tox")
    const shown = shownCalls(leg)
    expect(shown).toContain(`with${COMMON} 0.0.0`)
    expect(shown).not.toContain(`without${COMMON}`)
  })

  it("have all of the source before the install where that may read it", async () => {
    const paths = [...PATHS, "setup.py"]
    const [, whole, install, next] = await tested(
      project({ toml: TOML, paths }),
    )
    expect(whole).not.toContain("**/*.py")
    expect(install).toBe(INSTALL)
    expect(next).toMatch(/^withMountedFile /)
  })

  it("have all of it before the install where it refers to what lies around it", async () => {
    const files = folder("repository")
    const around = { path: "packages/quayside/", files, links: [] }
    const given = { ...project({ toml: TOML, paths: PATHS }), around }
    const calls = await tested(given)
    expect(calls.join("\n")).not.toContain("**/*.py")
    expect(calls.indexOf(INSTALL)).toBeGreaterThan(2)
  })

  it("find what a build made that calls Node, which is called once for all Pythons", async () => {
    const toml = [
      'optional-dependencies.test = ["pytest"]',
      "[tool.hatch.build.hooks.jupyter-builder]",
      'npm = "npm"',
    ]
    const given = project({ toml, paths: PATHS })
    const { calls } = await recordCalls(
      () => runTests(alone(folder("source")), given),
      { "python /ran.py python -m pytest": "3 passed in 0.1s\n" },
    )
    const made = calls
      .allOf("python /ran.py")
      .map(
        (leg) =>
          leg.filter(({ operation }) => operation === "withDirectory").at(-1)
            ?.args["source"],
      )
    expect(made).toHaveLength(4)
    expect(new Set(made.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(JSON.stringify(made[0])).toContain("node_modules")
    expect(JSON.stringify(made[0])).toContain("--editable")
    const shown = await tested(given)
    expect(shown.join("\n")).toContain(
      "withExec env JUPYTER_PACKAGING_SKIP_NPM=1 HATCH_JUPYTER_BUILDER_SKIP_NPM=1 SKIP_HATCH_JS=1 uv pip install",
    )
  })

  it.each([
    [
      "a test",
      "E   ConnectionRefusedError: [Errno 111] Connection refused\n",
      /are left out in `\[tool.shipwheel.test\]`/,
    ],
    [
      "the build of the package",
      "ConnectionRefusedError: [Errno 111] Connection refused\nerror: Failed to build `quayside @ file:///src`\n  cause: The build backend returned an error\n",
      /^(?!.*--deselect).*commit what it fetches/s,
    ],
  ])("that fail say what helps %s", async (_, said, advice) => {
    const { calls } = await recordCalls(
      async () => {
        const running = runTests(
          alone(folder("source")),
          project({ toml: TOML, paths: PATHS }),
        )
        await expect(running).rejects.toMatchObject({
          details: expect.stringMatching(advice) as string,
        })
      },
      { "python /ran.py python -m pytest": new Error(said) },
    )
    expect(calls.allOf("python /ran.py")).toHaveLength(4)
  })
})
