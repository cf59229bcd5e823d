/** What such a file is called. */
const REQUIREMENTS = ["requirements", "requirement", "reqs"]

/** Kinds of work on a project, by the words that people have for them: what comes first is preferred. */
const TESTS = ["test", "tests", "testing", "unittest", "unittests", "unit"]
const WORK = [
  ...TESTS,
  ...["dev", "devel", "develop", "developer", "developers", "development"],
  ...["lint", "linting", "linter", "linters", "style", "quality", "qa"],
  ...["format", "formatting", "check", "checks"],
  ...["typing", "types", "type", "mypy", "pyright", "flake8", "ruff", "black"],
  "ci",
]

/** What says nothing of the work. */
const BESIDE = ["py", "python", "pip", "base", "common"]

/** The requirements files for work on a project, at the top and one folder down, by the words of their paths; the usual ones first. */
export function workFiles(paths: Iterable<string>): string[] {
  const all = new Set(paths)
  return (
    [...all]
      // What is compiled from another says more.
      .filter((path) => !(path.endsWith(".in") && all.has(compiled(path))))
      .map((path) => ({ path, words: wordsOf(path) }))
      .filter(({ path, words }) => isAtHand(path) && isForWork(words))
      .sort((one, other) => compared(rankOf(one), rankOf(other)))
      .map(({ path }) => path)
  )
}

/** Whether one of them is for tests, whatever else it is for. */
export function isForTests(path: string): boolean {
  return wordsOf(path).some((each) => TESTS.includes(each))
}

interface WorkFile {
  readonly path: string
  readonly words: readonly string[]
}

function compiled(path: string): string {
  return path.replace(/\.in$/, ".txt")
}

function isAtHand(path: string): boolean {
  return /^([^/]+\/)?[^/]+\.(txt|in)$/.test(path)
}

function isForWork(words: readonly string[]): boolean {
  return (
    words.some((each) => REQUIREMENTS.includes(each)) &&
    words.some((each) => WORK.includes(each)) &&
    words.every((each) => [...REQUIREMENTS, ...WORK, ...BESIDE].includes(each))
  )
}

/** That its folder is for the CI says no more than that this is set up with it, as with tox. */
function wordsOf(path: string): string[] {
  return path
    .replace(/^ci\/|\.(txt|in)$/gi, "")
    .toLowerCase()
    .split(/[-_/. ]+/)
}

/** The kind of work, then the shortest name: first at the top, and there as most people have it. */
function rankOf({ path, words }: WorkFile): (number | string)[] {
  const kinds = words.map((each) => WORK.indexOf(each)).filter((at) => at >= 0)
  return [
    Math.min(...kinds),
    words.length,
    path.split("/").length,
    words.findIndex((each) => REQUIREMENTS.includes(each)),
    path,
  ]
}

function compared(
  one: readonly (number | string)[],
  other: readonly (number | string)[],
): number {
  const at = one.findIndex((each, at) => each !== other[at])
  return at < 0 ? 0 : (one[at] ?? "") < (other[at] ?? "") ? -1 : 1
}
