import { type Allowed, allowLines, isAllowed } from "../config/allowed.js"
import { isWritten } from "../files/untracked.js"
import { isBelow } from "../frontend/output.js"
import { told, withheldFrom } from "../frontend/withheld.js"
import type { FolderFiles } from "../git/tracked-stage.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"

/** What is in another clone's folder all the same, though git ignores it. */
export interface Remade {
  readonly allowed: Allowed
  /** Where the frontends' outputs go. */
  readonly destinations: readonly string[]
  /** Where the version is written. */
  readonly places: readonly string[]
}

/** What git ignores of a project's folder: no other clone has it, so neither has the second build. */
export function onlyHere(
  { present, tracked }: Omit<FolderFiles, "committed">,
  { allowed, destinations, places }: Remade,
): string[] {
  const known = new Set(tracked)
  const isKept = (path: string) =>
    known.has(path) ||
    isWritten(path) ||
    places.includes(path) ||
    isAllowed(allowed, path) ||
    destinations.some((each) => isBelow(path, each))
  const files = present.filter((path) => !path.endsWith("/"))
  return withheldFrom(
    { outputs: [], reads: [] },
    {
      ignored: files.filter((path) => !isKept(path)),
      kept: files.filter(isKept),
    },
  )
}

/** Says so beside what went wrong with that build, and how it is given all the same. */
export function onlyHereAdvice(paths: readonly string[]): string | undefined {
  const shown = told(paths)
  const [first] = shown
  return first === undefined
    ? undefined
    : [
        `It had nothing that git ignores, which no other clone has: ${few(shown.map(code))}. If the package is made from that, commit it. What a step before the build makes is named with its reason in \`pyproject.toml\`:`,
        allowLines(first),
      ].join("\n\n")
}
