import { describe, expect, it } from "vitest"

import { auditWork } from "../../src/audit/stage.js"
import { project } from "../helpers/builders.js"
import { askedFor } from "../helpers/call-chain.js"
import { checkout, recordCalls } from "../helpers/recorded-engine.js"

const FOUND = JSON.stringify({
  dependencies: [
    {
      name: "jinja2",
      version: "2.0",
      vulns: [{ id: "PYSEC-1", fix_versions: ["3.0"] }],
    },
  ],
})

type Asked = Parameters<typeof askedFor>[0]

/** What the audit of a package says that requires something, where the services answer so. */
async function audited(
  level: "fail" | "off" | "report",
  answers: Readonly<Record<string, unknown>>,
) {
  const audit = `[tool.shipwheel.audit]\npython = "${level}"`
  const given = project({ toml: ['dependencies = ["jinja2"]', audit] })
  const { calls, result } = await recordCalls(async () => {
    const work = auditWork({ project: given, place: checkout("project") })
    return "run" in work ? work.run().catch((error: unknown) => error) : work
  }, answers)
  return { calls, result }
}

const PIP_AUDIT = "timeout 90s python /whole_audit.py"
const ANSWERED = {
  "uv pip compile": "jinja2==2.0\n",
  [PIP_AUDIT]: FOUND,
  exitCode: 1,
}

describe("an audit that is only to report", () => {
  it("tells what is known, and stops nothing", async () => {
    const { result } = await audited("report", ANSWERED)
    expect(result).toMatchObject({ skipped: false })
    expect(JSON.stringify(result)).toContain("PYSEC-1")
  })

  it.each([
    ["its requirements can't be resolved", "uv pip compile", new Error("no")],
    ["its service gives no answer", PIP_AUDIT, ""],
    ["its service answers in no form that is known", PIP_AUDIT, "<html>"],
    ["its tool can't be started", PIP_AUDIT, new Error("no image")],
  ])("stops nothing where %s, and is no pass", async (_, asked, answer) => {
    const { result } = await audited("report", { ...ANSWERED, [asked]: answer })
    expect(result).not.toBeInstanceOf(Error)
    expect(result).toMatchObject({ skipped: true })
    expect(JSON.stringify(result)).toContain("not done")
  })
})

describe("a service that does not answer in time", () => {
  it.each([
    ["", "the service that knows of vulnerabilities"],
    [
      '[tool.shipwheel.mirrors]\nosv = "https://osv.example/v1/query"',
      "https://osv.example/v1/query, as osv in",
    ],
  ])("is the cause, whatever its tool said last: %j", async (toml, named) => {
    const given = project({ toml: ['dependencies = ["jinja2"]', toml] })
    const { result } = await recordCalls(
      async () => {
        const work = auditWork({ project: given, place: checkout("project") })
        return "run" in work ? work.run().catch(String) : undefined
      },
      {
        ...ANSWERED,
        [PIP_AUDIT]: (chain: Asked) =>
          chain[chain.length - 1]?.operation === "exitCode"
            ? 124
            : "WARNING: consider pip-compile",
      },
    )
    expect(JSON.stringify(result)).toContain(named)
    expect(JSON.stringify(result)).toContain("did not answer within 90 s")
    expect(JSON.stringify(result)).not.toContain("pip-compile")
  })
})

describe("what is asked", () => {
  const asked = async (toml: string) => {
    const given = project({ toml: ['dependencies = ["jinja2"]', toml] })
    const { calls } = await recordCalls(async () => {
      const work = auditWork({ project: given, place: checkout("project") })
      return "run" in work ? work.run() : undefined
    }, ANSWERED)
    const commands = calls.asked.map(askedFor)
    return commands.find((each) => each.startsWith(PIP_AUDIT))
  }

  it("is the index's own service, or the mirror of OSV", async () => {
    expect(await asked("")).not.toContain("--vulnerability-service")
    const url = "https://osv.example/v1/query"
    expect(await asked(`[tool.shipwheel.mirrors]\nosv = "${url}"`)).toContain(
      ` --vulnerability-service osv --osv-url ${url}`,
    )
  })
})

describe("an audit that may stop", () => {
  it("stops for what is known", async () => {
    const { result } = await audited("fail", ANSWERED)
    expect(result).toBeInstanceOf(Error)
    expect(JSON.stringify(result)).toContain("PYSEC-1")
  })

  it("stops where nothing can be asked, because nobody knows", async () => {
    const { result } = await audited("fail", {
      ...ANSWERED,
      "uv pip compile": new Error("no"),
    })
    expect(result).toBeInstanceOf(Error)
  })

  const notThere = (name: string) => ({ name, skip_reason: "not found" })

  it.each([
    ["the service gives no answer", ""],
    [
      "the service knows none of the packages",
      JSON.stringify({ dependencies: [notThere("jinja2")] }),
    ],
  ])("stops where %s, and says what to do", async (_, answer) => {
    const { result } = await audited("fail", {
      ...ANSWERED,
      [PIP_AUDIT]: answer,
    })
    expect(result).toMatchObject({ summary: "nobody told what is known" })
    expect(JSON.stringify(result)).toContain("`pip-audit` was not done")
    expect(JSON.stringify(result)).toContain("Run the same command again")
  })

  it("does not stop for one package that the service does not know, such as a private one", async () => {
    const known = { name: "jinja2", version: "2.0", vulns: [] }
    const dependencies = [known, notThere("acme-core")]
    const { result } = await audited("fail", {
      ...ANSWERED,
      [PIP_AUDIT]: JSON.stringify({ dependencies }),
    })
    expect(result).toMatchObject({ skipped: true })
    expect(JSON.stringify(result)).toContain("1 of 2 requirements")
  })
})

it("an audit that is off asks nothing, and says so", async () => {
  const { calls, result } = await audited("off", {})
  expect(calls.asked).toStrictEqual([])
  expect(result).toMatchObject({
    skip: "switched off in `tool.shipwheel.audit`",
  })
})
