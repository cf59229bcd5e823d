import { type Allowed, isAllowed } from "../config/allowed.js"
import type { Problem } from "../errors.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"

/** Files that go out as they are, and that no other clone of the project has. */
export interface OnlyHere {
  readonly extras: readonly string[]
  /** What the notes are made from. */
  readonly notes: readonly string[]
}

/** Refuses to make public what git does not track: it may be private, and nobody else could make the same release. */
export function judgeOnlyHere(found: OnlyHere, allowed: Allowed): Problem[] {
  const kinds = [
    ["`tool.shipwheel.github.extra` attaches", found.extras],
    ["The notes of the release are made from", found.notes],
  ] as const
  return kinds.flatMap(([words, paths]) => {
    const [first, ...more] = paths.filter((path) => !isAllowed(allowed, path))
    return first === undefined ? [] : [refused(words, [first, ...more])]
  })
}

function refused(words: string, paths: readonly [string, ...string[]]) {
  return {
    owner: "project" as const,
    what: `${words} what git does not track, so that no other clone has it: ${few(paths.map(code))}`,
    next: `Commit it, or name only what may go out; in place of a link to it put the file itself, unless it is a secret. What a step before the release makes is allowed with its reason: \`allow = { ${JSON.stringify(paths[0])} = "..." }\` in \`[tool.shipwheel]\`.`,
  }
}
