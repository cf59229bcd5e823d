import { compare, explain } from "@renovatebot/pep440"

import type { ChangeLevel } from "../compare/change.js"
import type { DatedRelease } from "../compare/scheme.js"

/** What a number of a calendar version is. */
type CalendarPart = "year" | "short-year" | "month" | "day" | "counter"

interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** What the numbers are in all of some releases; undefined where the first is no year. */
export function calendarForm(
  dated: readonly DatedRelease[],
): CalendarPart[] | undefined {
  const read = dated.map(({ date, version }) => ({
    numbers: numbersOf(version),
    day: dayOf(date),
  }))
  const [newest] = read
  if (!newest) return undefined
  const every = (at: number, value: (day: CalendarDay) => number) =>
    read.every(({ day, numbers }) => numbers[at] === value(day))
  const first = every(0, ({ year }) => year)
    ? "year"
    : every(0, ({ year }) => year % 100)
      ? "short-year"
      : undefined
  if (!first) return undefined
  const hasMonth = every(1, ({ month }) => month)
  const hasDay = hasMonth && every(2, ({ day }) => day)
  return newest.numbers.map((_, at) =>
    at === 0
      ? first
      : at === 1 && hasMonth
        ? "month"
        : at === 2 && hasDay
          ? "day"
          : "counter",
  )
}

/** The version of a day after another one; undefined where the day has one, and nothing counts further. */
export function nextByCalendar(
  form: readonly CalendarPart[],
  last: string,
  date: string,
  level: ChangeLevel,
  released: readonly string[],
): string | undefined {
  const before = numbersOf(last)
  const day = dayOf(date)
  const fixed = form.map((part, at) => partOf(part, day) ?? before[at] ?? 0)
  const counters = form.flatMap((part, at) => (part === "counter" ? [at] : []))
  const moved = form.some(
    (part, at) => part !== "counter" && fixed[at] !== before[at],
  )
  const raised = level === "fix" ? counters.at(-1) : counters[0]
  if (!moved && raised === undefined) return undefined
  const numbers = fixed.map((value, at) => {
    if (form[at] !== "counter") return value
    if (moved || at > (raised ?? 0)) return startOf(at, last, released)
    return at === raised ? value + 1 : value
  })
  const version = numbers.join(".")
  return compare(version, last) > 0 ? version : undefined
}

function partOf(part: CalendarPart, day: CalendarDay): number | undefined {
  switch (part) {
    case "year":
      return day.year
    case "short-year":
      return day.year % 100
    case "month":
      return day.month
    case "day":
      return day.day
    case "counter":
      return undefined
  }
}

/** Where a counter began in the year of the last release. */
function startOf(
  at: number,
  last: string,
  released: readonly string[],
): number {
  const [year] = numbersOf(last)
  const seen = [last, ...released]
    .map(numbersOf)
    .filter((numbers) => numbers[0] === year && numbers.length > at)
    .map((numbers) => numbers[at] ?? 0)
  return Math.min(...seen)
}

function numbersOf(version: string): number[] {
  return [...(explain(version)?.release ?? [])]
}

function dayOf(date: string): CalendarDay {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number)
  return { year, month, day }
}
