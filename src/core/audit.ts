import { z } from "zod"

/** What was asked about known vulnerabilities, and what came back. */
export interface Audit {
  readonly label: string
  /** What was found, worst last; nothing when the service gave no answer. */
  readonly found: readonly Vulnerability[]
  /** Why nobody knows: a service that is silent has not passed anything. */
  readonly notDone: string | undefined
}

export interface Vulnerability {
  readonly what: string
  readonly severity: Severity | undefined
}

const SEVERITIES = ["info", "low", "moderate", "high", "critical"] as const
type Severity = (typeof SEVERITIES)[number]

const pipAudit = z.object({
  dependencies: z.array(
    z.object({
      name: z.string(),
      version: z.string().optional(),
      skip_reason: z.string().optional(),
      vulns: z
        .array(z.object({ id: z.string(), fix_versions: z.array(z.string()) }))
        .default([]),
    }),
  ),
})

const npmAudit = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ name: z.string(), severity: z.enum(SEVERITIES) }),
  ),
})

/** Reads pip-audit's JSON. What it could not look up it calls skipped, and exits as if all were well. */
export function readPipAudit(output: string): Audit {
  const label = "pip-audit"
  const read = pipAudit.safeParse(parseJson(output))
  if (!read.success) return notDone(label, lastWords(output))
  const { dependencies } = read.data
  const skipped = dependencies.flatMap(({ skip_reason }) => skip_reason ?? [])
  const found = dependencies.flatMap(({ name, version = "", vulns }) =>
    vulns.map(({ fix_versions, id }) => ({
      what: `${name} ${version}: ${id}${fix_versions.length > 0 ? `, fixed in ${fix_versions.join(", ")}` : ""}`,
      severity: undefined,
    })),
  )
  const [reason] = skipped
  return reason === undefined
    ? { label, found, notDone: undefined }
    : {
        label,
        found,
        notDone: `${String(skipped.length)} of ${String(dependencies.length)} requirements were not looked up: ${reason}`,
      }
}

/** Reads `npm audit --json`; without an answer of the registry it has an error's shape. */
export function readNpmAudit(output: string, label = "npm audit"): Audit {
  const json = parseJson(output)
  const read = npmAudit.safeParse(json)
  if (!read.success) return notDone(label, messageOf(json) ?? lastWords(output))
  const found = Object.values(read.data.vulnerabilities).map(
    ({ name, severity }) => ({ what: `${name}: ${severity}`, severity }),
  )
  return { label, found, notDone: undefined }
}

/** What stops the release at this level; `report` stops nothing. */
export function tooBad(audit: Audit, level: string): Vulnerability[] {
  if (level === "report" || level === "off") return []
  const least = SEVERITIES.indexOf(level as Severity)
  // pip-audit's services don't rate what they know, so that any of it counts.
  return audit.found.filter(
    ({ severity }) =>
      severity === undefined || SEVERITIES.indexOf(severity) >= least,
  )
}

export function auditRemarks({ found, label, notDone: why }: Audit): string[] {
  return [
    ...(why === undefined ? [] : [`\`${label}\` was not done: ${why}.`]),
    ...(found.length > 0
      ? [`\`${label}\` found ${found.map(({ what }) => what).join("; ")}.`]
      : []),
  ]
}

export function auditSummary({ found, label, notDone: why }: Audit): string {
  if (why !== undefined) return `${label}: not done`
  return found.length === 0
    ? `${label}: nothing known`
    : `${label}: ${String(found.length)} known, reported only`
}

function notDone(label: string, why: string): Audit {
  return { label, found: [], notDone: why }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function messageOf(json: unknown): string | undefined {
  const read = z.object({ message: z.string() }).safeParse(json)
  return read.success ? read.data.message : undefined
}

function lastWords(output: string): string {
  const [last = ""] = output.trim().split("\n").slice(-1)
  return last.slice(0, 200) || "the service gave no answer"
}
