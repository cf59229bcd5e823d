import { compare } from "@renovatebot/pep440"

import type { Comparison } from "../compare/comparison.js"
import { isPrerelease } from "../compare/predecessor.js"
import { type DatedRelease, releaseOf } from "../compare/scheme.js"
import {
  type ComparedWithLast,
  type CompareInput,
  compareWithLast,
} from "../compare/stage.js"
import { problem } from "../errors.js"
import type { Located } from "../git/locate-stage.js"
import {
  type Checkout,
  commitToBuild,
  isShallow,
  sourceEpoch,
} from "../git/stage.js"
import { commitKinds } from "../notes/commits.js"
import { commitsSince } from "../notes/stage.js"
import type { Project } from "../project/project.js"
import { readSources } from "../project/stage.js"
import type { Version } from "../version/version.js"
import type { AskedVersion } from "./asked.js"
import { collectedInWords, unwritten } from "./collected-words.js"
import { commitEvidence, comparedEvidence, type Evidence } from "./evidence.js"
import type { NextRelease } from "./next-report.js"
import { refuseEpochs, releaseTags, tagOf } from "./next-tag.js"
import { nextVersion } from "./next-version.js"
import type { ReleaseEdits } from "./release-edits.js"
import { readEdits, today } from "./stamp-stage.js"
import { readWritten } from "./written.js"

/** A project whose next release is looked for. */
export interface Nextable extends CompareInput {
  readonly place: Located
  readonly project: Project
}

/** What is known of the releases before. */
interface Before {
  /** Every version that an index or a tag has. */
  readonly released: readonly string[]
  /** The last final one, and its tag where it has one. */
  readonly last: string | undefined
  readonly previous: Version | undefined
  /** The project's own tags, the newest first. */
  readonly own: readonly Version[]
}

/** Says which version comes next, and why. */
export async function findNext(
  subject: Nextable,
  asked: AskedVersion,
): Promise<NextRelease> {
  const { place, project } = subject
  const { comparing, name, tagging } = project
  const { tags } = place
  refuseEpochs(tagging.prefix, tags)
  const compared = await compareWithLast({ ...subject, version: asked.version })
  const before = releasesBefore(
    compared,
    releaseTags(tagging.prefix, tags),
    asked.version?.pep440,
  )
  const { last, previous } = before
  if (last === undefined) await refuseShallow(place)
  const [written, commits, dated] = await Promise.all([
    readSources(place, (sources) => readWritten(sources, project)),
    commitsOf(place, project, previous),
    datedReleases(subject, compared, before),
  ])
  const comparison = compared.comparisons.find(
    (each) => !isPrerelease(each.before),
  )
  const evidence = [
    ...(comparison ? comparedEvidence(comparison, comparing.breaks) : []),
    ...written.evidence,
    ...commits.evidence,
  ]
  const date = today()
  const next = nextVersion(
    {
      ...{ evidence, date, dated, last },
      released: before.released,
      stated: written.stated,
      scheme: comparing.scheme,
    },
    { prerelease: asked.prerelease, as: asked.version?.pep440 },
  )
  const version = tagOf(next.version, tagging.prefix, tags)
  const section = { version, date, previous: previous?.tag }
  const edits = await readEdits(place, project, section)
  const collected = collectedInWords(project.notes, section)
  const notes = [
    ...compared.why.map((each) => `not compared: ${each}`),
    ...untold(comparison, last),
    ...commits.notes,
    ...unwritten(project.notes, edits.section),
  ]
  return {
    ...{ name, tag: version.tag, last, next, evidence, comparison, notes },
    written: [...edits.told, ...collected],
    collects: collected.length > 0,
    top: topFrom(place, edits),
  }
}

/** Nobody can call a release the first where the tags of others may be elsewhere. */
export async function refuseShallow(place: Checkout): Promise<void> {
  if (!(await isShallow(place))) return
  throw problem(
    "tag",
    "which release is the last can't be known: the repository is a shallow clone, which has no tag of one, and no index has one",
    "Fetch what the clone left out, and ask again: `git fetch --unshallow --tags`.",
  )
}

/** What leads to where the edits are applied, if some of them are above the project. */
function topFrom({ path }: Located, { texts }: ReleaseEdits): string {
  const above = [...texts.keys()].some((each) => each.startsWith("../"))
  const folders = path.split("/").filter(Boolean)
  return above ? folders.map(() => "..").join("/") : ""
}

function releasesBefore(
  { known }: ComparedWithLast,
  own: readonly Version[],
  before: string | undefined,
): Before {
  const tagged = own.map(({ pep440 }) => pep440)
  const released = [...new Set([...known, ...tagged])]
  const [last] = released
    .filter((each) => !isPrerelease(each))
    .filter((each) => before === undefined || compare(each, before) < 0)
    .sort((one, other) => compare(other, one))
  const previous = own.find(
    ({ pep440 }) => last !== undefined && compare(pep440, last) === 0,
  )
  return { released, last, previous, own }
}

/** A tag may be newer than all that users can have. */
function untold(
  comparison: Comparison | undefined,
  last: string | undefined,
): string[] {
  return comparison &&
    last !== undefined &&
    compare(comparison.before, last) < 0
    ? [
        `${last} is a tag that no index has: compared with ${comparison.before}, which users have`,
      ]
    : []
}

async function commitsOf(
  place: Located,
  { mirrors, tagging: { prefix } }: Project,
  previous: Version | undefined,
): Promise<{ evidence: readonly Evidence[]; notes: readonly string[] }> {
  const commit = await commitToBuild(place, undefined)
  if (commit === undefined)
    return { evidence: [], notes: ["no commits: there is no repository"] }
  const range = { commit, previous: previous?.tag, prefix }
  const commits = commitKinds(await commitsSince(place, mirrors, range))
  const since = previous ? `since \`${previous.tag}\`` : "there are"
  if (commits.length === 0)
    return {
      evidence: [],
      notes: [`no commit of its own ${since}, apart from what was reverted`],
    }
  const { evidence, note } = commitEvidence(commits, since)
  return { evidence, notes: [note] }
}

const DATED = 6

/** The days of the newest final releases: as the index tells them, else those of the tags' commits. */
async function datedReleases(
  { place, project: { mirrors } }: Nextable,
  { dated }: ComparedWithLast,
  { last, own }: Before,
): Promise<DatedRelease[]> {
  const finals = dated.filter(({ version }) => !isPrerelease(version))
  if (finals.length > 0)
    return finals.sort((one, other) => compare(other.version, one.version))
  if (last === undefined || own.length === 0) return []
  // A first number that is no year needs no days.
  const [first = 0] = releaseOf(last)
  if (first < SHORTEST_YEAR) return []
  const newest = own.filter(({ prerelease }) => !prerelease).slice(0, DATED)
  return Promise.all(
    newest.map(async ({ pep440, tag }) => {
      const commit = await commitToBuild(place, tag)
      const seconds = await sourceEpoch(place, commit, mirrors)
      const date = new Date(seconds * 1000).toISOString().slice(0, 10)
      return { version: pep440, date }
    }),
  )
}

/** Of two digits, and later than most first numbers. */
const SHORTEST_YEAR = 15
