import { compare, explain } from "@renovatebot/pep440"

import {
  type DistributionFile,
  isDistribution,
  isOwnFile,
  isWheel,
} from "../files/distribution.js"
import type { ListedFile } from "../package-index/index-state.js"
import { reasonOf } from "../pipeline/failure.js"
import { foreign } from "../text/foreign.js"
import { ownVersions } from "../version/tag-owner.js"
import type { Version } from "../version/version.js"

/**
 * The versions that a release follows on, newest first: the final ones before it; and for a prerelease, in a list of
 * their own, the prereleases since then. Without a version of its own it follows on any.
 */
export function olderVersions(
  version: string | undefined,
  known: readonly string[],
): string[][] {
  const older = known
    .filter((each) => explain(each) !== null)
    .filter((each) => version === undefined || compare(each, version) < 0)
    .sort((one, other) => compare(other, one))
  const finals = older.filter((each) => !isPrerelease(each))
  const [last] = finals
  const trials = older.filter(
    (each) =>
      isPrerelease(each) && (last === undefined || compare(each, last) > 0),
  )
  const follows = version !== undefined && isPrerelease(version)
  return [finals, ...(follows ? [trials] : [])].filter(
    (list) => list.length > 0,
  )
}

/** The tags that a release follows on: of its own project, whose tags have this prefix. */
export function olderTags(
  prefix: string,
  version: Pick<Version, "pep440"> | undefined,
  tags: readonly string[],
): Version[] {
  const [older = []] = ownVersions(prefix, tags)
    .map((each) => newestOf(version, each))
    .filter((each) => each.length > 0)
  return older
}

function newestOf(
  version: Pick<Version, "pep440"> | undefined,
  versions: readonly Version[],
): Version[] {
  const known = versions.filter(
    ({ environment }) => environment === "production",
  )
  const lists = olderVersions(
    version?.pep440,
    known.map(({ pep440 }) => pep440),
  )
  return lists.flatMap(
    ([newest]) => known.find(({ pep440 }) => pep440 === newest) ?? [],
  )
}

/** The newest tag of a prerelease of a final version. */
export function trialOf(
  { environment, pep440, prefix, prerelease }: Version,
  tags: readonly string[],
): string | undefined {
  if (prerelease) return undefined
  const [newest] = ownVersions(prefix, tags)[0]
    .filter((each) => each.prerelease && each.environment === environment)
    .filter(
      (each) =>
        explain(each.pep440)?.base_version === explain(pep440)?.base_version,
    )
    .sort((one, other) => compare(other.pep440, one.pep440))
  return newest?.tag
}

export function isPrerelease(version: string): boolean {
  const { is_devrelease = false, is_prerelease = false } =
    explain(version) ?? {}
  return is_prerelease || is_devrelease
}

/** The one wheel and the one sdist of a release that are compared with ours; yanked ones and those without a hash are not. */
export function chosenFiles(
  listed: readonly ListedFile[],
  ours: readonly string[],
): DistributionFile[] {
  const usable = listed.filter(
    ({ name, yanked }) => isDistribution(name) && yanked === null,
  )
  const wheels = usable.filter(({ name }) => isWheel(name))
  const own = ours.find(isWheel)
  const fits = [
    ({ name }: ListedFile) => own !== undefined && tagsOf(name) === tagsOf(own),
    ({ name }: ListedFile) => name.endsWith("-none-any.whl"),
    ({ name }: ListedFile) => /manylinux.*x86_64/.test(name),
    () => true,
  ]
  const wheel = fits.flatMap((fit) => wheels.find(fit) ?? [])[0]
  const sdist = usable.find(({ name }) => !isWheel(name))
  return [wheel, sdist].flatMap((each) =>
    each?.sha256 ? [{ name: each.name, size: 0, sha256: each.sha256 }] : [],
  )
}

/** The wheels and sdists of a release that more archives may be attached to; where none has the project's name, it had another one then. */
export function attachedFiles(
  names: readonly string[],
  project: string,
): string[] {
  const archives = names.filter(isDistribution)
  const own = archives.filter((name) => isOwnFile(project, name))
  return own.length > 0 ? own : archives
}

/** Python, ABI and platform: a wheel's last three words (PEP 427). */
function tagsOf(name: string): string {
  return name.split("-").slice(-3).join("-")
}

/** Why a release that is out can't be looked at: what a program of ours said last tells that, and not how it was called. */
export function whyUnread(error: unknown): string {
  const { said = "", summary } = reasonOf(error)
  const [last = ""] = said.trim().split("\n").slice(-1)
  return last === "" ? summary : foreign(last, LONGEST_CAUSE)
}

const LONGEST_CAUSE = 400
