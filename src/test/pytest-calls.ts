import type { Sources } from "../reading/sources.js"
import { plainWords, withDefaults } from "../text/command-line.js"
import { type OwnCommands, ownCommands, pythonCalls } from "./own-commands.js"

/** How a project's author runs pytest, where that is said in plain words. */
export interface PytestCall {
  /** Where it is said. */
  readonly path: string
  /** Without what measures it. */
  readonly command: readonly string[]
  /** The files and folders that it is given; none where it looks everywhere. */
  readonly places: readonly string[]
  readonly ignored: readonly string[]
}

export function pytestCalls(
  sources: Sources,
  tool: Readonly<Record<string, unknown>>,
): PytestCall[] {
  return ownCommands(sources, tool).flatMap((own) => {
    const called = { ...own, text: withoutInstalls(own) }
    const byPython = pythonCalls(called).flatMap(
      ([, first, module, ...rest]) =>
        first === "-m" && module === "pytest" ? [rest] : [],
    )
    return [...byPython, ...bareCalls(called)].flatMap(
      (words) => callOf(own.path, unmeasured(words), sources) ?? [],
    )
  })
}

/** Whether it runs what is in a file, if that holds tests. */
export function reaches(
  { ignored, places }: PytestCall,
  path: string,
): boolean {
  return (places.length === 0 || isAt(path, places)) && !isAt(path, ignored)
}

function isAt(path: string, places: readonly string[]): boolean {
  return places.some((each) => path === each || path.startsWith(`${each}/`))
}

/** In tox's settings a line of what is installed looks like a command. */
function withoutInstalls({ path, text }: OwnCommands): string {
  const plain = path.endsWith(".py")
    ? text.replace(/\binstall\w*\([^)]*\)/g, "")
    : text
  return plain.replace(
    /^(?:deps|requires|description|extras|dependency_groups|\w+_?externals)\s*=.*(?:\n(?:[ \t]+.*)?)*/gm,
    "",
  )
}

/** What pytest may stand behind: a line's start, a key, another command, what launches it, a variable that is set. */
const BEFORE = [
  String.raw`^[ \t@-]*`,
  String.raw`[;&|(][ \t]*`,
  String.raw`\b(?:run|script|command|cmd|test)s?[ \t]*[:=][ \t]*["']?`,
  String.raw`^[ \t]*(?!name|description|id)[\w{},!.-]+:[ \t]+`,
  String.raw`\b(?:uv|poetry|pdm|hatch|pipx|pipenv|rye|pixi)[ \t]+(?:tool[ \t]+)?run\b[^\n;&|]*[ \t]`,
  String.raw`\b(?:uvx|time|exec|env|xvfb-run(?:[ \t]+-\S+)*)[ \t]+`,
  String.raw`bin(?:dir\})?/`,
  String.raw`\b\w+=\S*[ \t]+`,
  String.raw`["']`,
].join("|")
const BARE = new RegExp(
  String.raw`(${BEFORE})(?:pytest|py\.test)(?![\w.=<>~!\[-])([^\n;&|#]*)`,
  "gm",
)

/** The words behind pytest, wherever it is called by its own name. */
function bareCalls({ path, text }: OwnCommands): string[][] {
  const lines = path.endsWith(".py") ? runsIn(text) : text
  return [...withDefaults(lines).matchAll(BARE)].flatMap(
    ([, before = "", rest = ""]) => {
      const quote = /["']$/.exec(before)?.[0]
      const own = quote === undefined ? rest : rest.split(quote, 1)[0]
      // In quotes alone it is a word of a list.
      if (own === "" && before === quote) return []
      const words = plainWords(own ?? "")
      return words ? [words] : []
    },
  )
}

/** What nox and invoke run, one command a line. */
function runsIn(text: string): string {
  return [...text.matchAll(/\brun\w*\(([^()]*)\)/g)]
    .map(([, given = ""]) => {
      const words = [...given.matchAll(/(\w*)(?:"([^"\n]*)"|'([^'\n]*)')/g)]
      const isPlain = words.every(([, form]) => form === "")
      const rest = given
        .replace(/\*\w+\.posargs|\w+\s*=\s*[^,]*|(["'])[^\n]*?\1/g, "")
        .replace(/[\s,]/g, "")
      return isPlain && rest === ""
        ? words.map(([, , one, other]) => one ?? other).join(" ")
        : ""
    })
    .join("\n")
}

/** Without the options of pytest-cov, whose values may be paths. */
function unmeasured(words: readonly string[]): string[] {
  return words.filter((word, at) => {
    const before = words[at - 1] ?? ""
    const isValue = /^--cov[^=]*$/.test(before) && !word.startsWith("-")
    return !word.startsWith("--cov") && !isValue
  })
}

/** Options whose value is the next word, and may look like a path. */
const VALUED =
  /^(-[kmpcnoW]|--(rootdir|confcutdir|basetemp|config-file|junit-?xml|ignore-glob|deselect))$/

/** Nothing where a word is a place that is not there: it is called from another folder, or given a package. */
function callOf(
  path: string,
  words: readonly string[],
  sources: Sources,
): PytestCall | undefined {
  if (words.includes("--pyargs")) return undefined
  const given = { places: [] as string[], ignored: [] as string[] }
  for (const [at, word] of words.entries()) {
    const before = words[at - 1] ?? ""
    const ignored = /^--ignore=(.*)/.exec(word)?.[1]
    const place = cleaned(ignored ?? word)
    if (ignored !== undefined || before === "--ignore")
      given.ignored.push(place)
    else if (word.startsWith("-") || VALUED.test(before)) continue
    else if (isThere(place, sources)) given.places.push(place)
    else if (!/^-[^=]*$/.test(before)) return undefined
  }
  const everywhere = given.places.includes("")
  return {
    path,
    command: ["python", "-m", "pytest", ...words],
    ...given,
    places: everywhere ? [] : given.places,
  }
}

function cleaned(word: string): string {
  return word.replace(/::.*$/, "").replace(/^\.(\/|$)|\/+$/g, "")
}

function isThere(place: string, { paths }: Sources): boolean {
  return (
    place === "" ||
    paths.has(place) ||
    [...paths].some((path) => path.startsWith(`${place}/`))
  )
}
