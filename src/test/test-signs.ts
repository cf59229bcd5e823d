import { ciFiles } from "../reading/ci-files.js"
import type { Sources } from "../reading/sources.js"

/** What shows that there are tests, although no file of them is found. */
export interface TestSign {
  readonly path: string
  readonly says: string
}

const RUNNERS =
  /\b(pytest|py\.test|unittest|nosetests|nose2|setup\.py test|hatch test)\b/
const SESSION = /^\s*def (tests?|unit|unit_?tests?)\(session\b/m

/** Where pyproject.toml keeps commands, by the tool that runs them. */
const SCRIPTS = [
  ["hatch", "envs"],
  ["pdm", "scripts"],
  ["poe", "tasks"],
  ["rye", "scripts"],
  ["taskipy", "tasks"],
  ["tox"],
] as const
/** Suites that no file of Python is the start of. */
const OTHER_SUITES = [
  { file: /\.robot$/, says: "robot" },
  {
    file: /(^|\/)features\/.*\.feature$|(^|\/)tests?\/.*\.feature$/,
    says: "behave",
  },
] as const
const FOREIGN = /(^|\/)(node_modules|examples?|docs?|_?vendor(ed)?|\.[^/]+)\//

/** Reads what runs the tests of a project: tox, nox, scripts, a Makefile, a CI; and finds suites of other tools. */
export function testSigns(
  sources: Sources,
  tool: Readonly<Record<string, unknown>> = {},
): TestSign[] {
  const files = [
    ...["tox.ini", "tox.toml", "noxfile.py", "Makefile", "justfile"].filter(
      (path) => sources.has(path),
    ),
    ...ciFiles(sources.paths),
  ]
  return [
    ...scriptSigns(tool),
    ...files.flatMap((path) => {
      const text = withoutComments(sources.text(path) ?? "")
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

function scriptSigns(tool: Readonly<Record<string, unknown>>): TestSign[] {
  return SCRIPTS.flatMap((keys) => {
    const commands = commandsIn(tableAt(tool, keys)).join("\n")
    const found = RUNNERS.exec(commands)
    const path = `tool.${keys.join(".")}`
    return found ? [{ path, says: found[0] }] : []
  })
}

function tableAt(tool: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (each, key) =>
      typeof each === "object" && each !== null && key in each
        ? (each as Record<string, unknown>)[key]
        : undefined,
    tool,
  )
}

/** Every text in a table but what it installs. */
function commandsIn(value: unknown): string[] {
  if (typeof value === "string") return [value]
  if (Array.isArray(value)) return value.flatMap(commandsIn)
  return Object.entries((value ?? {}) as Record<string, unknown>).flatMap(
    ([key, each]) =>
      /^(.*dependencies|deps|requires)$/.test(key) ? [] : commandsIn(each),
  )
}

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, "")
}
