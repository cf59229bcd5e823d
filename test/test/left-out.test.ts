import { expect, it } from "vitest"

import { leftOut } from "../../src/test/left-out.js"
import { NO_SETTINGS } from "../../src/test/pytest-settings.js"

const call = {
  path: "Makefile",
  command: ["python", "-m", "pytest", "tests", "checks/a"],
  places: ["tests", "checks/a"],
  ignored: [],
}
const found = (elsewhere: string[], calls = [call]) =>
  leftOut(
    { usual: ["tests/test_a.py"], other: [], elsewhere, foreign: [] },
    NO_SETTINGS,
    calls,
    "src/quayside",
  ).ignored

it.each([
  [["e2e/ui/test_b.py", "e2e/test_c.py"], ["e2e"]],
  [["checks/a/test_b.py", "checks/b/c/test_c.py"], ["checks/b"]],
  [["checks/a/test_b.py", "checks/test_c.py"], ["checks/test_c.py"]],
  [["src/other/test_b.py"], ["src/other"]],
])(
  "of %j the highest folders are left out that hold nothing else: %j",
  (elsewhere, ignored) => {
    expect(found(elsewhere)).toStrictEqual(ignored)
  },
)

it("nothing is left out where no call runs the usual suite", () => {
  expect(found(["e2e/test_b.py"], [])).toStrictEqual([])
  expect(
    found(["e2e/test_b.py"], [{ ...call, places: ["checks/a"] }]),
  ).toStrictEqual([])
})
