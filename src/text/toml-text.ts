import { type AST, parseTOML } from "toml-eslint-parser"

import type { Span } from "./python-text.js"

type Pair = AST.TOMLKeyValue

/** Where the text of a key stands in TOML, without its quotes. */
export function tomlText(
  source: string,
  key: readonly (string | number)[],
): Span | undefined {
  const value = pairsOf(source).find(({ path }) => isKey(path, key))?.value
  return value && quoted(value, source)
}

interface Pathed {
  readonly path: readonly (string | number)[]
  readonly value: Pair["value"]
}

/** Every value of a file with the whole of its key; what is no TOML has none. */
function pairsOf(source: string): Pathed[] {
  try {
    // The parser takes the mark at the start of a file for a character of it.
    const blanked = source.replace(/^\uFEFF/, " ")
    const [top] = parseTOML(blanked, { tomlVersion: "1.1" }).body
    return top.body.flatMap((each) =>
      each.type === "TOMLTable"
        ? each.body.flatMap((pair) => inPair(each.resolvedKey, pair))
        : inPair([], each),
    )
  } catch {
    return []
  }
}

/** A table in one line has pairs of its own. */
function inPair(table: Pathed["path"], { key, value }: Pair): Pathed[] {
  const path = [...table, ...key.keys.map(nameOf)]
  return value.type === "TOMLInlineTable"
    ? value.body.flatMap((each) => inPair(path, each))
    : [{ path, value }]
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === "TOMLBare" ? key.name : key.value
}

function isKey(path: Pathed["path"], key: Pathed["path"]): boolean {
  return (
    path.length === key.length && path.every((each, at) => each === key[at])
  )
}

/** The inside of a text on one line, as it stands there. */
function quoted(value: Pair["value"], source: string): Span | undefined {
  if (value.type !== "TOMLValue" || value.kind !== "string") return undefined
  const [start, end] = [value.range[0] + 1, value.range[1] - 1]
  const plain = !value.multiline && source.slice(start, end) === value.value
  return plain ? { start, end } : undefined
}
