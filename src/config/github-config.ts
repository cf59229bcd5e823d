import { z } from "#zod"

const text = (example: string) => z.string(`a text, such as \`${example}\``)
const NAME =
  "a plain file name as a text, such as `{{name}}-{{version}}-{{file}}`"
const PATH = "a path inside the project, such as `docs/notes.md`"
const REPOSITORY = "`owner/name`, such as `octo-org/quayside`"
const path = z.string(PATH).regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$)).+$/, PATH)

const github = z.strictObject({
  /** `owner/name`. */
  repository: z
    .string(REPOSITORY)
    .regex(/^[\w.-]+\/[\w.-]+$/, REPOSITORY)
    .optional(),
  /** The release's title. */
  title: text("{{name}} {{version}}").optional(),
  /** The names of the files beside the wheel, the sdist and `SHA256SUMS`, whose names are given. */
  "asset-names": z
    .string(NAME)
    .regex(/^[^/\\]+$/, NAME)
    .optional(),
  /** More files of the project to attach. */
  extra: z.array(path, 'a list of patterns, such as ["docs/*.pdf"]').optional(),
  /** Its workflow attests the wheel and the sdist in GitHub's own way. */
  "artifact-attestations": z.boolean("`true` or `false`").optional(),
  /** What changed since the last release, below the notes. */
  "notes-comparison": z.boolean("`true` or `false`").optional(),
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
