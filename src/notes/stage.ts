import { z } from "#zod"

import type { Mirrors } from "../containers/images.js"
import { toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { problem } from "../errors.js"
import type { Checkout } from "../git/stage.js"
import { hasRepository, historyOf } from "../git/stage.js"
import type { Version } from "../version/version.js"
import type { NoteSources } from "./changelog.js"
import { type Notes, releaseNotes } from "./changelog.js"
import { commitNotes, previousTag } from "./commits.js"
import { fillTemplate, variablesOf } from "./template.js"

/** What the notes of a project are made from. */
export interface Noted {
  readonly name: string
  readonly notes: NoteSources
  readonly github: { readonly repository: string | undefined }
  readonly mirrors: Mirrors
}

/** A commit as the script prints it. */
const commits = z.array(z.object({ id: z.string(), message: z.string() }))

/** The notes of a version: from its own file, else the changelog, else the commits since the release before. */
export async function writeNotes(
  place: Checkout,
  project: Noted,
  version: Version,
): Promise<Notes> {
  return notesBy(place, project, version, readCommits)
}

/** Says where the notes will come from; no container starts for it, so those of commits are still empty. */
export async function findNotes(
  place: Checkout,
  project: Noted,
  version: Version,
): Promise<Notes> {
  return notesBy(place, project, version, () => Promise.resolve(""))
}

type ReadCommits = typeof readCommits

async function notesBy(
  place: Checkout,
  project: Noted,
  version: Version,
  read: ReadCommits,
): Promise<Notes> {
  const tags = await tagsOf(place)
  const previous = previousTag(version, tags)
  const own = await fromFile(place, project, version)
  const told = own ?? (await fromChangelog(place, project, version))
  const found =
    told?.heading === undefined
      ? {
          ...(await fromCommits(place, project, version, tags, previous, read)),
          ...(told?.seen && { seen: told.seen }),
        }
      : told
  return withTemplate(place, project, version, previous, found)
}

async function fromFile(
  { source }: Checkout,
  { name, notes }: Noted,
  version: Version,
): Promise<Notes | undefined> {
  if (notes.file === undefined) return undefined
  const variables = {
    name,
    version: version.pep440,
    tag: version.tag,
    semver: version.semver ?? "",
  }
  const place = "`tool.shipwheel.notes.file`"
  const path = fillTemplate(notes.file, variables, place)
  if (!(await source.exists(path))) return undefined
  const text = (await source.file(path).contents()).trim()
  return { text, heading: path, origin: `the file \`${path}\`` }
}

async function fromChangelog(
  { source }: Checkout,
  { name, notes: { changelog } }: Noted,
  version: Version,
): Promise<Notes | undefined> {
  if (changelog === undefined) return undefined
  const text = await source.file(changelog).contents()
  const file = { path: changelog, text, project: name }
  const found = releaseNotes(file, version)
  if (found.heading === undefined) return found
  const origin = `the section \`${found.heading}\` of \`${changelog}\``
  return { ...found, origin }
}

/** Only a tag that is there has a history to tell. */
async function fromCommits(
  place: Checkout,
  { mirrors }: Noted,
  version: Version,
  tags: readonly string[],
  previous: string | undefined,
  read: ReadCommits,
): Promise<Notes> {
  const none = { text: "", heading: undefined }
  if (!tags.includes(version.tag)) return none
  const origin = previous
    ? `the commits since \`${previous}\``
    : "all commits, because there is no release before"
  return {
    ...none,
    text: await read(place, mirrors, version.tag, previous),
    origin,
  }
}

async function readCommits(
  { folder }: Checkout,
  mirrors: Mirrors,
  tag: string,
  previous: string | undefined,
): Promise<string> {
  const git = folder.asGit()
  const [commit, since] = await Promise.all([
    git.tag(tag).commit(),
    previous === undefined ? undefined : git.tag(previous).commit(),
  ])
  const printed = await toolsContainer(mirrors)
    .withMountedFile("/commits.py", program("notes/commits.py"))
    .withMountedDirectory("/repository", historyOf(folder))
    .withExec([
      ...["python", "/commits.py", ...(since ? ["--since", since] : [])],
      ...["/repository", commit],
    ])
    .stdout()
  return commitNotes(commits.parse(JSON.parse(printed)))
}

async function withTemplate(
  { source }: Checkout,
  { github, name, notes: { template: path } }: Noted,
  version: Version,
  previous: string | undefined,
  notes: Notes,
): Promise<Notes> {
  if (path === undefined) return notes
  if (!(await source.exists(path)))
    throw problem(
      "configuration",
      `\`tool.shipwheel.notes.template\` names \`${path}\`, which is not there`,
      "Correct the path, or commit the file.",
    )
  const { repository } = github
  const variables = variablesOf(name, version, repository, previous, notes)
  const template = await source.file(path).contents()
  const text = fillTemplate(template, variables, `\`${path}\``).trim()
  return { ...notes, text }
}

async function tagsOf({ folder }: Checkout): Promise<string[]> {
  if (!(await hasRepository(folder))) return []
  // That git can't answer is the preflight's to say.
  return folder
    .asGit()
    .tags()
    .catch(() => [])
}
