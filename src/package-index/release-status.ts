import { PYPI, REHEARSAL, TEST_PYPI } from "../config/index-names.js"
import type { Version } from "../version/version.js"
import { usage } from "./credentials.js"
import { isComplete, names, placesTable, whyIncomplete } from "./index-state.js"
import type { IndexStatus } from "./recovery.js"

/** Where a release stands, and the one command to run next. */
export function statusReport(
  project: string,
  version: Version,
  origin: string,
  statuses: readonly IndexStatus[],
): string {
  return [
    `# Status of ${project} ${version.pep440} (\`${version.tag}\`)`,
    `What is meant: ${origin}.`,
    ...statuses.map(describeStatus),
    `Next: ${nextStep(version, statuses)}`,
  ].join("\n\n")
}

/** What an index holds, in a line. */
export function standing({ listing, placed }: IndexStatus): string {
  if (isComplete(placed)) return `complete: ${names(placed)}, same hashes`
  const none = placed.every(({ state }) => state === "absent")
  const why = whyIncomplete(placed, listing) ?? "the files changed"
  return none || listing.failure ? why : `incomplete: ${why}`
}

function describeStatus(status: IndexStatus): string {
  const { index, listing, placed } = status
  const others = listing.files.filter(
    ({ name }) => !placed.some((file) => file.name === name),
  )
  return [
    `## ${index.name}\n\n${standing(status)}`,
    ...(listing.failure ? [] : [placesTable(placed)]),
    ...(others.length > 0
      ? [`Also of this version, and not from here: ${names(others)}.`]
      : []),
  ].join("\n\n")
}

function nextStep(version: Version, statuses: readonly IndexStatus[]): string {
  const damaged = statuses.find(({ placed }) =>
    placed.some(
      ({ listed, state }) =>
        state === "different" || (listed && listed.yanked !== null),
    ),
  )
  if (damaged)
    return `this version can't be completed on ${damaged.index.name}. \`dagger call recover --tag ${version.tag}\` prints how to go on with the next one.`
  // A staging tag goes no further than to its first index.
  const wanted = statuses.filter(
    ({ index }) =>
      version.environment === "production" || index.option !== PYPI,
  )
  const open = wanted.find(({ placed }) => !isComplete(placed))
  if (!open) return "nothing: the release is where it should be."
  const { index, listing } = open
  return listing.failure
    ? `ask again when ${index.name} answers.`
    : `\`${commandFor(version, open)}\``
}

function commandFor({ tag }: Version, { index }: IndexStatus): string {
  if (index.option === TEST_PYPI)
    return `dagger call release --tag ${tag} ${usage(index)}`
  if (index.option === PYPI)
    return `dagger call promote --tag ${tag} --release release ${usage(index)}`
  return index.option === REHEARSAL
    ? `dagger call release --tag ${tag}`
    : `dagger call index --name ${index.option} --password env://INDEX_PASSWORD publish --tag ${tag}`
}
