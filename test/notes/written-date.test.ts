import { describe, expect, it } from "vitest"

import { writtenDate } from "../../src/notes/written-date.js"

describe("a day is written like another one", () => {
  it.for([
    ["2026-06-15", "2026-03-01"],
    ["2026/06/15", "2026/03/01"],
    ["15.06.2026", "01.03.2026"],
    ["15 June 2026", "1 March 2026"],
    ["05 Jun 2026", "01 Mar 2026"],
    ["June 15th, 2026", "March 1st, 2026"],
    ["Jun. 15, 2026", "Mar. 1, 2026"],
  ] as const)("%s as %s", ([sample, like]) => {
    expect(writtenDate(`released on ${sample} at last`, "2026-03-01")).toEqual({
      found: sample,
      like,
    })
  })

  it.for([
    ["2026-03-11", "11th"],
    ["2026-03-22", "22nd"],
    ["2026-03-23", "23rd"],
  ] as const)("%s as the %s", ([date, day]) => {
    expect(writtenDate("June 15th, 2026", date)?.like).toBe(
      `March ${day}, 2026`,
    )
  })

  it("and a text without one has none", () => {
    expect(writtenDate("1.2.0", "2026-03-01")).toBeUndefined()
  })
})
