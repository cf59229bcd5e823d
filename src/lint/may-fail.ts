import { parse } from "#yaml"

type Table = Readonly<Record<string, unknown>>

/** Settings by which a CI, or what runs commands, goes on whatever becomes of one. */
const KEYS = [
  ...["continue-on-error", "continueOnError", "allow_failure"],
  ...["ignore_error", "ignore_fail", "ignore_outcome"],
]

/** Whether a table says of what it holds that it may fail. */
export function mayFail(table: Table): boolean {
  return KEYS.some((key) => table[key] === true)
}

/** A file that runs commands, without those that may fail. */
export function withoutLenient(path: string, text: string): string {
  return withoutCalls(/\.ya?ml$/.test(path) ? stepsOf(text) : text, path)
}

/** Without the calls that pass whatever is found, or whose failure is passed over. */
function withoutCalls(text: string, path: string): string {
  const lines = /(^|\/)(GNU)?(make|just)file$|\.(mk|just)$/i.test(path)
    ? text.replace(/^[ \t]*@?-.*/gm, "")
    : text
  return lines
    .replace(/\\\r?\n[ \t]*/g, " ")
    .replace(RUNS, "")
    .replace(/(["'])[ \t]*,\s*(?=["'])/g, "$1, ")
    .split("\n")
    .map(withoutPassing)
    .join("\n")
}

/** A line without its commands that pass whatever is found. */
function withoutPassing(line: string): string {
  if (!/--exit-zero|\|\|/.test(line)) return line
  return line
    .split(/(?<!\|)(?=[;&]|\|(?!\|))/)
    .filter(
      (each) =>
        !/["'\s]--exit-zero\b|\|\|[ \t]*(true\b|:|exit 0|echo\b)/.test(each),
    )
    .join("")
}

/** As nox and invoke call what may fail. */
const RUNS =
  /\brun\w{0,20}\([^()]*\b(?:success_codes[ \t]*=|warn[ \t]*=[ \t]*True)[^()]*\)/g

/** The texts of a file of a CI, but for the steps and jobs that may fail. */
function stepsOf(text: string): string {
  if (!KEYS.some((key) => text.includes(key))) return text
  try {
    return textsIn(parse(text), (id) => text.includes(`steps.${id}.`)).join(
      "\n",
    )
  } catch {
    return text
  }
}

/** A step that another one asks for may fail the job there. */
function textsIn(
  value: unknown,
  isAsked: (step: string) => boolean,
  key = "",
): string[] {
  if (Array.isArray(value))
    return value.flatMap((each) => textsIn(each, isAsked))
  if (typeof value === "string") return [`${key}${value}`]
  const table = (value ?? {}) as Table
  const { id } = table
  if (mayFail(table) && !(typeof id === "string" && isAsked(id))) return []
  return Object.entries(table).flatMap(([name, each]) =>
    textsIn(each, isAsked, `${name}: `),
  )
}
