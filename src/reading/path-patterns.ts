import { posix } from "node:path"

import { inTime } from "../text/in-time.js"

/** Whether a path is meant by what a configuration names: a file, a folder with `/` at its end, or a pattern. */
export function covers(named: string, path: string): boolean {
  if (named.endsWith("/")) return path.startsWith(named)
  return path === named || fits(path, named)
}

/** Whether a pattern of a build backend takes any of some paths; what it says of a folder goes for all that is in it. */
export function takesAny(pattern: string, paths: readonly string[]): boolean {
  const own = pattern.replace(/^(\.?\/)+|\/+$/g, "")
  const anchored = /^\.?\//.test(pattern) || own.includes("/")
  const forms = [own, `${own}/**`].flatMap((form) =>
    anchored ? [form] : [form, `**/${form}`],
  )
  return paths.some((path) =>
    forms.some((form) => fits(visible(path), visible(form))),
  )
}

/** The path that a pattern of a build backend begins with; empty where it takes no certain one, or leaves something out. */
export function patternStart(pattern: string): string {
  const parts = pattern.replace(/^(\.?\/)+|\/+$/g, "").split("/")
  const end = parts.findIndex((each) => /[!*?[{]/.test(each))
  return (end < 0 ? parts : parts.slice(0, end)).join("/")
}

/** To a backend's pattern a name that starts with a dot is one like any other. */
function visible(path: string): string {
  return path.replace(/(^|\/)\.(?=[^./])/g, "$1_dot_")
}

/** What three stars can take of a path is little; more of them, and groups, may take for ever. */
function fits(path: string, pattern: string): boolean {
  const match = () => posix.matchesGlob(path, pattern)
  const isPlain = !/[({]/.test(pattern) && pattern.split("*").length <= 6
  return isPlain ? match() : inTime(pattern, match)
}

/** Paths as patterns of the engine's, in which signs of such are signs. */
export function exactly(paths: readonly string[]): string[] {
  return paths.map((each) =>
    each.replace(/[*?[\]\\]/g, "\\$&").replace(/^!/, "\\!"),
  )
}
