import { z } from "#zod"

import { foreign } from "../text/foreign.js"

/** What was asked about known vulnerabilities, and what came back. */
export interface Audit {
  readonly label: string
  /** What was found, worst last; nothing when the service gave no answer. */
  readonly found: readonly Vulnerability[]
  /** Why nobody knows: a service that is silent has not passed anything. */
  readonly notDone: string | undefined
  /** The service told of nothing at all; one that does not know a package of a private index did answer. */
  readonly silent?: true
}

export interface Vulnerability {
  readonly what: string
  /** What it is of, without a version, and its name; where the service tells both. */
  readonly key?: string
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

const severity = z.enum(SEVERITIES)
const advisory = z
  .object({ module_name: z.string(), severity })
  .transform((each) => ({ name: each.module_name, severity: each.severity }))

/** npm's own form. */
const npmAudit = z
  .object({
    vulnerabilities: z.record(
      z.string(),
      z.object({ name: z.string(), severity }),
    ),
  })
  .transform(({ vulnerabilities }) => Object.values(vulnerabilities))

/** The form that npm had before, as pnpm and Yarn 2 and 3 keep it. */
const advisories = z
  .object({ advisories: z.record(z.string(), advisory) })
  .transform((each) => Object.values(each.advisories))

/** Yarn 1 writes one event a line, and a summary last. */
const yarnAudit = z
  .array(
    z.object({
      type: z.enum(["auditAdvisory", "auditSummary", "warning", "info"]),
      data: z.unknown(),
    }),
  )
  .refine((events) => events.some(({ type }) => type === "auditSummary"))
  .transform((events) =>
    events
      .filter(({ type }) => type === "auditAdvisory")
      .map(({ data }) => z.object({ advisory }).parse(data).advisory),
  )

/** Yarn 4 writes one advisory a line, and nothing where there is none. */
const berryAudit = z
  .array(
    z.object({
      value: z.string(),
      children: z.object({ Severity: severity }),
    }),
  )
  .transform((lines) =>
    lines.map(({ children, value }) => ({
      name: value,
      severity: children.Severity,
    })),
  )

const WHOLE = [npmAudit, advisories]
const LINES = [yarnAudit, berryAudit]

/** Reads pip-audit's JSON. What it could not look up it calls skipped, and exits as if all were well. */
export function readPipAudit(output: string): Audit {
  const label = "pip-audit"
  const read = pipAudit.safeParse(parseJson(output))
  if (!read.success) return notDone(label, foreign(lastWords(output)))
  const { dependencies } = read.data
  const skipped = dependencies.flatMap(({ skip_reason }) => skip_reason ?? [])
  const found = dependencies.flatMap(({ name, version = "", vulns }) =>
    vulns.map(({ fix_versions, id }) => ({
      key: `${name} ${id}`,
      what: `${foreign(`${name} ${version}: ${id}`)}${fix_versions.length > 0 ? `, fixed in ${foreign(fix_versions.join(", "))}` : ""}`,
      severity: undefined,
    })),
  )
  const [reason] = skipped
  return reason === undefined
    ? { label, found, notDone: undefined }
    : {
        label,
        found,
        notDone: `${String(skipped.length)} of ${String(dependencies.length)} requirements were not looked up: ${foreign(reason)}`,
        ...(skipped.length === dependencies.length ? { silent: true } : {}),
      }
}

/** What an audit left behind. */
export interface Answer {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Reads the JSON of the package managers' audits; without an answer of the registry it has an error's shape. */
export function readNodeAudit(
  answer: Answer,
  label: string,
  saysNothing = false,
): Audit {
  const { exitCode, stderr, stdout } = answer
  if (saysNothing && stdout.trim() === "" && exitCode === 0)
    return { label, found: [], notDone: undefined }
  const json = parseJson(stdout)
  const lines = stdout.trim().split("\n").map(parseJson)
  const reads = [
    ...WHOLE.map((form) => form.safeParse(json)),
    ...LINES.map((form) => form.safeParse(lines)),
  ]
  const read = reads.find(({ success }) => success)
  // All of them end well where nothing is known.
  if (!read?.data || (exitCode !== 0 && read.data.length === 0))
    return notDone(
      label,
      foreign(messageOf(json) ?? reasonIn(`${stdout}\n${stderr}`)),
    )
  const found = read.data.map(({ name, severity }) => ({
    what: `${foreign(name)}: ${severity}`,
    severity,
  }))
  return { label, found, notDone: undefined }
}

/** What stops the release at this level; `report` stops nothing. */
export function tooBad(audit: Audit, level: string): Vulnerability[] {
  if (!mayStop(level)) return []
  const least = SEVERITIES.indexOf(level as Severity)
  // pip-audit's services don't rate what they know, so that any of it counts.
  return audit.found.filter(
    ({ severity }) =>
      severity === undefined || SEVERITIES.indexOf(severity) >= least,
  )
}

/** Where it may stop the release, somebody has to have answered. */
export function unanswered(
  { label, notDone, silent }: Audit,
  level: string,
): string[] {
  return silent && mayStop(level) ? [undone(label, notDone ?? "")] : []
}

function undone(label: string, why: string): string {
  return `\`${label}\` was not done: ${why}`
}

function mayStop(level: string): boolean {
  return level !== "report" && level !== "off"
}

export function auditRemarks({ found, label, notDone: why }: Audit): string[] {
  return [
    ...(why === undefined ? [] : [`${undone(label, why)}.`]),
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

/** An audit that nobody may take for a pass. */
export function notDone(label: string, why: string): Audit {
  return { label, found: [], notDone: why, silent: true }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function messageOf(json: unknown): string | undefined {
  const message = z.object({ message: z.string() })
  const read = z
    .union([
      message,
      z.object({ error: message }).transform((each) => each.error),
    ])
    .safeParse(json)
  return read.success ? read.data.message : undefined
}

/** What went wrong, in an event of Yarn 1 or in the line that a crash begins with; what it ends with is only Node's version. */
function reasonIn(output: string): string {
  const event = z.object({ type: z.literal("error"), data: z.string() })
  const said = output
    .split("\n")
    .flatMap((line) => event.safeParse(parseJson(line)).data?.data ?? [])
  const [, crash] = /^(?:\w+ \[)?\w*Error\]?: (.+)$/m.exec(output) ?? []
  return said[0]?.split("\n")[0] ?? crash ?? lastWords(output)
}

function lastWords(output: string): string {
  const [last = ""] = output.trim().split("\n").slice(-1)
  return last.slice(0, 200) || "the service gave no answer"
}
