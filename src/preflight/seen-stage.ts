import { dag, type Directory } from "@dagger.io/dagger"

import { takenAnywhere } from "../config/index-rule-names.js"
import { type Mirrors, pythonImage } from "../containers/images.js"
import { decideTag, type TagDecision } from "../environments/decision.js"
import type { Environment } from "../environments/environments.js"
import type { Problems } from "../errors.js"
import { checkNodes } from "../frontend/node-stage.js"
import { locate, type Located } from "../git/locate-stage.js"
import type { Placeholder } from "../git/placeholders.js"
import { findPlaceholders } from "../git/placeholders-stage.js"
import { builtCommit } from "../git/repository.js"
import { type Checkout, readRepository } from "../git/stage.js"
import { refusalProblem } from "../index-rules/refusals.js"
import { refusedProject } from "../index-rules/stage.js"
import { findNotes, type FoundNotes } from "../notes/stage.js"
import { inEnvironment, type Project } from "../project/project.js"
import { lookAtProject } from "../project/stage.js"
import { parseTag, type Version } from "../version/version.js"
import { judge } from "./preflight.js"

/** What was found; what could not be read is absent, and a problem. */
export interface Seen {
  readonly place: Located
  readonly version: Version | undefined
  readonly decision: TagDecision | undefined
  readonly project: Project | undefined
  /** The commit that is built, where there is a repository. */
  readonly commit: string | undefined
  readonly notes: FoundNotes | undefined
  /** Files of the repository that git does not track, and does not ignore. */
  readonly untracked: readonly string[]
  readonly remarks: readonly string[]
}

/**
 * Looks at everything that can be known before a container starts, and adds
 * what is wrong to the problems. Where nothing is so far, what takes longest
 * afterwards may begin while the rest is looked at.
 */
export async function look(
  checkout: Checkout,
  tag: string,
  isRehearsal: (environment: Environment | undefined) => boolean,
  problems: Problems,
  begin: (place: Checkout, project: Project) => void = () => undefined,
): Promise<Seen> {
  const parsed = problems.attempt(() => parseTag(tag))
  const place = await locate(checkout, tag)
  const [looked, repository] = await Promise.all([
    problems.attemptAsync(() => lookAtProject(place)),
    readRepository(place.folder, parsed?.tag),
  ])
  const decision =
    parsed && looked && problems.attempt(() => decideTag(parsed, looked))
  const environment = decision?.environment
  const version = decision?.version ?? parsed
  const project = looked && environment && inEnvironment(looked, environment)
  if (project && problems.all.length === 0) begin(place, project)
  const [notes, placeholders] = await Promise.all([
    version &&
      project &&
      problems.attemptAsync(() =>
        findNotes(place, project, version, repository?.tags ?? []),
      ),
    looked && checkInContainers(place, looked, problems),
    looked &&
      checkNodes(
        [...looked.frontends, looked.building.node],
        looked.mirrors,
        problems,
      ),
  ])
  const { remarks, ...verdict } = judge(
    {
      version,
      project: looked,
      repository,
      notes: notes?.found,
      placeholders,
      skipped: environment?.skip,
    },
    isRehearsal(environment),
  )
  for (const { next, owner, what } of verdict.problems)
    problems.add(owner, what, next)
  const commit = builtCommit(repository)
  const { untracked = [] } = repository ?? {}
  const known = { version, decision, project, commit, notes }
  return { place, ...known, untracked, remarks }
}

/** Where an image can't be had, nothing can be asked in a container. */
async function checkInContainers(
  place: Checkout,
  project: Project,
  problems: Problems,
): Promise<Placeholder[] | undefined> {
  const { mirrors, pythons } = project
  if (!(await checkImages(pythons, mirrors, problems))) return undefined
  const [found] = await Promise.all([
    findPlaceholders(place, mirrors),
    refuseByRules(place.source, project, problems),
  ])
  return found
}

/** What PyPI would refuse of what is written down already. */
async function refuseByRules(
  source: Directory,
  { indexes, mirrors }: Project,
  problems: Problems,
): Promise<void> {
  const taken = takenAnywhere(indexes)
  const refused = await refusedProject(source, taken, mirrors)
  for (const { next, owner, what } of refused.map(refusalProblem))
    problems.add(owner, what, next)
}

/** Asks for each image by its name alone; nothing of it is fetched. */
async function checkImages(
  pythons: readonly string[],
  mirrors: Mirrors,
  problems: Problems,
): Promise<boolean> {
  const there = await Promise.all(
    pythons.map(async (python) => {
      const image = pythonImage(python, mirrors)
      try {
        await dag.container().from(image).imageRef()
        return true
      } catch (error) {
        const [reason = ""] =
          error instanceof Error ? error.message.split("\n") : []
        problems.add(
          "configuration",
          `the image \`${image}\` can't be had: ${reason}`,
          "If it is the name that is wrong, name Python versions that have an image in `tool.shipwheel.pythons`; if the registry is not reached, run this again once it is, or name a mirror as `images` in `[tool.shipwheel.mirrors]`.",
        )
        return false
      }
    }),
  )
  return there.every(Boolean)
}
