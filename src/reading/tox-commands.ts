import { z } from "#zod"

import { withDefaults } from "../text/command-line.js"
import { iniSections, iniText } from "../text/ini-text.js"
import { type Pyproject, toolTable } from "./pyproject.js"
import type { Sources } from "./sources.js"
import { tomlTable } from "./toml.js"
import { legacyIni, toxOption } from "./tox.js"

const environment = z.object({
  commands: z.array(z.array(z.unknown())),
  ignore_outcome: z.boolean().catch(false),
})
const stated = z.object({
  base_python: z.union([z.string(), z.tuple([z.string()]).transform(String)]),
})
const replaced = z.object({
  replace: z.literal("posargs"),
  default: z.array(z.string()).catch([]),
})

/** A command of an environment of tox. */
export interface ToxCommand {
  readonly words: readonly string[]
  /** The list of what tox installs for it. */
  readonly list: string
  /** The one Python that it runs on, where that is said. */
  readonly python: string | undefined
  /** Whatever becomes of it, tox goes on. */
  readonly lenient: boolean
}

/** The commands of every environment of tox that begin with a program, as they are where nobody gives them more; what only a shell or tox would fill in is left out, and what may fail where anything else is there. */
export function toxCommands(
  program: string,
  pyproject: Pyproject,
  sources: Sources,
): readonly (readonly string[])[] {
  const own = allCommands(pyproject, sources)
    .filter(({ words }) => !words.some((each) => /[{}$|&;<>"'`\\]/.test(each)))
    .filter(({ words: [first] }) => first === program)
  const strict = own.filter(({ lenient }) => !lenient)
  const best = (strict.length > 0 ? strict : own).map(({ words }) => words)
  return [...new Map(best.map((each) => [each.join(" "), each])).values()]
}

/** A program, a module or a script that is called, and what it is told to do, where that is a word. */
export interface Called {
  readonly name: string
  readonly subcommand?: string | undefined
}

/** What a command calls in the end, without what launches it. */
export function calledBy(words: readonly string[]): Called {
  const at = words.findIndex(
    (each) => !each.startsWith("-") && !LAUNCHER.test(baseName(each)),
  )
  const next = words[at + 1] ?? ""
  return {
    name: baseName(words[at] ?? ""),
    subcommand: /^[a-z]+$/.test(next) ? next : undefined,
  }
}

/** The lists of the environments that call something, by itself, as a module or by what launches it. */
export function toxListsOf(
  called: Called,
  pyproject: Pyproject,
  sources: Sources,
): string[] {
  return callsOf(called, pyproject, sources).map(({ list }) => list)
}

/** The one Python that something is called on, where every environment that does says so. */
export function toxPythonOf(
  called: Called,
  pyproject: Pyproject,
  sources: Sources,
): string | undefined {
  const found = callsOf(called, pyproject, sources).map(({ python }) => python)
  return new Set(found).size === 1 ? found[0] : undefined
}

function callsOf(called: Called, pyproject: Pyproject, sources: Sources) {
  return allCommands(pyproject, sources).filter(({ words }) =>
    isCallOf(words, called),
  )
}

/** What starts a program that is named behind it, with what tox has installed: uv and poetry install something else first. */
const LAUNCHER =
  /^(python[\d.]*|pypy[\d.]*|\{envpython\}|coverage|run|env|xvfb-run|\w+=.*)$/

function isCallOf(
  words: readonly string[],
  { name, subcommand }: Called,
): boolean {
  // A folder's name ends with a slash.
  const at = words.findIndex((each) => baseName(each) === name && name !== "")
  const isLaunched = words.slice(0, at).every((each, index) => {
    const before = words[index - 1] ?? ""
    const isValue = before.startsWith("-") && before !== "-m"
    return each.startsWith("-") || isValue || LAUNCHER.test(baseName(each))
  })
  const isSame = subcommand === undefined || words[at + 1] === subcommand
  return at >= 0 && isLaunched && isSame
}

function baseName(word: string): string {
  return word.replace(/^.*\//, "")
}

function allCommands(pyproject: Pyproject, sources: Sources): ToxCommand[] {
  return [
    ...iniCommands(pyproject, sources),
    ...tomlCommands(toolTable(pyproject, "tox")),
    ...tomlCommands(tomlTable(sources.text("tox.toml"))),
  ]
}

/** The commands of every environment of tox in a form of ini. */
export function iniCommands(
  pyproject: Pyproject,
  sources: Sources,
): ToxCommand[] {
  const text = sources.text("tox.ini") ?? legacyIni(pyproject) ?? ""
  return iniSections(text)
    .filter((each) => /^testenv(:|$)/.test(each))
    .flatMap((section) => {
      const said = (...names: string[]) => toxOption(text, section, names)
      const passes = /^true$/i.test(said("ignore_outcome") ?? "")
      const list = section.replace("testenv", "tox")
      const python = onePython(list, said("basepython", "base_python"))
      return withDefaults(iniText(text, section, "commands") ?? "")
        .split("\n")
        .map((line) => ({
          list,
          python,
          ...toxCommand(wordsOf(line.replace(FACTORS, "")), passes),
        }))
    })
}

/** By a part of the name, which tox has stand above what is stated. */
function onePython(list: string, stated = ""): string | undefined {
  const [found] = [...list.split(/[:-]/), stated].flatMap(
    (each) => /^(?:py(?:thon)?3\.?|3\.)(\d{1,2})$/.exec(each)?.[1] ?? [],
  )
  return found === undefined ? undefined : `3.${found}`
}

/** A dash before a command lets it fail. */
function toxCommand(
  [first = "", ...rest]: readonly string[],
  lenient: boolean,
): Pick<ToxCommand, "lenient" | "words"> {
  return first.startsWith("-")
    ? { words: wordsOf([first.slice(1), ...rest].join(" ")), lenient: true }
    : { words: first === "" ? [] : [first, ...rest], lenient }
}

/** The environments that a line is for, by parts of their names. */
const FACTORS = /^\s*[!\w{},.-]+:\s+/

function tomlCommands(tox: Readonly<Record<string, unknown>>): ToxCommand[] {
  const environments = Object.entries(
    (tox["env"] ?? {}) as Record<string, unknown>,
  ).map(([name, own]) => [`tox:${name}`, own] as const)
  return [["tox", tox["env_run_base"]] as const, ...environments].flatMap(
    ([list, each]) => {
      const { commands: all = [], ignore_outcome: passes = false } =
        environment.safeParse(each).data ?? {}
      const base = [each, tox["env_run_base"]]
        .map((own) => stated.safeParse(own).data?.base_python)
        .find((own) => own !== undefined)
      const python = onePython(list, base)
      return all.map((words) => ({
        list,
        python,
        ...toxCommand(words.flatMap(filledIn), passes),
      }))
    },
  )
}

/** What is no text and no place for more is left to tox. */
function filledIn(word: unknown): string[] {
  if (typeof word !== "string")
    return replaced.safeParse(word).data?.default ?? ["{}"]
  return /\{posargs/.test(word) ? wordsOf(withDefaults(word)) : [word]
}

function wordsOf(line: string): string[] {
  return line.split(/\s+/).filter(Boolean)
}
