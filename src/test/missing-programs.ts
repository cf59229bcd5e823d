import type { Reason } from "../pipeline/failure.js"
import { code } from "../text/code.js"

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
  const shown = names.map(code).join(", ")
  return {
    summary: `${summary}: ${shown} ${names.length === 1 ? "is" : "are"} not in the container`,
    details: `The containers of tests have Python, and what Debian has there beside it. The package of Debian that brings a program is named in \`[tool.shipwheel.test]\`, such as \`system = ["${first}"]\`.\n\n${details}`,
  }
}

/** What people have at hand, and a slim image of Debian has not; the package of the same name brings it. */
const USUAL =
  "bzip2|curl|file|git|gpg|jq|less|make|nano|rsync|sqlite3|tmux|tree|unzip|vim|wget|zip|zsh"
const NAMED = new RegExp(
  `^(?:FAILED|ERROR) [^\\[\\n]*\\[[^\\]\\n]*?(?<![\\w.])(${USUAL})(?![\\w.])`,
  "gm",
)

/** Some tests, or what they test, do without a program that is not there, and then fail for another reason: their names tell it. */
export function withNamedPrograms(
  { details, summary }: Reason,
  system: readonly string[],
): Reason {
  const named = [...details.matchAll(NAMED)].map(([, name = ""]) => name)
  const missing = [...new Set(named)].filter((each) => !system.includes(each))
  if (missing.length === 0) return { details, summary }
  const shown = missing.map(code).join(", ")
  const line = [...system, ...missing].map((each) => `"${each}"`).join(", ")
  return {
    summary,
    details: `Tests that failed are called after ${shown}, which the container does not have. If they need it, name Debian's package in \`[tool.shipwheel.test]\`: \`system = [${line}]\`.\n\n${details}`,
  }
}

/** What compiles, by the words of who does without it, and the packages of Debian that bring it. */
const COMPILES = [
  [/\bpkg-config\b|\bpkgconf\b/, ["pkg-config"]],
  [
    /(?:command '|directory: '|Unknown compiler\(s\):.*)[^'\n]*\b(?:gcc|cc|clang)\b|\b(?:gcc|cc): not found|no acceptable C compiler/,
    ["gcc", "libc6-dev"],
  ],
  [/(?:command '|directory: ')[^'\n]*(?:g\+\+|c\+\+)'/, ["g++"]],
  [
    /Rust compiler|\bcargo\b.*not (?:found|installed)|directory: '(?:cargo|rustc)'/,
    ["cargo"],
  ],
  [/CMAKE_C(?:XX)?_COMPILER not set|directory: 'cmake'/, ["cmake", "g++"]],
  [/_config (?:executable )?not found|\b\w+-config: not found/, []],
  [/fatal error: \S+\.h(?:pp)?: No such file|cannot find -l\w/, []],
] as const

/** Tests require what has to be compiled first, and Debian's packages for that are not there. */
export function withCompiled(
  { details, ...reason }: Reason,
  system: readonly string[],
): Reason {
  // What the project itself compiles is built without them as well.
  const asked = !/Failed to build `[^`]*file:\/\//.test(details)
  const found = COMPILES.filter(([says]) => asked && says.test(details))
  if (found.length === 0) return { ...reason, details }
  const missing = found.flatMap(([, names]) => names)
  const names = [...new Set([...system, ...missing])]
  const shown = [...names.map((each) => `"${each}"`), "..."].join(", ")
  const [header] = /\b[\w/+-]+\.h(?:pp)?(?=: No such file)/.exec(details) ?? []
  const lacks = header === undefined ? "" : ` ${code(header)} is missing there.`
  return {
    ...reason,
    details: `${details}\n\nWhat the tests require has no wheel for this Python, or none for Linux, and what compiles it is not in the container.${lacks} Name Debian's packages that bring it in \`[tool.shipwheel.test]\`, a compiler and the \`-dev\` packages of the libraries: \`system = [${shown}]\`. They are installed before what the tests require.`,
  }
}
