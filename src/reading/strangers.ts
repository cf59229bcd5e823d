import { StageFailure } from "../pipeline/failure.js"
import { type OwnSource, unreleased } from "./own-sources.js"

const FETCHED =
  "Tests and linters get it from that index where its password is given: `dagger call --python-token env://PYTHON_TOKEN …`, with `--python-index URL` where the project names several."

/** Stops before anything of a name is installed that its author has from elsewhere. */
export function refuseStrangers(sources: readonly OwnSource[]): void {
  const told = sources.map((each) => {
    const { next, what } = unreleased(each)
    return each.index === undefined
      ? { next, what }
      : { what, next: `${next} ${FETCHED}` }
  })
  const [first, ...more] = told
  if (!first) return
  throw new StageFailure(
    first.what,
    [first.next, ...more.map(({ next, what }) => `${what}\n${next}`)].join(
      "\n\n",
    ),
  )
}
