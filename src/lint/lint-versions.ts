import type { Pyproject } from "../reading/pyproject.js"
import { lockedVersion } from "../reading/python-locks.js"
import {
  listNames,
  requirementName,
  requirementsBeside,
  requirementsOf,
} from "../reading/requirements.js"
import type { Sources } from "../reading/sources.js"
import { toxListsOf } from "../reading/tox-commands.js"
import { code } from "../text/code.js"
import type { LintSigns } from "./in-use.js"
import type { LintClues, LintConfig } from "./lint-config.js"
import { type LinterName, LINTERS } from "./linter-table.js"
import { inOrder, isOfProject } from "./own-checks.js"
import { isCalled, type Runner } from "./run-commands.js"

/** What is installed for a linter, and why just that. */
export interface LintVersion {
  readonly requirements: readonly string[]
  readonly version: string
}

/** What decides where the project does not. */
export const NEWEST = "the newest"

/** Extras and groups that linters are usually in; then any. */
const USUAL = [
  ...["lint", "linting", "linters", "style", "format", "formatting"],
  ...["quality", "qa", "check", "checks", "typing", "types", "type-check"],
  ...["dev", "develop", "development"],
]

type VersionClues = Pick<
  LintClues,
  "locked" | "pyproject" | "sources" | "tested"
>

/** Finds the version: as it is locked, else where the project gives a constraint, else its hook's, else that of the install beside a call of it, else ruff as Shipwheel has it, else the newest. */
export function lintVersion(
  clues: VersionClues,
  linter: LinterName,
  config: LintConfig,
  seen: LintSigns,
): LintVersion {
  const { requirements, version } = ownVersionOf(clues, linter, config, seen)
  const beside = LINTERS[linter].types
    ? besideInTox(clues, linter, requirements)
    : []
  return { requirements: [...requirements, ...beside].sort(), version }
}

/** What tox installs by name where it calls a type checker, of what nothing else names. */
function besideInTox(
  { pyproject, sources, tested = [] }: VersionClues,
  linter: LinterName,
  others: readonly string[],
): string[] {
  const lists = toxListsOf({ name: linter }, pyproject, sources)
  return requirementsBeside(pyproject, lists, [...others, ...tested])
}

function ownVersionOf(
  { locked, pyproject, sources }: VersionClues,
  linter: LinterName,
  config: LintConfig,
  { hooks, runners }: LintSigns,
): LintVersion {
  const lists = listsWith(pyproject, linter)
  const list = lists.find(({ own }) => own.some(isPinned)) ?? lists[0]
  const { companions, needs, ownVersion } = LINTERS[linter]
  const beside = companions ? (list?.others ?? []) : []
  const found = (wanted: readonly string[], version: string) => ({
    requirements: [...new Set([...wanted, ...beside, ...needs])].sort(),
    version,
  })
  const own = list?.own ?? []
  const version = lockedVersion(locked, linter)
  const from = quoted(locked.from)
  if (list && version !== undefined) {
    const wanted = `${linter}${version}`
    return found([...own, wanted], `${quoted([wanted])} of ${from}`)
  }
  // What is locked for each Python apart is told by the one that it runs on.
  if (list && locked.packages.some(({ name }) => name === linter))
    return found(own, from)
  if (list && own.some(isPinned))
    return found(own, `${quoted(own)} of \`${list.name}\``)
  const required = requiredVersion(linter, config)
  if (required !== undefined)
    return found([required], `${quoted([required])} of ${config.where}`)
  const hook = hooks.find((each) => each.linter === linter)
  if (hook) {
    const wanted = `${linter}==${hook.version}`
    const more = hook.more.filter((each) => requirementName(each) !== "")
    return found([wanted, ...more], `${quoted([wanted])} of \`${hook.path}\``)
  }
  const installed = installedBeside(linter, runners, sources)
  if (installed)
    return found(
      [installed.pin],
      `${quoted([installed.pin])} of \`${installed.path}\``,
    )
  if (ownVersion) return { requirements: [], version: "Shipwheel's own" }
  return found(own.length > 0 ? own : [linter], NEWEST)
}

interface List {
  readonly name: string
  readonly own: readonly string[]
  readonly others: readonly string[]
}

/** The extras and groups that ask for a linter, the usual ones first. */
export function listsWith(pyproject: Pyproject, linter: LinterName): List[] {
  const names = [linter, ...USUAL, ...listNames(pyproject)]
  const isOwn = (each: string) => requirementName(each) === linter
  return [...new Set(names)]
    .map((name) => ({ name, all: requirementsOf(pyproject, [name]) }))
    .filter(({ all }) => all.some(isOwn))
    .map(({ all, name }) => ({
      name,
      own: all.filter(isOwn),
      others: all.filter((each) => !isOwn(each)),
    }))
}

/** The version that is installed in a file which calls the linter, as a CI has it. */
function installedBeside(
  linter: LinterName,
  runners: readonly Runner[],
  sources: Sources,
): { path: string; pin: string } | undefined {
  const pinned = new RegExp(
    `^(?![ \\t]*#).*(?<![\\w./-])${linter}(==|~=|@(?=\\d))(\\d[\\w.]*(?:\\.\\*)?)(?![\\w.*{$-])`,
    "m",
  )
  const calling = runners.filter(
    (each) => isOfProject(each) && isCalled(linter, each.text),
  )
  const [first] = inOrder(calling).flatMap(({ path }) => {
    const [, sign = "", version] = pinned.exec(sources.text(path) ?? "") ?? []
    return version === undefined
      ? []
      : [{ path, pin: `${linter}${sign.replace("@", "==")}${version}` }]
  })
  return first
}

function isPinned(requirement: string): boolean {
  const [wanted = ""] = requirement.split(";")
  return /[<>=~!@]/.test(wanted)
}

function requiredVersion(
  linter: LinterName,
  { setting }: LintConfig,
): string | undefined {
  const wanted = setting("required-version")?.trim()
  if (!wanted || !LINTERS[linter].requiresVersion) return undefined
  if (/^[<>=~!]/.test(wanted)) return `${linter}${wanted.replace(/\s/g, "")}`
  return `${linter}==${/^\d+$/.test(wanted) ? `${wanted}.*` : wanted}`
}

function quoted(requirements: readonly string[]): string {
  return requirements.map(code).join(", ")
}
