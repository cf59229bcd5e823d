import { IGNORED } from "./ignored.js"

/** Tools make these folders, so that nobody commits them; where somebody did, they are left out and not removed. */
const LEFT_OUT: readonly string[] = IGNORED.flatMap(
  (each) => /^\*\*\/(.*)/.exec(each)?.[1] ?? [],
)

/** What a commit has and its checkout has not; a folder of which nothing is there stands for all that was in it. */
export function missingFiles(
  removed: readonly string[],
  submodules: readonly string[],
): string[] {
  const counted = [...new Set(removed)].filter(
    (path) =>
      !path.split("/").some((part) => LEFT_OUT.includes(part)) &&
      !submodules.some((each) => `${path}/`.startsWith(`${each}/`)),
  )
  return counted.filter((path) => !counted.some((each) => isAbove(each, path)))
}

function isAbove(folder: string, path: string): boolean {
  return folder !== path && folder.endsWith("/") && path.startsWith(folder)
}

/** The folders of other repositories, by `.gitmodules`. */
export function submodulePaths(text: string): string[] {
  return [...text.matchAll(/^[ \t]*path[ \t]*=[ \t]*(\S.*)$/gm)].map(
    ([, path = ""]) => path.trim().replace(/^"(.*)"$/, "$1"),
  )
}
