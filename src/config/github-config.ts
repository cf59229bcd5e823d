import { z } from "zod"

import { type Problems } from "../errors.js"
import {
  parseRepository,
  type Repository,
  repositoryOf,
} from "../forge/assets.js"

const text = (example: string) => z.string(`a text, such as \`${example}\``)
const path = z
  .string()
  .regex(
    /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$)).+$/,
    "a path inside the project, such as `docs/notes.md`",
  )

const github = z.strictObject({
  /** `owner/name`. */
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, "`owner/name`, such as `octo-org/quayside`")
    .optional(),
  /** The release's title. */
  title: text("{{name}} {{version}}").optional(),
  /** The names of the files beside the wheel, the sdist and `SHA256SUMS`, whose names are given. */
  "asset-names": text("{{name}}-{{version}}-{{file}}").optional(),
  /** More files of the project to attach. */
  extra: z.array(path, 'a list of patterns, such as ["docs/*.pdf"]').optional(),
})

const notes = z.strictObject({
  /** The file with the notes of a version. */
  file: path.optional(),
  /** A file around the notes. */
  template: path.optional(),
})

/** The keys of `[tool.shipwheel]` that say how a release looks on GitHub. */
export const githubSections = { github, notes }
export const githubKeys = {
  github: github.optional(),
  notes: notes.optional(),
}

export interface GithubConfig {
  readonly github?: z.infer<typeof github> | undefined
  readonly notes?: z.infer<typeof notes> | undefined
}

/** How the release looks on GitHub. */
export interface GithubSettings {
  readonly repository: string | undefined
  readonly title: string
  readonly assetNames: string
  readonly extra: readonly string[]
  /** Where the notes come from, before the changelog is asked. */
  readonly notesFile: string | undefined
  readonly notesTemplate: string | undefined
}

export function resolveGithub(
  { github, notes }: GithubConfig,
  urls: Readonly<Record<string, string>>,
): GithubSettings {
  return {
    repository: github?.repository ?? repositoryOf(urls),
    title: github?.title ?? "{{name}} {{version}}",
    assetNames: github?.["asset-names"] ?? "{{file}}",
    extra: github?.extra ?? [],
    notesFile: notes?.file,
    notesTemplate: notes?.template,
  }
}

/** The repository that is asked for, else the configured one, else the one that the metadata names. */
export function chooseRepository(
  asked: string | undefined,
  configured: string | undefined,
  problems: Problems,
): Repository | undefined {
  const text = asked ?? configured
  const found = text === undefined ? undefined : parseRepository(text)
  if (!found)
    problems.add(
      "github",
      text === undefined
        ? "it is not known which repository on GitHub the release belongs to"
        : `\`${text}\` is no repository on GitHub`,
      "Say it as `owner/name` in `--github-repository` or `tool.shipwheel.github.repository`, or give its address as `Repository` in `[project.urls]`.",
    )
  return found
}
