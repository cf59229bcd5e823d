import { lastLine, type Reason } from "../pipeline/failure.js"

/** What a command said on one Python. */
export interface Leg {
  readonly python: string
  readonly output: string
}

/** What was said where, with the Pythons that said the same named together; how long it took is nobody's result. */
export function legsSummary(legs: readonly Leg[]): string {
  const said = new Map<string, string[]>()
  for (const { output, python } of legs) {
    const words = lastLine(output).replace(/ in [\d.]+ ?s\b.*$/, "") || "passed"
    said.set(words, [...(said.get(words) ?? []), python])
  }
  return [...said]
    .map(([words, pythons]) => `${words} on Python ${pythons.join(", ")}`)
    .join("; ")
}

/** pytest exits with 5 where it found nothing to run, which its own words don't mend: `key` is what named the command. */
export function withoutTests(
  { details, summary }: Reason,
  key: "unit" | "integration" = "unit",
): Reason {
  const none =
    /pytest.*exited with 5$/.test(summary) ||
    / exited with 0, but ran no test$/m.test(details)
  if (!none) return { details, summary }
  const what = /^(?:=+ )?[1-9]\d* skipped in /m.test(details)
    ? "all that looks like tests was skipped"
    : "no test was found in what looks like tests"
  return {
    summary: `${summary}: ${what}`,
    details: `Say in \`[tool.shipwheel.test]\` what runs them as \`${key}\`, or that there are none: \`${key} = []\`.\n\n${details}`,
  }
}
