const HAS_FAILURES = /^=+ (?:FAILURES|ERRORS) =+$/m
const COLOUR = /\u001B\[[\d;]*m/g

/** What pytest and its coverage tell between the failures and the list of them, with its head and its end. */
const BETWEEN = [
  [
    "warnings",
    /^=+ warnings summary(?: \(final\))? =+\n(?:(?!=+ ).*\n)*?-- Docs: .*\n/gm,
  ],
  [
    "coverage",
    /^(?:=+ tests coverage =+\n_+ coverage: .* _+|-+ coverage: .* -+)\n(?:(?!=+ ).*\n)*?TOTAL .*\n/gm,
  ],
  [
    "durations",
    /^=+ slowest .*durations =+\n(?:[\d.]+s (?:call|setup|teardown) .*\n|\(.*\n|\n)*/gm,
  ],
] as const

/** The output of a failed run of pytest, without what keeps the failures from its last lines; where none is told there, another part may be the reason. */
export function failuresLast(output: string): string {
  const plain = output.replace(COLOUR, "")
  return HAS_FAILURES.test(plain)
    ? BETWEEN.reduce(
        (each, [what, part]) =>
          each.replace(part, (found) => {
            const count = found.trimEnd().split("\n").length
            return `… ${count} lines of ${what}\n`
          }),
        plain,
      )
    : output
}

const CALLS = /^(Traceback \(most recent call last\):\n)((?: {2}.*\n)+)/gm
const LAST_CALLS = 3

/** Each traceback with its last calls alone: those before say how a tool got there, and keep from the last lines what was said before it failed. */
export function withFewCalls(output: string): string {
  return output.replace(CALLS, (_, head: string, body: string) => {
    const calls = body.split(/^(?= {2}File ")/m)
    const left = calls.slice(0, -LAST_CALLS).join("")
    if (left === "") return head + body
    const count = left.trimEnd().split("\n").length
    const shown = calls.slice(-LAST_CALLS).join("")
    return `${head}… ${count} lines of calls\n${shown}`
  })
}
