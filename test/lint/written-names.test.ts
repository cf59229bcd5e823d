import { describe, expect, it } from "vitest"

import { withNames } from "../../src/lint/written-names.js"

describe("a name in a text of commands", () => {
  it.each([
    ['SOURCES="src tests"\nmypy $SOURCES', "mypy src tests"],
    ["export SOURCES='src tests'\nmypy ${SOURCES}", "mypy src tests"],
    ["SOURCES := src tests\n\tmypy $(SOURCES)", "mypy src tests"],
    ["SOURCES ?= src/\n\tmypy $(SOURCES)", "mypy src/"],
    ["env:\n  SOURCES: src tests\n- run: mypy $SOURCES", "mypy src tests"],
  ])("stands for what is written of it: %j", (text, wanted) => {
    expect(withNames("a", text)).toContain(wanted)
  })

  it.each([
    ["mypy $SOURCES", "nothing is"],
    ["SOURCES=$(git ls-files)\nmypy $SOURCES", "only a shell knows it"],
    ["SOURCES=a\nSOURCES=b\nmypy $SOURCES", "two things are"],
    ["SOURCES = a\nSOURCES += b\nmypy $SOURCES", "more is added"],
    ["run: a\nmypy $run", "it is a key"],
  ])("is left where it is: %j, of which %s", (text) => {
    expect(withNames("a", text)).toMatch(/mypy \$\w+$/)
  })

  const nox = (before: string, given: string) =>
    withNames("noxfile.py", `${before}\n  session.run("mypy", ${given})\n`)
      .split("\n")
      .at(-2)
      ?.trim()

  it.each([
    ['PATHS = ["src", "tests"]', "*PATHS"],
    ["PATHS: list[str] = ['src', 'tests']", "*PATHS"],
    ['PATHS = (\n  "src",  # ours\n  "tests",\n)', "*PATHS"],
    ['PATHS = "src", "tests"', "*PATHS"],
    ['PATHS = "src", "tests"\nargs = session.posargs or PATHS', "*args"],
    [
      'args = session.posargs or ["src", "tests"]',
      "*args, *session.posargs, external=True",
    ],
    ['args = ["a"]\nargs = ["src", "tests"]', "*args"],
    ['SOURCE = "src"', 'SOURCE, "tests"'],
  ])("stands in Python for the texts of a list: %s %s", (before, given) => {
    expect(nox(before, given)?.replaceAll("'", '"')).toMatch(
      /^session\.run\("mypy", "src", "tests"(, external=True)?\)$/,
    )
  })

  it.each([
    ["", "*PATHS"],
    ['PATHS = [*more, "src"]', "*PATHS"],
    ['PATHS = "src"', "*PATHS"],
    ['PATHS = ["src"]', "PATHS"],
    ["PATHS = glob.glob('*.py')", "*PATHS"],
    ['PATHS = ["a"]\nPATHS = more()', "*PATHS"],
    ["PATHS = PATHS", "*PATHS"],
    ["", "str(path)"],
    ["", 'f"--python={version}"'],
    ["", "*(session.posargs or a)"],
  ])("is a star where Python alone knows it: %s %s", (before, given) => {
    expect(nox(before, given)).toContain('"mypy", "*"')
  })

  it("is none in a text of Python", () => {
    const given = '"--names=a,b", "src"'
    expect(nox("", given)).toBe(`session.run("mypy", ${given})`)
  })

  it("ends, however much there is of it", () => {
    for (const each of ["a=", '"a", ', "A: ", "$A", ", *a", "a = (", "x: "]) {
      const long = each.repeat(100_000)
      expect(withNames("a.py", long)).toBeDefined()
      expect(withNames("a.sh", long)).toBeDefined()
    }
  })
})
