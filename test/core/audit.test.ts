import { describe, expect, it } from "vitest"

import {
  auditRemarks,
  auditSummary,
  readNpmAudit,
  readPipAudit,
  tooBad,
} from "../../src/core/audit.js"

const pip = (...dependencies: object[]) =>
  readPipAudit(JSON.stringify({ dependencies, fixes: [] }))
const GOOD = { name: "starlette", version: "1.0", vulns: [] }
const BAD = {
  name: "urllib3",
  version: "1.26.0",
  vulns: [{ id: "PYSEC-2021-108", fix_versions: ["1.26.5"], aliases: [] }],
}
const SKIPPED = { name: "quay", skip_reason: "quay could not be audited" }

const npm = (severity: string) =>
  readNpmAudit(
    JSON.stringify({ vulnerabilities: { next: { name: "next", severity } } }),
  )

describe("an audit", () => {
  it("that knows of nothing says so", () => {
    const audit = pip(GOOD)
    expect(auditSummary(audit)).toBe("pip-audit: nothing known")
    expect(auditRemarks(audit)).toStrictEqual([])
  })

  it("reports what it found, and stops the release only where it is told to", () => {
    const audit = pip(GOOD, BAD)
    expect(auditSummary(audit)).toBe("pip-audit: 1 known, reported only")
    expect(auditRemarks(audit)).toStrictEqual([
      "`pip-audit` found urllib3 1.26.0: PYSEC-2021-108, fixed in 1.26.5.",
    ])
    expect(tooBad(audit, "report")).toStrictEqual([])
    expect(tooBad(audit, "fail")).toHaveLength(1)
  })

  it.each([
    ["low", "moderate", 0],
    ["moderate", "moderate", 1],
    ["critical", "moderate", 1],
    ["critical", "report", 0],
  ])(
    "of npm with a %s one at level %s stops by %i",
    (severity, level, count) => {
      expect(tooBad(npm(severity), level)).toHaveLength(count)
    },
  )

  it("that skipped requirements was not done, although pip-audit ends well", () => {
    const audit = pip(GOOD, SKIPPED)
    expect(auditSummary(audit)).toBe("pip-audit: not done")
    expect(auditRemarks(audit)).toStrictEqual([
      "`pip-audit` was not done: 1 of 2 requirements were not looked up: quay could not be audited.",
    ])
  })

  it.each([
    [
      readPipAudit("Traceback\nConnectionError: no route"),
      "ConnectionError: no route",
    ],
    [readPipAudit(""), "the service gave no answer"],
    [
      readNpmAudit('{"message": "405 Method Not Allowed"}'),
      "405 Method Not Allowed",
    ],
    [readNpmAudit("npm error network"), "npm error network"],
  ])("without an answer was not done, and never passes", (audit, why) => {
    expect(audit.notDone).toBe(why)
    expect(auditSummary(audit)).toMatch(/: not done$/)
  })
})
