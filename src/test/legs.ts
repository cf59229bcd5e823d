import { lastLine } from "../pipeline/failure.js"

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
