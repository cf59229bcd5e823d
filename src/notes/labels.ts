import type { ChangelogHeading, ChangelogOutline } from "./sections.js"

/** A line in bold, or one that ends with a colon. */
const LABEL = /^(?:\*\*([^*]+)\*\*:?|([^\s*+#|>:.`-][^`]*):)\s*$/
const ITEM = /^\s*[-*+]\s/

/** What stands above a list in the place of a heading, lower than any. */
export function labelsIn({
  headings,
  lines,
}: Pick<ChangelogOutline, "headings" | "lines">): ChangelogHeading[] {
  const taken = new Set(headings.flatMap(({ at, from }) => [at, from - 1]))
  const isBlank = (at: number) => (lines[at] ?? "").trim() === ""
  return lines.flatMap((line, at) => {
    const [, bold, plain] = LABEL.exec(line) ?? []
    const text = bold ?? plain
    if (text === undefined || taken.has(at)) return []
    const next = lines.findIndex((_, other) => other > at && !isBlank(other))
    const isAlone = at === 0 || isBlank(at - 1) || taken.has(at - 1)
    return isAlone && ITEM.test(lines[next] ?? "")
      ? [{ text: text.replace(/:$/, ""), level: 99, at, from: at + 1 }]
      : []
  })
}

/** The items of lists, each with the lines that go on with it; a line outside of a list stands alone. */
export function itemsIn(lines: readonly string[]): string[] {
  const items: string[] = []
  let isOpen = false
  for (const line of lines) {
    const goesOn: boolean = isOpen && /^\s+\S/.test(line) && !ITEM.test(line)
    if (goesOn) items.push(`${items.pop() ?? ""}\n${line}`)
    else items.push(line)
    isOpen = ITEM.test(line) || goesOn
  }
  return items
}
