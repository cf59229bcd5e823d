import { parse, TomlError } from "smol-toml"

/** Reads a file of TOML 1.1, and so of 1.0; what is none is refused with its place. */
export function parseToml(text: string): Record<string, unknown> {
  return parse(text, { integersAsBigInt: "asNeeded" })
}

/** The same where what can't be read is for its own tool to say. */
export function tomlTable(text = ""): Record<string, unknown> {
  try {
    return parseToml(text)
  } catch {
    return {}
  }
}

/** What is wrong with a file that is not TOML, and where. */
export function tomlMistake(error: unknown): string {
  if (!(error instanceof TomlError)) return String(error)
  const [first = ""] = error.message.split("\n")
  const what = first.replace(/^Invalid TOML document: /, "")
  return `line ${error.line}, column ${error.column}: ${what}`
}
