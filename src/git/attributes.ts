import { takesAny } from "../reading/path-patterns.js"

/** A `.gitattributes`, and the folder that it is for; empty at the top of the repository. */
export interface Attributes {
  readonly folder: string
  readonly text: string
}

/** Whether it gives any file to git LFS. */
export function usesLfs({ text }: Attributes): boolean {
  return linesOf(text).some(({ filter }) => filter === "lfs")
}

/** The filter of a file, if it has one: what stands later or deeper counts. */
export function filterOf(
  path: string,
  all: readonly Attributes[],
): string | undefined {
  const near = all
    .filter(({ folder }) => folder === "" || path.startsWith(`${folder}/`))
    .sort((one, other) => one.folder.length - other.folder.length)
  let found: string | undefined
  for (const { folder, text } of near) {
    const inner = folder === "" ? path : path.slice(folder.length + 1)
    for (const { filter, pattern } of linesOf(text))
      if (filter !== undefined && takesAny(pattern, [inner]))
        found = filter === "" ? undefined : filter
  }
  return found
}

interface AttributeLine {
  readonly pattern: string
  /** Empty where it is taken away, absent where the line says nothing of it. */
  readonly filter: string | undefined
}

function linesOf(text: string): AttributeLine[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, quoted, bare, words = ""] =
      /^\s*(?:"([^"]+)"|([^\s"#]\S*))\s+(.*)$/.exec(line) ?? []
    const pattern = quoted ?? bare
    if (pattern === undefined || pattern.startsWith("[attr]")) return []
    const filter = words
      .split(/\s+/)
      .map((word) =>
        /^[-!]filter$/.test(word) ? "" : /^filter=(.+)$/.exec(word)?.[1],
      )
      .filter((each) => each !== undefined)
      .pop()
    return [{ pattern, filter }]
  })
}
