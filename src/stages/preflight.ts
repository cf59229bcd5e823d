import { dag } from "@dagger.io/dagger"

import type { Notes } from "../core/changelog.js"
import { judge } from "../core/preflight.js"
import type { Project } from "../core/project.js"
import { builtCommit } from "../core/repository.js"
import { parseTag, type Version } from "../core/version.js"
import { Problems } from "../errors.js"
import type { Place } from "./build.js"
import { pythonImage } from "./images.js"
import { findNotes } from "./notes.js"
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
  problems.throwIfAny()
  if (!version || !project || !notes)
    throw new Error("what could not be read was not refused")
  const commit = builtCommit(repository)
  return { place, version, project, notes, commit, remarks: verdict.remarks }
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
