import { type Allowed, isAllowed } from "../config/allowed.js"
import { isAnnexed, isPointer } from "../git/as-committed.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { type Archive, innerPath } from "./facts.js"

/** Who keeps pointers in the place of files, and what fetches their content. */
const KEEPERS = [
  { by: "git LFS", is: isPointer, fetch: "git lfs pull" },
  { by: "git-annex", is: isAnnexed, fetch: "git annex get ." },
]

/** The files of an archive in whose place a pointer went in. */
export function pointersOf(file: Archive): string[] {
  return KEEPERS.flatMap(({ is }) => keptBy(file, is))
}

function keptBy(file: Archive, is: (text: string) => boolean): string[] {
  return file.entries
    .filter(({ pointer }) => pointer !== undefined && is(pointer))
    .map(({ name }) => innerPath(file, name))
}

/** Names them, and where they come from: a clone that did not fetch the content. */
export function refusePointers(file: Archive, allowed: Allowed): string[] {
  return KEEPERS.flatMap(({ by, fetch, is }) => {
    const found = keptBy(file, is).filter((path) => !isAllowed(allowed, path))
    const shown = few(found.map(code))
    return found.length === 0
      ? []
      : [
          `\`${file.name}\` holds ${found.length === 1 ? `a pointer of ${by} in the place of its file` : `pointers of ${by} in the place of their files`}: ${shown}; \`${fetch}\` fetches the content`,
        ]
  })
}
