import type { Reason } from "../pipeline/failure.js"

/** In the words of Python's subprocess, of shells, and of what looks for it itself. */
const NOT_FOUND = [
  /FileNotFoundError: \[Errno 2\] No such file or directory: '([a-z][\w+-]*)'/g,
  /\b(?:ba|da)?sh: (?:line )?\d+: ([\w+-]+): (?:command )?not found/g,
  /\b([a-z][\w+-]*): command not found/g,
  /\b(git) executable (?:must be specified|not found)/g,
]
/** A file that is not there is told in the same words. */
const STARTED = /subprocess\.py|_execute_child|not found|git executable/

/** Names the programs that tests did not find, before their own words, and the line that brings them. */
export function withMissingPrograms({ details, summary }: Reason): Reason {
  const missing = STARTED.test(details)
    ? NOT_FOUND.flatMap((each) =>
        [...details.matchAll(each)].map(([, name = ""]) => name),
      )
    : []
  const names = [...new Set(missing)].filter(Boolean)
  if (names.length === 0) return { details, summary }
  const [first = ""] = names
  const shown = names.map((each) => `\`${each}\``).join(", ")
  return {
    summary: `${summary}: ${shown} ${names.length === 1 ? "is" : "are"} not in the container`,
    details: `The containers of tests have Python, and what Debian has there beside it. The package of Debian that brings a program is named in \`[tool.shipwheel.test]\`, such as \`system = ["${first}"]\`.\n\n${details}`,
  }
}
