import { posix } from "node:path"

import { z } from "#zod"

import type { Limits } from "../config/limits.js"
import { limited } from "../containers/commands.js"
import type { Mirrors } from "../containers/images.js"
import { toolsContainer } from "../containers/images.js"
import { program, withPrograms } from "../containers/programs.js"
import { problem } from "../errors.js"
import type { Located } from "../git/locate-stage.js"
import type { Checkout } from "../git/stage.js"
import { historyOf } from "../git/stage.js"
import { code } from "../text/code.js"
import type { Version } from "../version/version.js"
import type { NoteSources } from "./changelog.js"
import { type Notes, releaseNotes } from "./changelog.js"
import { type Commit, commitNotes, previousTag } from "./commits.js"
import { withoutReverted } from "./reverted.js"
import { fillTemplate, variablesOf } from "./template.js"

/** What the notes of a project are made from. */
export interface Noted {
  readonly name: string
  readonly notes: NoteSources
  readonly github: { readonly repository: string | undefined }
  readonly limits: Pick<Limits, "command">
  readonly mirrors: Mirrors
}

/** A commit as the script prints it. */
const commits = z.array(
  z.object({
    id: z.string(),
    message: z.string(),
    reverts: z.array(z.array(z.string())),
  }),
)

/** Where the notes of a version come from. */
export interface FoundNotes {
  /** All that is known before a container starts: what commits tell is still empty, and reStructuredText as it is written. */
  readonly found: Notes
  /** The files that they are made from. */
  readonly read: readonly string[]
  readonly write: () => Promise<Notes>
}

/** Finds the notes of a version: in its own file, else in the changelog, else in the commits since the release before. */
export async function findNotes(
  place: Located,
  project: Noted,
  version: Version,
  tags: readonly string[],
): Promise<FoundNotes> {
  const previous = previousTag(version, tags)
  const own = await fromFile(place, project, version)
  const told =
    own ??
    (await fromChangelog(place, project.name, project.notes.changelog, version))
  const { changelog, template } = project.notes
  const file = own?.heading ?? (told?.heading && changelog)
  const read = [file, template].filter((each) => each !== undefined)
  const wrapped = await templateOf(place, project, version, previous)
  if (told?.form === "rst" && told.heading !== undefined)
    return {
      found: wrapped(told),
      read,
      write: async () => {
        const text = await asMarkdown(told.text, project)
        return wrapped({ ...told, text })
      },
    }
  if (told?.heading !== undefined) return written(wrapped(told), read)
  const bare = told
    ? { ...told, elsewhere: await otherPlaces(place, project, version) }
    : { text: "", heading: undefined }
  // Only a tag that is there has a history to tell.
  if (!tags.includes(version.tag)) return written(wrapped(bare), read)
  const notes = { ...bare, origin: sinceInWords(previous) }
  const { mirrors } = project
  return {
    found: wrapped(notes),
    read,
    write: async () => {
      const text = await readCommits(place, mirrors, version, previous)
      return wrapped({ ...notes, text })
    },
  }
}

function written(notes: Notes, read: readonly string[]): FoundNotes {
  return { found: notes, read, write: () => Promise.resolve(notes) }
}

function sinceInWords(previous: string | undefined): string {
  return previous === undefined
    ? "all commits, because there is no release before"
    : `the commits since \`${previous}\``
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
  const found = { text, heading: path, origin: `the file \`${path}\`` }
  return /\.rst$/i.test(path) ? { ...found, form: "rst" } : found
}

async function fromChangelog(
  { folder, path, source }: Located,
  name: string,
  changelog: string | undefined,
  version: Version,
): Promise<Notes | undefined> {
  if (changelog === undefined) return undefined
  const above = changelog.startsWith("../")
  const text = await (
    above ? folder.file(posix.join(path, changelog)) : source.file(changelog)
  ).contents()
  const file = { path: changelog, text, project: name }
  const found = releaseNotes(file, version)
  if (found.heading === undefined) return found
  const origin = `the section ${code(found.heading)} of ${code(changelog)}`
  return { ...found, origin }
}

/** The other changelogs that say something of a version. */
async function otherPlaces(
  place: Located,
  { name, notes }: Noted,
  version: Version,
): Promise<string[]> {
  const { others = [] } = notes
  const found = await Promise.all(
    others.map((changelog) =>
      // A link may lead nowhere, and is no advice.
      fromChangelog(place, name, changelog, version).catch(() => undefined),
    ),
  )
  return others.filter((_, at) => found[at]?.heading !== undefined)
}

/** What reStructuredText says, in the form that a release on GitHub shows. */
async function asMarkdown(
  text: string,
  { limits, mirrors }: Pick<Noted, "limits" | "mirrors">,
): Promise<string> {
  const printed = await toolsContainer(mirrors)
    .withMountedFile("/rst.py", program("notes/rst.py"))
    .withNewFile("/notes.rst", text)
    .withExec(limited(["python", "/rst.py", "/notes.rst"], limits, "command"))
    .stdout()
  return printed.trim()
}

async function readCommits(
  place: Located,
  mirrors: Mirrors,
  version: Version,
  previous: string | undefined,
): Promise<string> {
  const commit = await place.folder.asGit().tag(version.tag).commit()
  const { prefix } = version
  return commitNotes(
    await commitsSince(place, mirrors, { commit, previous, prefix }),
  )
}

/** Some commits of a project: up to one, and since a tag. */
export interface CommitRange {
  readonly commit: string
  readonly previous: string | undefined
  readonly prefix: string
}

/** Reads the commits that are a project's own, without those that revert each other. */
export async function commitsSince(
  place: Located,
  mirrors: Mirrors,
  { commit, prefix, previous }: CommitRange,
): Promise<Commit[]> {
  const { folder } = place
  const since =
    previous === undefined
      ? undefined
      : await folder.asGit().tag(previous).commit()
  const programs = ["notes/commits.py", "git/lenient.py"]
  const printed = await withPrograms(toolsContainer(mirrors), programs)
    .withMountedDirectory("/repository", historyOf(folder))
    .withExec([
      ...["python", "/commits.py", ...(since ? ["--since", since] : [])],
      ...foldersToTell(place, { prefix }),
      ...["/repository", commit],
    ])
    .stdout()
  return withoutReverted(commits.parse(JSON.parse(printed)))
}

/** Of a member what is in its folder, of a repository with others all but what is in theirs. */
export function foldersToTell(
  { members, path }: Pick<Located, "members" | "path">,
  { prefix }: Pick<Version, "prefix">,
): string[] {
  if (path !== "") return ["--inside", path]
  // Without a prefix all of it is released at once.
  return prefix === ""
    ? []
    : members.flatMap((each) => ["--outside", `${each}/`])
}

/** What the project's template makes of notes. */
async function templateOf(
  { source }: Checkout,
  { github, name, notes: { template: path } }: Noted,
  version: Version,
  previous: string | undefined,
): Promise<(notes: Notes) => Notes> {
  if (path === undefined) return (notes) => notes
  if (!(await source.exists(path)))
    throw problem(
      "configuration",
      `\`tool.shipwheel.notes.template\` names \`${path}\`, which is not there`,
      "Correct the path, or commit the file.",
    )
  const template = await source.file(path).contents()
  const { repository } = github
  return (notes) => {
    const variables = variablesOf(name, version, repository, previous, notes)
    const text = fillTemplate(template, variables, `\`${path}\``).trim()
    return { ...notes, text }
  }
}
