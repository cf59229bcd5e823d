import { describe, expect, it } from "vitest"

import { nothingPassed, skippedRemarks } from "../../src/test/skipped.js"

const OUTPUT = [
  "sss.                                                    [100%]",
  "=========================== short test summary info ============================",
  "SKIPPED [2] tests/test_fast.py:3: could not import 'numpy': No module named 'numpy'",
  "SKIPPED [1] tests/test_sea.py:9: only on Windows.",
  "========================= 1 passed, 3 skipped in 0.02s =========================",
].join("\n")

describe("skipped tests", () => {
  it("are counted with their reason, and the list that brings what they miss is named", () => {
    expect(
      skippedRemarks(
        [
          { python: "3.9", output: OUTPUT },
          { python: "3.12", output: OUTPUT },
        ],
        new Map([["numpy", "fast"]]),
      ),
    ).toStrictEqual([
      "2 tests were skipped on Python 3.9, 3.12: could not import 'numpy': No module named 'numpy'; `fast` brings it: name it in `extras` of `[tool.shipwheel.test]`.",
      "1 test was skipped on Python 3.9, 3.12: only on Windows.",
    ])
  })

  it("for thousands of reasons are counted, those first about which something can be done", () => {
    const many = Array.from(
      { length: 3000 },
      (_, at) => `SKIPPED [2] tests/a.py:3: no ${String(at)}`,
    )
    const output = [
      ...many,
      "SKIPPED [1] tests/a.py: could not import 'numpy'",
    ].join("\n")
    const told = skippedRemarks(
      [{ python: "3.12", output }],
      new Map([["numpy", "fast"]]),
    )
    expect(told).toHaveLength(21)
    expect(told[0]).toContain("`fast` brings it")
    expect(told.at(-1)).toBe("5962 tests were skipped for 2981 more reasons.")
  })

  it.each([
    ["yaml", "pyyaml", "files"],
    ["dateutil.tz", "python-dateutil", "time"],
    ["Snow_Ball", "snow-ball", "ice"],
  ])("that miss %s find it as %s", (module, name, list) => {
    const output = `SKIPPED [1] tests/a.py: could not import '${module}'`
    const [told = ""] = skippedRemarks(
      [{ python: "3.12", output }],
      new Map([[name, list]]),
    )
    expect(told).toContain(`\`${list}\` brings it`)
  })

  it("of which no list brings what they miss are counted all the same", () => {
    expect(
      skippedRemarks([{ python: "3.12", output: OUTPUT }], new Map()),
    ).toStrictEqual([
      "2 tests were skipped on Python 3.12: could not import 'numpy': No module named 'numpy'.",
      "1 test was skipped on Python 3.12: only on Windows.",
    ])
  })

  it("are none where nothing was skipped", () => {
    const output = "== 3 passed in 0.1s =="
    expect(skippedRemarks([{ python: "3.12", output }], new Map())).toEqual([])
  })

  it.each([
    ["== 3 skipped in 0.1s ==", true],
    ["3 skipped, 1 warning in 0.1s", true],
    [OUTPUT, false],
    ["== 1 skipped, 1 xfailed in 0.1s ==", true],
    ["== 1 xpassed, 1 xfailed in 0.1s ==", false],
    ["== 4 passed in 0.1s ==", false],
    ["", false],
  ])("are all that there is, of what could pass, in %j: %s", (output, all) => {
    expect(nothingPassed(output)).toBe(all)
  })
})
