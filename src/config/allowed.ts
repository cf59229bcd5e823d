/** The reasons by path, or by folder with `/` at its end, of what may be in the files all the same. */
export type Allowed = ReadonlyMap<string, string>

export function isAllowed(allowed: Allowed, path: string): boolean {
  return [...allowed.keys()].some((each) => covers(each, path))
}

export function covers(allowed: string, path: string): boolean {
  return allowed.endsWith("/") ? path.startsWith(allowed) : path === allowed
}
