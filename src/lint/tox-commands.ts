import { z } from "#zod"

import { type Pyproject, toolTable } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { tomlTable } from "../reading/toml.js"
import { withDefaults } from "../text/command-line.js"
import { iniSections, iniText } from "../text/ini-text.js"

const legacy = z.object({ legacy_tox_ini: z.string() })
const commands = z.object({ commands: z.array(z.array(z.unknown())) })
const replaced = z.object({
  replace: z.literal("posargs"),
  default: z.array(z.string()).catch([]),
})

/** The commands of every environment of tox that begin with a program, as they are where nobody gives them more; what only a shell or tox would fill in is left out. */
export function toxCommands(
  program: string,
  pyproject: Pyproject,
  sources: Sources,
): string[][] {
  const all = [
    ...iniCommands(pyproject, sources),
    ...tomlCommands(toolTable(pyproject, "tox")),
    ...tomlCommands(tomlTable(sources.text("tox.toml"))),
  ]
  const own = all
    .filter((words) => !words.some((each) => /[{}$|&;<>"'`\\]/.test(each)))
    .filter(([first]) => first === program)
  return [...new Map(own.map((each) => [each.join(" "), each])).values()]
}

/** The commands of every environment of tox in a form of ini. */
export function iniCommands(
  pyproject: Pyproject,
  sources: Sources,
): string[][] {
  const text =
    sources.text("tox.ini") ??
    legacy.safeParse(pyproject.tool["tox"]).data?.legacy_tox_ini ??
    ""
  return iniSections(text)
    .filter((each) => /^testenv(:|$)/.test(each))
    .flatMap((section) =>
      // A dash before a command lets it fail.
      withDefaults(iniText(text, section, "commands") ?? "")
        .split("\n")
        .map((line) => wordsOf(line.replace(FACTORS, ""))),
    )
}

/** The environments that a line is for, by parts of their names. */
const FACTORS = /^\s*[!\w{},.-]+:\s+/

function tomlCommands(tox: Readonly<Record<string, unknown>>): string[][] {
  const environments = (tox["env"] ?? {}) as Record<string, unknown>
  return [tox["env_run_base"], ...Object.values(environments)].flatMap((each) =>
    (commands.safeParse(each).data?.commands ?? []).map((words) =>
      words.flatMap(filledIn),
    ),
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
