import { z } from "#zod"

import { code } from "../text/code.js"
import type { About } from "./about.js"
import type { Change } from "./change.js"

const shownCommand = z.object({
  /** As one calls it: its name, and that of a subcommand. */
  command: z.string(),
  /** Absent where it shows no help. */
  options: z.array(z.string()).nullable(),
  /** Why it does not. */
  failed: z.string().nullable(),
})

/** What a command shows of itself, as `options.py` reads it. */
export type ShownCommand = z.infer<typeof shownCommand>

export function parseOptions(json: string): ShownCommand[] {
  return z.array(shownCommand).parse(JSON.parse(json))
}

/** Extras that hold what only a command needs, as people call them. */
const EXTRAS = /^(?:cli|command-?line|console|shell)$/

/** A wheel as one installs it to have its commands. */
export function withExtras({
  extras,
  name,
}: Pick<About, "extras" | "name">): string {
  const own = extras.filter((each) => EXTRAS.test(each))
  return own.length > 0 ? `${name}[${own.join(",")}]` : name
}

/** What two releases show of their commands; or why that is not known. */
export type ShownHelp =
  | {
      readonly before: readonly ShownCommand[]
      readonly after: readonly ShownCommand[]
    }
  | { readonly why: string }

/** How the help of commands differs. */
export interface OptionChanges {
  /** Options of both releases that could be compared. */
  readonly counted: number
  readonly changes: readonly Change[]
  /** What was not compared, and why. */
  readonly left: readonly string[]
}

/** Compares what commands of both releases show; what is gone with its command is told with that, and of one that showed nothing, nobody knows what is new. */
export function optionChanges(help: ShownHelp | undefined): OptionChanges {
  if (!help) return { counted: 0, changes: [], left: [] }
  if ("why" in help)
    return { counted: 0, changes: [], left: [`no options: ${help.why}`] }
  const { after, before } = help
  const parts = before.map((old) => compareCommand(old, after))
  const known = new Set(before.map(({ command }) => command))
  const silent = before.filter(({ options }) => options === null)
  const come = after.filter(
    ({ command }) =>
      !known.has(command) &&
      isSubcommand(command) &&
      !silent.some((each) => command.startsWith(`${each.command} `)),
  )
  return {
    counted: parts.reduce((sum, { counted }) => sum + counted, 0),
    changes: [
      ...parts.flatMap(({ changes }) => changes),
      ...come.map(({ command }) => told(command, "is new", "feature")),
    ],
    left: parts.flatMap(({ left }) => left),
  }
}

function compareCommand(
  old: ShownCommand,
  after: readonly ShownCommand[],
): OptionChanges {
  const { command } = old
  const now = after.find((each) => each.command === command)
  if (!now) return gone(command, after)
  if (old.options === null || now.options === null) {
    const why = old.failed ?? now.failed ?? ""
    const which = old.options === null ? "before" : "now"
    const left = [`${code(`${command} --help`)} told nothing ${which} (${why})`]
    return { counted: 0, changes: [], left }
  }
  const [was, is] = [new Set(old.options), new Set(now.options)]
  return {
    counted: was.size,
    changes: [
      ...[...was]
        .filter((each) => !is.has(each))
        .map((each) => told(`${command} ${each}`, "is gone", "breaking")),
      ...[...is]
        .filter((each) => !was.has(each))
        .map((each) => told(`${command} ${each}`, "is new", "feature")),
    ],
    left: [],
  }
}

/** Of a command whose help tells nothing now, nobody knows what it still has; a command itself is told by the metadata. */
function gone(command: string, after: readonly ShownCommand[]): OptionChanges {
  const [name = ""] = command.split(" ")
  const top = after.find((each) => each.command === name)
  const known = isSubcommand(command) && top?.options != null
  const changes = known ? [told(command, "is gone", "breaking")] : []
  return { counted: 0, changes, left: [] }
}

function isSubcommand(command: string): boolean {
  return command.includes(" ")
}

function told(
  what: string,
  words: string,
  level: "breaking" | "feature",
): Change {
  return {
    of: "commands",
    what: `${code(what)} ${words}`,
    level,
    names: [what],
  }
}
