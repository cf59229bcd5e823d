import type { Reason } from "../pipeline/failure.js"
import { code } from "../text/code.js"

/** What tests and linters seldom read, so that a change of it runs neither. */
export const PROSE = [
  ".github",
  ".gitlab-ci.yml",
  "*.md",
  "*.rst",
  "docs",
  "!LICENSE*",
]
const IS_PROSE =
  /^(?:\.github|docs)(?:\/|$)|^\.gitlab-ci\.yml$|^(?!LICENSE)[^/]*\.(?:md|rst)$/
const NOT_FOUND = /No such file or directory: '([^'\n]+)'/g

/** The files of a project that its tests do not see. */
export function unseenProse(
  paths: ReadonlySet<string>,
  reads: readonly string[],
): string[] {
  return [...paths].filter(
    (path) =>
      IS_PROSE.test(path) &&
      !reads.some((each) => path === each || path.startsWith(`${each}/`)),
  )
}

/** Names what tests looked for and were not given, by all that they said, before their last words, and the line that gives it. */
export function withProse(
  { details, summary }: Reason,
  {
    prose,
    reads,
  }: { readonly prose: readonly string[]; readonly reads: readonly string[] },
  said = details,
): Reason {
  const wanted = [...said.matchAll(NOT_FOUND)].map(([, path = ""]) => path)
  const missing = [...new Set(wanted)].flatMap(
    (path) => prose.find((each) => isAt(path, each)) ?? [],
  )
  if (missing.length === 0) return { details, summary }
  const shown = [...new Set(missing)].map(code).join(", ")
  const given = [
    ...reads.filter((each) => IS_PROSE.test(each)),
    ...missing.map((each) => each.replace(/\/.*$/, "")),
  ]
  return {
    summary: `${summary}: tests were not given ${shown}`,
    details: `Tests do not see the readme, the changelog, \`docs\` and the CI's files, so that a change of those runs no test. What they read of them is named in \`[tool.shipwheel.test]\`: \`reads = ${JSON.stringify([...new Set(given)]).replaceAll(",", ", ")}\`.\n\n${details}`,
  }
}

/** Whether a path, as the tests have it, is that of a file or of its folder at the top. */
function isAt(path: string, file: string): boolean {
  return [file, file.replace(/\/.*$/, "")].some(
    (each) => path === each || path.endsWith(`/${each}`),
  )
}
