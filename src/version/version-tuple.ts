/** Django's words for what PEP 440 abbreviates, which many take over: `(1, 2, 0, "rc", 1)`. */
const LEVELS = new Map([
  ["alpha", "a"],
  ["beta", "b"],
  ["rc", "rc"],
  ["dev", ".dev"],
])
const FINAL = "final"

/** The version that the inside of a tuple says: its items with dots between them, or in Django's five. */
export function readTuple(inside: string): string {
  const items = itemsOf(inside)
  if (!isFive(items)) return items.join(".")
  const [level = "", serial = ""] = items.slice(3)
  const main = items.slice(0, 3).join(".")
  return level === FINAL ? main : `${main}${LEVELS.get(level) ?? ""}${serial}`
}

/** The same with another version, in the form that it has; undefined where that has no word for it. */
export function writeTuple(
  inside: string,
  version: string,
): string | undefined {
  if (isFive(itemsOf(inside))) return five(inside, version)
  const parts = version
    .split(".")
    .map((each) => (/^(0|[1-9]\d*)$/.test(each) ? each : JSON.stringify(each)))
  return parts.length === 1 ? `${parts.join("")},` : parts.join(", ")
}

/** Whether a tuple has Django's five items. */
export function isFive(items: readonly string[]): boolean {
  const [, , , level = ""] = items
  return items.length === 5 && (level === FINAL || LEVELS.has(level))
}

export function itemsOf(inside: string): string[] {
  return [...inside.matchAll(/[^\s,"']+/g)].map(([item]) => item)
}

function five(inside: string, version: string): string | undefined {
  const [, major = "", minor = "0", micro = "0", sub = "", serial = "0"] =
    /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(a|b|rc|\.dev)(\d+))?$/.exec(version) ??
    []
  if (major === "") return undefined
  const level =
    sub === ""
      ? FINAL
      : ([...LEVELS].find(([, short]) => short === sub)?.[0] ?? FINAL)
  const quote = inside.includes("'") ? "'" : '"'
  return `${major}, ${minor}, ${micro}, ${quote}${level}${quote}, ${serial}`
}
