import { describe, expect, it } from "vitest"

import type { Audit } from "../../src/audit/audit.js"
import {
  pinsApart,
  requiredBy,
  vulnerabilityChanges,
} from "../../src/compare/vulnerabilities.js"
import { about } from "../helpers/compared.js"

function audit(...keys: string[]): Audit {
  const found = keys.map((key) => ({
    key,
    what: key.replace(" ", " 1.0: "),
    severity: undefined,
  }))
  return { label: "pip-audit", found, notDone: undefined }
}

describe("what a release requires", () => {
  it("is what its metadata asks for, without extras", () => {
    const requirements = [
      { what: "uvicorn[standard]; python_version >= '3.9'", bounds: ">=0.29" },
      { what: 'pytest; extra == "test"', bounds: ">=8" },
      { what: "fastapi", bounds: "<1,>=0.110" },
      { what: "boats", bounds: "https://example.org/boats.zip" },
    ]
    expect(requiredBy(about({ requirements }))).toEqual([
      "boats @ https://example.org/boats.zip ",
      "fastapi<1,>=0.110",
      "uvicorn[standard]>=0.29; python_version >= '3.9'",
    ])
  })

  it("is looked up only where the other brings another version", () => {
    const before = ["fastapi==0.110.0", "uvicorn==0.29.0"]
    const after = ["fastapi==0.111.0", "uvicorn==0.29.0"]
    expect(pinsApart(before, after)).toEqual({
      before: ["fastapi==0.110.0"],
      after: ["fastapi==0.111.0"],
    })
  })
})

describe("known vulnerabilities", () => {
  it("are told where an install has not had them before, or has them no longer", () => {
    const { changes, left } = vulnerabilityChanges({
      before: audit("fastapi CVE-1", "rill CVE-2"),
      after: audit("fastapi CVE-1", "boats CVE-3"),
    })
    expect(changes.map(({ level, what }) => [level, what])).toEqual([
      ["fix", "an install brings a known vulnerability: boats 1.0: CVE-3"],
      [
        "fix",
        "an install no longer brings a known vulnerability: rill 1.0: CVE-2",
      ],
    ])
    expect(left).toEqual([])
  })

  it("are not known where a service is silent, or was not asked", () => {
    const silent = { ...audit(), notDone: "no connection" }
    const told = (both: Parameters<typeof vulnerabilityChanges>[0]) =>
      vulnerabilityChanges(both)
    expect(told({ before: audit(), after: silent })).toEqual({
      changes: [],
      left: ["the known vulnerabilities: `pip-audit`: no connection"],
    })
    expect(told({ before: silent, after: audit("a CVE-1") }).changes).toEqual(
      [],
    )
    expect(told({ why: "nothing resolves" }).left).toEqual([
      "the known vulnerabilities: nothing resolves",
    ])
    expect(told(undefined)).toEqual({ changes: [], left: [] })
  })
})
