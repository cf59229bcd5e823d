import { inc } from "semver"

import { TEST_PYPI } from "../config/index-names.js"
import { type CalledWith, calling } from "../text/command-line.js"
import {
  leadOf,
  type Version,
  writtenIn,
  writtenLike,
} from "../version/version.js"
import { leadingTo } from "./credentials.js"
import { type Listing, names, type PlacedFile } from "./index-state.js"
import {
  type IndexAddress,
  isPublic,
  managePage,
  projectPage,
} from "./indexes.js"
import { GITHUB_TOKEN, type OnGithub, takeBackOnGithub } from "./on-github.js"

/** What one index holds of a release. */
export interface IndexStatus {
  readonly index: IndexAddress
  readonly listing: Listing
  readonly placed: readonly PlacedFile[]
}

/** Where a release is sent. */
export type Destination = Pick<IndexAddress, "option" | "variable">

/** Where the next release of a project goes, and what is tagged already. */
export interface Onward {
  /** The index of the tag's environment. */
  readonly index?: Destination | undefined
  /** Who the caller is on an index of one's own. */
  readonly indexUser?: string | undefined
  /** Where releases are announced. */
  readonly github?: OnGithub | undefined
  /** What he said of where his GitHub is. */
  readonly called?: CalledWith
  /** The project's own versions. */
  readonly tagged?: readonly Version[]
  /** The tag itself is not in the repository. */
  readonly isUntagged?: boolean
}

/** The exact steps to take once something of a release is out and must not stay. */
export function recoverySteps(
  project: string,
  version: Version,
  statuses: readonly IndexStatus[],
  onward: Onward = {},
): string {
  return [
    `# Recovery of ${project} ${version.pep440} (\`${version.tag}\`)`,
    ...(onward.isUntagged ? [untagged(version)] : []),
    ...statuses.map((status) => indexSteps(project, version, status)),
    ...(onward.github ? [takeBackOnGithub(version.tag, onward.github)] : []),
    hotfixSteps(version, statuses, onward),
  ].join("\n\n")
}

/** A tag that was mistyped would be told that nothing is to be taken back. */
function untagged({ tag }: Version): string {
  return `\`${tag}\` is no tag of this repository: see that it is the one that is meant (\`git tag --list\`), and fetch it if it was only not fetched (\`git fetch --tags\`). If it was deleted, begin the fix at the commit that was released.`
}

/** Where a release goes on: to an index of one's own that is asked about alone, whatever its environment says. */
export function releasedTo(
  statuses: readonly IndexStatus[],
  option: string = TEST_PYPI,
  variable?: string,
): Destination {
  const asked = statuses.map(({ index }) => index)
  return (
    asked.find((each) => each.option === option) ??
    asked.find((each) => !isPublic(each.option)) ?? { option, variable }
  )
}

function indexSteps(
  project: string,
  { pep440 }: Version,
  { index, listing }: IndexStatus,
): string {
  const head = `## ${index.name}`
  if (listing.failure)
    return `${head}\n\nWhat it holds is not known: ${listing.failure}. Ask again before you decide.`
  const { files } = listing
  if (files.length === 0)
    return `${head}\n\nNothing of this version is listed: nothing is to be taken back here.`
  const standing = files.filter(({ yanked }) => yanked === null)
  return [
    head,
    standing.length > 0
      ? yankSteps(project, pep440, index)
      : "It is yanked already: only an exact pin installs it.",
    `Burnt: ${names(files)}. Each of these names was given for good; not even a deleted file makes it free again.`,
  ].join("\n\n")
}

function yankSteps(
  project: string,
  version: string,
  index: IndexAddress,
): string {
  const page = managePage(index, project, version)
  if (page === undefined)
    return `Yank ${project} ${version} by the administration of ${new URL(index.simpleUrl).origin}: an installer then takes it only where it is pinned exactly.`
  return [
    `1. Open ${page} as an owner of the project: no program can do this step.`,
    `2. Choose Options, then Yank, and give the reason: installers show it. Do not delete; a yanked file still installs where it is pinned.`,
    `3. Look at ${projectPage(index, project, version) ?? ""}: it says that the release was yanked.`,
  ].join("\n")
}

function hotfixSteps(
  version: Version,
  statuses: readonly IndexStatus[],
  { called, github, index: own, indexUser, tagged }: Onward,
): string {
  const to = releasedTo(statuses, own?.option, own?.variable)
  const next = nextTag(version, tagged)
  const user = isPublic(to.option) ? undefined : indexUser
  const branch = `hotfix/${hotfixName(version, next)}`
  return [
    "## The fix",
    `A release is mended by the next one, \`${next}\`:`,
    [
      "```sh",
      `git switch --create ${branch} ${version.tag}`,
      "# mend, test, write the CHANGELOG, commit",
      `git tag --annotate ${next} --message ${next}`,
      `git push origin ${branch} ${next}`,
      `${calling(called, user)} release --tag ${next} ${leadingTo(to, own?.option)}${github ? ` ${GITHUB_TOKEN}` : ""}`,
      "```",
    ].join("\n"),
  ].join("\n\n")
}

/** A branch of a member of a monorepo carries its name. */
function hotfixName(version: Version, next: string): string {
  return version.prefix + writtenIn({ tag: next })
}

/** The tag of the smallest step forward that is not taken, written like this one, and where this one shows no form, like those before it. */
export function nextTag(
  version: Version,
  tagged: readonly Version[] = [],
): string {
  const taken = tagged.map(({ pep440 }) => pep440)
  const shown = [version, ...tagged].map(({ tag }) => tag)
  let next = versionAfter(version)
  while (taken.includes(next)) next = lastNumberPlusOne(next)
  return leadOf(version) + writtenLike(next, shown)
}

/** Behind a release of two numbers comes one of three. */
function versionAfter({ pep440, prerelease, semver }: Version): string {
  const patch = prerelease ? undefined : semver && inc(semver, "patch")
  return patch ?? lastNumberPlusOne(pep440)
}

function lastNumberPlusOne(version: string): string {
  return version.replace(/\d+$/, (last) => String(Number(last) + 1))
}
