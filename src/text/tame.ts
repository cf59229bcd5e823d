/** What moves a terminal's cursor, colours it or renames its window (ECMA-48), with its end. */
const SEQUENCE =
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|\u001B[\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\)?|\u001B[ -/]*[0-~]?/g

const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g
/** A line that GitHub's runners take for a command, and what Azure's and TeamCity's take for one wherever it stands. */
const COMMANDS = [
  [/^(\s*):(?=:)/gm, "$1: "],
  [/##(?=\[|vso\[|teamcity\[)/g, "# #"],
] as const

/** What a foreign program said, so that a terminal and a CI's log only show it. */
export function tame(text: string): string {
  const shown = text
    .replace(/\r\n?/g, "\n")
    .replace(SEQUENCE, "")
    .replace(CONTROL, "\uFFFD")
  return COMMANDS.reduce((each, [found, by]) => each.replace(found, by), shown)
}
