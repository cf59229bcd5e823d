import { foreign } from "../text/foreign.js"
import { listThatBrings, type Offered } from "./missing-modules.js"

/** What one Python left out, in pytest's words. */
export interface SkippedTests {
  readonly python: string
  readonly output: string
}

const SKIPPED = /^SKIPPED \[(\d+)\] \S+?(?::\d+)?: (.*)$/gm
const MISSING = /could not import '([\w.]+)'|No module named '([\w.]+)'/

/** Tells what was skipped and why, and of what is missing the list that would bring it. */
export function skippedRemarks(
  legs: readonly SkippedTests[],
  offered: Offered,
): string[] {
  const byReason = new Map<string, { count: number; pythons: string[] }>()
  for (const { output, python } of legs)
    for (const [reason, count] of reasonsIn(output)) {
      const before = byReason.get(reason)
      byReason.set(reason, {
        count: Math.max(count, before?.count ?? 0),
        pythons: [...(before?.pythons ?? []), python],
      })
    }
  const told = [...byReason].map(([reason, { count, pythons }]) => ({
    brought: broughtBy(reason, offered),
    count,
    lead: `${tests(count)} skipped on Python ${pythons.join(", ")}: ${foreign(reason)}`,
  }))
  // What something can be done about must not be lost among the others.
  const sorted = [
    ...told.filter(({ brought }) => brought !== ""),
    ...told.filter(({ brought }) => brought === ""),
  ]
  const more = sorted.slice(SHOWN)
  const left = more.reduce((sum, { count }) => sum + count, 0)
  return [
    ...sorted.slice(0, SHOWN).map(({ brought, lead }) => `${lead}${brought}.`),
    ...(more.length > 0
      ? [`${tests(left)} skipped for ${String(more.length)} more reasons.`]
      : []),
  ]
}

/** A suite may give a reason of its own for each of its tests. */
const SHOWN = 20

function tests(count: number): string {
  return count === 1 ? "1 test was" : `${String(count)} tests were`
}

/** Whether a suite ran and nothing of it passed: it was skipped, or expected to fail. */
export function nothingPassed(output: string): boolean {
  const [last = ""] = output.trim().split("\n").slice(-1)
  return (
    /\b\d+ (?:skipped|xfailed)\b/.test(last) && !/\b\d+ x?passed\b/.test(last)
  )
}

function reasonsIn(output: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [, count = "", reason = ""] of output.matchAll(SKIPPED)) {
    const told = reason.trim().replace(/\.$/, "") || "no reason given"
    counts.set(told, (counts.get(told) ?? 0) + Number(count))
  }
  return counts
}

function broughtBy(reason: string, offered: Offered): string {
  const [, first, second] = MISSING.exec(reason) ?? []
  const module = first ?? second
  const list = module && listThatBrings(module, offered)
  return list
    ? `; \`${list}\` brings it: name it in \`extras\` of \`[tool.shipwheel.test]\``
    : ""
}
