import { describe, expect, it } from "vitest"

import { testsAbove } from "../../src/test/tests-above.js"
import { sourcesIn } from "../helpers/builders.js"

/** What is found for a project in `backend` with the package `wren`. */
function above(...paths: string[]) {
  const own = ["backend/pyproject.toml", "backend/src/wren/__init__.py"]
  const all = [...own, "pyproject.toml", ...paths].map((path) => [path, ""])
  const sources = sourcesIn(
    "backend",
    Object.fromEntries(all) as Record<string, string>,
  )
  return testsAbove(sources, "src/wren")
}

describe("tests above a member of a repository", () => {
  it.each([
    ["tests/backend/song/test_a.py", "../tests/backend"],
    ["tests/unit/wren/a_test.py", "../tests/unit/wren"],
    ["tests/test_wren.py", "../tests/test_wren.py"],
  ])("are its own where they carry its name: %s", (path, place) => {
    expect(above(path)).toStrictEqual({
      files: [`../${path}`],
      places: [place],
    })
  })

  it("are named by the fewest places", () => {
    const { places } = above("tests/wren/test_a.py", "tests/wren/test_b.py")
    expect(places).toStrictEqual(["../tests/wren"])
  })

  it.each([
    ["tests/test_other.py"],
    ["tests/backend/conftest.py"],
    ["backend-tools/test_wren.py"],
    ["docs/tests/wren/test_a.py"],
    ["other/tests/wren/test_a.py", "other/pyproject.toml"],
  ])(
    "are nobody's here without that, or with a project of their own: %s",
    (...paths) => {
      expect(above(...paths).files).toStrictEqual([])
    },
  )

  it("are none above the top of a repository", () => {
    const sources = sourcesIn("", { "tests/wren/test_a.py": "" })
    expect(testsAbove(sources, "wren").files).toStrictEqual([])
  })
})
