import { describe, expect, it } from "vitest"

import { unseenProse, withProse } from "../../src/test/prose.js"

const PATHS = new Set([
  ".github/workflows/ci.yml",
  "LICENSE.md",
  "README.md",
  "docs/tags.rst",
  "src/wren/README.md",
  "tests/test_docs.py",
])

const said = (path: string, reads: readonly string[] = []) =>
  withProse(
    {
      summary: "pytest exited with 1",
      details: `E  FileNotFoundError: [Errno 2] No such file or directory: '${path}'`,
    },
    { prose: unseenProse(PATHS, reads), reads },
  )

describe("the prose of a project", () => {
  it("is not seen by its tests, but for the licence and what lies in the package", () => {
    expect(unseenProse(PATHS, [])).toEqual([
      ".github/workflows/ci.yml",
      "README.md",
      "docs/tags.rst",
    ])
  })

  it("is seen as far as they read it", () => {
    expect(unseenProse(PATHS, ["docs", "README.md"])).toEqual([
      ".github/workflows/ci.yml",
    ])
  })
})

describe("tests that look for prose", () => {
  it.each([
    ["/src/docs/tags.rst", "docs/tags.rst", 'reads = ["docs"]'],
    ["/src/packages/wren/README.md", "README.md", 'reads = ["README.md"]'],
    ["docs", "docs/tags.rst", 'reads = ["docs"]'],
  ])("are told the line that gives it: %s", (path, file, line) => {
    const { details, summary } = said(path)
    expect(summary).toBe(
      `pytest exited with 1: tests were not given \`${file}\``,
    )
    expect(details).toContain(`\`${line}\``)
    expect(details).toContain("E  FileNotFoundError")
  })

  it("are told what they read already as well, which the line would else take away", () => {
    expect(
      said("/src/docs/tags.rst", ["README.md", "tests"]).details,
    ).toContain('`reads = ["README.md", "docs"]`')
  })

  it.each(["/src/docs/none.rst", "/tmp/other.md", "/src/LICENSE.md"])(
    "are told nothing of what is nowhere: %s",
    (path) => {
      expect(said(path).summary).toBe("pytest exited with 1")
    },
  )

  it("are told it by what they said long before their last words", () => {
    const { details, summary } = withProse(
      { summary: "pytest exited with 1", details: "FAILED test_a.py" },
      { prose: unseenProse(PATHS, []), reads: [] },
      "FileNotFoundError: [Errno 2] No such file or directory: '/src/docs/tags.rst'\n".repeat(
        50,
      ),
    )
    expect(summary).toBe(
      "pytest exited with 1: tests were not given `docs/tags.rst`",
    )
    expect(details).toMatch(/`reads = \["docs"\]`\.\n\nFAILED test_a\.py$/)
  })
})
