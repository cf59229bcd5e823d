const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
]
/** Whole or by their first letters; what only begins alike is of another language. */
export const MONTH = `(${MONTHS.map((each) => `${each.slice(0, 3)}(?:${each.slice(3)})?`).join("|")}|Sept)(?![a-z])`
/** The ways in which people write a day, and how each is written of another. */
const FORMS: readonly (readonly [form: RegExp, write: Writer])[] = [
  [
    /\b\d{4}([-/.])\d{2}\1\d{2}\b/,
    ([, mark = ""], { day, month, year }) => [year, month, day].join(mark),
  ],
  [
    /\b\d{2}\.\d{2}\.\d{4}\b/,
    (_, { day, month, year }) => `${day}.${month}.${year}`,
  ],
  [
    new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)?( )${MONTH}(\\.?,? )\\d{4}\\b`, "i"),
    ([whole, , , mark = " "], { day, month, year }) =>
      `${ordinal(day, whole)} ${named(month, whole)}${mark}${year}`,
  ],
  [
    new RegExp(`\\b${MONTH}(\\.?) \\d{1,2}(?:st|nd|rd|th)?(,? )\\d{4}\\b`, "i"),
    ([whole, , dot = "", mark = " "], { day, month, year }) =>
      `${named(month, whole)}${dot} ${ordinal(day, whole)}${mark}${year}`,
  ],
]

type Writer = (found: RegExpExecArray, of: WrittenDay) => string

interface WrittenDay {
  readonly year: string
  readonly month: string
  readonly day: string
}

/** Where a day stands in a text, and another one in the form of that. */
export function writtenDate(
  text: string,
  date: string,
): { readonly found: string; readonly like: string } | undefined {
  const [year = "", month = "", day = ""] = date.split("-")
  for (const [form, write] of FORMS) {
    const found = form.exec(text)
    if (found)
      return { found: found[0], like: write(found, { year, month, day }) }
  }
  return undefined
}

/** The whole name of a month, or the beginning of it. */
function named(month: string, like: string): string {
  const name = MONTHS[Number(month) - 1] ?? ""
  const [word = ""] = /[A-Za-z]{3,}/.exec(like) ?? []
  const whole = MONTHS.some((each) => each === word && each.length > 3)
  return whole ? name : name.slice(0, 3)
}

function ordinal(day: string, like: string): string {
  const padded = /\b0\d\b/.test(like) ? day : String(Number(day))
  if (!/\d(st|nd|rd|th)\b/i.test(like)) return padded
  const last = /1[1-3]$/.test(day) ? 0 : Number(day.at(-1))
  return padded + (["th", "st", "nd", "rd"][last] ?? "th")
}
