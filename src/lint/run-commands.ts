import { ciFiles } from "../reading/ci-files.js"
import { PRE_COMMIT } from "../reading/pre-commit.js"
import type { Pyproject } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { tomlTable } from "../reading/toml.js"
import { literal } from "../text/literal.js"
import { iniCommands } from "./tox-commands.js"

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
    const text = sources.text(path) ?? ""
    return { path, text: path === PRE_COMMIT ? hooksAlone(text) : text }
  })
  const tables = [
    ...TABLES.map((name) => [`[tool.${name}]`, pyproject.tool[name]] as const),
    ["tox.toml", tomlTable(sources.text("tox.toml"))] as const,
  ].map(([path, table]) => ({ path, text: commandsIn(table).join("\n") }))
  const tox = iniCommands(pyproject, sources).map((words) => words.join(" "))
  return [...files, ...tables, { path: "tox.ini", text: tox.join("\n") }]
    .map(({ path, text }) => ({ path, text: onlyCommands(text) }))
    .filter(({ text }) => text.trim() !== "")
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
      .replace(/\binstall\b(\([^)]{0,2000}\)|[^\n;&|]*)/g, "")
  )
}

/** Every text in a table but what it installs; a list of words is one command. */
function commandsIn(value: unknown): string[] {
  if (typeof value === "string") return [value]
  if (Array.isArray(value)) {
    const all = value as readonly unknown[]
    const words = all.filter((each) => typeof each === "string")
    return words.length < all.length
      ? all.flatMap(commandsIn)
      : [words.join(" "), ...words]
  }
  return Object.entries((value ?? {}) as Record<string, unknown>).flatMap(
    ([key, each]) =>
      /^(.*dependencies|deps|requires)$/.test(key) ? [] : commandsIn(each),
  )
}

const LAUNCHER =
  "(?:uv|poetry|pdm|hatch|pipx|pipenv|rye|pixi)\\s+(?:tool\\s+)?run\\b[^\\n;&|]*\\s"
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

/** What each call of a command is given, as it is written. */
export function callsOf(command: readonly string[], text: string): string[] {
  const name = command.map(literal).join("[ \\t]+")
  const call = new RegExp(`${BEFORE}${name}[ \\t]+([^\\n;&|#"']+)`, "gm")
  return [...asLines(text).matchAll(call)].map(([, given = ""]) => given)
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
