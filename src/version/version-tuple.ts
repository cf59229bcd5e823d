/** Django's words for what PEP 440 abbreviates, which many take over, and Jupyter's own: `(1, 2, 0, "rc", 1)`. */
const LEVELS = new Map([
  ["alpha", "a"],
  ["beta", "b"],
  ["rc", "rc"],
  ["candidate", "rc"],
  ["dev", ".dev"],
])
const FINAL = "final"

/** The version that the inside of a tuple says: its items with dots between them, or with a level as Django has it. */
export function readTuple(inside: string): string {
  const items = itemsOf(inside)
  if (!hasLevel(items)) return items.join(".")
  const [level = "", serial = ""] = items.slice(3)
  const main = items.slice(0, 3).join(".")
  return level === FINAL ? main : `${main}${LEVELS.get(level) ?? ""}${serial}`
}

/** The same with another version, in the form that it has; undefined where that, or what reads it in the text around it, has no word for it. */
export function writeTuple(
  inside: string,
  version: string,
  around = "",
): string | undefined {
  const items = itemsOf(inside)
  if (hasLevel(items)) return withLevel(inside, version, around)
  const parts = version
    .split(".")
    .map((each) => (/^(0|[1-9]\d*)$/.test(each) ? each : JSON.stringify(each)))
  return parts.length === 1 ? `${parts.join("")},` : parts.join(", ")
}

/** Whether a tuple says a level behind three numbers, as Django's five items do; of four, other words than `final` may be joined as they are. */
export function hasLevel(items: readonly string[]): boolean {
  const [, , , level = ""] = items
  return (
    (items.length === 4 && level === FINAL) ||
    (items.length === 5 && (level === FINAL || LEVELS.has(level)))
  )
}

export function itemsOf(inside: string): string[] {
  return [...inside.matchAll(/[^\s,"']+/g)].map(([item]) => item)
}

function withLevel(
  inside: string,
  version: string,
  around: string,
): string | undefined {
  const [, major = "", minor = "0", micro = "0", sub = "", serial = "0"] =
    /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(a|b|rc|\.dev)(\d+))?$/.exec(version) ??
    []
  const level = sub === "" ? FINAL : wordFor(sub, around)
  const isShort = itemsOf(inside).length === 4
  // Nothing would read the number of a level.
  if (isShort && sub !== "" && !around.includes("[4]")) return undefined
  if (major === "" || level === undefined) return undefined
  const quote = inside.includes("'") ? "'" : '"'
  const items = [major, minor, micro, `${quote}${level}${quote}`]
  return [...items, ...(isShort && sub === "" ? [] : [serial])].join(", ")
}

/** A table beside the tuple that has levels knows these alone. */
function wordFor(sub: string, around: string): string | undefined {
  const words = [...LEVELS.keys()]
  const keys = words.filter((each) =>
    new RegExp(`["']${each}["']\\s*:`).test(around),
  )
  const known = keys.length > 0 ? keys : words
  return known.find((each) => LEVELS.get(each) === sub)
}
