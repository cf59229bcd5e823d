import { describe, expect, it } from "vitest"

import { computedPaths } from "../../src/git/computed-paths.js"

const paths = (...lines: string[]) =>
  computedPaths("tools/build.py", lines.join("\n"))

describe("a path that a script computes from where it lies", () => {
  it.each([
    ['Path(__file__).parent.parent / "web"', "web"],
    [
      'pathlib.Path(__file__).resolve().parents[2] / "web" / "app"',
      "../web/app",
    ],
    ['os.path.join(os.path.dirname(__file__), "..", "..", "web")', "../web"],
    ["os.path.dirname(os.path.dirname(os.path.abspath(__file__)))", "."],
    ['dirname(__file__) / ("a") / "b"', "tools/a/b"],
    ['Path(__file__).parent.joinpath("..", "web")', "web"],
    ['Path(self.root, "web")', "web"],
    ['Path.cwd().parent / "web"', "../web"],
    ['str(Path(os.getcwd()) / "web")', "web"],
  ])("is read: %s", (expression, path) => {
    expect(paths(`run(["npm", "ci"], cwd=${expression})`)).toContain(path)
  })

  it("may go by names", () => {
    const found = paths(
      "here: Path = Path(__file__).resolve().parent",
      'WEB = "web"',
      "    top = here.parent.parent",
      "copy(top / WEB, join(here, WEB))",
    )
    expect(found).toEqual(expect.arrayContaining(["tools", "..", "../web"]))
    expect(found).toContain("tools/web")
  })

  it.each([
    'find() / "web"',
    '# Path(__file__).parent / "web"',
    'os.path.join(base, "web")',
    'Path(__file__).parent / name / "web"',
    "(1, 2)",
  ])("is not guessed: %s", (expression) => {
    expect(paths(`run(cwd=${expression})`).join()).not.toContain("web")
  })
})
