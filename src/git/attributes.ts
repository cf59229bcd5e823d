import { takesAny } from "../reading/path-patterns.js"

/** A `.gitattributes`, and the folder that it is for; empty at the top of the repository. */
export interface Attributes {
  readonly folder: string
  readonly text: string
}

/** Whether it gives any file to git LFS. */
export function usesLfs({ text }: Attributes): boolean {
  return linesOf(text).some(({ words }) => valueOf("filter", words) === "lfs")
}

/** What an attribute of a file is, if it has a value: what stands later or deeper counts. */
export function attributeOf(
  name: "filter" | "working-tree-encoding",
  path: string,
  all: readonly Attributes[],
): string | undefined {
  const near = all
    .filter(({ folder }) => folder === "" || path.startsWith(`${folder}/`))
    .sort((one, other) => one.folder.length - other.folder.length)
  let found: string | undefined
  for (const { folder, text } of near) {
    const inner = folder === "" ? path : path.slice(folder.length + 1)
    for (const { pattern, words } of linesOf(text)) {
      const value = valueOf(name, words)
      if (value !== undefined && takesAny(pattern, [inner]))
        found = value === "" ? undefined : value
    }
  }
  return found
}

interface AttributeLine {
  readonly pattern: string
  readonly words: readonly string[]
}

function linesOf(text: string): AttributeLine[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, quoted, bare, words = ""] =
      /^\s*(?:"([^"]+)"|([^\s"#]\S*))\s+(.*)$/.exec(line) ?? []
    const pattern = quoted ?? bare
    if (pattern === undefined || pattern.startsWith("[attr]")) return []
    return [{ pattern, words: words.split(/\s+/) }]
  })
}

/** Empty where it is taken away, absent where nothing is said of it. */
function valueOf(name: string, words: readonly string[]): string | undefined {
  return words
    .map((word) => {
      if (word === `-${name}` || word === `!${name}`) return ""
      return word.startsWith(`${name}=`)
        ? word.slice(name.length + 1)
        : undefined
    })
    .filter((each) => each !== undefined)
    .pop()
}
