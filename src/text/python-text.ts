/** Part of a text, from the first character to the one after the last. */
export interface Span {
  readonly start: number
  readonly end: number
}

interface Token extends Span {
  readonly kind: "name" | "string" | "sign" | "line"
  readonly text: string
}

/** A statement of Python: its tokens, and how far it is indented. */
interface Statement {
  readonly indent: number
  readonly tokens: readonly Token[]
}

const SPACE = /(?:[^\S\r\n]|\\\r?\n|#[^\r\n]*)+/y
const LINE = /\r?\n|\r/y
const STRING =
  /[rRbBuUfFtT]{0,2}(?:"""(?:\\[^]|(?!""")[^])*"""|'''(?:\\[^]|(?!''')[^])*'''|"(?:\\(?:\r\n|[^])|[^\\\r\n"])*"|'(?:\\(?:\r\n|[^])|[^\\\r\n'])*')/y
const NAME = /[\p{L}\p{N}_]+/uy
const SIGN = /[=!<>:+\-*/%&|^@]=|[^]/y

/** Where a module gives a name a text on its top level: `name: str = "text"`, `a = name = 'text'`. */
export function assignedTexts(source: string, name: string): Span[] {
  return statements(source).flatMap(({ indent, tokens }) => {
    const value = tokens.at(-1)
    const targets = assignmentTargets(tokens.slice(0, -1))
    return indent === 0 && value && targets?.includes(name)
      ? (plainText(value) ?? [])
      : []
  })
}

/** The module that a name is imported from, and its name there: `from .about import version as name`. */
export function importedFrom(
  source: string,
  name: string,
): { readonly module: string; readonly name: string } | undefined {
  for (const { tokens } of statements(source)) {
    const words = tokens.map(({ text }) => text)
    const at = words.indexOf("import")
    if (words[0] !== "from" || at < 0) continue
    const imported = words.slice(at + 1).filter((word) => !/^[(),]$/.test(word))
    const found = imported.lastIndexOf(name)
    if (found < 0 || imported[found + 1] === "as") continue
    const original = imported[found - 1] === "as" ? imported[found - 2] : name
    const module = words.slice(1, at).join("")
    return { module, name: original ?? name }
  }
  return undefined
}

/** The text or name that a call is given by keyword: `setup(version="1.2.3")`. */
export function keywordOf(
  source: string,
  call: string,
  keyword: string,
): { readonly text?: Span; readonly name?: string } | undefined {
  const [value, after] = keywordTokens(source, call, keyword) ?? []
  if (!value) return undefined
  if (after && !/^[,)]$/.test(after.text)) return {}
  const [text] = plainText(value) ?? []
  if (text) return { text }
  return value.kind === "name" ? { name: value.text } : {}
}

/** The texts in a list or table that a call is given by keyword: `setup(packages=["one"])`. */
export function listKeywordOf(
  source: string,
  call: string,
  keyword: string,
): string[] {
  const tokens = keywordTokens(source, call, keyword) ?? []
  if (!/^[[({]$/.test(tokens[0]?.text ?? "")) return []
  const end = bracketDepths(tokens).findIndex(
    (depth, at) => depth === 1 && /^[\])}]$/.test(tokens[at]?.text ?? ""),
  )
  return textsOf(source, tokens.slice(0, Math.max(end, 0)))
}

/** The first argument of a call, where it is a plain text: `find_packages("src")`. */
export function firstArgumentOf(
  source: string,
  call: string,
): string | undefined {
  for (const { tokens } of statements(source)) {
    const at = tokens.findIndex(
      ({ text }, i) => text === call && tokens[i + 1]?.text === "(",
    )
    if (at >= 0) return textsOf(source, tokens.slice(at + 2, at + 3))[0]
  }
  return undefined
}

/** What stands behind `call(… keyword=`, to the end of the statement. */
function keywordTokens(
  source: string,
  call: string,
  keyword: string,
): readonly Token[] | undefined {
  for (const { tokens } of statements(source)) {
    const depths = bracketDepths(tokens)
    const at = tokens.findIndex(
      ({ text }, i) =>
        text === keyword &&
        tokens[i + 1]?.text === "=" &&
        calledAt(tokens, depths, i) === call,
    )
    if (at >= 0) return tokens.slice(at + 2)
  }
  return undefined
}

function textsOf(source: string, tokens: readonly Token[]): string[] {
  return tokens
    .flatMap((token) => plainText(token) ?? [])
    .map(({ end, start }) => source.slice(start, end))
}

/** The name before the bracket that a token stands in. */
function calledAt(
  tokens: readonly Token[],
  depths: readonly number[],
  at: number,
): string | undefined {
  const depth = depths[at] ?? 0
  for (let i = at - 1; i > 0 && depth > 0; i--)
    if (depths[i] === depth && tokens[i]?.text === "(")
      return tokens[i - 1]?.text
  return undefined
}

/** How deep in brackets each token stands; a bracket counts as inside of itself. */
function bracketDepths(tokens: readonly Token[]): number[] {
  let depth = 0
  return tokens.map(({ kind, text }) => {
    if (kind === "sign" && /^[([{]$/.test(text)) return ++depth
    if (kind === "sign" && /^[)\]}]$/.test(text)) return depth--
    return depth
  })
}

/** The names left of the value; undefined where this is no plain assignment. */
function assignmentTargets(before: readonly Token[]): string[] | undefined {
  const words = before.map(({ text }) => text)
  if (words.at(-1) !== "=" || before[0]?.kind !== "name") return undefined
  // An annotation may hold brackets, but no `=` outside of them.
  if (words[1] === ":")
    return words.indexOf("=") === words.length - 1
      ? words.slice(0, 1)
      : undefined
  const names = words.filter((_, at) => at % 2 === 0)
  const signs = words.filter((_, at) => at % 2 === 1)
  return signs.every((sign) => sign === "=") ? names : undefined
}

/** The inside of a text without escapes, formats or line ends. */
function plainText({ kind, start, text }: Token): Span[] | undefined {
  if (kind !== "string") return undefined
  const [, prefix = "", quote = ""] =
    /^([rRuU]?)("""|'''|["'])/.exec(text) ?? []
  if (!quote) return undefined
  const inner = start + prefix.length + quote.length
  const end = start + text.length - quote.length
  const content = text.slice(prefix.length + quote.length, -quote.length)
  return /[\\\r\n]/.test(content) ? undefined : [{ start: inner, end }]
}

function statements(source: string): Statement[] {
  const found: Statement[] = []
  let tokens: Token[] = []
  let depth = 0
  const close = () => {
    const [first] = tokens
    if (first) found.push({ indent: indentOf(source, first.start), tokens })
    tokens = []
  }
  for (const token of tokenize(source)) {
    if (token.kind === "sign" && /^[([{]$/.test(token.text)) depth++
    if (token.kind === "sign" && /^[)\]}]$/.test(token.text)) depth--
    const ends = token.kind === "line" || token.text === ";"
    if (ends && depth <= 0) close()
    else if (token.kind !== "line") tokens.push(token)
  }
  close()
  return found
}

function indentOf(source: string, at: number): number {
  const line =
    source
      .slice(0, at)
      .split(/[\r\n]/)
      .at(-1) ?? ""
  return /^[\uFEFF\s]*/.exec(line)?.[0].replace("\uFEFF", "").length ?? 0
}

function* tokenize(source: string): Generator<Token> {
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0]
  }
  while (at < source.length) {
    const space = take(SPACE)
    if (space) {
      at += space.length
      continue
    }
    const [kind, text] = next(take)
    yield { kind, text, start: at, end: at + text.length }
    at += text.length
  }
}

function next(
  take: (pattern: RegExp) => string | undefined,
): [Token["kind"], string] {
  const kinds = [
    ["line", LINE],
    ["string", STRING],
    ["name", NAME],
  ] as const
  for (const [kind, pattern] of kinds) {
    const text = take(pattern)
    if (text) return [kind, text]
  }
  return ["sign", take(SIGN) ?? ""]
}
