import pinned from "./package-managers.json" with { type: "json" }

/**
 * All that is known of a package manager: a row of the table. Versions lie in `package-managers.json`;
 * those of Node and Dagger in `src/versions.json`, which `dagger/engine` reads too, and those of Python's
 * tools in `src/containers/tools/requirements.in`, from which uv locks them with their hashes.
 */
interface PackageManagerRow {
  /** As people call it. */
  readonly title: string
  /** How `packageManager` in `package.json` calls it, and which versions of that name it is. */
  readonly field: string
  readonly versions?: RegExp
  /** The package on npm's registry that brings it. */
  readonly package: string
  /** The one file of it that corepack hashes; absent where that is the package as it is fetched. */
  readonly hashed?: string
  readonly command: string
  /** Its lockfiles; of several that are there, the last is the one it reads. */
  readonly lockfiles: readonly [string, ...string[]]
  /** The form of a lockfile of that name; undefined where another manager wrote it. */
  readonly form: (text: string) => string | undefined
  /** The version that writes a form; none is taken where the one that comes with Node will do. */
  readonly writers: Readonly<Record<string, string>>
  /** Installs what the lockfile names, and nothing else. */
  readonly install: readonly string[]
  /** The option by which an install runs no script. */
  readonly withoutScripts: string
  /** Fetches what the lockfile names and runs no code at all; absent where an install without scripts runs none. */
  readonly fetch?: readonly string[]
  /** The variables that name a user's own settings, where it takes no credentials from variables in those of a project. */
  readonly ownSettings?: readonly string[]
  /** It asks for what its lockfile lacks, and may run code of that, before it refuses the lockfile. */
  readonly asksFirst?: true
  readonly audit: readonly string[]
  /** It writes nothing where nothing is known. */
  readonly auditSaysNothing?: true
  /** What lists the packages of its lockfiles as CycloneDX, and in which version. */
  readonly sbom: Lister
  /** What it reads before it installs, besides the lockfiles. */
  readonly reads: readonly string[]
  /** What an install writes beside `node_modules`, and a developer's folder may hold from another machine. */
  readonly leaves: readonly string[]
  /** Which registry it fetches from, and where its cache is: what it has fetched stays in the layer, where no other project reads it. */
  readonly settings: (
    registry: string | undefined,
  ) => Readonly<Record<string, string | undefined>>
  /** It fetches from where the lockfile says, whatever registry is set; without that it asks the registry, and compares the same hashes. */
  readonly lockfileNamesRegistry: boolean
}

/** How a package manager lists what a lockfile names, without installing it. */
interface Lister {
  readonly command: readonly string[]
  /** The option that chooses a package of a workspace by its folder; absent where it is the one that the command runs in. */
  readonly member?: string
  /** Absent where the one that comes with Node does; one that is newer is asked itself. */
  readonly version?: string
  /** The oldest whose lockfiles that version reads. */
  readonly reads?: number
  /** Of Yarn, which lists by a plugin of CycloneDX. */
  readonly yarn?: {
    /** The oldest that takes the plugin; the lockfile of an older one is first made one of the newest, with the versions that it names. */
    readonly takes: number
    readonly rewrite: readonly string[]
  }
}

/** Of the project's own Yarn, where it is new enough, and else of the newest. */
const YARN_LISTER = {
  command: [
    "cyclonedx",
    ...["--lockfile-only", "--production", "--output-reproducible"],
    "--spec-version=1.6",
  ],
  version: pinned.sbom.yarn,
  yarn: {
    takes: 4,
    rewrite: ["install", "--mode=update-lockfile", "--no-immutable"],
  },
} as const

const MANIFEST = ["package.json", ".npmrc", "patches"]

const TABLE = {
  npm: {
    title: "npm",
    field: "npm",
    package: "npm",
    command: "npm",
    lockfiles: ["package-lock.json", "npm-shrinkwrap.json"],
    form: () => "",
    writers: {},
    install: ["ci", "--no-audit", "--no-fund"],
    withoutScripts: "--ignore-scripts",
    audit: ["audit", "--omit=dev", "--json"],
    sbom: {
      command: ["sbom", "--sbom-format=cyclonedx", "--package-lock-only"],
      member: "--workspace=",
    },
    reads: MANIFEST,
    leaves: [],
    // The image of Node has them already.
    settings: () => ({}),
    lockfileNamesRegistry: false,
  },
  pnpm: {
    title: "pnpm",
    field: "pnpm",
    package: "pnpm",
    command: "pnpm",
    lockfiles: ["pnpm-lock.yaml"],
    form: (text) => /^lockfileVersion: *'?([\d.]+)/m.exec(text)?.[1] ?? "",
    writers: pinned.pnpm,
    install: ["install", "--frozen-lockfile"],
    withoutScripts: "--ignore-scripts",
    // An install runs `.pnpmfile.cjs`, and is refused without it.
    fetch: ["fetch", "--ignore-scripts", "--ignore-pnpmfile"],
    // Since 10.34: the first is how 10 and 11 call it, the other how 12 does.
    ownSettings: ["npm_config_userconfig", "pnpm_config_npmrc_auth_file"],
    audit: ["audit", "--prod", "--json"],
    sbom: {
      command: ["sbom", "--sbom-format=cyclonedx", "--lockfile-only", "--prod"],
      member: "--filter=./",
      version: pinned.sbom.pnpm,
      reads: 9,
    },
    reads: [...MANIFEST, ".pnpmfile.cjs", "pnpm-workspace.yaml"],
    leaves: [],
    settings: pnpmSettings,
    lockfileNamesRegistry: false,
  },
  yarn: {
    title: "Yarn 1",
    field: "yarn",
    versions: /^1\./,
    package: "yarn",
    command: "yarn",
    lockfiles: ["yarn.lock"],
    form: (text) => (berryForm(text) === undefined ? "1" : undefined),
    writers: pinned.yarn,
    install: ["install", "--frozen-lockfile", "--non-interactive"],
    withoutScripts: "--ignore-scripts",
    audit: ["audit", "--groups", "dependencies", "--json"],
    sbom: YARN_LISTER,
    reads: [...MANIFEST, ".yarn", ".yarnrc"],
    leaves: [],
    settings: (registry) => ({ YARN_REGISTRY: registry }),
    lockfileNamesRegistry: true,
  },
  berry: {
    title: "Yarn 2 or later",
    field: "yarn",
    versions: /^(?!1\.)/,
    package: "@yarnpkg/cli-dist",
    hashed: "bin/yarn.js",
    command: "yarn",
    lockfiles: ["yarn.lock"],
    form: berryForm,
    writers: pinned.yarn,
    install: ["install", "--immutable"],
    withoutScripts: "--mode=skip-build",
    asksFirst: true,
    audit: ["npm", "audit", "--environment", "production", "--json"],
    auditSaysNothing: true,
    sbom: YARN_LISTER,
    reads: [...MANIFEST, ".yarn", ".yarnrc.yml"],
    leaves: [
      ".pnp.*",
      ".yarn/build-state.yml",
      ".yarn/install-state.gz",
      ".yarn/unplugged",
    ],
    settings: berrySettings,
    lockfileNamesRegistry: false,
  },
} as const satisfies Readonly<Record<string, PackageManagerRow>>

/** Yarn 2 and later, called berry, shares no more than the name with Yarn 1. */
export type Tool = keyof typeof TABLE
export const PACKAGE_MANAGERS: Readonly<Record<Tool, PackageManagerRow>> = TABLE
export const TOOLS = Object.keys(TABLE) as Tool[]

/** Lockfiles of package managers that Shipwheel can't install with yet. */
export const UNUSABLE_LOCKFILES: Readonly<Record<string, string>> = {
  "bun.lock": "bun",
  "bun.lockb": "bun",
  "deno.lock": "deno",
}

function berryForm(text: string): string | undefined {
  return /^__metadata:\s+version: *"?(\d+)/m.exec(text)?.[1]
}

/** Its settings were `npm_config_*` up to version 10. */
function pnpmSettings(registry: string | undefined) {
  const settings = {
    store_dir: "/root/.pnpm-store",
    registry,
    // The version that is named is the one that was installed.
    manage_package_manager_versions: "false",
    pm_on_fail: "ignore",
    // What was installed is known to be right: its lockfile was asked.
    verify_deps_before_run: "false",
  }
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => [
      [`npm_config_${name}`, value],
      [`pnpm_config_${name}`, value],
    ]),
  ) as Record<string, string | undefined>
}

/** Packages are run from its cache, so that this belongs to the layer, and a second copy of it would be for nobody. */
function berrySettings(registry: string | undefined) {
  const isPlain = registry?.startsWith("http:")
  return {
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_UNSAFE_HTTP_WHITELIST: isPlain
      ? new URL(registry ?? "").hostname
      : undefined,
    YARN_ENABLE_GLOBAL_CACHE: "false",
    YARN_ENABLE_MIRROR: "false",
    YARN_ENABLE_TELEMETRY: "false",
  }
}
