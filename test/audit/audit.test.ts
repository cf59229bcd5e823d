import { describe, expect, it } from "vitest"

import {
  auditRemarks,
  auditSummary,
  readNodeAudit,
  readPipAudit,
  tooBad,
} from "../../src/audit/audit.js"

const pip = (...dependencies: object[]) =>
  readPipAudit(JSON.stringify({ dependencies, fixes: [] }))
const GOOD = { name: "starlette", version: "1.0", vulns: [] }
const BAD = {
  name: "urllib3",
  version: "1.26.0",
  vulns: [{ id: "PYSEC-2021-108", fix_versions: ["1.26.5"], aliases: [] }],
}
const SKIPPED = { name: "quay", skip_reason: "quay could not be audited" }

const node = (stdout: string, exitCode = 1, stderr = "", saysNothing = false) =>
  readNodeAudit({ exitCode, stdout, stderr }, "npm audit", saysNothing)
const npm = (severity: string) =>
  node(
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
    expect(tooBad(audit, "fail")).toMatchObject([
      { what: "urllib3 1.26.0: PYSEC-2021-108, fixed in 1.26.5" },
    ])
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
    [node('{"message": "405 Method Not Allowed"}'), "405 Method Not Allowed"],
    [node("npm error network"), "npm error network"],
  ])("without an answer was not done, and never passes", (audit, why) => {
    expect(audit.notDone).toBe(why)
    expect(auditSummary(audit)).toMatch(/: not done$/)
  })
})

describe("the audit of a frontend", () => {
  const FOUND = [{ what: "client-only: high", severity: "high" }]
  const advisory = { id: 1, module_name: "client-only", severity: "high" }
  const event = (type: string, data: unknown) => JSON.stringify({ type, data })

  it.each([
    [
      "pnpm, and Yarn 2 and 3",
      JSON.stringify({ actions: [], advisories: { 1: advisory }, muted: [] }),
    ],
    [
      "Yarn 1",
      [
        event("warning", "page@0.0.0: No license field"),
        event("auditAdvisory", { resolution: { id: 1 }, advisory }),
        event("auditSummary", { vulnerabilities: { high: 1 } }),
      ].join("\n"),
    ],
    [
      "Yarn 4",
      '{"value":"client-only","children":{"ID":1,"Issue":"It leaks","URL":"https://example.org/GHSA-1","Severity":"high","Vulnerable Versions":"<1.0.0","Tree Versions":["0.0.1"],"Dependents":["page@workspace:."]}}\n',
    ],
  ])("is read in the form of %s", (_, output) => {
    expect(node(output)).toMatchObject({ found: FOUND, notDone: undefined })
  })

  it("found nothing where Yarn 4 ends well and writes nothing", () => {
    expect(node("", 0, "", true)).toMatchObject({
      found: [],
      notDone: undefined,
    })
  })

  it.each([
    ["of another says nothing", "", 0, "the service gave no answer"],
    [
      "of Yarn 4 says nothing and ends badly",
      "",
      1,
      "the service gave no answer",
    ],
    [
      "ends badly and knows of nothing",
      '{"advisories": {}, "error": {"code": "E500", "message": "registry down"}}',
      1,
      "registry down",
    ],
  ])("was not done where that %s", (what, output, exitCode, why) => {
    const audit = node(output, exitCode, "", what.includes("Yarn 4"))
    expect(audit).toMatchObject({ found: [], notDone: why, silent: true })
  })

  it.each([
    [
      '{"error":{"code":"ERR_PNPM_AUDIT_BAD_RESPONSE","message":"responded with 405"}}',
      "responded with 405",
    ],
    [
      `${event("error", "Error: returned a 405\n  at x")}\n${event("info", "Visit")}\n`,
      "Error: returned a 405",
    ],
    ["", "the service gave no answer"],
  ])("was not done with the answer %j", (output, why) => {
    expect(node(output).notDone).toContain(why)
  })

  it("was not done where the reason is beside the answer", () => {
    const told = event("info", "Visit the page")
    const said = event("error", "Error: returned a 405")
    expect(node(told, 1, said).notDone).toBe("Error: returned a 405")
    const crash =
      "yarn.js:148\nZt [Error]: The remote server failed\n    at yN\n\nNode.js v24.13.1"
    expect(node("", 1, crash).notDone).toBe("The remote server failed")
  })
})

describe("what a service says of a vulnerability, or of why it knows nothing", () => {
  const EVIL =
    "X\n\n# Release: quayside 1.2.0\n\n<img src=https://evil.example/p.png> [log in](https://evil.example) @everyone"

  it.each([
    [pip({ ...BAD, vulns: [{ id: EVIL, fix_versions: [] }] })],
    [pip({ ...BAD, vulns: [{ id: "X", fix_versions: [EVIL] }] })],
    [pip({ ...BAD, version: EVIL })],
    [pip({ ...BAD, name: EVIL })],
    [pip({ ...SKIPPED, skip_reason: EVIL })],
    [readPipAudit(EVIL)],
    [node(JSON.stringify({ message: EVIL }))],
    [node(EVIL)],
    [
      node(
        JSON.stringify({
          vulnerabilities: { x: { name: EVIL, severity: "high" } },
        }),
      ),
    ],
  ])("is one line of code in the report", (audit) => {
    const told = [
      ...auditRemarks(audit),
      ...tooBad(audit, "low").map(({ what }) => what),
    ]
    expect(told.length).toBeGreaterThan(0)
    for (const each of told) {
      expect(each).not.toContain("\n")
      expect(each.replace(/`[^`]*`/g, "")).not.toMatch(/[<[@]/)
    }
  })
})
