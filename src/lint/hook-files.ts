import { posix } from "node:path"

import type { Sources } from "../reading/sources.js"
import { inTime } from "../text/in-time.js"
import { type LinterName, type LinterRow, LINTERS } from "./linter-table.js"
import { type Hook, type Narrowing, prefixOf } from "./pre-commit.js"

/** Gives a command the files that its hook is given; without such a choice it finds them itself. */
export function asItsHook(
  command: readonly string[],
  hook: Hook | undefined,
  sources: Sources,
): readonly string[] {
  const narrowing = narrowingOf(command, hook)
  if (!hook || !narrowing) return command
  const files = filesOf(narrowing, hook, sources)
  const words = command.filter((word) => word !== ".")
  return files.length === 0
    ? command
    : [...words, ...forcing(command, hook), "--", ...files]
}

/** Files that are named are read whatever the settings leave out, unless that is forced. */
function forcing(command: readonly string[], hook: Hook): readonly string[] {
  if (command[0] === "ruff") return ["--force-exclude"]
  if (command[0] !== "isort") return []
  const { args } = hook.called?.[hookId(command, hook) ?? ""] ?? {}
  return args ? [] : byItsHook("isort", hook)
}

/** What a hook gives its linter where nobody says otherwise: isort has known that since 5. */
export function byItsHook(name: LinterName, { version }: Hook) {
  const { byHook = [] }: LinterRow = LINTERS[name]
  return name === "isort" && /^[0-4]\./.test(version) ? [] : byHook
}

/** The files that a hook is given; none where its choice can't be read. */
export function filesOf(
  { exclude, files }: Narrowing,
  hook: Hook,
  sources: Sources,
): string[] {
  const takes = chooser({ exclude, files })
  const prefix = prefixOf(hook, sources)
  const { stubless }: LinterRow = LINTERS[hook.linter]
  const python = [...sources.paths].filter((path) =>
    (stubless ? /\.py$/ : /\.pyi?$/).test(path),
  )
  const patterns = [...files, ...exclude].join("`, `")
  return inTime(patterns, () =>
    python.filter((path) => takes?.(posix.join(prefix, path))),
  ).sort()
}

/** The command with the files of its hook as one word: there may be thousands. */
export function withoutFiles(command: readonly string[]): readonly string[] {
  const end = command.indexOf("--")
  return end < 0 ? command : [...command.slice(0, end), "<files of its hook>"]
}

function narrowingOf(
  command: readonly string[],
  hook: Hook | undefined,
): Narrowing | undefined {
  const id = hook && hookId(command, hook)
  return id === undefined ? undefined : hook?.narrowed?.[id]
}

/** The hook that a command is for, of those of its linter. */
export function hookId(
  [program = "", action]: readonly string[],
  { ids }: Hook,
): string | undefined {
  const formats = action === "format"
  return ids.find((each) =>
    program === "ruff"
      ? (each === "ruff-format") === formats
      : each.startsWith(program),
  )
}

/** Nothing where a pattern can't be read: then every file is looked at. */
function chooser({
  exclude,
  files,
}: Narrowing): ((path: string) => boolean) | undefined {
  const [wanted, left] = [files, exclude].map((each) => each.map(fromPython))
  if (!wanted || !left || [...wanted, ...left].includes(undefined))
    return undefined
  return (path) =>
    wanted.every((each) => each?.test(path)) &&
    !left.some((each) => each?.test(path))
}

/** A pattern of Python's `re`, such as the spread ones (`(?x)`) that `pre-commit` documents. */
function fromPython(pattern: string): RegExp | undefined {
  const [, flags = "", body = ""] = /^\s*(?:\(\?([a-z]+)\))?([^]*)$/.exec(
    pattern,
  ) ?? [pattern]
  const spread = flags.includes("x")
    ? body.replace(/(\\[^]|\[(?:\\[^]|[^\]\\])*\])|\s+|#.*/g, "$1")
    : body
  const source = spread
    .replace(/\(\?P</g, "(?<")
    .replace(/\\A/g, "^")
    .replace(/\\Z/g, "$")
  try {
    return new RegExp(source, flags.replace(/[^ims]/g, ""))
  } catch {
    return undefined
  }
}
