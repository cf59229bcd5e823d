import { StageFailure } from "../pipeline/failure.js"
import { type OwnSource, unreleased } from "./own-sources.js"

/** Stops before anything of a name is installed that its author has from elsewhere. */
export function refuseStrangers(sources: readonly OwnSource[]): void {
  const told = sources.map(unreleased)
  const [first, ...more] = told
  if (!first) return
  throw new StageFailure(
    first.what,
    [first.next, ...more.map(({ next, what }) => `${what}\n${next}`)].join(
      "\n\n",
    ),
  )
}
