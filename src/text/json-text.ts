import type { SyntaxNode } from "@lezer/common"
import { parser } from "@lezer/json"

import type { Span } from "./python-text.js"

/** Where the text of a key stands in JSON, without its quotes. */
export function jsonText(
  source: string,
  key: readonly (string | number)[],
): Span | undefined {
  const top = parser.parse(source).topNode.firstChild
  const node = key.reduce<SyntaxNode | undefined>(
    (each, part) => each && below(each, part, source),
    top ?? undefined,
  )
  if (node?.name !== "String") return undefined
  const plain =
    valueOf(node, source) === source.slice(node.from + 1, node.to - 1)
  return plain ? { start: node.from + 1, end: node.to - 1 } : undefined
}

/** The value of a name in an object. */
function below(
  node: SyntaxNode,
  name: string | number,
  source: string,
): SyntaxNode | undefined {
  // Of a name that is there twice, the last one counts.
  const property = node
    .getChildren("Property")
    .filter((each) => valueOf(each.firstChild, source) === name)
    .at(-1)
  return property?.lastChild ?? undefined
}

function valueOf(node: SyntaxNode | null, source: string): unknown {
  return node ? parseJson(source.slice(node.from, node.to)) : undefined
}

/** What a file of JSON says; undefined where it is none. */
export function parseJson(source: string): unknown {
  const read = readJson(source)
  return "value" in read ? read.value : undefined
}

/** The same, or the parser's words of why it is none. */
export function readJson(
  source: string,
): { readonly value: unknown } | { readonly reason: string } {
  try {
    // Editors on Windows write the byte order mark, and npm reads over it.
    return { value: JSON.parse(source.replace(/^\uFEFF/, "")) }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}
