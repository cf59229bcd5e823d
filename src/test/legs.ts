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

/** pytest exits with 5 where it found nothing to run, which its own words don't mend. */
export function withoutTests({ details, summary }: Reason): Reason {
  if (!/pytest.*exited with 5$/.test(summary)) return { details, summary }
  return {
    summary: `${summary}: pytest found no test in what looks like tests`,
    details: `Say in \`[tool.shipwheel.test]\` what runs them as \`unit\`, or that there are none: \`unit = []\`.\n\n${details}`,
  }
}
