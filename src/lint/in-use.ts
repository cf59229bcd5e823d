import type { Pyproject } from "../reading/pyproject.js"
import { code } from "../text/code.js"
import { literal } from "../text/literal.js"
import type { LintClues, LintConfig } from "./lint-config.js"
import { listsWith } from "./lint-versions.js"
import {
  LINTER_NAMES,
  type LinterName,
  type LinterRow,
  LINTERS,
} from "./linter-table.js"
import { isByHand, isForAll, isOfProject } from "./own-checks.js"
import { type Hook, notByHand, PRE_COMMIT } from "./pre-commit.js"
import {
  callsOf,
  callsRuffFormat,
  isCalled,
  type Runner,
} from "./run-commands.js"

/** A linter that the project has, whether it runs or not. */
export interface FoundLinter {
  readonly name: LinterName
  readonly config: LintConfig
}

/** What tells which linters are run, whatever is configured. */
export interface LintSigns {
  readonly hooks: readonly Hook[]
  readonly runners: readonly Runner[]
}

/** One that does not run, with the reason. */
export interface LeftLinter {
  readonly name: LinterName
  readonly why: string
}

/** What asks for a linter that needs no configuration: a list only has it installed. */
export function mentioned(
  linter: LinterName,
  { hooks, runners }: LintSigns,
): LintConfig | undefined {
  if (!LINTERS[linter].unconfigured) return undefined
  const calls = runners.filter(
    (each) => isOfProject(each) && isCalled(linter, each.text),
  )
  const by =
    notByHand(hooks).find((each) => each.linter === linter) ??
    calls.find(isForAll) ??
    calls.find((each) => !isByHand(linter, each)) ??
    calls[0]
  return by && { where: code(by.path), setting: () => undefined, bare: true }
}

/** Those that are in a list, and that somebody may expect to run. */
export function onlyRequired(
  { pyproject }: LintClues,
  found: readonly Pick<FoundLinter, "name">[],
): LeftLinter[] {
  return LINTER_NAMES.filter(
    (linter) =>
      LINTERS[linter].unconfigured &&
      // Its own is asked where a project has none.
      !LINTERS[linter].ownVersion &&
      !found.some(({ name }) => name === linter),
  ).flatMap((name) => {
    const [list] = listsWith(pyproject, name)
    return list ? [{ name, why: requiredOnly(name, list.name) }] : []
  })
}

/** Those that have a hook, and nothing that says how they are asked here. */
export function onlyHooked(
  { skip }: LintClues,
  found: readonly FoundLinter[],
  { hooks }: LintSigns,
): LeftLinter[] {
  return LINTER_NAMES.filter(
    (linter) =>
      !found.some(({ name }) => name === linter) &&
      // Its own is asked where a project has none.
      (found.length > 0 || !LINTERS[linter].ownVersion),
  ).flatMap((name) => {
    const hook = hooks.find(({ linter }) => linter === name)
    return hook ? [{ name, why: skip.get(name) ?? hookedOnly(name, hook) }] : []
  })
}

function hookedOnly(linter: LinterName, { manual, path }: Hook): string {
  const runs = manual
    ? `its hook of ${code(path)} is for the hand (\`stages: [manual]\`)`
    : `${code(path)} runs it in a way that only \`pre-commit\` can`
  const { files, tomlPlugin }: LinterRow = LINTERS[linter]
  const [settings = ""] =
    tomlPlugin === undefined ? [`[tool.${linter}]`] : files
  return `${runs}, and nothing configures it; ${code(settings)} has it run`
}

function requiredOnly(linter: LinterName, list: string): string {
  return `${code(list)} asks for it, and no command runs it; \`[tool.${linter}]\` has it run`
}

/** Settings alone may be left from another time, or for an editor: hooks tell what is run, where nothing else names it, and of two formatters the one that is run. */
export function unused(
  { pyproject }: LintClues,
  { config: { where }, name }: FoundLinter,
  { hooks, runners }: LintSigns,
): string | undefined {
  const byHand = handCall(name, where, runners)
  if (byHand) {
    const other = hooks[0] ?? runnerOfOthers(name, runners.filter(isForAll))
    return other && byHand.path !== other.path
      ? `${where} formats with it by hand, and ${code(other.path)} runs others`
      : undefined
  }
  const isNamed = new RegExp(`\\b${literal(name)}\\b`)
  if (hooks.some(({ linter }) => linter === name)) return undefined
  if (runners.some(({ text }) => isNamed.test(text))) return undefined
  const formats = formatter({ hooks, runners })
  // hatch runs ruff by another name.
  if (name === "ruff" && formats) return undefined
  const other = name === "black" && formats
  if (other)
    return `${where} configures it, and nothing runs it; ${code(other.path)} runs \`ruff format\``
  if (developersLists(pyproject, name).length > 0) return undefined
  const [ruff] = BEFORE_RUFF.has(name) ? developersLists(pyproject, "ruff") : []
  if (ruff && listsWith(pyproject, name).length === 0)
    return `${where} configures it, nothing runs it, and ${code(ruff.name)} has \`ruff\``
  if (hooks.length > 0)
    return `${where} configures it, and neither \`${PRE_COMMIT}\` nor anything else runs it`
  const runner = runnerOfOthers(name, runners)
  return runner === undefined || listsWith(pyproject, name).length > 0
    ? undefined
    : `${where} configures it, and nothing runs it; ${code(runner.path)} runs others`
}

/** What ruff has taken the place of in many projects, and whose settings stay behind. */
const BEFORE_RUFF: ReadonlySet<LinterName> = new Set(["flake8", "isort"])

/** The call that is all that asks for it, if that one is for the hand. */
function handCall(
  linter: LinterName,
  where: string,
  runners: readonly Runner[],
): Runner | undefined {
  return runners.find(
    (each) => code(each.path) === where && isByHand(linter, each),
  )
}

/** What runs a linter: a project that has no such thing runs its own by hand, or in an editor. */
function runnerOfOthers(
  linter: LinterName,
  runners: readonly Runner[],
): Runner | undefined {
  const others = LINTER_NAMES.filter((each) => each !== linter)
  return runners.find(
    ({ text }) =>
      callsRuffFormat(text) || others.some((each) => isCalled(each, text)),
  )
}

/** What runs ruff's formatter. */
function formatter({
  hooks,
  runners,
}: LintSigns): { path: string } | undefined {
  return (
    hooks.find(({ ids }) => ids.includes("ruff-format")) ??
    runners.find(({ text }) => callsRuffFormat(text))
  )
}

/** Tests may need a linter to compare what they generate, and documentation to show signatures. */
function developersLists(pyproject: Pyproject, linter: LinterName) {
  return listsWith(pyproject, linter).filter(
    ({ name }) => !/test|doc/.test(name),
  )
}

/** Unless all that asks for it is a call of its formatter. */
export function lintsWithRuff(
  where: string,
  { hooks, runners }: LintSigns,
): boolean {
  const asks = [...hooks, ...runners].some(({ path }) => code(path) === where)
  return (
    !asks ||
    hooks.some(
      ({ ids, linter }) =>
        linter === "ruff" && ids.some((each) => each !== "ruff-format"),
    ) ||
    runners.some(
      ({ text }) =>
        /\bruff(-action)?@|\bhatch\s+fmt\b/.test(text) ||
        callsOf(["ruff"], text).some((call) => !/^format\b/.test(call)),
    )
  )
}

/** Unless another formatter is in use, or what runs ruff leaves its formatter out. */
export function formatsWithRuff(
  { pyproject }: LintClues,
  used: readonly FoundLinter[],
  seen: LintSigns,
): boolean {
  if (used.some(({ name }) => name === "black")) return false
  if (formatter(seen)) return true
  if (seen.hooks.some(({ linter }) => linter === "ruff")) return false
  const ruff = used.find(({ name }) => name === "ruff")
  if (ruff?.config.setting("format") !== undefined) return true
  return (
    developersLists(pyproject, "black").length === 0 &&
    !seen.runners.some(({ text }) => isCalled("ruff", text))
  )
}
