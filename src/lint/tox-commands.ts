import { z } from "#zod"

import { type Pyproject, toolTable } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { tomlTable } from "../reading/toml.js"
import { iniSections, iniText } from "../text/ini-text.js"

const legacy = z.object({ legacy_tox_ini: z.string() })
const commands = z.object({ commands: z.array(z.array(z.string())) })

/** The commands of every environment of tox that begin with a program, as its author calls it; what only a shell or tox would fill in is left out. */
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
  const plain = all
    .map((words) => words.filter((each) => !/^\{posargs[^}]*\}$/.test(each)))
    .filter((words) => !words.some((each) => /[{}$|&;<>"'`\\]/.test(each)))
  const own = plain.filter(([first]) => first === program)
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
      (iniText(text, section, "commands") ?? "")
        // A line goes on behind a backslash; a dash before a command lets it fail.
        .replace(/\\\s*\n\s*/g, " ")
        .split("\n")
        .map((line) => line.trim().split(/\s+/)),
    )
}

function tomlCommands(tox: Readonly<Record<string, unknown>>): string[][] {
  const environments = (tox["env"] ?? {}) as Record<string, unknown>
  return [tox["env_run_base"], ...Object.values(environments)].flatMap(
    (each) => commands.safeParse(each).data?.commands ?? [],
  )
}
