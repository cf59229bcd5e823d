import { PYPI, REHEARSAL, TEST_PYPI } from "../config/index-names.js"
import { code } from "../text/code.js"
import { type CalledWith, calling } from "../text/command-line.js"
import { few } from "../text/few.js"
import type { Version } from "../version/version.js"
import { credentialOption, readingUsage, usage } from "./credentials.js"
import {
  isComplete,
  isQuarantined,
  names,
  otherFiles,
  placesTable,
  whyIncomplete,
} from "./index-state.js"
import type { IndexStatus } from "./recovery.js"

/** What a tag's environment does with its releases. */
export interface Environs {
  /** Where they go. */
  readonly index?: string | undefined
  /** They are announced where a promotion finds their files. */
  readonly announced?: boolean
  /** Who the caller is on an index of one's own. */
  readonly indexUser?: string | undefined
  /** What he said of where his GitHub is. */
  readonly called?: CalledWith
}

/** Where a release stands, and the one command to run next; what that would refuse now comes before it. */
export function statusReport(
  project: string,
  version: Version,
  origin: string,
  statuses: readonly IndexStatus[],
  refused?: string,
  environs: Environs = {},
): string {
  return [
    `# Status of ${project} ${version.pep440} (\`${version.tag}\`)`,
    `What is meant: ${origin}.`,
    ...statuses.map(describeStatus),
    `Next: ${nextStep(version, statuses, refused, environs)}`,
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
  const others = otherFiles(placed, listing)
  return [
    `## ${index.name}\n\n${standing(status)}`,
    ...(listing.failure ? [] : [placesTable(placed)]),
    ...(others.length > 0
      ? [
          `Also of this version, and not from here: ${few(others.map(({ name }) => code(name)))}.`,
        ]
      : []),
  ].join("\n\n")
}

function nextStep(
  version: Version,
  statuses: readonly IndexStatus[],
  refused: string | undefined,
  environs: Environs,
): string {
  const hidden = statuses.find(({ listing }) => isQuarantined(listing))
  if (hidden)
    return `nothing goes on at ${hidden.index.name}, with this version or the next one, until its administrators have looked at the project: write to their support, then ask again.`
  const damaged = statuses.find(isDamaged)
  if (damaged)
    return `this version can't be completed on ${damaged.index.name}. \`${recovery(version, damaged, environs)}\` prints how to go on with the next one.`
  const open = openOf(version, statuses)
  if (!open) return "nothing: the release is where it should be."
  const { index, listing } = open
  if (listing.failure) return `ask again when ${index.name} answers.`
  const tried = statuses.find(({ index }) => index.option === environs.index)
  const reading = readingUsage(tried?.index, environs.indexUser)
  const command = commandsFor(version, open, environs, reading)
    .map(code)
    .join(", then ")
  return refused === undefined
    ? command
    : `mend what stops it now, then ${command}.\n\n${refused}`
}

function recovery(
  { tag }: Version,
  { index }: IndexStatus,
  { called, indexUser }: Environs,
): string {
  const user = calling(called, indexUser)
  const known = [PYPI, TEST_PYPI, REHEARSAL]
  if (known.includes(index.option)) return `${user} recover --tag ${tag}`
  const shown = indexUser === undefined ? "" : ` ${password(index)}`
  return `${user} index --name ${index.option}${shown} recover --tag ${tag}`
}

/** What `index` is shown. */
function password(index: IndexStatus["index"]): string {
  return `--password env://${credentialOption(index).variable}`
}

/** What is there can't be what is meant any more. */
function isDamaged({ placed }: IndexStatus): boolean {
  return placed.some(
    ({ listed, state }) =>
      state === "different" || (listed && listed.yanked !== null),
  )
}

/** The first index that lacks something; a staging tag goes no further than to its first one. */
function openOf(
  { environment }: Version,
  statuses: readonly IndexStatus[],
): IndexStatus | undefined {
  return statuses
    .filter(
      ({ index }) => environment === "production" || index.option !== PYPI,
    )
    .find(({ placed }) => !isComplete(placed))
}

/** The index that the next command would upload to, if there is one. */
export function nextUpload(
  version: Version,
  statuses: readonly IndexStatus[],
): IndexStatus | undefined {
  const open = statuses.some(isDamaged) ? undefined : openOf(version, statuses)
  return open?.listing.failure ? undefined : open
}

function commandsFor(
  { tag }: Version,
  { index }: IndexStatus,
  { announced = false, called, index: own = TEST_PYPI, indexUser }: Environs,
  reading: string,
): string[] {
  const { option } = index
  const anybody = calling(called)
  const user = calling(called, indexUser)
  if (option === PYPI)
    return announced
      ? [`${anybody} promote --tag ${tag}${reading} ${usage(index)}`]
      : [
          `${anybody} release-directory --tag ${tag} export --wipe --path release`,
          `${calling()} promote --tag ${tag}${reading} --release release ${usage(index)}`,
        ]
  if (option === REHEARSAL) return [`${anybody} release --tag ${tag}`]
  if (option === TEST_PYPI)
    return [`${anybody} release --tag ${tag} ${usage(index)}`]
  return option === own
    ? [`${user} release --tag ${tag} ${usage(index)}`]
    : [`${user} index --name ${option} ${password(index)} publish --tag ${tag}`]
}
