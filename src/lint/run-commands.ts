import { ciFiles } from "../reading/ci-files.js"
import type { Pyproject } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { tomlTable } from "../reading/toml.js"
import { iniCommands, type ToxCommand } from "../reading/tox-commands.js"
import { literal } from "../text/literal.js"
import { mayFail, withoutLenient } from "./may-fail.js"
import { PRE_COMMIT } from "./pre-commit.js"

/** What runs linters, beside tox. */
const RUNNERS = [
  /^\.pre-commit-config\.yaml$/,
  /^lefthook\.ya?ml$/,
  /^(noxfile|tasks|dodo)\.py$/,
  /^((GNU)?makefile|\.?justfile|taskfile\.ya?ml)$/i,
  /^package\.json$/,
  /^\.github\/actions\/.*\/action\.ya?ml$/,
]
const SCRIPT =
  /^(bin|ci|dev|scripts?|tools)\/[^/.]+$|^((bin|ci|dev|scripts?|tools)\/)?[^/]+\.(sh|bash|mk)$/

/** Where pyproject.toml keeps commands, by the tool that runs them. */
const TABLES = ["tox", "hatch", "pdm", "poe", "rye", "taskipy", "pixi"]

/** Something that runs commands: a file, or a table of `pyproject.toml`. */
export interface Runner {
  readonly path: string
  readonly text: string
  /** Without what its author lets fail. */
  readonly strict: string
}

/** All by which a project runs something, without what is only installed or said in a comment. */
export function commandRunners(
  pyproject: Pyproject,
  sources: Sources,
): Runner[] {
  const files = [
    ...[...RUNNERS, SCRIPT].flatMap((file) =>
      [...sources.paths].filter((path) => file.test(path)).sort(),
    ),
    ...ciFiles(sources.paths),
  ].map((path) => {
    const own = sources.text(path) ?? ""
    const text = path === PRE_COMMIT ? hooksAlone(own) : own
    return { path, text, strict: text }
  })
  const tables = [
    ...TABLES.map((name) => [`[tool.${name}]`, pyproject.tool[name]] as const),
    ["tox.toml", tomlTable(sources.text("tox.toml"))] as const,
  ].map(([path, table]) => ({
    path,
    text: commandsIn(table).join("\n"),
    strict: commandsIn(table, true).join("\n"),
  }))
  const tox = iniCommands(pyproject, sources)
  const strict = tox.filter(({ lenient }) => !lenient)
  const ini = { path: "tox.ini", text: linesOf(tox), strict: linesOf(strict) }
  return [...files, ...tables, ini]
    .map(({ path, text, ...each }) => ({
      path,
      text: onlyCommands(text),
      strict: withoutLenient(path, onlyCommands(each.strict)),
    }))
    .filter(({ text }) => text.trim() !== "")
}

function linesOf(commands: readonly ToxCommand[]): string {
  return commands.map(({ words }) => words.join(" ")).join("\n")
}

/** What a hook is given is no command but behind an entry: isort's profile is called black. */
function hooksAlone(text: string): string {
  return text
    .split(/^(?=[ \t]*-[ \t]+id:)/m)
    .map((hook) =>
      /^[ \t-]*entry:/m.test(hook)
        ? hook
        : hook.replace(
            /\bargs:[ \t]*(\[[^\]]*\]|.*(\n[ \t]*-[ \t]+(?!(id|repo):).*)*)/g,
            "",
          ),
    )
    .join("")
}

function onlyCommands(text: string): string {
  return (
    text
      .replace(/^[ \t]*#.*$/gm, "")
      // What is longer than any command would only take its time.
      .replace(/^(.{2000}).*$/gm, "$1")
      .replace(/(?<!--)\binstall\b(\([^)]{0,2000}\)|[^\n;&|]*)/g, "")
  )
}

/** Every text in a table but what it installs, and what may fail, where that is left out; a list of words is one command. */
function commandsIn(value: unknown, strict = false): string[] {
  const within = (each: unknown) => commandsIn(each, strict)
  if (typeof value === "string") return [value]
  if (Array.isArray(value)) {
    const all = value as readonly unknown[]
    const words = all.filter((each) => typeof each === "string")
    if (words.length < all.length) return all.flatMap(within)
    if (words[0] === "-") return strict ? [] : [words.slice(1).join(" ")]
    return [words.join(" "), ...words]
  }
  const table = (value ?? {}) as Record<string, unknown>
  if (strict && mayFail(table)) return []
  return Object.entries(table).flatMap(([key, each]) =>
    /^(.*dependencies|deps|requires)$/.test(key) ? [] : within(each),
  )
}

/** Between the two may be options; what takes a name for one of its own is none. */
const LAUNCHER =
  "(?:uv|poetry|pdm|hatch|pipx|pipenv|rye|pixi)\\s+(?:tool\\s+)?run\\b(?:(?!\\s(?:pre-commit|prek|nox|tox)\\s)[^\\n;&|])*\\s"
/** What a command may stand behind: a line's start, a key, another command, what launches it, a folder of programs. */
const BEFORE = `(?:^[ \\t@-]*|[;&|(]\\s*|\\b(?:run|entry|script|command|cmd)s?\\s*[:=]\\s*|["']|-m["',\\s]+|\\buvx\\s+|${LAUNCHER}|bin/|\\})`

/** Whether a program is called with something to work on: its name alone may be that of an environment or a target. */
export function isCalled(program: string, text: string): boolean {
  const name = literal(program)
  return new RegExp(
    `${BEFORE}${name}(?:["'],\\s*["']|[ \\t]+["']?)[-./\\w$\\{*~]|uses:\\s*\\S+/${name}@`,
    "m",
  ).test(text)
}

/** Whether a program is called, with something or without. */
export function isRun(program: string, text: string): boolean {
  return isCalled(program, text) || isCalledBare([program], text)
}

/** Whether a command is called with nothing more, also as an action of GitHub. */
export function isCalledBare(
  command: readonly string[],
  text: string,
): boolean {
  const name = command.map(literal).join("[ \\t]+")
  const bare = new RegExp(
    `${BEFORE}${name}[ \\t]*(?:$|[;&|)])|(["'])${name}\\1`,
    "m",
  )
  const action = new RegExp(
    `uses:\\s*\\S+/${literal(command[0] ?? "")}(-action)?@\\S+((?!\\n\\s*- )[^]){0,500}`,
    "g",
  )
  const uses = [...text.matchAll(action)].map(([all]) => all)
  return (
    bare.test(text) || uses.some((each) => !/\b\w*(args|options):/.test(each))
  )
}

/** What each call of a command is given, as it is written. */
export function callsOf(command: readonly string[], text: string): string[] {
  const name = command.map(literal).join("[ \\t]+")
  const call = new RegExp(
    `(${BEFORE})${name}[ \\t]+((?:[^\\n;&|#"']|"[^"\\n]*"|'[^'\\n]*')+)`,
    "gm",
  )
  const lines = asLines(text)
  return [...lines.matchAll(call)].flatMap(
    ({ 0: all, 1: before = "", 2: given = "", index }) => {
      const open = openQuote(lines, index + before.length)
      if (open !== undefined) return given.split(open).slice(0, 1)
      // A text that goes on elsewhere is none of a plain call.
      return /["']/.test(lines[index + all.length] ?? "") ? [] : [given]
    },
  )
}

/** The quote that a place of a line is in. */
function openQuote(lines: string, at: number): string | undefined {
  const line = lines.slice(lines.lastIndexOf("\n", at - 1) + 1, at)
  return ['"', "'"].find((quote) => line.split(quote).length % 2 === 0)
}

/** A list of quoted words, as nox takes a command, is one text. */
function asLines(text: string): string {
  return text.replace(/["'][ \t]*,\s*["']/g, " ")
}

/** Whether ruff's formatter is called, by itself, as a hook or by hatch. */
export function callsRuffFormat(text: string): boolean {
  return /\bruff(["'],?\s*["']|\s+)format\b|\bruff-format\b|\bhatch\s+fmt\b|\bruff-action@[^]{0,200}?\bformat\b/.test(
    text,
  )
}
