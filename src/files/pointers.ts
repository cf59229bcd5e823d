import { isPointer } from "../git/as-committed.js"
import { few } from "../text/few.js"
import { type Allowed, isAllowed } from "./allowed.js"
import { type Archive, innerPath } from "./facts.js"

/** The files of an archive in whose place a pointer of git LFS went in. */
export function pointersOf(file: Archive): string[] {
  return file.entries
    .filter(({ pointer }) => pointer !== undefined && isPointer(pointer))
    .map(({ name }) => innerPath(file, name))
}

/** Names them, and where they come from: a clone that did not fetch the content. */
export function refusePointers(file: Archive, allowed: Allowed): string[] {
  const found = pointersOf(file).filter((path) => !isAllowed(allowed, path))
  const shown = few(found.map((path) => `\`${path}\``))
  return found.length === 0
    ? []
    : [
        `\`${file.name}\` holds ${found.length === 1 ? "a pointer of git LFS in the place of its file" : "pointers of git LFS in the place of their files"}: ${shown}; \`git lfs pull\` fetches the content`,
      ]
}
