import { describe, expect, it } from "vitest"

import {
  parseCounts,
  plannedFrontends,
  sbomRemarks,
  sbomSummary,
} from "../../src/sbom/sbom.js"

const LISTED = { path: "frontend", listing: {} }
const UNLISTED = { path: "web", listing: { why: "Yarn can't" } }

const counts = (npm: unknown[]) =>
  parseCounts(JSON.stringify({ python: 1, files: 12, npm }))

describe("the plan of an SBOM", () => {
  it("names the listing of each frontend, or why there is none", () => {
    expect(plannedFrontends([UNLISTED, LISTED])).toEqual([
      { path: "web", why: "Yarn can't" },
      { path: "frontend", listing: "/listings/1.json" },
    ])
  })
})

describe("what is told of an SBOM", () => {
  const whole = counts([{ packages: 24, development: false }])

  it("counts what is in it", () => {
    expect(sbomSummary(whole, "3.12", false)).toBe(
      "`sbom.cdx.json` (CycloneDX 1.6, valid by its schema): 12 files of the wheel, 24 npm packages, 1 dependency on Python 3.12",
    )
  })

  it("speaks of no npm where there is no frontend", () => {
    expect(sbomSummary(counts([]), "3.9", false)).toMatch(
      /: 12 files of the wheel, 1 dependency on Python 3\.9$/,
    )
  })

  it("says that the wheel holds it, and without what", () => {
    expect(sbomSummary(whole, "3.12", true)).toMatch(
      /, less the dependencies in the wheel as well$/,
    )
  })

  it("has no remark where all is listed", () => {
    expect(sbomRemarks([LISTED], whole)).toEqual([])
  })

  it("names the frontend whose packages nobody lists", () => {
    const none = counts([{ packages: null, development: false }])
    expect(sbomRemarks([UNLISTED], none)).toEqual([
      "The SBOM does not list the npm packages of `web`: Yarn can't.",
    ])
  })

  it("names the frontend of which all had to be listed", () => {
    const all = counts([{ packages: 9, development: true }])
    expect(sbomRemarks([LISTED], all)).toEqual([
      "The SBOM lists all npm packages of `frontend`, also what only builds it: its package.json names none under `dependencies`.",
    ])
  })
})
