import { ciFiles } from "../reading/ci-files.js"
import { type Hook, PRE_COMMIT, readHooks } from "../reading/pre-commit.js"
import { literal } from "../text/literal.js"
import { closingOf } from "./ended-early.js"
import { asItsHook } from "./hook-files.js"
import { type LintClues, type LintConfig, lintConfig } from "./lint-config.js"
import { lintVersion, listsWith } from "./lint-versions.js"
import {
  CONCISE,
  LINTER_NAMES,
  type LinterName,
  LINTERS,
  NO_CACHE,
  RUFF,
  RUFF_FORMAT,
} from "./linter-table.js"
import { toxCommands } from "./tox-commands.js"

/** A linter or type checker that runs, and with which version. */
export interface Linter {
  readonly name: LinterName
  /** What asks for it, such as `[tool.mypy]`. */
  readonly configured: string
  readonly commands: readonly (readonly string[])[]
  /** What is installed for it; nothing where Shipwheel's own is taken. */
  readonly requirements: readonly string[]
  /** What decides on its version, in words. */
  readonly version: string
  /** Reads the package as it is installed, with what it depends on. */
  readonly types: boolean
  /** What it says when it is done, where it says something. */
  readonly closes?: RegExp | undefined
}

/** What is asked of the Python code. */
export interface Linting {
  readonly linters: readonly Linter[]
  /** Those that the project has and that are left out, with the reasons. */
  readonly left: readonly { readonly name: LinterName; readonly why: string }[]
  /** Absent linters of its own, a project hears of ruff's findings and is not stopped by them. */
  readonly stops: boolean
}

export function resolveLinting(clues: LintClues): Linting {
  const hooks = readHooks(clues.sources)
  const found = LINTER_NAMES.flatMap((name) => {
    const config = lintConfig(clues, name) ?? mentioned(clues, name, hooks)
    return config ? [{ name, config }] : []
  })
  const formats = formatsWithRuff(
    found.map(({ name }) => name),
    hooks,
  )
  const left = found.flatMap(({ config, name }) => {
    const why = clues.skip.get(name) ?? unused(clues, name, config, hooks)
    return why === undefined ? [] : [{ name, why }]
  })
  const kept = found.filter(
    ({ name }) => !left.some((each) => each.name === name),
  )
  const linters = kept.map(({ config, name }) => {
    const version = lintVersion(clues, name, config, hooks)
    const { commands: commandsOf, types } = LINTERS[name]
    const { packageDir, pyproject, sources } = clues
    // What a type checker is asked is the author's to say; of the others it is the same for everybody.
    const own = types ? toxCommands(name, pyproject, sources) : []
    const asked = { packageDir, setting: config.setting, formats }
    const commands = own.length > 0 ? own : commandsOf(asked)
    const hook = types ? undefined : hooks.find((each) => each.linter === name)
    const known = knowsOptions(version.requirements)
    return {
      name,
      configured: config.where,
      commands: (known ? commands : plain(commands)).map((each) =>
        asItsHook(each, hook, clues.sources),
      ),
      ...version,
      types,
      closes: closingOf(name, commands, config.setting),
    }
  })
  if (found.length > 0 || clues.skip.has("ruff"))
    return { linters, left, stops: true }
  const ruff = {
    name: "ruff",
    configured: "",
    commands: [RUFF, RUFF_FORMAT],
    requirements: [],
    version: "Shipwheel's own",
    types: false,
  } as const
  return { linters: [ruff], left, stops: false }
}

/** Ruff has known them all since 0.5. */
function knowsOptions(requirements: readonly string[]): boolean {
  return !requirements.some((each) => /^ruff\b.*\b0\.[0-4]\b/.test(each))
}

function plain(commands: readonly (readonly string[])[]): string[][] {
  const unknown = [CONCISE, NO_CACHE]
  return commands.map((each) => each.filter((word) => !unknown.includes(word)))
}

/** Which linters run, what asks for them, and what decides on their versions. */
export function lintersInWords({ left, linters, stops }: Linting): string {
  const each = linters.map(({ configured, name, version }) =>
    stops ? `${name} by ${configured} (${version})` : `${name} (${version})`,
  )
  const only = stops ? "" : ", by its defaults and reported only"
  const without = left.map(({ name, why }) => `${name} left out: ${why}`)
  return [...each, ...without].join(", ") + only
}

/** What asks for a linter that needs no configuration. */
function mentioned(
  { pyproject }: LintClues,
  linter: LinterName,
  hooks: readonly Hook[],
): LintConfig | undefined {
  if (!LINTERS[linter].unconfigured) return undefined
  const setting = () => undefined
  const hook = hooks.find((each) => each.linter === linter)
  if (hook) return { where: `\`${hook.path}\``, setting }
  // Tests may need it to compare what they generate.
  const [list] = listsWith(pyproject, linter).filter(
    ({ name }) => !/test/.test(name),
  )
  return list && { where: `\`${list.name}\``, setting }
}

/** What runs linters, beside hooks and lists. */
const RUNNERS = [
  ...[PRE_COMMIT, "tox.ini", "tox.toml", "noxfile.py", "Makefile", "justfile"],
  ...["tasks.py", "dodo.py", "Taskfile.yml"],
]

/** Settings alone may be left from another time, or for an editor: hooks tell what is run, where nothing else names it. */
function unused(
  { pyproject, sources }: LintClues,
  linter: LinterName,
  { where }: LintConfig,
  hooks: readonly Hook[],
): string | undefined {
  const isNamed = new RegExp(`\\b${literal(linter)}\\b`)
  const { tox, hatch, pdm, poe } = pyproject.tool
  const named =
    hooks.length === 0 ||
    hooks.some((each) => each.linter === linter) ||
    listsWith(pyproject, linter).length > 0 ||
    isNamed.test(JSON.stringify([tox, hatch, pdm, poe])) ||
    [...RUNNERS, ...ciFiles(sources.paths)].some((path) =>
      isNamed.test((sources.text(path) ?? "").replace(/^\s*#.*$/gm, "")),
    )
  return named
    ? undefined
    : `${where} configures it, and neither \`${PRE_COMMIT}\` nor anything else runs it`
}

/** Unless another formatter is in use, or the hooks have ruff and not its formatter. */
function formatsWithRuff(
  linters: readonly LinterName[],
  hooks: readonly Hook[],
): boolean {
  const hook = hooks.find(({ linter }) => linter === "ruff")
  return (
    !linters.includes("black") && (hook?.ids.includes("ruff-format") ?? true)
  )
}
