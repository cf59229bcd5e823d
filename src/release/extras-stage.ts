import { dag, type Directory } from "@dagger.io/dagger"

import { Problems } from "../errors.js"
import { nameExtras } from "../forge/extra-files.js"
import { elsewhere, type GithubArguments } from "../forge/forge-access-stage.js"
import { apiOf, judgeUnfit } from "../forge/forge-refusals.js"
import type { GithubSettings } from "../forge/forge-settings.js"
import { GITHUB } from "../forge/github-access.js"
import type { Located } from "../git/locate-stage.js"
import { ignoredHere, onlyHere } from "../git/tracked-stage.js"
import { withoutLetters } from "../notes/letters.js"
import type { FoundNotes } from "../notes/stage.js"
import { reasonOf } from "../pipeline/failure.js"
import { judgeOnlyHere } from "../preflight/only-here.js"
import type { Seen } from "../preflight/seen-stage.js"
import type { Project } from "../project/project.js"
import {
  isTaken,
  namingOf,
  ownNames,
  releaseTitle,
  sdistName,
} from "./asset-names.js"

/** What a project says of its further files. */
interface Attaching {
  readonly name: string
  readonly github: Pick<GithubSettings, "extra" | "host" | "repository">
}

/** The further files of the project that are attached. */
export async function extraFiles(
  source: Directory,
  project: Attaching,
  own: readonly string[],
): Promise<Directory> {
  return [...(await findExtras(source, project, own))].reduce(
    (files, [name, path]) => files.withFile(name, source.file(path)),
    dag.directory(),
  )
}

/** Their paths by their names. */
async function findExtras(
  source: Directory,
  { github: { extra }, name }: Attaching,
  own: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string[]>()
  for (const pattern of extra) {
    const paths = await source.glob(pattern)
    found.set(
      pattern,
      paths.filter((path) => !path.endsWith("/")),
    )
  }
  return nameExtras(found, isTaken({ name }, own))
}

/**
 * Asks before anything is built what the release on GitHub would be refused for after its upload: its title, all names
 * of its files, and the project's further files themselves. What is only worth saying is given back.
 */
export async function checkAttached(
  { decision, notes, place, project, untracked, version }: Seen,
  to: GithubArguments,
  problems: Problems,
): Promise<string[]> {
  if (!project || !version) return []
  const { source } = place
  const naming = namingOf({ project, version })
  problems.attempt(() => releaseTitle(naming))
  const own = problems.attempt(() => ownNames(naming)) ?? []
  const extras =
    (await problems.attemptAsync(() => findExtras(source, project, own))) ??
    new Map<string, string>()
  const left = async (paths: readonly string[]) =>
    (await onlyHere(place, paths)).filter(
      (path) => !untracked.includes(place.path + path),
    )
  const [fromExtras, fromNotes] = await Promise.all([
    left([...extras.values()]),
    left(notes?.read ?? []),
  ])
  const found = { extras: fromExtras, notes: fromNotes }
  for (const { next, owner, what } of judgeOnlyHere(found, project.gates.allow))
    problems.add(owner, what, next)
  const sized = await Promise.all(
    [...extras].map(async ([name, path]) => ({
      name,
      size: await sizeOf(source, path, problems),
    })),
  )
  if (!decision?.environment.github) return []
  const named = [...own, sdistName(naming)].map((name) => ({ name }))
  const { github } = project
  const isKnown = [to.githubRepository, github.repository].some(Boolean)
  const host = elsewhere(github, to)
  return [
    ...judgeUnfit(GITHUB, [...named, ...sized], isKnown, problems),
    ...(host === undefined
      ? []
      : [
          `Nothing that is made says where a release on GitHub has its files: the project's own address has the repository at \`${host}\`. ${apiOf(host)}`,
        ]),
  ]
}

/** Refuses notes that would show what git ignores, such as a password behind a link; a draft that nobody has committed yet is none of that. */
export async function shownNotes(
  place: Located,
  { gates }: Pick<Project, "gates">,
  notes: FoundNotes,
): Promise<FoundNotes> {
  const found = { extras: [], notes: await ignoredHere(place, notes.read) }
  const problems = new Problems()
  for (const { next, owner, what } of judgeOnlyHere(found, gates.allow))
    problems.add(owner, what, next)
  const unlettered = withoutLetters(notes.found)
  if (unlettered) problems.add("project", unlettered.what, unlettered.next)
  problems.throwIfAny()
  return notes
}

/** A link may lead to where the engine has nothing, or to a folder. */
async function sizeOf(
  source: Directory,
  path: string,
  problems: Problems,
): Promise<number | undefined> {
  return source
    .file(path)
    .size()
    .catch((error: unknown) => {
      problems.add(
        "project",
        `\`${path}\`, which \`tool.shipwheel.github.extra\` attaches, can't be read: ${reasonOf(error).summary}`,
        "Put the file itself there, or narrow the pattern.",
      )
      return undefined
    })
}
