import { type ManagerHash, managerHash } from "./manager-hash.js"
import { PACKAGE_MANAGERS, type Tool, TOOLS } from "./package-manager-table.js"

/** What installs a frontend's dependencies and runs its scripts. */
export interface PackageManager {
  readonly tool: Tool
  /** Absent where the npm that comes with Node does. */
  readonly version: string | undefined
  /** What its author pinned beside the version. */
  readonly hash?: ManagerHash
}

export const NPM: PackageManager = { tool: "npm", version: undefined }

export function rowOf({ tool }: PackageManager) {
  return PACKAGE_MANAGERS[tool]
}

export function installCommand(manager: PackageManager): string[] {
  const { command, install } = rowOf(manager)
  return [command, ...install]
}

/** Fetches what an install takes, and runs no script. */
export function downloadCommand(manager: PackageManager): string[] {
  return [...installCommand(manager), rowOf(manager).withoutScripts]
}

/** The same where a token is: no code of the project is run either. */
export function fetchCommand(manager: PackageManager): string[] {
  const { command, fetch } = rowOf(manager)
  return fetch ? [command, ...fetch] : downloadCommand(manager)
}

export function runCommand(manager: PackageManager, script: string): string[] {
  return [rowOf(manager).command, "run", script]
}

export function auditCommand(manager: PackageManager): string[] {
  const { audit, command } = rowOf(manager)
  return [command, ...audit]
}

/** Whether it writes nothing where nothing is known. */
export function auditSaysNothing(manager: PackageManager): boolean {
  return rowOf(manager).auditSaysNothing === true
}

/** The audit as people call it. */
export function shownAudit(manager: PackageManager): string {
  const [command = "", ...words] = auditCommand(manager)
  const options = words.findIndex((each) => each.startsWith("--"))
  return [command, ...words.slice(0, options)].join(" ")
}

/** How the packages of a frontend are listed, in the folder of its lockfile. */
export interface PackageListing {
  readonly manager: PackageManager
  readonly command: readonly string[]
  /** What makes the lockfile one that this manager reads. */
  readonly rewrite?: readonly string[]
  /** The folder that the command runs in, from that of the lockfile. */
  readonly folder?: string
  /** By a plugin of CycloneDX. */
  readonly plugin?: boolean
}

/** Who lists the packages of a frontend and how; or why nobody can. */
export function listingOf(
  manager: PackageManager,
  member: string,
): PackageListing | { readonly why: string } {
  const { command, sbom, title } = rowOf(manager)
  const own = Number(manager.version?.split(".")[0] ?? Infinity)
  if (sbom.yarn) return yarnListing(manager, own, member)
  if (own < (sbom.reads ?? 0))
    return {
      why: `the lockfile of ${title} ${manager.version ?? ""} is too old`,
    }
  const chosen = member === "" ? [] : [`${sbom.member ?? ""}${member}`]
  return {
    manager: { tool: manager.tool, version: sbom.version },
    command: [command, ...sbom.command, ...chosen],
  }
}

function yarnListing(
  manager: PackageManager,
  own: number,
  folder: string,
): PackageListing {
  const { command, sbom } = rowOf(manager)
  const { takes = 0, rewrite = [] } = sbom.yarn ?? {}
  const takesPlugin = manager.version !== undefined && own >= takes
  return {
    manager: takesPlugin ? manager : { tool: "berry", version: sbom.version },
    command: [command, ...sbom.command],
    ...(!takesPlugin && { rewrite: [command, ...rewrite] }),
    folder,
    plugin: true,
  }
}

/** The package manager by its name in `packageManager`; nothing where it is none that is known, or what stands behind the version no hash. */
export function managerNamed(field: string): PackageManager | undefined {
  const [, name, version = "", pinned] =
    /^(\w+)@(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:\+(.*))?$/.exec(field) ?? []
  const tool = TOOLS.find((each) => {
    const row = PACKAGE_MANAGERS[each]
    return row.field === name && (row.versions?.test(version) ?? true)
  })
  if (tool === undefined || pinned === undefined)
    return tool && { tool, version }
  const hash = managerHash(pinned)
  return hash && { tool, version, hash }
}

/** The package manager whose form a lockfile has, in the version that writes this form. */
export function managerOf(lockfile: string, text: string): PackageManager {
  for (const tool of TOOLS) {
    const { form, lockfiles, writers } = PACKAGE_MANAGERS[tool]
    const found = lockfiles.includes(lockfile) ? form(text) : undefined
    if (found !== undefined)
      return { tool, version: new Map(Object.entries(writers)).get(found) }
  }
  return NPM
}
