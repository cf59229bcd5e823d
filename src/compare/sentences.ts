import { code } from "../text/code.js"
import type { Change } from "./change.js"

/** Changes in words; what is gone or new in one place of the API stands in one line. */
export function sentencesOf(changes: readonly Change[]): string[] {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const { owner, words } = plainOf(change) ?? {}
    const key = owner === undefined ? change.what : `${owner} ${words ?? ""}`
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return [...groups.values()].map(sentence)
}

function sentence(changes: readonly Change[]): string {
  const plain = changes.flatMap((each) => plainOf(each) ?? [])
  const [first] = plain
  if (!first || plain.length === 1) return changes[0]?.what ?? ""
  const names = plain.map(({ name }) => code(name))
  return `in ${code(first.owner)}: ${names.join(", ")} are ${ofSeveral(first.words)}`
}

function ofSeveral(words: string): string {
  return words
    .replace("it was", "they were")
    .replace(/\b(names|gave|describes) it\b/, "$1 them")
    .replace("its module", "their module")
}

/** A name in a module or a class of which there is no more to say than what became of it. */
const PLAIN =
  /^`([^`]+)\.([^`.]+)` is ((?:gone|new)(?: \((?:[^`]|`__getattr__`)+\))?)$/

function plainOf({
  of,
  what,
}: Change): { owner: string; name: string; words: string } | undefined {
  const [, owner = "", name = "", words = ""] = PLAIN.exec(what) ?? []
  return of === "api" && owner !== "" ? { owner, name, words } : undefined
}
