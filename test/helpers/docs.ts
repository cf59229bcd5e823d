import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const ROOT = fileURLToPath(new URL("../..", import.meta.url))

/** What people read. */
export interface Page {
  readonly path: string
  readonly text: string
}

export const pages: readonly Page[] = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
].map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }))

export function page(path: string): Page {
  const found = pages.find((each) => each.path === path)
  if (!found) throw new Error(`there is no page ${path}`)
  return found
}

/** The texts of all blocks in a language: what stands behind the opening fence. */
export function blocks(language: string): string[] {
  return pages.flatMap(({ text }) =>
    [...text.matchAll(/^```([^\n]*)\n([^]*?)^```$/gm)].flatMap(
      ([, name, block = ""]) => (name === language ? [block] : []),
    ),
  )
}

/** The commands in them, each once. */
export function commands(language: string): string[] {
  const lines = blocks(language).flatMap((block) => block.trim().split("\n"))
  return [...new Set(lines)]
}

/** The cells of each row of the tables in a text, without their headers. */
export function rows(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .filter((_, at, all) => !isRule(all[at]) && !isRule(all[at + 1]))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1))
}

function isRule(line = ""): boolean {
  return /^\|[\s|-]+$/.test(line)
}

/** The text in backticks, where a cell holds one alone. */
export function code(cell = ""): string | undefined {
  return /^`([^`]+)`$/.exec(cell)?.[1]
}
