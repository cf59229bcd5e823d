import { posix } from "node:path"

/** Whether a path is meant by what a configuration names: a file, a folder with `/` at its end, or a pattern. */
export function covers(named: string, path: string): boolean {
  if (named.endsWith("/")) return path.startsWith(named)
  return path === named || posix.matchesGlob(path, named)
}
