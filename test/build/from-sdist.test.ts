import { describe, expect, it } from "vitest"

import {
  soughtInSdist,
  whatSdistLacks,
  whyNotLinked,
} from "../../src/build/from-sdist.js"
import { buildWords } from "../../src/pipeline/build-causes.js"
import { parsePyproject } from "../../src/reading/pyproject.js"

/** The words of a build that ended so. */
function ended(said: string, what = "/dist/wren-1.0.tar.gz") {
  const stderr = `${said}\nerror: Failed to build \`${what}\`\n  cause: The build backend returned an error\n`
  const words = buildWords({ stdout: "", stderr })
  if (!words) throw new Error("no build")
  return words
}

const NONE = "FileNotFoundError: [Errno 2] No such file or directory: "

describe("a wheel that can't be built from the sdist", () => {
  it.each([
    [`${NONE}'/tmp/tmpy/.tmpOHSjF/wren-1.0/js/src'`, "js/src"],
    [`${NONE}'requirements.txt'`, "requirements.txt"],
    [`${NONE}PosixPath('./a/b.txt')`, "a/b.txt"],
    [
      "FileNotFoundError: Forced include not found: /tmp/x/wren-1.0/a.py",
      "a.py",
    ],
    ["OSError: Readme file does not exist: docs/READ.md", "docs/READ.md"],
    ["ModuleNotFoundError: No module named 'own.part'", "own.py"],
    ["ModuleNotFoundError: No module named 'own.part'", "own"],
  ])("looked in it for what it lacks: %s", (said, path) => {
    expect(soughtInSdist(ended(said))).toContain(path)
  })

  it.each([
    `${NONE}'/usr/include/python.h'`,
    `${NONE}'../above.txt'`,
    `${NONE}'/tmp/x/wren-1.0'`,
    "error: command 'gcc' failed",
  ])("may have looked for something else: %s", (said) => {
    expect(soughtInSdist(ended(said))).toStrictEqual([])
  })

  it("is not the sdist that can't be built, nor what the build requires", () => {
    const said = `${NONE}'requirements.txt'`
    for (const what of ["/src", "wren==1.0", "/src/wren-1.0.tar.gz"])
      expect(soughtInSdist(ended(said, what))).toBeUndefined()
  })
})

describe("what the sdist lacks", () => {
  const advice = (backend: string, isFolder: boolean, more = "") =>
    whatSdistLacks(
      [{ path: "js", isFolder }],
      parsePyproject(`[build-system]\nbuild-backend = "${backend}"\n${more}`),
    )

  it.each([
    ["setuptools.build_meta", true, "graft js", "MANIFEST.in"],
    ["setuptools.build_meta", false, "include js", "MANIFEST.in"],
    [
      "hatchling.build",
      true,
      '"js" = "js"',
      "[tool.hatch.build.targets.sdist.force-include]",
    ],
    [
      "poetry.core.masonry.api",
      true,
      'include = [{ path = "js", format = "sdist" }]',
      "[tool.poetry]",
    ],
    ["pdm.backend", true, 'source-includes = ["js"]', "[tool.pdm.build]"],
    ["flit_core.buildapi", true, 'include = ["js/**"]', "[tool.flit.sdist]"],
    ["flit_core.buildapi", false, 'include = ["js"]', "[tool.flit.sdist]"],
    ["uv_build", true, 'source-include = ["js/**"]', "[tool.uv.build-backend]"],
  ])(
    "is named with the line that includes it: %s",
    (backend, isFolder, line, place) => {
      const said = advice(backend, isFolder)
      expect(said).toMatch(
        /^The sdist was built, .* lacks `js`, which the project has/,
      )
      expect(said).toContain(`\`${line}\` in \`${place}\``)
    },
  )

  it("is named where no line is known that includes it", () => {
    expect(advice("mesonpy", true)).toMatch(
      /lacks `js`.* Include it in the sdist\.$/,
    )
  })

  it("may be what a hook looks for that would skip its work", () => {
    const hook =
      '[tool.hatch.build.hooks.jupyter-builder]\nskip-if-exists = ["src/a.js"]\n'
    expect(advice("hatchling.build", true, hook)).toMatch(
      / `skip-if-exists` .* as they are in the sdist/,
    )
    expect(advice("hatchling.build", true)).not.toMatch(/skip-if/)
  })

  it("is named with what it is a link to, and the lines that include both", () => {
    const parts = [
      { path: "cfg/e.txt", isFolder: false },
      { path: "shared/e.txt", isFolder: false },
    ] as const
    const backend = '[build-system]\nbuild-backend = "hatchling.build"\n'
    const said = whatSdistLacks(parts, parsePyproject(backend))
    expect(said).toContain(
      "lacks `cfg/e.txt`, or `shared/e.txt` that it is a link to, which",
    )
    expect(said).toContain(
      'Include both in the sdist, by `"cfg/e.txt" = "cfg/e.txt"` and `"shared/e.txt" = "shared/e.txt"` in',
    )
  })

  it("may be what a link leads to, which nothing includes", () => {
    const why = "which git does not track"
    expect(whyNotLinked("cfg/e.txt", { to: ".env", why })).toMatch(
      /needs `cfg\/e\.txt`, a link to `\.env`, which git does not track\. .*put that file in its place\.$/,
    )
  })
})
