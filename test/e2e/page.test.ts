import { afterAll, beforeAll, describe, expect, test } from "vitest"

import { gantt } from "../../src/pipeline/gantt.js"
import { hasRun, timelineOf } from "../../src/pipeline/timeline.js"
import {
  ReportFormat,
  writtenPlan,
  writtenReport,
} from "../../src/release/report-format.js"
import { exampleReport, hostileReport } from "../helpers/example-report.js"
import { type Seen, seenInBrowser } from "./helpers/browser.js"
import { Session } from "./helpers/session.js"

const REPORT = exampleReport()
const LOOKS = [
  ["light", 360],
  ["light", 1100],
  ["dark", 360],
  ["dark", 1100],
] as const
let session: Session
let seen: Seen

beforeAll(async () => {
  session = await Session.open()
  const { environment = "", project, stages, version } = REPORT
  const plan = {
    ...{ project, version, environment, remarks: ["`a` is old."] },
    stages: stages.map((each) => ({ ...each, does: "it", skip: undefined })),
    command: "dagger call release --tag v1.2.0",
  }
  seen = await seenInBrowser(
    session,
    {
      "report.html": writtenReport(REPORT, ReportFormat.Html),
      "hostile.html": writtenReport(hostileReport(), ReportFormat.Html),
      "text.html": writtenPlan(plan, ReportFormat.Html),
      "diagram.txt": gantt(stages),
    },
    process.env["PAGE_PICTURES"],
  )
})

afterAll(() => {
  session.close()
})

describe.each(LOOKS)(
  "the page of a release, %s and %d px wide",
  (scheme, width) => {
    const look = () =>
      seen.looks.find(
        (each) => each.colorScheme === scheme && each.width === width,
      )

    test("has nothing that axe finds, folded or not", () => {
      expect(look()).toMatchObject({ first: [], faults: [] })
    })

    test("has nothing to move sideways", () => {
      expect(look()?.sideways).toEqual([])
    })

    test("asks for nothing, and gives the browser nothing to complain of", () => {
      expect(look()?.noise).toEqual([])
    })

    test("opens where it is clicked, and leads to each of its sections", () => {
      const { folded, led, open } = look() ?? {}
      expect(open).toBeGreaterThan(0)
      expect(open).toBe(folded)
      expect(led?.map(({ title }) => title)).toEqual([
        ...["Install", "Proofs", "Time line", "Stages", "Files"],
        ...["What changed", "Remarks", "Release notes"],
      ])
      expect(led?.filter((each) => !each.seen)).toEqual([])
    })
  },
)

test("the page of a release is dark where the reader's system is", () => {
  const grounds = seen.looks.map(({ ground }) => ground)
  expect(grounds).toEqual([
    ...["rgb(255, 255, 255)", "rgb(255, 255, 255)"],
    ...["rgb(17, 22, 29)", "rgb(17, 22, 29)"],
  ])
})

test("the keyboard comes to all that can be done, which is seen, and does it", () => {
  const { noise, stops } = seen.keyboard
  expect(noise).toEqual([])
  expect(stops.filter(({ outline }) => outline !== "solid")).toEqual([])
  expect(stops.map(({ text }) => text)).toEqual(
    expect.arrayContaining(["Install", "Release notes", "More of test"]),
  )
  const folds = stops.filter(({ tagName }) => tagName === "SUMMARY")
  expect(folds.length).toBeGreaterThan(0)
  expect(folds.filter(({ opened }) => !opened)).toEqual([])
})

test("the page of a release is printed on two sheets at most", () => {
  expect(seen.print).toMatchObject({ noise: [] })
  expect(seen.print.sheets).toBeLessThanOrEqual(2)
})

test("what others wrote into a report runs nothing, loads nothing and leads nowhere but to the web", () => {
  const { faults, foreign, links, noise, sideways } = seen.hostile
  expect({ faults, foreign, noise }).toEqual({
    faults: [],
    foreign: 0,
    noise: [],
  })
  expect(new Set(links)).toEqual(new Set(["https://example.org/d"]))
  // A table that is too wide is moved by itself, and the page is not.
  expect(new Set(sideways)).toEqual(new Set(["DIV wide"]))
})

test("a plan on a page has nothing that axe finds, nor the browser", () => {
  expect(seen.text).toMatchObject({ faults: [], noise: [] })
})

test("Mermaid draws the time line, with each stage that ran and the longest chain", () => {
  expect(seen.drawn).toEqual({
    diagramType: "gantt",
    bars: REPORT.stages.filter(hasRun).length,
    marked: timelineOf(REPORT.stages).chain.length,
  })
})
