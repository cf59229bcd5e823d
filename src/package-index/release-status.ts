import { PYPI, REHEARSAL, TEST_PYPI } from "../config/index-names.js"
import { code } from "../text/code.js"
import { type CalledWith, calling } from "../text/command-line.js"
import { few } from "../text/few.js"
import type { Version } from "../version/version.js"
import {
  credentialOption,
  leadingTo,
  readingUsage,
  usage,
} from "./credentials.js"
import {
  isComplete,
  isQuarantined,
  names,
  otherFiles,
  placesTable,
  whyIncomplete,
} from "./index-state.js"
import { isPublic } from "./indexes.js"
import {
  describeGithub,
  GITHUB_TOKEN,
  isSpoilt,
  isUnfinished,
  type OnGithub,
} from "./on-github.js"
import { type Destination, type IndexStatus, releasedTo } from "./recovery.js"

/** What a tag's environment does with its releases. */
export interface Environs {
  /** Where they go. */
  readonly index?: string | undefined
  /** The variable that usually holds its password. */
  readonly variable?: string | undefined
  /** Where they are announced, and a promotion finds their files. */
  readonly github?: OnGithub | undefined
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
    ...(environs.github ? [describeGithub(version.tag, environs.github)] : []),
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
  const aside = statuses.find((each) => isAside(each, version, environs))
  if (aside) return whereItGoes(aside, version, environs)
  const damaged = statuses.find(isDamaged)
  if (damaged)
    return `this version can't be completed on ${damaged.index.name}. \`${recovery(version, damaged, environs)}\` prints how to go on with the next one.`
  const open = openOf(version, statuses)
  if (open?.listing.failure)
    return `ask again when ${open.index.name} answers with a listing of the project; if it stays as it is, ask whoever runs it.`
  const to = releasedTo(statuses, environs.index, environs.variable)
  const again = releaseCommand(version, to, environs)
  const announces = isAnnouncedNext(version, statuses, environs)
  if (!open && !announces)
    return whereAllIsOut(again, version, statuses, environs)
  const reading = readingUsage(to, environs.indexUser)
  const commands =
    open && !announces ? commandsFor(version, open, environs, reading) : [again]
  const command = commands.map(code).join(", then ")
  return refused === undefined
    ? command
    : `mend what stops it now, then ${command}.\n\n${refused}`
}

/** Whether the next command is the release because of GitHub alone: every index has what comes before a promotion. */
export function isAnnouncedNext(
  version: Version,
  statuses: readonly IndexStatus[],
  { github }: Environs,
): boolean {
  if (!github || !isUnfinished(github) || statuses.some(isDamaged)) return false
  const open = openOf(version, statuses)
  return !open || (open.index.option === PYPI && !open.listing.failure)
}

function whereAllIsOut(
  again: string,
  { tag }: Version,
  statuses: readonly IndexStatus[],
  { called, github, indexUser }: Environs,
): string {
  if (github?.failure !== undefined)
    return `see whether the release on GitHub is published: the indexes have what they should. If it is not, ${code(again)} completes it, and keeps what is there.`
  if (github?.published && isSpoilt(github.published))
    return `nothing that mends the release on GitHub: the indexes have what they should. \`${calling(called, indexUser)} recover --tag ${tag}\` prints how to go on with the next version.`
  const beside = statuses.find(
    ({ listing, placed }) => otherFiles(placed, listing).length > 0,
  )
  return beside
    ? `look at what ${beside.index.name} has of this version beside the files that are meant: an installer may take that before them. Where it does not belong there, yank it.`
    : "nothing: the release is where it should be."
}

/** A public index that the tag's releases do not go through: what it lacks is as it should be. */
function isAside(
  { index }: IndexStatus,
  { environment }: Version,
  { index: own = TEST_PYPI }: Environs,
): boolean {
  const { option } = index
  const isPromotedTo = option === PYPI && environment === "production"
  return isPublic(option) && option !== own && !isPromotedTo
}

function whereItGoes(
  { index }: IndexStatus,
  { tag }: Version,
  { called, index: own = TEST_PYPI }: Environs,
): string {
  return `nothing at ${index.name}: ${code(tag)} is released to ${code(own)}, and not there. \`${calling(called)} status --tag ${tag}\` says where that stands.`
}

/** The release again keeps what is there. */
function releaseCommand(
  { tag }: Version,
  to: Destination,
  { called, github, index: own, indexUser }: Environs,
): string {
  const isOwn = ![PYPI, TEST_PYPI, REHEARSAL].includes(to.option)
  return [
    `${calling(called, isOwn ? indexUser : undefined)} release --tag ${tag}`,
    ...(to.option === REHEARSAL ? [] : [leadingTo(to, own)]),
    ...(github && !isEnded(github) ? [GITHUB_TOKEN] : []),
  ].join(" ")
}

/** GitHub has all that it will ever have of it. */
function isEnded(github: OnGithub): boolean {
  return github.published !== undefined && !isUnfinished(github)
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
  version: Version,
  { index }: IndexStatus,
  environs: Environs,
  reading: string,
): string[] {
  const { called, github, index: own = TEST_PYPI, indexUser } = environs
  const { tag } = version
  const { option } = index
  const anybody = calling(called)
  const user = calling(called, indexUser)
  if (option === PYPI)
    return github && !(github.published && isSpoilt(github.published))
      ? [`${anybody} promote --tag ${tag}${reading} ${usage(index)}`]
      : [
          `${anybody} release-directory --tag ${tag} export --wipe --path release`,
          `${calling()} promote --tag ${tag}${reading} --release release ${usage(index)}`,
        ]
  // An upload alone would leave the rest of a release to whoever asks again.
  const isHalf = github !== undefined && isUnfinished(github)
  return isHalf || [REHEARSAL, TEST_PYPI, own].includes(option)
    ? [releaseCommand(version, index, environs)]
    : [`${user} index --name ${option} ${password(index)} publish --tag ${tag}`]
}
