/** The reasons by path, or by folder with `/` at its end, of what may be in the files all the same. */
export type Allowed = ReadonlyMap<string, string>

/** The lines that allow these paths, for who has the reasons. */
export function allowLines(...paths: readonly string[]): string {
  const lines = paths.map((each) => `"${each}" = "the reason"`)
  return ["```", "[tool.shipwheel.allow]", ...lines, "```"].join("\n")
}

export function isAllowed(allowed: Allowed, path: string): boolean {
  return [...allowed.keys()].some((each) => covers(each, path))
}

export function covers(allowed: string, path: string): boolean {
  return allowed.endsWith("/") ? path.startsWith(allowed) : path === allowed
}
