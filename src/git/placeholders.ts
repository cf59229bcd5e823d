import { z } from "#zod"

import { isAnnexed, isPointer } from "./as-committed.js"

/** Something in the tree that only stands for what was meant to be there. */
export interface Placeholder {
  readonly kind: "pointer" | "annex" | "submodule"
  readonly path: string
}

const texts = z.record(z.string(), z.string())

/** Which of the texts that `placeholders.py` prints are pointers of git LFS or of git-annex. */
export function pointersIn(json: string): Placeholder[] {
  return Object.entries(texts.parse(JSON.parse(json)))
    .filter(([, text]) => isPointer(text) || isAnnexed(text))
    .map(([path, text]) => ({
      kind: isPointer(text) ? "pointer" : "annex",
      path,
    }))
}

/** The folders of the submodules that `.gitmodules` names. */
export function submodulePaths(gitmodules: string): string[] {
  return [...gitmodules.matchAll(/^[ \t]*path[ \t]*=[ \t]*(.+?)[ \t]*$/gm)].map(
    ([, path = ""]) => path.replace(/^"(.*)"$/, "$1").replace(/\/$/, ""),
  )
}
