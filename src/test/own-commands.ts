import { ciFiles } from "../reading/ci-files.js"
import type { Sources } from "../reading/sources.js"
import { plainWords, withDefaults } from "../text/command-line.js"

/** Where a project's author says what runs: a file, or a table of pyproject.toml. */
export interface OwnCommands {
  readonly path: string
  readonly text: string
}

/** Files at the top that are there to run something, and scripts that are called after tests. */
const FILES = [
  /^tox\.(ini|toml)$/,
  /^noxfile\.py$/,
  /^(GNU)?makefile$/i,
  /^\.?justfile$/i,
  /^taskfile\.ya?ml$/i,
  /^tasks\.py$/,
  /^((bin|ci|dev|scripts?|tools?)\/)?([\w-]+[-_])?(run[-_]?)?tests?([-_][\w-]+)?(\.(ba)?sh)?$/,
]
/** Where pyproject.toml keeps commands, by the tool that runs them. */
const TABLES = [
  ["hatch", "envs"],
  ["pdm", "scripts"],
  ["poe", "tasks"],
  ["rye", "scripts"],
  ["taskipy", "tasks"],
  ["tox"],
] as const

/** All that a project's author runs something by, the CI last. */
export function ownCommands(
  sources: Sources,
  tool: Readonly<Record<string, unknown>>,
): OwnCommands[] {
  const tables = TABLES.map((keys) => ({
    path: `tool.${keys.join(".")}`,
    text: textsIn(tableAt(tool, keys)).join("\n"),
  }))
  const found = FILES.flatMap((file) =>
    [...sources.paths].filter((path) => file.test(path)).sort(),
  )
  const files = [...found, ...ciFiles(sources.paths)].map((path) => ({
    path,
    text: withoutComments(sources.text(path) ?? ""),
  }))
  return [...tables.filter(({ text }) => text !== ""), ...files]
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

/** Every text in a table but what it installs; a list of words is one command. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value]
  if (Array.isArray(value)) {
    const texts = value.flatMap(textsIn)
    return texts.some((each) => /\s/.test(each)) ? texts : [texts.join(" ")]
  }
  return Object.entries((value ?? {}) as Record<string, unknown>).flatMap(
    ([key, each]) =>
      /^(.*dependencies|deps|requires)$/.test(key) ? [] : textsIn(each),
  )
}

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, "")
}

const CALL =
  /(?<![\w./}-])(?:[\w./{}$()-]{0,200}bin(?:dir\})?\/)?(?:python3?(?:\.\d+)?|\{envpython\}|\$[({]PYTHON[)}]|coverage run)\s+([^\n;&|#]+)/g
/** Options of Python and of coverage whose value is the next word. */
const VALUED =
  /^(-W|-X|--(source|source-pkgs|rcfile|omit|include|data-file|context|concurrency|debug))$/

/** Each call of Python in a text, if it is there in plain words: without Python's own options, and without what measures it. */
export function pythonCalls({ text }: OwnCommands): string[][] {
  return [...withDefaults(text).matchAll(CALL)].flatMap(([, rest = ""]) => {
    const words = plainWords(rest)
    const [first = "", ...more] = unmeasured(withoutOptions(words ?? []))
    return first === "-m" || first.endsWith(".py")
      ? [["python", first.replace(/^\.\//, ""), ...more]]
      : []
  })
}

function withoutOptions(words: readonly string[]): readonly string[] {
  const [first = "", ...rest] = words
  if (!first.startsWith("-") || first === "-m") return words
  return withoutOptions(VALUED.test(first) ? rest.slice(1) : rest)
}

function unmeasured(words: readonly string[]): readonly string[] {
  return /^-m coverage run /.test(words.slice(0, 4).join(" "))
    ? withoutOptions(words.slice(3))
    : words
}
