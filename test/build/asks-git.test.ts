import { describe, expect, it } from "vitest"

import { whyAskGit } from "../../src/build/asks-git.js"
import { outline, PACKAGE, type Source } from "../helpers/builders.js"

const system = (backend: string, ...requires: string[]) => [
  "[build-system]",
  `requires = ${JSON.stringify(requires)}`,
  `build-backend = "${backend}"`,
]
const SETUPTOOLS = "setuptools.build_meta"
const why = (source: Source) => whyAskGit(outline(source))

describe("a build asks git", () => {
  it.each([
    "setuptools-scm",
    "setuptools_scm[toml]>=8",
    "setuptools-git",
    "pbr",
  ])("for its files with setuptools and %s", (requirement) => {
    const toml = system(SETUPTOOLS, "setuptools", requirement)
    expect(why({ toml })).toMatch(/^`[a-z-]+` asks git for the files$/)
  })

  it("with pbr's own backend, and with what setup.cfg or setup.py ask for", () => {
    const files = "asks git for the files"
    expect(why({ toml: system("pbr.build", "pbr") })).toBe(`\`pbr\` ${files}`)
    const cfg = "[options]\nsetup_requires =\n  setuptools_scm\n"
    expect(why({ texts: { "setup.cfg": cfg } })).toContain(files)
    const py = 'setup(setup_requires=["setuptools-git >= 1"])'
    expect(why({ texts: { "setup.py": py } })).toContain(files)
  })

  it("with a backend of the project's own, which wraps setuptools", () => {
    const toml = system("_build", "setuptools", "setuptools_scm")
    expect(why({ toml: [...toml, 'backend-path = ["."]'] })).toBe(
      "`setuptools-scm` asks git for the files",
    )
    expect(
      why({ toml: system("hatchling.build", "hatchling", "setuptools-scm") }),
    ).toBeUndefined()
  })

  it.each([
    ["setup.py", 'subprocess.check_output(["git", "rev-parse", "HEAD"])', []],
    ["setup.py", 'os.popen("git describe --tags")', []],
    [
      "hatch_build.py",
      'run(["git", "log", "-1"])',
      system("hatchling.build", "hatchling"),
    ],
    [
      "tools/hook.py",
      "call('git ls-files')",
      ["[tool.pdm.build]", 'custom-hook = "tools/hook.py"'],
    ],
  ])("where %s does: %s", (path, code, toml) => {
    const source = { toml, texts: { [path]: code }, paths: [PACKAGE] }
    expect(why(source)).toBe(`\`${path}\` calls git`)
  })

  it.each([
    [{ toml: system(SETUPTOOLS, "setuptools") }],
    [{ toml: system("hatchling.build", "hatchling", "hatch-vcs") }],
    [{ texts: { "setup.py": "setup(url='https://github.com/a/b.git')" } }],
    [{ texts: { "setup.py": "# install it from git\nsetup()" } }],
  ])("for nothing but the version, or for nothing, with %j", (source) => {
    expect(why(source)).toBeUndefined()
  })
})
