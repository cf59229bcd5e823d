import type { Directory } from "@dagger.io/dagger"

import type { Finished } from "../build/reproduce-stage.js"
import {
  buildDistribution,
  type BuildInput,
  buildInput,
} from "../build/stage.js"
import {
  decideTag,
  type Decision,
  type TagDecision,
} from "../environments/decision.js"
import { type DistributionFile, wheelVersion } from "../files/distribution.js"
import { describeDistribution } from "../files/distribution-stage.js"
import {
  assetsAddress,
  type GithubArguments,
} from "../forge/forge-access-stage.js"
import { buildFrontends, type BuiltFrontend } from "../frontend/stage.js"
import { checkoutAt } from "../git/earlier-stage.js"
import { locate, type Located } from "../git/locate-stage.js"
import { type Checkout, commitToBuild, tagsOf } from "../git/stage.js"
import type { Notes } from "../notes/changelog.js"
import { findNotes, type FoundNotes } from "../notes/stage.js"
import type { IndexArguments } from "../package-index/arguments-stage.js"
import { once } from "../pipeline/once.js"
import { inEnvironment, type Project } from "../project/project.js"
import { lookAtProject } from "../project/stage.js"
import {
  listPackages,
  type Sbom,
  type SbomInput,
  withSbom,
  writeSbom,
} from "../sbom/stage.js"
import type { SigningArguments } from "../signature/stage.js"
import { parseTag, untaggedVersion, type Version } from "../version/version.js"
import { shownNotes } from "./extras-stage.js"
import { releaseFiles } from "./release-files-stage.js"

/** Where things are for who calls, and what he shows. */
export type CallerAccess = IndexArguments & GithubArguments & SigningArguments

/** A project, and what is made of it: each thing once, by the first that asks for it. */
export interface Subject {
  readonly place: Located
  readonly source: Directory
  /** As its environment builds it. */
  readonly project: Project
  readonly decision: Decision | undefined
  /** The tag's; without one, the project's own is built. */
  readonly version: Version | undefined
  /** The commit that is built, where there is a repository. */
  readonly commit: () => Promise<string | undefined>
  /** Where everybody will download the files of the release; empty where that is not known. */
  readonly assets: string
  readonly access: CallerAccess
  /** Builds what an earlier tag was released as. */
  readonly rebuilt: (tag: string) => Promise<Directory>
  readonly frontends: () => Promise<readonly BuiltFrontend[]>
  readonly input: () => Promise<BuildInput>
  /** What makes the files that go out of those that were built. */
  readonly finished: Finished
  readonly dist: () => Promise<Directory>
  readonly files: () => Promise<readonly DistributionFile[]>
  readonly sbom: () => Promise<Sbom>
  /** The version that the files carry. */
  readonly carried: () => Promise<Version>
}

/** The same of a tag that is released. */
export interface TaggedSubject extends Subject {
  readonly decision: TagDecision
  readonly version: Version
  readonly notes: () => Promise<Notes>
}

/** What is known already when a subject is made. */
export interface Known {
  readonly commit?: () => Promise<string | undefined>
  readonly notes?: () => Promise<FoundNotes>
  readonly to?: CallerAccess
}

/** A project as production builds it, with its own version; or as the environment of a tag does. */
export async function subjectAt(
  checkout: Checkout,
  tag?: string,
  to?: CallerAccess,
): Promise<Subject> {
  if (tag !== undefined) return subjectOfTag(checkout, tag, to)
  const place = await locate(checkout)
  const looked = await lookAtProject(place)
  const project = inEnvironment(looked, looked.environments.production)
  return subjectOf(place, project, undefined, { ...(to && { to }) })
}

export async function subjectOfTag(
  checkout: Checkout,
  tag: string,
  to?: CallerAccess,
): Promise<TaggedSubject> {
  const version = parseTag(tag)
  const place = await locate(checkout, tag)
  const looked = await lookAtProject(place)
  const decision = decideTag(version, looked)
  const project = inEnvironment(looked, decision.environment)
  return taggedSubject(place, project, decision, { ...(to && { to }) })
}

export function subjectOf(
  place: Located,
  project: Project,
  decision: Decision | undefined,
  { commit, to = {} }: Known = {},
): Subject {
  const version = decision?.version
  const frontends = once(() => buildFrontends(place, project))
  const built = once(commit ?? (() => commitToBuild(place, version?.tag)))
  const input = once(async () =>
    buildInput(place, project, version, await frontends(), await built()),
  )
  const listed = listPackages(place, project)
  const sbomOf = async (dist: Directory): Promise<SbomInput> => {
    const { epoch } = await input()
    return { project, dist, epoch, listed }
  }
  const finished: Finished = async (built, surroundings) =>
    withSbom(await sbomOf(built), surroundings)
  const dist = once(async () =>
    finished(await buildDistribution(await input())),
  )
  return {
    place,
    source: place.source,
    project,
    decision,
    version,
    commit: built,
    assets: version ? assetsAddress(project, version, to) : "",
    access: to,
    rebuilt: (tag) => rebuilt(place, tag),
    frontends,
    input,
    finished,
    dist,
    sbom: once(async () => writeSbom(await sbomOf(await dist()))),
    files: once(async () =>
      describeDistribution(await dist(), project.mirrors),
    ),
    carried: async () =>
      version ?? untaggedVersion(wheelVersion(await (await dist()).entries())),
  }
}

/** The project may have been built in another way then. */
async function rebuilt(place: Located, tag: string): Promise<Directory> {
  return (await subjectOfTag(checkoutAt(place, tag), tag)).dist()
}

export function taggedSubject(
  place: Located,
  project: Project,
  decision: TagDecision,
  known: Known = {},
): TaggedSubject {
  const { version } = decision
  const find = async () =>
    shownNotes(
      place,
      project,
      await findNotes(place, project, version, await tagsOf(place)),
    )
  const { notes = find } = known
  return {
    ...subjectOf(place, project, decision, known),
    decision,
    version,
    notes: once(async () => (await notes()).write()),
  }
}

/** With the files of a release directory in place of a build, where one is given. */
export async function withRelease(
  subject: TaggedSubject,
  release: Directory | undefined,
): Promise<TaggedSubject> {
  if (!release) return subject
  const { project, version } = subject
  const { dist, files } = await releaseFiles(release, project, version)
  return {
    ...subject,
    dist: () => Promise.resolve(dist),
    files: () => Promise.resolve(files),
  }
}
