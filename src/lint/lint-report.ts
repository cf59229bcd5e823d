import { lastLine, type Reason } from "../pipeline/failure.js"
import type { Finding } from "../pipeline/pipeline.js"
import { code } from "../text/code.js"
import { NEWEST } from "./lint-versions.js"
import { type LinterRow, LINTERS } from "./linter-table.js"
import type { Linter, Linting } from "./linters.js"

/** What a linter said, and which one it was. */
export interface Linted {
  readonly linter: Linter
  /** Such as `ruff check`. */
  readonly label: string
  /** The version that ran; empty where none could. */
  readonly version: string
  readonly output: string
  readonly reason: Reason | undefined
  /** It found no file to look at. */
  readonly idle?: boolean
}

/** Whether a linter that exited with 0 looked at nothing, by its own words. */
export function isIdle(name: Linter["name"], said: string): boolean {
  const { idle }: LinterRow = LINTERS[name]
  return idle?.test(said) ?? false
}

/** What the linters found where nothing stops the release. */
export function lintFinding(
  { left }: Linting,
  linted: readonly Linted[],
  others: readonly string[],
): Finding {
  const failed = linted.filter(({ reason }) => reason !== undefined)
  const passed = linted.filter(({ reason }) => reason === undefined)
  const idle = passed.filter((each) => each.idle).map(({ label }) => label)
  const busy = passed.filter((each) => !each.idle).map(({ label }) => label)
  const clean = [...busy, ...others]
  return {
    summary: [
      ...(clean.length > 0 ? [`${clean.join(", ")}: nothing found`] : []),
      ...idle.map((label) => `${label}: looked at no file`),
      ...failed.map(({ label }) => `${label}: reported only`),
      ...[lintVersionsInWords(linted)].filter(Boolean),
      ...left.map(({ name, why }) => `${name} left out: ${why}`),
    ].join("; "),
    details: failed.map(section).join("\n\n"),
    remarks: [
      ...failed.map(heard),
      ...idle.map(
        (label) =>
          `\`${label}\` found no file to look at: see what its settings include and exclude.`,
      ),
      ...unpinned(linted),
    ],
  }
}

/** Why what stops nothing does not, and the last word of the linter. */
function heard({ label, linter, output, reason }: Linted): string {
  const { configured, name, reported = "" } = linter
  const by = configured === "" ? `by ${name}'s defaults ` : ""
  const said = closing(output) || reason?.summary
  return `${reported.replace(/^n/, "N")}; ${by}${code(label)} says: ${said}`
}

/** What a type checker saw that runs as its hook has it. */
export const AS_ITS_HOOK =
  "It ran as `pre-commit` runs it: on the files of its hook, with what `additional_dependencies` installs (the newest of what has no version there) and nothing of the project's dependencies."

/** The line that leaves a linter out, after what it said. */
export function leftOutBy(name: string): string {
  return `A linter is left out with a reason: \`skip = { ${name} = "..." }\` in \`[tool.shipwheel]\`, all of them by \`lint\`.`
}

/** Ruff's count, which advice may follow. */
function closing(output: string): string {
  return /^Found \d+ .*$/m.exec(output)?.[0] ?? lastLine(output)
}

function section({ label, reason }: Linted): string {
  return `### ${label}\n\n${reason?.details ?? ""}`
}

/** Which linters ran, and what decided on their versions. */
export function lintVersionsInWords(linted: readonly Linted[]): string {
  const each = linted.map(({ linter, version }) =>
    `${linter.name} ${version} (${linter.version})`.replace("  ", " "),
  )
  return [...new Set(each)].join(", ")
}

/** The newest version may find tomorrow what today's does not. */
function unpinned(linted: readonly Linted[]): string[] {
  const names = linted
    .filter(({ linter }) => linter.version === NEWEST && !linter.reported)
    .map(({ linter }) => linter.name)
  return [...new Set(names)].map(
    (name) =>
      `No extra, group or requirements file gives a version of \`${name}\`, so the newest was run; a constraint there keeps a new one from stopping a release.`,
  )
}
