import pinned from "./package-managers.json" with { type: "json" }

/** Yarn 2 and later, called berry, shares no more than the name with Yarn 1. */
export type Tool = "npm" | "pnpm" | "yarn" | "berry"

/** What installs a frontend's dependencies and runs its scripts. */
export interface PackageManager {
  readonly tool: Tool
  /** Absent where the npm that comes with Node does. */
  readonly version: string | undefined
}

interface Words {
  /** The package on npm's registry that brings it. */
  readonly package: string
  readonly command: string
  readonly lockfile: string
  /** Installs what the lockfile names, and nothing else. */
  readonly install: readonly string[]
  readonly audit: readonly string[]
}

const TOOLS: Readonly<Record<Tool, Words>> = {
  npm: {
    package: "npm",
    command: "npm",
    lockfile: "package-lock.json",
    install: ["ci", "--no-audit", "--no-fund"],
    audit: ["audit", "--omit=dev", "--json"],
  },
  pnpm: {
    package: "pnpm",
    command: "pnpm",
    lockfile: "pnpm-lock.yaml",
    install: ["install", "--frozen-lockfile"],
    audit: ["audit", "--prod", "--json"],
  },
  yarn: {
    package: "yarn",
    command: "yarn",
    lockfile: "yarn.lock",
    install: ["install", "--frozen-lockfile", "--non-interactive"],
    audit: ["audit", "--groups", "dependencies", "--json"],
  },
  berry: {
    package: "@yarnpkg/cli-dist",
    command: "yarn",
    lockfile: "yarn.lock",
    install: ["install", "--immutable"],
    audit: ["npm", "audit", "--environment", "production", "--json"],
  },
}

export const NPM: PackageManager = { tool: "npm", version: undefined }

export function wordsOf({ tool }: PackageManager): Words {
  return TOOLS[tool]
}

export function installCommand(manager: PackageManager): string[] {
  const { command, install } = wordsOf(manager)
  return [command, ...install]
}

export function runCommand(manager: PackageManager, script: string): string[] {
  return [wordsOf(manager).command, "run", script]
}

export function auditCommand(manager: PackageManager): string[] {
  const { audit, command } = wordsOf(manager)
  return [command, ...audit]
}

/** The audit as people call it. */
export function shownAudit(manager: PackageManager): string {
  const [command = "", ...words] = auditCommand(manager)
  const options = words.findIndex((each) => each.startsWith("--"))
  return [command, ...words.slice(0, options)].join(" ")
}

/** The package manager by its name in `packageManager`; nothing where it is none that is known. */
export function managerNamed(field: string): PackageManager | undefined {
  const [, name, version = ""] =
    /^(npm|pnpm|yarn)@(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:\+.*)?$/.exec(
      field,
    ) ?? []
  if (name === undefined) return undefined
  const tool = name === "yarn" && !version.startsWith("1.") ? "berry" : name
  return { tool: tool as Tool, version }
}

/** The package manager whose form a lockfile has, in the version that writes this form. */
export function managerOf(
  lockfile: string,
  text: string,
): PackageManager | undefined {
  if (lockfile === "pnpm-lock.yaml") {
    const [, form = ""] = /^lockfileVersion: *'?([\d.]+)/m.exec(text) ?? []
    return { tool: "pnpm", version: versionFor(pinned.pnpm, form) }
  }
  if (lockfile === "yarn.lock") {
    const [, form] = /^__metadata:\s+version: *"?(\d+)/m.exec(text) ?? []
    return {
      tool: form === undefined ? "yarn" : "berry",
      version: versionFor(pinned.yarn, form ?? "1"),
    }
  }
  return NPM
}

function versionFor(table: object, form: string): string | undefined {
  const versions = new Map(Object.entries(table) as [string, string][])
  return versions.get(form)
}
