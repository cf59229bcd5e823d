import type { Reason } from "../pipeline/failure.js"
import { normalizeName } from "../reading/requirements.js"
import { code } from "../text/code.js"

/** The extra or group by the requirement that it brings. */
export type Offered = ReadonlyMap<string, string>

/** In the words of Python, mypy and pyright. */
const NOT_FOUND =
  /(?:ModuleNotFoundError: No module named '|library stub for module named "|Import "(?=[\w.]+" could not be resolved(?! from source)))([\w.]+)/g
/** Those would be the project's own, found by another path. */
const OWN = /^(tests?|testing|conftest|utils|helpers)$/

/** The list that brings a module, which is seldom named quite like it. */
export function listThatBrings(
  module: string,
  offered: Offered,
): string | undefined {
  const name = normalizeName(module.split(".")[0] ?? "")
  return [name, `py${name}`, `python-${name}`]
    .map((each) => offered.get(each))
    .find((each) => each !== undefined)
}

/** Names the modules that tests or type checkers did not find, before their own words, and the line that brings each. */
export function withMissingModules(
  { details, summary }: Reason,
  offered: Offered,
  imports: readonly string[],
): Reason {
  const tops = [...details.matchAll(NOT_FOUND)].map(
    ([, module = ""]) => module.split(".")[0] ?? "",
  )
  const own = imports.map((each) => each.split(".")[0])
  const missing = [...new Set(tops)].filter(
    (each) => !own.includes(each) && !OWN.test(each),
  )
  if (missing.length === 0) return { details, summary }
  const lines = missing.map((each) => {
    const list = listThatBrings(each, offered)
    return list === undefined
      ? `No list of the project is known to bring \`${each}\`: what does is named in \`requires\` of \`[tool.shipwheel.test]\`.`
      : `\`${list}\` brings \`${each}\`: name it in \`extras\` of \`[tool.shipwheel.test]\`.`
  })
  const named = missing.map(code).join(", ")
  return {
    summary: `${summary}: ${named} can't be imported`,
    details: `${lines.join("\n")}\n\n${details}`,
  }
}
