/** What moves a terminal's cursor, colours it or renames its window (ECMA-48), with its end. */
const SEQUENCE =
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|\u001B[\]PX^_][^\u0007\u001B\n]*(?:\u0007|\u001B\\)?|\u001B[ -/]*[0-~]?/g

/** Controls, and what turns the direction of a text, so that it reads otherwise than it is (Trojan Source). */
const CONTROL =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
/** A line that GitHub's runners take for a command, and what Azure's and TeamCity's take for one wherever it stands. */
const COMMANDS = [
  [/^([^\S\r\n\u2028\u2029]*):(?=:)/gm, "$1: "],
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

/** The same in JSON, where a text's end would else be taken for that of a sequence. */
export function tameJson(value: object): string {
  const each = (_: string, text: unknown) =>
    typeof text === "string" ? tame(text) : text
  return JSON.stringify(value, each, 2)
}

/** The same of all texts in a value. */
export function tamed(value: unknown): unknown {
  if (typeof value === "string") return tame(value)
  if (Array.isArray(value)) return value.map(tamed)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, tamed(each)]),
  )
}
