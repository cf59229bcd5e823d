import type { Directory } from "@dagger.io/dagger"

import { PYPI } from "../config/index-names.js"
import type { Limits } from "../config/limits.js"
import type { Mirrors } from "../containers/images.js"
import { type Decision, usersIndex } from "../environments/decision.js"
import type { Environments } from "../environments/environments.js"
import { SUMS } from "../files/distribution.js"
import type { GithubArguments } from "../forge/forge-access-stage.js"
import { filesFromGithub, releasedTags } from "../forge/forge-files-stage.js"
import type { NamedRepository } from "../forge/forge-repository.js"
import { type Checkout, isShallow, isUnfetched, tagsOf } from "../git/stage.js"
import {
  forAnybody,
  type IndexArguments,
} from "../package-index/arguments-stage.js"
import { type ConfiguredIndex, slashed } from "../package-index/indexes.js"
import { fetchReleased } from "../package-index/listing-stage.js"
import { openForReading } from "../package-index/open-stage.js"
import type { PackageIndex } from "../package-index/stage.js"
import { reasonOf } from "../pipeline/failure.js"
import { SIGNATURE_NAMES } from "../signature/signature.js"
import { checkSignedFiles } from "../signature/stage.js"
import { code } from "../text/code.js"
import type { Tagging } from "../version/tagging.js"
import { untaggedVersion, type Version } from "../version/version.js"
import { type Earlier, earlierOn, NO_VERSION } from "./earlier-stage.js"
import {
  attachedFiles,
  chosenFiles,
  olderTags,
  olderVersions,
  whyUnread,
} from "./predecessor.js"
import type { DatedRelease } from "./scheme.js"

/** What says where earlier releases are. */
export interface Following {
  readonly place: Checkout
  readonly project: {
    readonly name: string
    readonly environments: Environments
    readonly indexes: readonly ConfiguredIndex[]
    readonly github: NamedRepository
    readonly limits: Pick<Limits, "compare" | "install">
    readonly mirrors: Mirrors
    readonly publicKey: string | undefined
    readonly tagging: Pick<Tagging, "prefix">
  }
  readonly decision: Decision | undefined
  readonly version: Version | undefined
  /** Where things are for who calls, and who may read there. */
  readonly access: IndexArguments & GithubArguments
  /** Builds the files of an earlier tag. */
  readonly rebuilt: (tag: string) => Promise<Directory>
}

/** The files of an earlier release. */
export interface Predecessor {
  readonly version: string
  /** Where they are from. */
  readonly origin: string
  readonly dist: Directory
}

/** What was found, and why not more. */
export interface Lookup {
  readonly found: readonly Predecessor[]
  readonly why: readonly string[]
  /** Every version that the index has. */
  readonly known?: readonly string[]
  /** On which day each came, where the index tells. */
  readonly dated?: readonly DatedRelease[]
  /** Somebody did not answer: there may be an earlier release all the same. */
  readonly unanswered?: boolean
}

/** What the index has that the users of a project have. */
export function earlierOf(followed: Following): Earlier {
  return earlierOn(() => openUsers(followed), followed.project.name)
}

/** Finds what a release follows on: on the index that its users have, else on GitHub, else in git. */
export async function findPredecessors(
  followed: Following,
  earlier: Earlier,
  ours: readonly string[],
  isOurs: (dist: Directory) => Promise<boolean>,
): Promise<Lookup> {
  const why: string[] = []
  const known: string[] = []
  const dated: DatedRelease[] = []
  let unanswered = false
  const sources = [
    () => fromIndex(followed, earlier, ours, isOurs),
    () => fromGithub(followed),
    () => fromTag(followed),
  ]
  for (const source of sources) {
    const lookup: Lookup = await source().catch((error: unknown) =>
      silent(reasonOf(error).summary),
    )
    unanswered ||= lookup.unanswered === true
    why.push(...lookup.why)
    known.push(...(lookup.known ?? []))
    dated.push(...(lookup.dated ?? []))
    if (lookup.found.length > 0)
      return { found: lookup.found, why, known, dated }
  }
  return { found: [], why, known, dated, unanswered }
}

/** Newer ones that are yanked are passed over, up to so many. */
const TRIES = 5

async function fromIndex(
  { project, version }: Following,
  earlier: Earlier,
  ours: readonly string[],
  isOurs: (dist: Directory) => Promise<boolean>,
): Promise<Lookup> {
  const index = await earlier.index()
  const all = await earlier.listing(version?.pep440 ?? NO_VERSION)
  const { failure, forwarded, released, versions } = all
  if (failure !== null) return silent(`${index.name}: ${failure}`)
  if (forwarded !== null)
    return silent(`${index.name} sends its readers to ${code(forwarded)}`)
  const found: Predecessor[] = []
  const why: string[] = []
  for (const list of olderVersions(version?.pep440, versions))
    for (const older of list.slice(0, TRIES)) {
      const { files } = await earlier.listing(older)
      const chosen = chosenFiles(files, ours)
      if (chosen.length === 0) continue
      const released = {
        project: project.name,
        version: untaggedVersion(older),
        files: chosen,
      }
      const dist = fetchReleased(index, released, project.limits.compare)
      const own = await isOurs(dist).catch((error: unknown) => {
        why.push(
          `${index.name} has \`${project.name}\` ${older}, whose files can't be read: ${whyUnread(error)}`,
        )
        return undefined
      })
      if (own === undefined) continue
      if (!own)
        return none(
          `\`${project.name}\` ${older} on ${index.name} names none of your authors and none of your addresses: it seems to be somebody else's`,
        )
      found.push({ version: older, origin: index.name, dist })
      break
    }
  if (found.length > 0) return { found, why, known: versions, dated: released }
  const absent = `${index.name} has no older release of \`${project.name}\``
  return none(...(why.length > 0 ? why : [absent]))
}

/** PyPI, or where a mirror stands for it; for what is released to an index of its own, only that. */
async function openUsers({
  access,
  decision,
  project,
}: Following): Promise<PackageIndex> {
  const option = usersIndex(project.environments, decision)
  const meant = access.index === undefined || access.index === option
  const args = meant ? access : forAnybody(access)
  const { mirrors } = project
  const open = await openForReading(project, option, args)
  return option === PYPI && mirrors.index !== undefined
    ? { ...open, name: "the mirror of PyPI", simpleUrl: slashed(mirrors.index) }
    : open
}

async function fromGithub(followed: Following): Promise<Lookup> {
  const { access, project, version } = followed
  const repository = access.githubRepository ?? project.github.repository
  if (repository === undefined) return none()
  const tags = await releasedTags(project, access)
  const found = await Promise.all(
    olderTags(prefixOf(followed), version, tags).map(async (older) => ({
      version: older.pep440,
      origin: originOf(project),
      dist: await releasedFiles(followed, older),
    })),
  )
  return found.length > 0
    ? { found, why: [] }
    : none(`there is no older release in \`${repository}\``)
}

/** Without a key, nobody but GitHub says which bytes those were. */
function originOf({ publicKey }: Following["project"]): string {
  const by =
    publicKey === undefined
      ? "as GitHub has it now"
      : "signed with the project's key"
  return `its release on GitHub, ${by}`
}

const SIGNED = [SUMS, ...SIGNATURE_NAMES]

/** The wheels and sdists of a release on GitHub: where the project has a key, only what that has signed. */
async function releasedFiles(
  { access, project }: Following,
  older: Version,
): Promise<Directory> {
  const files = await filesFromGithub(project, older, access, (names) => [
    ...attachedFiles(names, project.name),
    ...names.filter((each) => SIGNED.includes(each)),
  ])
  await checkSignedFiles(files, project)
  return files.withoutFiles(SIGNED)
}

async function fromTag(followed: Following): Promise<Lookup> {
  const { place, rebuilt, version } = followed
  const older = olderTags(prefixOf(followed), version, await tagsOf(place))
  if (older.length === 0)
    return (await isShallow(place))
      ? silent(
          "the repository is a shallow clone, which may lack an older release tag: `git fetch --unshallow --tags` brings them",
        )
      : none("the repository has no older release tag")
  const unfetched = await Promise.all(
    older.map(({ tag }) => isUnfetched(place, tag)),
  )
  const missing = older.filter((_, at) => unfetched[at]).map(({ tag }) => tag)
  if (missing.length > 0)
    return silent(
      `the repository is a partial clone, which has not fetched the files of ${missing.map(code).join(", ")}: clone it without \`--filter\``,
    )
  const found = await Promise.all(
    older.map(async ({ pep440, tag }) => ({
      version: pep440,
      origin: `the tag \`${tag}\`, built anew`,
      dist: await rebuilt(tag),
    })),
  )
  return { found, why: [] }
}

/** What stands before the version in the tags that are this project's. */
function prefixOf({ project, version }: Following): string {
  return version?.prefix ?? project.tagging.prefix
}

function none(...why: string[]): Lookup {
  return { found: [], why }
}

function silent(why: string): Lookup {
  return { ...none(why), unanswered: true }
}
