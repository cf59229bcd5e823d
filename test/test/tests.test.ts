import { describe, expect, it } from "vitest"

import { resolveTests } from "../../src/test/tests.js"
import { outline, PACKAGE, type Source } from "../helpers/builders.js"
import { accepted, refusal } from "../helpers/refusal.js"

const PYTEST = ["python", "-m", "pytest", "-p", "no:cacheprovider"]
const EXTRA = ["[project.optional-dependencies]", 'test = ["pytest", "httpx"]']

function tests(source: Source) {
  return accepted((problems) => resolveTests(outline(source), problems))
}

describe("the tests of a project", () => {
  it("are pytest's where the usual extra brings it and the usual folder has tests", () => {
    const paths = [PACKAGE, "tests/unit/test_berths.py"]
    expect(tests({ toml: EXTRA, paths })).toStrictEqual({
      requirements: ["httpx", "pytest"],
      unit: PYTEST,
      integration: undefined,
      reads: [],
    })
  })

  it("are split where some need the built frontend", () => {
    const paths = [
      PACKAGE,
      "tests/test_berths.py",
      "tests/integration/test_page.py",
    ]
    const { integration, unit } = tests({ toml: EXTRA, paths })
    expect(unit).toStrictEqual([...PYTEST, "--ignore=tests/integration"])
    expect(integration).toStrictEqual([...PYTEST, "tests/integration"])
  })

  it("are the integration tests alone where there are no others", () => {
    const paths = [PACKAGE, "tests/integration/test_page.py"]
    const { integration, unit } = tests({ toml: EXTRA, paths })
    expect(unit).toBeUndefined()
    expect(integration).toStrictEqual([...PYTEST, "tests/integration"])
  })

  it.each([
    "tests/test_a.py",
    "test/test_a.py",
    "tests/deep/er/test_a.py",
    "tests/a_test.py",
  ])("are found by the file %s", (path) => {
    expect(tests({ toml: EXTRA, paths: [PACKAGE, path] }).unit).toStrictEqual(
      PYTEST,
    )
  })

  it("are those inside the package where there are no others", () => {
    const path = "src/quayside/tests/test_a.py"
    const inside = { toml: EXTRA, paths: [PACKAGE, path] }
    expect(tests(inside).unit).toStrictEqual([...PYTEST, "src/quayside/tests"])
    const both = { toml: EXTRA, paths: [PACKAGE, path, "tests/test_b.py"] }
    expect(tests(both).unit).toStrictEqual(PYTEST)
  })

  it.each([
    "tests/conftest.py",
    "tests/helper.py",
    "tests/test_data.json",
    "tests/test_a.pyi",
    "tests/latest_a.py",
    "src/quayside/test_a.py",
    "test_a.py",
    "my/tests/test_a.py",
  ])("are absent where there is only %s", (path) => {
    const found = tests({ toml: EXTRA, paths: [PACKAGE, path] })
    expect(found.unit).toBeUndefined()
    expect(found.integration).toBeUndefined()
  })

  it("are absent where nothing brings pytest", () => {
    const paths = [PACKAGE, "tests/test_a.py"]
    const toml = ["[dependency-groups]", 'test = ["nose2"]']
    expect(tests({ toml, paths })).toStrictEqual({
      requirements: [],
      unit: undefined,
      integration: undefined,
      reads: [],
    })
  })
})

describe("[tool.shipwheel.test]", () => {
  it("stands above what is found", () => {
    const toml = [
      ...EXTRA,
      "[dependency-groups]",
      'more = ["anyio"]',
      "[tool.shipwheel.test]",
      'extras = ["more", "test"]',
      'unit = ["python", "-m", "unittest"]',
      'integration = ["make", "check"]',
      'reads = ["README.md"]',
    ]
    const paths = [PACKAGE, "tests/test_a.py", "tests/integration/test_b.py"]
    expect(tests({ toml, paths })).toStrictEqual({
      requirements: ["anyio", "httpx", "pytest"],
      unit: ["python", "-m", "unittest"],
      integration: ["make", "check"],
      reads: ["README.md"],
    })
  })

  const QA = ["[dependency-groups]", 'qa = ["pytest"]', 'lint = ["ruff"]']
  const chosen = (extras: string) =>
    tests({
      toml: [...EXTRA, ...QA, "[tool.shipwheel.test]", `extras = ${extras}`],
      paths: [PACKAGE, "tests/test_a.py"],
    })

  it("may bring requirements of its own, beside the extras or alone", () => {
    const requires = [
      "[tool.shipwheel.test]",
      'requires = ["pytest", "click<8.2"]',
    ]
    const paths = [PACKAGE, "tests/test_a.py"]
    expect(tests({ toml: requires, paths })).toMatchObject({
      requirements: ["click<8.2", "pytest"],
      unit: PYTEST,
    })
    expect(
      tests({ toml: [...EXTRA, ...requires], paths }).requirements,
    ).toStrictEqual(["click<8.2", "httpx", "pytest"])
  })

  it("may name an unusual group that brings pytest", () => {
    expect(chosen('["qa"]')).toMatchObject({
      requirements: ["pytest"],
      unit: PYTEST,
    })
  })

  it.each(['["lint"]', "[]"])(
    "leaves pytest alone where the extras are %s, without it",
    (extras) => {
      expect(chosen(extras).unit).toBeUndefined()
    },
  )

  it("is refused for every extra that is not there", () => {
    const toml = [
      ...EXTRA,
      "[tool.shipwheel.test]",
      'extras = ["tset", "test", "dve"]',
    ]
    const next =
      "Add it to `[project.optional-dependencies]`, or name one that is there."
    expect(
      refusal((problems) => resolveTests(outline({ toml }), problems)),
    ).toBe(
      [
        "2 problems, nothing was started:",
        `1. configuration: \`tool.shipwheel.test.extras\` names \`tset\`, which is no extra and no dependency group\n   ${next}`,
        `2. configuration: \`tool.shipwheel.test.extras\` names \`dve\`, which is no extra and no dependency group\n   ${next}`,
      ].join("\n\n"),
    )
  })
})
