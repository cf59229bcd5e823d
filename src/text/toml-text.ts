import type { Span } from "./python-text.js"

const BLANK = /(?:\s|#[^\n]*)+/y
const HEADER = /\[\[?((?:[^\]"'\n]|"[^"\n]*"|'[^'\n]*')*)\]\]?/y
const KEY =
  /((?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')(?:[^\S\n]*\.[^\S\n]*(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*'))*)[^\S\n]*=[^\S\n]*/y
const STRING =
  /"""(?:\\[^]|(?!""")[^])*"{3,5}|'''(?:(?!''')[^])*'{3,5}|"(?:\\.|[^\\"\n])*"|'[^'\n]*'/y
const PLAIN = /[^\s,#[\]{}"']+/y

/** Where the text of a key stands in TOML, without its quotes; tables in one line are not looked into. */
export function tomlText(
  source: string,
  key: readonly string[],
): Span | undefined {
  let table: string[] = []
  let at = 0
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (found) at += found[0].length
    return found
  }
  while (at < source.length) {
    if (take(BLANK)) continue
    const header = take(HEADER)
    if (header) {
      table = keyParts(header[1] ?? "")
      continue
    }
    const named = take(KEY)
    if (!named) return undefined
    const path = [...table, ...keyParts(named[1] ?? "")]
    const start = at
    skipValue(take, () => source[at++])
    if (path.join("\n") === key.join("\n"))
      return quoted(source.slice(start, at), start)
  }
  return undefined
}

function keyParts(key: string): string[] {
  const parts = key.matchAll(/[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*'/g)
  return [...parts].map(([part]) => part.replace(/^["']|["']$/g, ""))
}

/** Passes over one value: a text, a word, or brackets with all that is in them. */
function skipValue(
  take: (pattern: RegExp) => RegExpExecArray | null,
  skip: () => string | undefined,
): void {
  let depth = 0
  do {
    if (depth > 0 && take(BLANK)) continue
    if (take(STRING) ?? take(PLAIN)) continue
    const sign = skip()
    if (sign === undefined) return
    if (/[[{]/.test(sign)) depth++
    if (/[\]}]/.test(sign)) depth--
  } while (depth > 0)
}

function quoted(value: string, start: number): Span | undefined {
  return /^(?:"[^"\\\n]*"|'[^'\n]*')$/.test(value)
    ? { start: start + 1, end: start + value.length - 1 }
    : undefined
}
