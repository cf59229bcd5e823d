import { inTime } from "../text/in-time.js"
import { literal } from "../text/literal.js"
import type { PytestSettings } from "./pytest-settings.js"

/** What is nobody's own suite: it belongs to a dependency, a page, or a project to be. */
export const FOREIGN =
  /(^|\/)(node_modules|examples?|docs?|_?vendor(ed)?|third[-_]party|extern(al)?|site-packages|templates|\.[^/]+|[^/]*\{\{[^/]*)\//

/** What pytest and unittest take for tests by their names. */
const PYTEST_FILES = ["test_*.py", "*_test.py"]
const UNITTEST_FILES =
  /(^|\/)(tests?\.py|(.*\/)?(tests?|testing)\/test[^/]*\.py)$/

/** Where tests are, which decides what runs them. */
export interface TestFiles {
  /** In `tests`, `test`, or where pytest is told to look. */
  readonly usual: readonly string[]
  /** In `testing`, in the package, or at the root. */
  readonly other: readonly string[]
  /** Anywhere else. */
  readonly elsewhere: readonly string[]
  /** Those that pytest would find as well, though they are nobody's own. */
  readonly foreign: readonly string[]
}

/** What is the project's own, wherever it is. */
export function ownTests(files: TestFiles): readonly string[] {
  return [...files.usual, ...files.other, ...files.elsewhere]
}

/** Where pytest looks for nothing, unless it is told to. */
const UNSEEN = /(^|\/)(node_modules|build|dist|venv|site-packages|\.[^/]+)\//

/** Finds the test files of a project; those in unittest's form alone count where nobody wants pytest. */
export function findTestFiles(
  paths: ReadonlySet<string>,
  packageDir: string | undefined,
  without: readonly string[],
  { pythonFiles, testpaths }: PytestSettings,
  pytestWanted: boolean,
): TestFiles {
  const patterns = (pythonFiles ?? PYTEST_FILES).map(globPattern)
  const isTest = (path: string) =>
    patterns.some((each) => each.test(path)) ||
    (!pytestWanted && UNITTEST_FILES.test(path))
  const python = [...paths].filter((path) => path.endsWith(".py"))
  const told = testpaths.map((each) => each.replace(/^\.\/|\/$/g, ""))
  const named = inTime((pythonFiles ?? PYTEST_FILES).join("`, `"), () =>
    python.filter(isTest),
  ).sort()
  const all = named.filter(
    (path) => !isForeign(path, told) && !isBelow(path, without),
  )
  const isUsual = (path: string) => /^tests?\//.test(path) || isAt(path, told)
  const isOther = (path: string) =>
    !path.includes("/") || isBelow(path, ["testing", packageDir ?? "testing"])
  const rest = all.filter((path) => !isUsual(path))
  return {
    usual: all.filter(isUsual),
    other: rest.filter(isOther),
    elsewhere: rest.filter((path) => !isOther(path)),
    foreign: named.filter(
      (path) =>
        !all.includes(path) &&
        !UNSEEN.test(path) &&
        !isUsual(path) &&
        !isOther(path),
    ),
  }
}

/** The fewest folders and files that hold tests which are not in the usual place. */
export function placesOf(
  other: readonly string[],
  packageDir: string | undefined,
): string[] {
  const places = other.map((path) => {
    if (!path.includes("/")) return path
    if (packageDir === undefined || !isBelow(path, [packageDir]))
      return "testing"
    const tests = new RegExp(`^${literal(packageDir)}/tests?(?=/)`).exec(path)
    return tests?.[0] ?? packageDir
  })
  const found = [...new Set(places)]
  return found.filter(
    (each) =>
      !isBelow(
        each,
        found.filter((other) => other !== each),
      ),
  )
}

/** Where pytest is told to look, only what lies further in can be somebody else's. */
function isForeign(path: string, told: readonly string[]): boolean {
  const [place = ""] = told.filter((each) => isAt(path, [each]))
  return FOREIGN.test(path.slice(place.length))
}

function isAt(path: string, places: readonly string[]): boolean {
  return places.includes(path) || isBelow(path, places)
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((each) => path.startsWith(`${each}/`))
}

/** `*` and `?` as fnmatch has them; pytest compares them with the name, or with the path where there is a slash. */
function globPattern(glob: string): RegExp {
  const inside = literal(glob)
    .replace(/\\\*/g, "[^/]*")
    .replace(/\\\?/g, "[^/]")
  return new RegExp(`(^|/)${inside}$`)
}
