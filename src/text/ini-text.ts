import type { Span } from "./python-text.js"

/** Where the value of an option stands in setup.cfg (configparser); a value of several lines ends with the last. */
export function iniValue(
  source: string,
  section: string,
  option: string,
): Span | undefined {
  let current = ""
  let found: Span | undefined
  let inValue = false
  for (const { end, line, start } of lines(source)) {
    const header = /^\[([^\]]+)\]/.exec(line)?.[1]
    const [, name = "", sign = ""] =
      /^([^\s#;[=:][^=:]*?)(\s*[=:][^\S\n]*)/.exec(line) ?? []
    const continues = /^\s+\S/.test(line)
    if (found && inValue && continues && !/^\s*[#;]/.test(line))
      found = { start: found.start, end: end }
    else if (header !== undefined) current = header.trim()
    else if (found && !continues && line.trim()) return found
    else if (sign && current === section)
      if ((inValue = name.toLowerCase() === option))
        found = { start: start + name.length + sign.length, end }
  }
  return found
}

/** The value of an option in setup.cfg, as configparser gives it. */
export function iniText(
  source: string,
  section: string,
  option: string,
): string | undefined {
  const span = iniValue(source, section, option)
  if (!span) return undefined
  const raw = source.slice(span.start, span.end).split("\n")
  return raw
    .map((line) => line.trim())
    .join("\n")
    .trim()
}

/** Lines without their ends and without blanks at their ends. */
function* lines(source: string): Generator<Span & { line: string }> {
  for (const { 0: whole, index } of source.matchAll(/[^\n]+/g)) {
    const line = whole.trimEnd()
    yield { line, start: index, end: index + line.length }
  }
}

/** The names of all sections, in their order. */
export function iniSections(source: string): string[] {
  return [...source.matchAll(/^\[([^\]]+)\]/gm)].map(([, name = ""]) =>
    name.trim(),
  )
}

/** The options of a section and what they are set to. */
export function iniOptions(
  source: string,
  section: string,
): Record<string, string> {
  const [, body = ""] = source.split(
    new RegExp(`^\\[${section.replaceAll(".", "\\.")}\\]`, "m"),
  )
  const names = (body.split(/^\[/m)[0] ?? "").matchAll(
    /^([^\s#;[=:][^=:\n]*?)\s*[=:]/gm,
  )
  return Object.fromEntries(
    [...names].map(([, name = ""]) => [
      name,
      iniText(source, section, name.toLowerCase()) ?? "",
    ]),
  )
}

/** The same with every section and option at the start of its line; what stands deeper than its option goes on with it. */
export function flatIni(source: string): string {
  let option: number | undefined
  return source
    .split("\n")
    .map((line) => {
      const depth = line.search(/\S/)
      if (depth < 0 || /^\s*[#;]/.test(line)) return line
      if (option !== undefined && depth > option) return line
      option = line[depth] === "[" ? undefined : depth
      return line.slice(depth)
    })
    .join("\n")
}
