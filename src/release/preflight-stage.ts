import { dag } from "@dagger.io/dagger"

import { type Mirrors, pythonImage } from "../containers/images.js"
import {
  decideTag,
  type Decision,
  type Environment,
  titleOf,
} from "../environments/environments.js"
import { problem, Problems } from "../errors.js"
import type { Github } from "../forge/github.js"
import {
  assetsAddress,
  type GithubArguments,
  openGithub,
} from "../forge/stage.js"
import { checkNodes } from "../frontend/node-stage.js"
import { builtCommit } from "../git/repository.js"
import type { Checkout } from "../git/stage.js"
import { readRepository } from "../git/stage.js"
import type { Notes } from "../notes/changelog.js"
import { findNotes } from "../notes/stage.js"
import { isAddress } from "../package-index/indexes.js"
import {
  type IndexArguments,
  isRehearsal,
  openTarget,
  type PackageIndex,
  withIndex,
} from "../package-index/stage.js"
import { inEnvironment, type Project } from "../project/project.js"
import { lookAtProject } from "../project/stage.js"
import { parseTag, type Version } from "../version/version.js"
import type { Subject } from "./gates-stage.js"
import { judge } from "./preflight.js"

/** A project that is fit to be released, and what there is to say of it. */
export interface Prepared extends Subject {
  readonly version: Version
  readonly notes: Notes
  readonly remarks: readonly string[]
}

/** Looks at everything that can be known before a container starts, or refuses with all that is wrong. */
export async function prepare(
  place: Checkout,
  tag: string,
  rehearsal: boolean,
): Promise<Prepared> {
  const problems = new Problems()
  const seen = await look(place, tag, () => rehearsal, problems)
  problems.throwIfAny()
  return seen.ready()
}

/** A release that may begin. */
export interface Opened {
  readonly prepared: Prepared
  readonly index: PackageIndex
  readonly github: Github | undefined
}

/** The same for a release: what is wrong with where it goes, or with a credential for it, is told along with the rest. */
export async function prepareRelease(
  place: Checkout,
  tag: string,
  to: IndexArguments & GithubArguments,
): Promise<Opened> {
  const problems = new Problems()
  const announced = (environment: Environment | undefined) =>
    environment?.github !== false && to.githubToken !== undefined
  const seen = await look(
    place,
    tag,
    (environment) => isRehearsal(to) && !announced(environment),
    problems,
  )
  const { environment, project, version } = seen
  const publishing = project ?? { indexes: [], mirrors: {} }
  const there = withIndex(to, environment?.index)
  // A name that an unreadable project may have configured is no problem of its own.
  const index =
    project || isAddress(to.index)
      ? await problems.attemptAsync(() =>
          openTarget(publishing, version, there),
        )
      : undefined
  const github = announced(environment)
    ? await announce(seen, to, problems)
    : undefined
  problems.throwIfAny()
  if (!index) throw new Error("an index that was not opened was not refused")
  return { prepared: seen.ready(to), index, github }
}

/** The same for a release on GitHub alone. */
export async function prepareAnnouncement(
  place: Checkout,
  tag: string,
  to: GithubArguments,
): Promise<Omit<Opened, "index"> & { github: Github }> {
  const problems = new Problems()
  const seen = await look(place, tag, () => false, problems)
  const { decision } = seen
  if (decision && !decision.environment.github) throw notAnnounced(decision)
  const github = await announce(seen, to, problems)
  problems.throwIfAny()
  if (!github) throw new Error("a release without a token was not refused")
  return { prepared: seen.ready(to), github }
}

/** Opens GitHub where there is a token; an unreadable project may name the repository, so that is no problem of its own. */
async function announce(
  { commit, project, version }: Seen,
  to: GithubArguments,
  problems: Problems,
): Promise<Github | undefined> {
  if (!project && to.githubRepository === undefined) return undefined
  return problems.attemptAsync(() =>
    openGithub(project?.github.repository, to, version && { version, commit }),
  )
}

function notAnnounced(decision: Decision): Error {
  return problem(
    "tag",
    `\`${decision.version?.tag ?? ""}\` leads to ${titleOf(decision)}, which has no release on GitHub`,
    "`release` publishes it to its index; `tool.shipwheel.environments` says what is announced.",
  )
}

interface Seen {
  readonly decision: Decision | undefined
  readonly environment: Environment | undefined
  readonly version: Version | undefined
  readonly project: Project | undefined
  /** The commit that is built, where there is a repository. */
  readonly commit: string | undefined
  /** What is fit to be released, once no problem was found. */
  readonly ready: (to?: GithubArguments) => Prepared
}

async function look(
  place: Checkout,
  tag: string,
  isRehearsal: (environment: Environment | undefined) => boolean,
  problems: Problems,
): Promise<Seen> {
  const parsed = problems.attempt(() => parseTag(tag))
  const [looked, repository] = await Promise.all([
    problems.attemptAsync(() => lookAtProject(place.source)),
    readRepository(place.folder, parsed?.tag),
  ])
  const decision =
    parsed &&
    looked &&
    problems.attempt(() => decideTag(tag, looked.environments))
  const environment = decision?.environment
  const version = decision?.version ?? parsed
  const project = looked && environment && inEnvironment(looked, environment)
  const [notes] = await Promise.all([
    version &&
      project &&
      problems.attemptAsync(() => findNotes(place, project, version)),
    checkImages(looked?.pythons ?? [], looked?.mirrors ?? {}, problems),
    checkNodes(looked?.frontends ?? [], looked?.mirrors ?? {}, problems),
  ])
  const verdict = judge(
    { version, project: looked, repository, notes },
    isRehearsal(environment),
  )
  for (const { next, owner, what } of verdict.problems)
    problems.add(owner, what, next)
  const commit = builtCommit(repository)
  const ready = (to: GithubArguments = {}) => {
    if (!decision || !version || !project || !notes)
      throw new Error("what could not be read was not refused")
    return {
      place,
      decision,
      version,
      project,
      notes,
      commit,
      assets: assetsAddress(project, version, to),
      remarks: verdict.remarks,
    }
  }
  return { decision, environment, version, project, commit, ready }
}

/** Asks for each image by its name alone; nothing of it is fetched. */
async function checkImages(
  pythons: readonly string[],
  mirrors: Mirrors,
  problems: Problems,
): Promise<void> {
  await Promise.all(
    pythons.map(async (python) => {
      const image = pythonImage(python, mirrors)
      try {
        await dag.container().from(image).imageRef()
      } catch (error) {
        const [reason = ""] =
          error instanceof Error ? error.message.split("\n") : []
        problems.add(
          "configuration",
          `the image \`${image}\` can't be had: ${reason}`,
          "Name Python versions that have an image in `tool.shipwheel.pythons`, or see to the registry.",
        )
      }
    }),
  )
}
