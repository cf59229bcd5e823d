import { describe, expect, it } from "vitest"

import {
  isOffByDefault,
  offLine,
  switchesIn,
} from "../../src/backends/build-switches.js"
import { described } from "../helpers/described.js"

const read = (py: string) => switchesIn(described([], { "setup.py": py }))
const names = (py: string) => read(py).map(({ variable }) => variable)

describe("the variables that a build script reads", () => {
  it.each([
    'os.environ.get("QUAYSIDE_NO_EXTENSIONS")',
    "os.getenv('QUAYSIDE_NO_EXTENSIONS', '')",
    'environ["QUAYSIDE_NO_EXTENSIONS"]',
    'if "QUAYSIDE_NO_EXTENSIONS" in os.environ:',
    "if 'QUAYSIDE_NO_EXTENSIONS' not in environ:",
  ])("are seen in every form: %s", (py) => {
    expect(names(py)).toStrictEqual(["QUAYSIDE_NO_EXTENSIONS"])
  })

  it("come with what is taken without them, and the script", () => {
    expect(read('USE = os.getenv("QUAYSIDE_USE_MYPYC", "0") == "1"')).toEqual([
      { variable: "QUAYSIDE_USE_MYPYC", path: "setup.py", otherwise: "0" },
    ])
  })

  it.each(["CFLAGS", "READTHEDOCS", "QUAYSIDE_VERSION", "LIB_PATH", "CI"])(
    "are none that is about something else: %s",
    (name) => {
      expect(names(`os.environ.get("${name}")`)).toStrictEqual([])
    },
  )
})

describe("what is compiled is off by default", () => {
  it.each([
    ["it has to be switched on", 'os.getenv("BLACK_USE_MYPYC", "0")', true],
    ["it has no default", 'os.environ.get("QUAY_WITH_SPEEDUPS")', true],
    ["its default is on", 'os.getenv("QUAY_USE_CYTHON", "1")', false],
    ["it is switched off", 'os.getenv("QUAY_NO_EXTENSIONS")', false],
    [
      "one switches it off, another one a part of it",
      'os.getenv("QUAY_NO_EXTENSIONS"); os.getenv("QUAY_USE_SYSTEM_DEPS")',
      false,
    ],
    ["nothing is read", "setup()", false],
  ])("where %s: %s", (_, py, off) => {
    expect(isOffByDefault(read(py))).toBe(off)
  })
})

it.each([
  ["QUAY_NO_EXTENSIONS", "1"],
  ["QUAY_PUREPYTHON", "1"],
  ["DISABLE_QUAY_CEXT", "1"],
  ["QUAY_USE_CYTHON", "0"],
  ["QUAY_NORMALIZE", "0"],
])("the line for `%s` gives it %s", (variable, value) => {
  expect(offLine({ variable, path: "setup.py", otherwise: undefined })).toBe(
    `build-env = { ${variable} = "${value}" }`,
  )
})
