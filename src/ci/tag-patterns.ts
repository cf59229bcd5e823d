import { regularExpression } from "../environments/ref-patterns.js"

/** Some patterns of branches or tags in the words of a provider. */
export type PatternForm = (patterns: readonly string[]) => string

/** One regular expression for all of some patterns. */
export const anyOf: PatternForm = (patterns) =>
  `^(${patterns.map(regularExpression).join("|")})$`

/** The same between slashes. */
export const slashed: PatternForm = (patterns) =>
  `/${anyOf(patterns).replaceAll("/", "\\/")}/`

/** The same where one dollar would be replaced. */
export const dollarsTwice: PatternForm = (patterns) =>
  slashed(patterns).replaceAll("$", "$$$$")

/** The same as a text of Groovy in which nothing is replaced. */
export const groovy: PatternForm = (patterns) =>
  `'${anyOf(patterns).replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`

/** The same in a list of YAML. */
export const slashedList: PatternForm = (patterns) =>
  yamlList([slashed(patterns)])

/** Full refs, for a provider that has globs of them. */
export const tagRefs: PatternForm = (patterns) =>
  yamlList(patterns.map((tag) => `refs/tags/${tag}`))

/** A list for YAML on one line; what JSON calls a text, YAML does too. */
export function yamlList(items: readonly string[]): string {
  return `[${items.map((each) => JSON.stringify(each)).join(", ")}]`
}
