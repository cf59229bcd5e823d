import { satisfies } from "@renovatebot/pep440"

import { z } from "#zod"

import { Problems } from "../errors.js"
import type { DistributionFile } from "../files/distribution.js"

/** What a wheel says of itself that its installation depends on. */
const facts = z.object({
  name: z.string(),
  version: z.string(),
  /** Its bytes. */
  size: z.number(),
  requiresPython: z.string(),
  /** The names of its console scripts. */
  commands: z.array(z.string()),
  /** What it requires without any extra. */
  requirements: z.array(z.string()),
})
export type WheelFacts = z.infer<typeof facts>

/** Reads what `installable.py` prints. */
export function parseWheelFacts(json: string): WheelFacts {
  return facts.parse(JSON.parse(json))
}

/** All that differs between the install scripts of two releases. */
export interface InstallerValues extends WheelFacts {
  readonly wheel: DistributionFile
  /** One of its commands with arguments with which it only prints something; empty where none is known. */
  readonly check: readonly string[]
  /** Where the release's own files are, with a slash at the end; empty where that is not known. */
  readonly assets: string
  /** The key by which the release is signed; empty where it is not. */
  readonly publicKey: string
}

export const INSTALLERS = ["install.sh", "install.ps1"] as const
export type Installer = (typeof INSTALLERS)[number]

/** Why a release has no install scripts, if it has none. */
export function whyNoInstallers(
  off: string | undefined,
  commands: readonly string[],
): string | undefined {
  if (off !== undefined) return `switched off: ${off}`
  return commands.length === 0
    ? "the wheel has no console script, so there is no command to install"
    : undefined
}

/** The values of a release as each script has them, between the lines that mark their place. */
export function installerValues(
  values: InstallerValues,
): Record<Installer, string> {
  const entries = valuesOf(values)
  refuseUnfit(entries, values)
  const shell = entries.map(
    ([key, value]) => `${key.toUpperCase()}=${sh(value)}`,
  )
  const table = entries.map(
    ([key, value]) => `    ${key.padEnd(12)} = ${powershell(value)}`,
  )
  return {
    "install.sh": lines(shell),
    "install.ps1": lines(["$Release = @{", ...table, "}"]),
  }
}

function lines(all: readonly string[]): string {
  return all.map((each) => `${each}\n`).join("")
}

type Entry = readonly [key: string, value: string]

function valuesOf(values: InstallerValues): Entry[] {
  const { assets, check, commands, name, requirements, requiresPython } = values
  return [
    ["Name", name],
    ["Version", values.version],
    ["Wheel", values.wheel.name],
    ["Sha256", values.wheel.sha256],
    ["Size", String(values.size)],
    ["Commands", commands.join("\n")],
    ["Check", check.join("\n")],
    ["Python", requiresPython],
    ["Pythons", pythonRanges(requiresPython).join("\n")],
    ["Requirements", requirements.join("\n")],
    ["Assets", assets],
    ["Key", values.publicKey],
  ]
}

/** Names become paths, and Windows PowerShell reads a script in the system's own encoding. */
function refuseUnfit(
  entries: readonly Entry[],
  { check, commands }: InstallerValues,
): void {
  const problems = new Problems()
  const next =
    'Correct it, or give a reason in `tool.shipwheel.skip`: `installers = "…"`.'
  for (const [key, value] of entries)
    if (!/^[\n -~]*$/.test(value))
      problems.add(
        "project",
        `the ${key.toLowerCase()} of the wheel can't be written into an install script: \`${JSON.stringify(value)}\` holds more than printable ASCII`,
        next,
      )
  for (const command of commands)
    if (!/^[A-Za-z0-9_][\w.-]*$/.test(command))
      problems.add(
        "project",
        `the console script \`${command}\` has a name that is no plain file name`,
        next,
      )
  if (check.some((word) => word === "" || word.includes("\n")))
    problems.add(
      "configuration",
      `\`tool.shipwheel.version\` can't be written into an install script: \`${JSON.stringify(check)}\` has an argument that is empty or has several lines`,
      next,
    )
  problems.throwIfAny()
}

/** In single quotes a shell takes everything as it is, but for these quotes. */
function sh(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`
}

/** The same holds for PowerShell, where a doubled quote stands for itself. */
function powershell(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** Beyond any Python 3 there will be. */
const MINORS = 40
const PATCHES = 40

/**
 * The versions of Python that a specifier (PEP 440) accepts, as ranges of plain
 * numbers: neither a shell nor PowerShell then has to understand it.
 */
export function pythonRanges(specifier: string): string[] {
  const accepts = (version: string) =>
    specifier === "" || satisfies(version, specifier)
  const versions = Array.from(
    { length: MINORS * PATCHES },
    (_, at) => `3.${Math.floor(at / PATCHES)}.${at % PATCHES}`,
  )
  const ranges: { low: string; high: string }[] = []
  let open: { low: string; high: string } | undefined
  for (const version of [...versions, "4.0.0"]) {
    if (!accepts(version)) open = undefined
    else if (open) open.high = version
    else ranges.push((open = { low: version, high: version }))
  }
  // What takes the first Python 4 has no upper bound.
  return ranges.map(
    ({ high, low }) => `${low}-${high === "4.0.0" ? "99.0.0" : high}`,
  )
}
