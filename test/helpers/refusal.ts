import { Problems, ReleaseError } from "../../src/errors.js"

/** What a step refuses, word for word as its reader sees it; empty where it refuses nothing. */
export function refusal(step: (problems: Problems) => unknown): string {
  try {
    accepted(step)
    return ""
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error
    return error.message
  }
}

/** The result of a step that has nothing to refuse. */
export function accepted<T>(step: (problems: Problems) => T): T {
  const problems = new Problems()
  const result = step(problems)
  problems.throwIfAny()
  return result
}

/** A text of several lines, the last one ended as well. */
export function lines(...each: string[]): string {
  return each.map((line) => `${line}\n`).join("")
}
