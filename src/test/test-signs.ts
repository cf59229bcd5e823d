import type { Sources } from "../reading/sources.js"
import { ownCommands, pythonCalls } from "./own-commands.js"
import { FOREIGN } from "./test-files.js"

/** What shows that there are tests, although no file of them is found. */
export interface TestSign {
  readonly path: string
  readonly says: string
}

const RUNNERS = new RegExp(
  [
    String.raw`\b(pytest|py\.test|unittest|nosetests|nose2|stestr|zope-testrunner|setup\.py test|hatch test|manage\.py test)\b`,
    String.raw`\b(make|just|task|invoke|inv) tests?(?![\w-])`,
    // A suite that starts by itself: `python -m wren.tests`, with a variable in its name as well.
    String.raw`(?<=\b(python[\d.]*|run) ([^\n;&|]* )?)-m ([\w.]|\$[({]\w+[)}])*\btests?(?![\w-])`,
    String.raw`\brun_?tests?\.(py|sh)\b`,
  ].join("|"),
)
const SESSION = /^\s*def (tests?|unit|unit_?tests?)\(session\b/m

/** Suites that no file of Python is the start of. */
const OTHER_SUITES = [
  { file: /\.robot$/, says: "robot" },
  {
    file: /(^|\/)features\/.*\.feature$|(^|\/)tests?\/.*\.feature$/,
    says: "behave",
  },
] as const

/** Reads what runs the tests of a project: tox, nox, scripts, a Makefile, a CI; and finds suites of other tools. */
export function testSigns(
  sources: Sources,
  tool: Readonly<Record<string, unknown>> = {},
): TestSign[] {
  return [
    ...ownCommands(sources, tool).flatMap(({ path, text }) => {
      const session = path === "noxfile.py" ? SESSION.exec(text) : null
      const found = RUNNERS.exec(text) ?? session
      return found ? [{ path, says: found[0].trim() }] : []
    }),
    ...OTHER_SUITES.flatMap(({ file, says }) => {
      const path = [...sources.paths]
        .sort()
        .find((each) => file.test(each) && !FOREIGN.test(each))
      return path === undefined ? [] : [{ path, says }]
    }),
  ]
}

/** A module that is, or runs, a suite. */
const SUITE = /^(unittest|nose2|zope\.testrunner|(.*\.)?tests?(\..*)?)$/

/** What runs the tests without pytest, where the author's own words for it are plain. */
export function ownTestCommand(
  sources: Sources,
  tool: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  return ownCommands(sources, tool)
    .flatMap(pythonCalls)
    .find(([, first = "", second = ""]) =>
      first === "-m"
        ? SUITE.test(second)
        : /(^|\/)run_?tests?\.py$/.test(first) ||
          (first.endsWith("manage.py") && second === "test"),
    )
}

/** What only tests say, and in the folder itself what only tests do. */
const TESTING =
  /\b(?:unittest|TestCase|pytest|doctest|hypothesis)\b|^(?:async )?def test|^class Test/m
const ASSERTS = /^\s*assert\b/m
/** Few are enough to tell. */
const READ = 50

/** The folders of tests, at the top and in the package, whose Python is tests by its text, whatever it is called. */
export function testLike(
  sources: Sources,
  packageDir: string | undefined,
): TestSign[] {
  const files = [...sources.paths]
    .filter((path) => path.endsWith(".py") && !FOREIGN.test(path))
    .map((path) => ({ path, folder: folderOfTests(path, packageDir) }))
    .filter(({ folder }) => folder !== undefined)
    .sort((one, other) => depth(one.path) - depth(other.path))
  const found = new Map<string, string>()
  for (const { folder = "", path } of files.slice(0, READ)) {
    const text = sources.text(path) ?? ""
    const isDirect = path.lastIndexOf("/") === folder.length
    const says = TESTING.exec(text) ?? (isDirect ? ASSERTS.exec(text) : null)
    if (says && !found.has(folder)) found.set(folder, says[0].trim())
  }
  return [...found].map(([path, says]) => ({ path, says }))
}

/** The folder of tests that a file is in, if it is the project's own. */
function folderOfTests(
  path: string,
  packageDir: string | undefined,
): string | undefined {
  const places = ["", ...(packageDir === undefined ? [] : [`${packageDir}/`])]
  return places
    .filter((place) => path.startsWith(place))
    .map((place) => {
      const inside = path.slice(place.length)
      const own = place === "" ? /^tests?(?=\/)/ : /^(?:.*?\/)?tests?(?=\/)/
      const folder = own.exec(inside)?.[0]
      return folder && place + folder
    })
    .find((folder) => folder !== undefined && folder !== packageDir)
}

function depth(path: string): number {
  return path.split("/").length
}
