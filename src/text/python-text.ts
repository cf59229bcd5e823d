import type { SyntaxNode } from "@lezer/common"
import { parser } from "@lezer/python"

/** Part of a text, from the first character to the one after the last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Where a module gives a name a text on its top level: `name: str = "text"`, `a = name = 'text'`. */
export function assignedTexts(source: string, name: string): Span[] {
  return assignedValues(source, name).flatMap((value) =>
    plainText(value, source),
  )
}

/** What a module gives a name on its top level, as it is written. */
export function assignedSources(source: string, name: string): string[] {
  return assignedValues(source, name).map((value) => textOf(value, source))
}

/** Where a module gives a name plain numbers and texts in brackets on its top level: the inside of `name = (1, 2, "0b1")`. */
export function assignedTuples(source: string, name: string): Span[] {
  return assignedValues(source, name).flatMap(({ from, name: kind, to }) =>
    ["TupleExpression", "ArrayExpression"].includes(kind) &&
    PLAIN_ITEMS.test(source.slice(from + 1, to - 1))
      ? [{ start: from + 1, end: to - 1 }]
      : [],
  )
}

const PLAIN_ITEMS =
  /^\s*(?:\d+|"[\w.]+"|'[\w.]+')(?:\s*,\s*(?:\d+|"[\w.]+"|'[\w.]+'))*\s*,?\s*$/

function assignedValues(source: string, name: string): SyntaxNode[] {
  return nodesOf(source, name, "AssignStatement")
    .filter(isTopLevel)
    .flatMap((node) => {
      const parts = children(node)
      const value = parts.pop()
      const named = parts.some((each) => isName(each, source, name))
      return value && named && parts.every(isTarget) ? [value] : []
    })
}

/** What the functions of a name are made of, as it is written. */
export function functionsOf(source: string, name: string): string[] {
  return nodesOf(source, name, "FunctionDefinition")
    .filter((node) => children(node).some((each) => isName(each, source, name)))
    .map((node) => textOf(node, source))
}

/** The module that a name is imported from, and its name there: `from .about import version as name`. */
export function importedFrom(
  source: string,
  name: string,
): { readonly module: string; readonly name: string } | undefined {
  for (const node of nodesOf(source, name, "ImportStatement")) {
    const from = node.getChild("from")
    const imports = node.getChild("import")
    if (!from || !imports) continue
    const original = originalOf(children(node, imports), source, name)
    if (original === undefined) continue
    const module = source.slice(from.to, imports.from).replace(/[\s\\]+/g, "")
    return { module, name: original }
  }
  return undefined
}

/** The text or name that a call is given by keyword, or in a table: `setup(version="1.2.3")`. */
export function keywordOf(
  source: string,
  call: string,
  keyword: string,
): { readonly text?: Span; readonly name?: string } | undefined {
  const value = keywordValue(source, call, keyword)
  if (!value) return undefined
  const [text] = plainText(value, source)
  if (text) return { text }
  return value.name === "VariableName" ? { name: textOf(value, source) } : {}
}

/** The texts in a list or table that a call is given by keyword: `setup(packages=["one"])`. */
export function listKeywordOf(
  source: string,
  call: string,
  keyword: string,
): string[] {
  const value = keywordValue(source, call, keyword)
  if (!value || !/[[({]/.test(source.charAt(value.from))) return []
  return within(value, "String")
    .flatMap((node) => plainText(node, source))
    .map(({ end, start }) => source.slice(start, end))
}

/** The first argument of a call, where it is a plain text: `find_packages("src")`. */
export function firstArgumentOf(
  source: string,
  call: string,
): string | undefined {
  const [first] = callsOf(source, call)
  const [, argument, after] = first ?? []
  if (!argument || !after || !/[,)]/.test(after.name)) return undefined
  const [text] = plainText(argument, source)
  return text && source.slice(text.start, text.end)
}

/** What each call of a name is given by keyword, as it is written; undefined for one that is not given it. */
export function keywordsOf(
  source: string,
  call: string,
  keyword: string,
): (string | undefined)[] {
  return callsOf(source, call).map((parts) => {
    const value = valueIn(parts, source, keyword)
    return value && textOf(value, source)
  })
}

/** What stands behind `call(… keyword=`. */
function keywordValue(
  source: string,
  call: string,
  keyword: string,
): SyntaxNode | undefined {
  return callsOf(source, call)
    .map((parts) => valueIn(parts, source, keyword))
    .find((each) => each !== undefined)
}

/** Names of tables that are looked up for one call: more are no script of anybody, and each costs a parse. */
const TABLES = 20

/** What a call is given by name, by itself or in a table that it takes, as in `setup(**setup_args)`. */
function valueIn(
  parts: readonly SyntaxNode[],
  source: string,
  keyword: string,
): SyntaxNode | undefined {
  const seen = new Set<string>()
  const lists = [parts]
  for (const list of lists) {
    const value = namedIn(list, source, keyword)
    if (value) return value
    const taken = list.filter((_, at) => list[at - 1]?.name === "**")
    lists.push(...taken.flatMap((node) => tablesOf(node, source, seen)))
  }
  return undefined
}

function namedIn(
  parts: readonly SyntaxNode[],
  source: string,
  keyword: string,
): SyntaxNode | undefined {
  const at = parts.findIndex((each, i) => {
    const mark = parts[i + 1]?.name ?? ""
    return (
      (mark === "AssignOp" && isName(each, source, keyword)) ||
      ([":", "AssignOp"].includes(mark) && isText(each, source, keyword))
    )
  })
  return at < 0 ? undefined : parts[at + 2]
}

/** What stands in a table that is taken, or in all that a name is given: the latest entry first. */
function tablesOf(
  node: SyntaxNode,
  source: string,
  seen: Set<string>,
): SyntaxNode[][] {
  const name = textOf(node, source)
  if (node.name !== "VariableName") return inTable(node, source)
  if (seen.has(name) || seen.size === TABLES) return []
  seen.add(name)
  const all = nodesOf(source, name, "AssignStatement").map((each) =>
    children(each),
  )
  const entries = all.flatMap(([target, ...rest]) => {
    const [table, , key] = target ? children(target) : []
    const meant = table && key && isName(table, source, name)
    return meant ? [[key, ...rest]] : []
  })
  const given = all
    .filter(([target]) => target && isName(target, source, name))
    .flatMap((parts) => parts.slice(-1))
  return [
    ...entries.reverse(),
    ...given.reverse().flatMap((each) => inTable(each, source)),
  ]
}

/** The inside of `{…}` and of `dict(…)`. */
function inTable(node: SyntaxNode, source: string): SyntaxNode[][] {
  if (node.name === "DictionaryExpression") return [children(node)]
  const [called, list] = node.name === "CallExpression" ? children(node) : []
  return called && list && isName(called, source, "dict")
    ? [children(list)]
    : []
}

function isText(node: SyntaxNode, source: string, text: string): boolean {
  return plainText(node, source).some(
    ({ end, start }) => source.slice(start, end) === text,
  )
}

/** What stands in the brackets of each call, by the last part of the name that is called: `setuptools.setup(…)`. */
function callsOf(source: string, call: string): SyntaxNode[][] {
  return nodesOf(source, call, "CallExpression").flatMap((node) => {
    const [called, list] = children(node)
    const name = called?.name === "MemberExpression" ? called.lastChild : called
    const meant =
      name && list?.name === "ArgList" && textOf(name, source) === call
    return meant ? [children(list)] : []
  })
}

/** All nodes of a kind in the order of the text; none, without a parse, where the name is not in there. */
function nodesOf(source: string, name: string, kind: string): SyntaxNode[] {
  if (!source.includes(name)) return []
  // The grammar does not know the mark at the start of a file.
  return within(parser.parse(source.replace(/^\uFEFF/, "\n")).topNode, kind)
}

/** The grammar mends what is no Python as it goes, in a time that grows with the length; so nothing here follows depth by calls. */
function within(node: SyntaxNode, kind: string): SyntaxNode[] {
  const found: SyntaxNode[] = []
  node.cursor().iterate((each) => {
    if (each.name === kind) found.push(each.node)
  })
  return found
}

function children(node: SyntaxNode, after?: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  const start = after ? after.nextSibling : node.firstChild
  for (let each = start; each; each = each.nextSibling)
    if (each.name !== "Comment") found.push(each)
  return found
}

/** The name in the module of what an import binds to a name. */
function originalOf(
  imported: readonly SyntaxNode[],
  source: string,
  name: string,
): string | undefined {
  const at = imported
    .map((each) => isName(each, source, name))
    .lastIndexOf(true)
  if (at < 0 || imported[at + 1]?.name === "as") return undefined
  const original =
    imported[at - 1]?.name === "as" ? imported[at - 2] : undefined
  return original ? textOf(original, source) : name
}

function isTopLevel({ parent }: SyntaxNode): boolean {
  return parent?.name === "StatementGroup"
    ? isTopLevel(parent)
    : parent?.name === "Script"
}

function isTarget({ name }: SyntaxNode): boolean {
  return ["VariableName", "TypeDef", "AssignOp"].includes(name)
}

function isName(node: SyntaxNode, source: string, name: string): boolean {
  return node.name === "VariableName" && textOf(node, source) === name
}

function textOf({ from, to }: SyntaxNode, source: string): string {
  return source.slice(from, to)
}

/** The inside of a text without escapes, formats or line ends. */
function plainText(node: SyntaxNode, source: string): Span[] {
  const text = node.name === "String" ? textOf(node, source) : ""
  const [opened = "", quote = ""] = /^[rRuU]?("""|'''|["'])/.exec(text) ?? []
  const content = text.slice(opened.length, -quote.length)
  const whole =
    text.length >= opened.length + quote.length && text.endsWith(quote)
  if (!quote || !whole || /[\\\r\n]/.test(content)) return []
  return [{ start: node.from + opened.length, end: node.to - quote.length }]
}
