import { toxPythonOf } from "../reading/tox-commands.js"
import { code } from "../text/code.js"
import { closingOf } from "./ended-early.js"
import { asPreCommit } from "./hook-args.js"
import {
  formatsWithRuff,
  type FoundLinter,
  type LeftLinter,
  type LintSigns,
  mentioned,
  onlyHooked,
  onlyRequired,
  unused,
} from "./in-use.js"
import { lintCommands } from "./lint-commands.js"
import { type LintClues, type LintConfig, lintConfig } from "./lint-config.js"
import { lintVersion } from "./lint-versions.js"
import {
  CONCISE,
  LINTER_NAMES,
  type LinterName,
  LINTERS,
  NO_CACHE,
  RUFF,
  RUFF_FORMAT,
} from "./linter-table.js"
import { notByHand, PRE_COMMIT, readHooks } from "./pre-commit.js"
import { commandRunners } from "./run-commands.js"

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
  /** What it runs on, where that is not the newest. */
  readonly python?: string | undefined
  /** Reads the package as it is installed, with what it depends on. */
  readonly types: boolean
  /** Sees what is installed for it, and nothing else. */
  readonly apart?: true
  /** What it says when it is done, where it says something. */
  readonly closes?: RegExp | undefined
  /** Why what it finds is told and stops nothing; absent where it stops. */
  readonly reported?: string | undefined
}

/** What is asked of the Python code; absent linters of its own, a project hears of ruff's findings. */
export interface Linting {
  readonly linters: readonly Linter[]
  /** Those that the project has and that are left out, with the reasons. */
  readonly left: readonly LeftLinter[]
}

export function resolveLinting(clues: LintClues): Linting {
  const seen = {
    hooks: readHooks(clues.sources),
    runners: commandRunners(clues.pyproject, clues.sources),
  }
  const found = LINTER_NAMES.flatMap((name) => {
    const config =
      lintConfig(clues, name) ??
      mentioned(name, seen) ??
      hookAlone(clues, name, seen)
    return config
      ? [{ name, config, idle: unused(clues, { name, config }, seen) }]
      : []
  })
  const used = found.filter(({ idle }) => idle === undefined)
  const kept = used.filter(({ name }) => !clues.skip.has(name))
  const hooked = onlyHooked(clues, found, seen)
  const left = [
    ...found.flatMap(({ idle, name }) => {
      const why = clues.skip.get(name) ?? idle
      return why === undefined ? [] : [{ name, why }]
    }),
    ...hooked,
    ...onlyRequired(clues, [...found, ...hooked]),
  ]
  const formats = formatsWithRuff(clues, used, seen)
  const linters = kept.map((each) => linterOf(clues, each, formats, seen))
  if (found.length > 0 || clues.skip.has("ruff")) return { linters, left }
  const ruff = {
    name: "ruff",
    configured: "",
    commands: [RUFF, RUFF_FORMAT],
    requirements: [],
    version: "Shipwheel's own",
    types: false,
    reported: "no linter is configured",
  } as const
  return { linters: [ruff], left }
}

/** One that has nothing but a hook, which is given files. */
function hookAlone(
  { sources }: LintClues,
  name: LinterName,
  { hooks }: LintSigns,
): LintConfig | undefined {
  const apart = asPreCommit(name, notByHand(hooks), sources)
  return apart?.command.includes("--")
    ? { where: code(PRE_COMMIT), setting: () => undefined, bare: true }
    : undefined
}

function linterOf(
  clues: LintClues,
  { config, name }: FoundLinter,
  formats: boolean,
  seen: LintSigns,
): Linter {
  const asked = lintCommands(clues, { config, name }, formats, seen)
  const { apart, commands, reported } = asked
  const { requirements, version } =
    apart ?? lintVersion(clues, name, config, seen)
  const known = knowsOptions(requirements)
  return {
    name,
    configured: config.where,
    commands: known ? commands : plain(commands),
    requirements,
    version,
    python:
      !apart && requirements.length > 0 ? pythonOf(clues, name) : undefined,
    types: LINTERS[name].types && !apart,
    ...(apart && { apart: true }),
    closes: closingOf(name, commands, config.setting),
    reported,
  }
}

/** That of tox, of those that the project runs on: what a linter reads depends on it. */
function pythonOf(
  { pyproject, pythons = [], sources }: LintClues,
  name: LinterName,
): string | undefined {
  const own = toxPythonOf({ name }, pyproject, sources)
  return pythons.find((each) => each === own)
}

/** Ruff has known them all since 0.5. */
function knowsOptions(requirements: readonly string[]): boolean {
  return !requirements.some((each) => /^ruff\b.*\b0\.[0-4]\b/.test(each))
}

function plain(commands: readonly (readonly string[])[]): string[][] {
  const unknown = [CONCISE, NO_CACHE]
  return commands.map((each) => each.filter((word) => !unknown.includes(word)))
}

/** What decides on it, and its Python, if it is another than usual. */
export function versionInWords({ python, version }: Linter): string {
  return python === undefined
    ? version
    : `${version}, on Python ${python} as in tox`
}

/** Which linters run, what asks for them, and what decides on their versions. */
export function lintersInWords({ left, linters }: Linting): string {
  const each = linters.map((linter) => {
    const { configured, name, reported } = linter
    const version = versionInWords(linter)
    return configured === ""
      ? `${name} (${version}), by its defaults and reported only`
      : `${name} by ${configured} (${version})${reported === undefined ? "" : `, reported only: ${reported}`}`
  })
  const without = left.map(({ name, why }) => `${name} left out: ${why}`)
  return [...each, ...without].join(", ")
}
