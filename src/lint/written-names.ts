/** A list of plain texts, as Python writes it, or one text; a name, which stands for another. */
const TEXT = `"[^"\\\\\\n]*"|'[^'\\\\\\n]*'`
const PYTHON = new RegExp(
  `^[ \\t]*(\\w+)(?:[ \\t]*:[^=\\n]+)?[ \\t]*=(?!=)[ \\t]*(?:session\\.posargs[ \\t]+or[ \\t]+)?([[(]?\\s*(?:${TEXT})(?:\\s*,\\s*(?:${TEXT}))*\\s*,?\\s*[\\])]?(?=[ \\t]*$)|\\w+(?=[ \\t]*$)|)`,
  "gm",
)
/** What Python gives a call beside texts; not what it gives by a name. */
const GIVEN = new RegExp(
  `${TEXT}|,\\s*(?:[fr]{1,2}["'][^"'\\n]*["']|(\\*?)(\\(|[A-Za-z_][\\w.]*(?![\\w.]|\\s*=(?!=))))`,
  "g",
)
const SHELL =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)(?:[ \t]*[:?+]?=|(?<=[A-Z]):(?=[ \t]))[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|(.*))$/gm
const PLAIN = /^[\w./@%=:,-]+( +[\w./@%=:,-]+)*$/

/** A text of commands with what its names stand for, where that is written above them in plain words. */
export function withNames(path: string, text: string): string {
  return path.endsWith(".py") ? withPythonNames(text) : withShellNames(text)
}

/** What stands for one thing here and for another there is left as it is. */
function withShellNames(text: string): string {
  const values = new Map<string, Set<string>>()
  for (const [all, name = "", double, single, bare = ""] of text.matchAll(
    SHELL,
  )) {
    const value = all.includes("+=") ? "$" : (double ?? single ?? bare).trim()
    values.set(name, (values.get(name) ?? new Set()).add(value))
  }
  return text.replace(
    /\$+(?:(\w+)|\{(\w+)\}|\((\w+)\))/g,
    (all, ...[bare, braced, round]: (string | undefined)[]) => {
      const [value = "", another] =
        values.get(bare ?? braced ?? round ?? "") ?? []
      return another === undefined && PLAIN.test(value) ? value : all
    },
  )
}

/** What a name stands for from a place on; nothing where Python alone knows it. */
interface Value {
  readonly at: number
  readonly words: Words | undefined
}

interface Words {
  readonly texts: readonly string[]
  readonly many: boolean
}

/** What can't be read stands there as a star, which is no word of a plain call. */
function withPythonNames(source: string): string {
  const text = source.replace(/,[ \t]+#.*$/gm, ",")
  const values = pythonValues(text)
  return text.replace(
    GIVEN,
    (all, star = "", name: string | undefined, at: number): string => {
      if (!all.startsWith(",")) return all
      if (star === "*" && name === "session.posargs") return ""
      const words = values
        .get(name ?? "")
        ?.filter((each) => each.at < at)
        .at(-1)?.words
      return words && (star === "*") === words.many
        ? `, ${words.texts.join(", ")}`
        : ', "*"'
    },
  )
}

function pythonValues(text: string): Map<string, Value[]> {
  const values = new Map<string, Value[]>()
  for (const { 1: name = "", 2: value = "", index: at } of text.matchAll(
    PYTHON,
  )) {
    const texts = value.match(new RegExp(TEXT, "g"))
    const words = texts
      ? { texts, many: /^[[(]|,/.test(value) }
      : values.get(value)?.at(-1)?.words
    const own = values.get(name) ?? []
    own.push({ at, words })
    values.set(name, own)
  }
  return values
}
