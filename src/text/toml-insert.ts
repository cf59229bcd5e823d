/** Lines for a table of TOML. */
export interface TableLines {
  /** The header as it is written, such as `[tool.shipwheel]`. */
  readonly header: string
  /** Which of several with the same header; of `[[…]]` there may be many. */
  readonly at?: number
  readonly lines: readonly string[]
}

/** Writes lines right below a table's header, or a table of its own at the end; every other byte stays. */
export function withLines(source: string, added: TableLines): string {
  const { at = 0, header, lines } = added
  const end = source.includes("\r\n") ? "\r\n" : "\n"
  const place = headersOf(source, header)[at]
  if (place === undefined) {
    const open = source === "" || source.endsWith("\n") ? "" : end
    const gap = source === "" ? "" : end
    return source + open + gap + [header, ...lines, ""].join(end)
  }
  const open = source.slice(0, place).endsWith("\n") ? "" : end
  const text = lines.map((line) => line + end).join("")
  return source.slice(0, place) + open + text + source.slice(place)
}

/** How often a header is written in a text. */
export function countHeaders(source: string, header: string): number {
  return headersOf(source, header).length
}

/** Where the line after each such header starts. */
function headersOf(source: string, header: string): number[] {
  const name = header.replace(/[[\]]/g, "").split(".").join("\\s*\\.\\s*")
  const [open, close] = header.startsWith("[[")
    ? ["\\[\\[", "\\]\\]"]
    : ["\\[", "\\]"]
  const line = new RegExp(
    `^[ \\t]*${open}\\s*${name}\\s*${close}[ \\t]*(?:#[^\\n]*)?\\r?(?:\\n|$)`,
    "gm",
  )
  return [...source.matchAll(line)].map(
    ({ 0: whole, index }) => index + whole.length,
  )
}
