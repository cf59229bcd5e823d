import { StageFailure } from "../pipeline/failure.js"
import { type OwnSource, unreleased } from "../reading/own-sources.js"

const FETCHED =
  "Tests and linters get what is on an index of yours from there where its password is given: `dagger call --python-token env://PYTHON_TOKEN …`, with `--python-index URL` where the project names several."

/** Stops before anything of a name is installed that its author has from elsewhere. */
export function refuseStrangers(sources: readonly OwnSource[]): void {
  const told = unreleased(sources)
  if (!told) return
  const onIndex = sources.some(({ index }) => index !== undefined)
  throw new StageFailure(
    told.what,
    onIndex ? `${told.next} ${FETCHED}` : told.next,
  )
}
