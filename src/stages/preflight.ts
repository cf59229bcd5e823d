import { dag } from "@dagger.io/dagger"

import type { Notes } from "../core/changelog.js"
import { isAddress } from "../core/indexes.js"
import { judge } from "../core/preflight.js"
import type { Project } from "../core/project.js"
import { builtCommit } from "../core/repository.js"
import { parseTag, type Version } from "../core/version.js"
import { Problems } from "../errors.js"
import type { Place } from "./build.js"
import { pythonImage } from "./images.js"
import { findNotes } from "./notes.js"
import {
  type IndexArguments,
  openTarget,
  type PackageIndex,
} from "./package-index.js"
import { readRepository } from "./repository.js"
import { readProject } from "./source.js"

/** A project that is fit to be released, and what there is to say of it. */
export interface Prepared {
  readonly place: Place
  readonly version: Version
  readonly project: Project
  readonly notes: Notes
  /** The commit that is built, where there is a repository. */
  readonly commit: string | undefined
  readonly remarks: readonly string[]
}

/** Looks at everything that can be known before a container starts, or refuses with all that is wrong. */
export async function prepare(
  place: Place,
  tag: string,
  rehearsal: boolean,
): Promise<Prepared> {
  const problems = new Problems()
  const seen = await look(place, tag, rehearsal, problems)
  problems.throwIfAny()
  return seen.ready()
}

/** The same for a release to an index: what is wrong with that choice or its credential is told along with the rest. */
export async function prepareFor(
  args: IndexArguments,
  place: Place,
  tag: string,
  rehearsal: boolean,
): Promise<{ prepared: Prepared; index: PackageIndex }> {
  const problems = new Problems()
  const { project, ready, version } = await look(
    place,
    tag,
    rehearsal,
    problems,
  )
  const configured = project?.indexes ?? []
  // A name that an unreadable project may have configured is no problem of its own.
  const index =
    project || isAddress(args.index)
      ? await problems.attemptAsync(() => openTarget(configured, version, args))
      : undefined
  problems.throwIfAny()
  if (!index) throw new Error("an index that was not opened was not refused")
  return { prepared: ready(), index }
}

interface Seen {
  readonly version: Version | undefined
  readonly project: Project | undefined
  /** What is fit to be released, once no problem was found. */
  readonly ready: () => Prepared
}

async function look(
  place: Place,
  tag: string,
  rehearsal: boolean,
  problems: Problems,
): Promise<Seen> {
  const version = problems.attempt(() => parseTag(tag))
  const [project, repository] = await Promise.all([
    problems.attemptAsync(() => readProject(place.source)),
    readRepository(place.folder, version?.tag),
  ])
  const [notes] = await Promise.all([
    version &&
      project &&
      problems.attemptAsync(() => findNotes(place, project, version)),
    checkImages(project?.pythons ?? [], problems),
  ])
  const verdict = judge({ version, project, repository, notes }, rehearsal)
  for (const { next, owner, what } of verdict.problems)
    problems.add(owner, what, next)
  const ready = () => {
    if (!version || !project || !notes)
      throw new Error("what could not be read was not refused")
    const commit = builtCommit(repository)
    return { place, version, project, notes, commit, remarks: verdict.remarks }
  }
  return { version, project, ready }
}

/** Asks for each image by its name alone; nothing of it is fetched. */
async function checkImages(
  pythons: readonly string[],
  problems: Problems,
): Promise<void> {
  await Promise.all(
    pythons.map(async (python) => {
      const image = pythonImage(python)
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
