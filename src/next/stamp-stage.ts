import { posix } from "node:path"

import type { Changeset, Directory } from "@dagger.io/dagger"

import { afresh, limited } from "../containers/commands.js"
import { buildPython, pythonContainer } from "../containers/images.js"
import { problem } from "../errors.js"
import { locate, type Located } from "../git/locate-stage.js"
import type { Checkout } from "../git/stage.js"
import { previousTag } from "../notes/commits.js"
import type { NextSection } from "../notes/next-section.js"
import { reasonOf } from "../pipeline/failure.js"
import type { Project } from "../project/project.js"
import { readProject, readSources } from "../project/stage.js"
import { constraintsFor } from "../reading/python-locks.js"
import { commandLine } from "../text/command-line.js"
import { parseTag } from "../version/version.js"
import { collectorRun } from "./collected-words.js"
import { type ReleaseEdits, releaseEdits } from "./release-edits.js"

/** The day that it is, of which a release is said to be. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}

/** The edits that make a project ready for a tag, for its author. */
export async function proposeRelease(
  checkout: Checkout,
  tag: string,
): Promise<Changeset> {
  const version = parseTag(tag)
  const place = await locate(checkout, tag)
  const project = await readProject(place, version)
  const previous = previousTag(version, place.tags)
  const next = { version, date: today(), previous }
  const { texts } = await readEdits(place, project, next)
  // What is above the project is only in the repository's folder.
  const above = [...texts.keys()].some((path) => path.startsWith("../"))
  const at = above ? place.path : ""
  const before = above
    ? place.folder.filter({ exclude: [".git"] })
    : checkout.source
  const written = [...texts].reduce(
    (tree, [path, text]) => tree.withNewFile(posix.join(at, path), text),
    before,
  )
  const after = await collected(at, project, next, written)
  if (texts.size === 0 && after === written)
    throw nothingToWrite(project, version.pep440)
  return after.changes(before)
}

/** What a release would write into the project. */
export function readEdits(
  place: Located,
  project: Project,
  next: NextSection,
): Promise<ReleaseEdits> {
  return readSources(place, (sources) => releaseEdits(sources, project, next))
}

/** A `git` that says nothing: no repository is here, and collectors ask for one before they remove what they collected. */
const NO_GIT = "#!/bin/sh\n"

/** The tree once the project's own tool has collected its fragments. */
async function collected(
  at: string,
  { limits, locked, mirrors, notes, pythons }: Project,
  next: NextSection,
  tree: Directory,
): Promise<Directory> {
  const command = collectorRun(notes, next)
  if (!command) return tree
  const { requirements = [], where: file = "" } = notes.collector ?? {}
  const where = `\`${file}\``
  const constraints = constraintsFor(locked, requirements)
  const container = pythonContainer(
    buildPython(pythons),
    mirrors,
    requirements,
    constraints,
  )
  const after = afresh(container)
    .withNewFile("/usr/local/bin/git", NO_GIT, { permissions: 0o755 })
    .withEnvVariable("PYTHONDONTWRITEBYTECODE", "1")
    .withMountedDirectory("/src", tree)
    .withWorkdir(posix.join("/src", at))
    .withExec(limited(command, limits, "command"))
  try {
    await after.sync()
  } catch (error) {
    const { details, summary } = reasonOf(error)
    const why = `See what it says, and ${where} and the files that it reads.`
    throw problem("project", summary, `${why}\n\n${details}`)
  }
  const made = after.directory("/src")
  const changes = made.changes(tree)
  const [added, modified, removed] = await Promise.all([
    changes.addedPaths(),
    changes.modifiedPaths(),
    changes.removedPaths(),
  ])
  if (removed.length > 0 && added.length + modified.length === 0)
    throw problem(
      "project",
      `\`${commandLine(command)}\` removed its fragments and wrote nothing in the project: what it writes, by ${where}, is outside of it`,
      "Name a file of the project there, or collect them by hand before `stamp`.",
    )
  return made
}

function nothingToWrite(
  { notes, versioning }: Project,
  version: string,
): Error {
  const { changelog } = notes
  return problem(
    "project",
    `nothing in the project is to be written for ${version}: ${versioning.places.length === 0 ? `its version comes from ${versioning.summary}` : "its version is there already"}${changelog === undefined ? "" : `, and \`${changelog}\` has a section of it or none that is unreleased`}`,
    "Tag the commit; a build is given the tag's version.",
  )
}
