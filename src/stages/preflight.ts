import { dag } from "@dagger.io/dagger"

import { releaseNotes } from "../core/changelog.js"
import { judge, type Preflight } from "../core/preflight.js"
import { parseTag } from "../core/version.js"
import { Problems } from "../errors.js"
import type { Place } from "./build.js"
import { pythonImage } from "./images.js"
import { readRepository } from "./repository.js"
import { readProject } from "./source.js"

/** A project that is fit to be released, and what there is to say of it. */
export interface Prepared extends Preflight {
  readonly place: Place
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
    // Git is asked for the name even of a tag that has no version.
    readRepository(place.folder, version?.tag),
  ])
  await checkImages(project?.pythons ?? [], problems)
  if (version && project) {
    const { changelog } = project
    const text = changelog && (await place.source.file(changelog).contents())
    const notes = releaseNotes(text, version)
    const facts = { version, project, repository, notes }
    const verdict = judge(facts, rehearsal)
    for (const { next, owner, what } of verdict.problems)
      problems.add(owner, what, next)
    problems.throwIfAny()
    return { ...facts, place, remarks: verdict.remarks }
  }
  problems.throwIfAny()
  throw new Error("a project that can't be read was not refused")
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
