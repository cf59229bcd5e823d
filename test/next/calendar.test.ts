import { describe, expect, it } from "vitest"

import { calendarForm, nextByCalendar } from "../../src/next/calendar.js"

const form = (...dated: (readonly [version: string, date: string])[]) =>
  calendarForm(dated.map(([version, date]) => ({ version, date })))

describe("the numbers of a calendar version", () => {
  it("are known by the days of the releases", () => {
    expect([
      form(["2026.6.15", "2026-06-15"], ["2026.2.1", "2026-02-01"]),
      form(["2026.6.1", "2026-06-15"], ["2026.2.0", "2026-02-20"]),
      form(["24.1.2", "2024-07-07"], ["24.0", "2024-02-03"]),
      form(["2026.1", "2026-06-15"]),
    ]).toEqual([
      ["year", "month", "day"],
      ["year", "month", "counter"],
      ["short-year", "counter", "counter"],
      ["year", "counter"],
    ])
  })

  it("are none where the first is no year", () => {
    expect([form(["1.2.0", "2026-06-15"]), form()]).toEqual([
      undefined,
      undefined,
    ])
  })
})

describe("the next version by the calendar", () => {
  const MONTHLY = ["year", "month", "counter"] as const
  const YEARLY = ["short-year", "counter", "counter"] as const

  it("counts further in the same month, and anew in another", () => {
    const next = (date: string) =>
      nextByCalendar(MONTHLY, "2026.6.2", date, "feature", ["2026.6.1"])
    expect([next("2026-06-20"), next("2026-07-01")]).toEqual([
      "2026.6.3",
      "2026.7.1",
    ])
  })

  it("raises the last number for a fix, and the first that counts for more", () => {
    const next = (level: "feature" | "fix", date = "2024-08-01") =>
      nextByCalendar(YEARLY, "24.1.2", date, level, ["24.0.0", "24.1.0"])
    expect([next("fix"), next("feature"), next("fix", "2025-01-05")]).toEqual([
      "24.1.3",
      "24.2.0",
      "25.0.0",
    ])
  })

  it("is none for a second release of a day where nothing counts", () => {
    const next = (date: string) =>
      nextByCalendar(["year", "month", "day"], "2026.6.15", date, "fix", [])
    expect([next("2026-06-15"), next("2026-06-16")]).toEqual([
      undefined,
      "2026.6.16",
    ])
  })
})
