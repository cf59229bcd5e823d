/** A table in Markdown. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(inCell).join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")
}

/** A backslash before a bar would make the bar an end again. */
function inCell(text: string): string {
  return text.replace(/\\*\|/g, "\\|").replaceAll("\n", " ")
}
