const SHOWN = 10

/** The first of many, and how many more there are. */
export function few(items: readonly string[]): string {
  const more = items.length - SHOWN
  const shown = items.slice(0, SHOWN).join(", ")
  return more > 0 ? `${shown} and ${String(more)} more` : shown
}
