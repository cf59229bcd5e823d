import { z } from "#zod"

import { MOST, names, type PlacedFile } from "../package-index/index-state.js"
import { foreign } from "../text/foreign.js"
import { type Meaning, meaningOf } from "./answers.js"

const attempt = z.object({
  outcome: z.enum(["uploaded", "kept", "failed"]),
  cause: z.string().nullable(),
  /** The index's or twine's own words on that, with every secret taken out. */
  said: z.string().nullish(),
  status: z.number().nullable(),
  /** Seconds until the next attempt; absent after the last one. */
  pause: z.number().optional(),
})

const uploadResult = z.object({
  /** Why the identity token was not exchanged. */
  refused: z
    .object({
      cause: z.string(),
      said: z.string().nullish(),
      denied: z.boolean(),
      /** What is wrong, where the same again would not help. */
      whose: z.enum(["audience", "identity", "index", "ci"]).nullish(),
    })
    .nullable(),
  files: z.array(
    z.object({
      name: z.string(),
      outcome: attempt.shape.outcome,
      attempts: z.array(attempt),
    }),
  ),
})

/** What became of an upload, as `upload.py` tells it. */
export type UploadResult = z.infer<typeof uploadResult>
type UploadedFile = UploadResult["files"][number]

export const NOTHING_UPLOADED: UploadResult = { refused: null, files: [] }

/** What two uploads after each other did; the later one knows better. */
export function joinUploads(
  one: UploadResult,
  other: UploadResult,
): UploadResult {
  return { ...other, files: [...one.files, ...other.files] }
}

export function parseUpload(text: string): UploadResult {
  return uploadResult.parse(JSON.parse(text))
}

interface Worded {
  readonly cause: string | null
  readonly said?: string | null | undefined
}

/** What stopped it, in words that a report can show. */
function shown({ cause, said }: Worded): string {
  return joined(cause, said && foreign(said, MOST))
}

function joined(...words: readonly (string | null | undefined)[]): string {
  return words.filter(Boolean).join(" ") || "no reason was given"
}

/** A list with a line for each file: what was done, and every attempt that failed before. */
export function attemptList({ files }: UploadResult): string {
  const lines = files.map(({ attempts, name, outcome }) => {
    const failed = attempts.filter((each) => each.outcome === "failed")
    const tries = failed.map((each, at) => {
      const pause = each.pause === undefined ? "" : `, then ${each.pause} s`
      return `attempt ${at + 1}: ${shown(each)}${pause}`
    })
    return [`- \`${name}\`: ${outcome}`, ...tries].join("; ")
  })
  return lines.join("\n")
}

/** What an upload did, in a few words. */
export function shortUpload(
  { files }: UploadResult,
  kept: readonly { readonly name: string }[],
): string {
  const uploaded = files.filter(({ outcome }) => outcome === "uploaded")
  const there = [...kept, ...files.filter(({ outcome }) => outcome === "kept")]
  return [
    uploaded.length > 0
      ? `uploaded ${uploaded.map((each) => `\`${each.name}\`${triesOf(each)}`).join(", ")}`
      : undefined,
    there.length > 0
      ? `kept ${names(there)} (there already, same hash)`
      : undefined,
  ]
    .filter((part) => part !== undefined)
    .join("; ")
}

function triesOf({ attempts }: UploadedFile): string {
  return attempts.length > 1 ? ` (attempt ${attempts.length})` : ""
}

const NOTHING_SAID = { cause: null, said: null, status: null }

/** What an upload stopped at. */
export interface Stop extends Meaning {
  readonly cause: string
  readonly file: string | undefined
}

/** What an index answers that has no Trusted Publishing, where the first question of it is asked. */
const UNKNOWN = /\/_\/oidc\/audience answers (?:404|405|410)/

const NO_IDENTITIES =
  "The index has no Trusted Publishing, and no identity was shown to it: pass what it takes, `--index-user` and `--index-password` of `release`, or `--password` of `index` without `--trusted`."

const INSTEAD =
  "pass an API token or a password: `--password` of `index` without `--trusted`, or the option of `release` for that index."

/** Where an identity comes from. */
export const MADE_BY =
  "on GitHub that is `$ACTIONS_ID_TOKEN_REQUEST_URL`, which jobs with `id-token: write` have"

/** What helps where nobody has denied anything. */
const MENDS = {
  audience: `No identity was shown to it: whoever runs the index has to let it ask for its own host name. Until then, ${INSTEAD}`,
  identity: `No identity was shown to the index. Let the CI make one for it alone: by \`--identity-url\` (${MADE_BY}), or on GitLab by \`aud\` under \`id_tokens\`.`,
  index: `The same again changes nothing: ask whoever runs the index about its Trusted Publishing. Until then, ${INSTEAD}`,
  ci: `Correct \`--identity-url\`: ${MADE_BY}, and what is shown there is \`$ACTIONS_ID_TOKEN_REQUEST_TOKEN\` of the same job. Or ${INSTEAD}`,
}

/** Why an upload stopped, and whose problem that is; nothing when it did not. */
export function whyStopped(result: UploadResult): Stop | undefined {
  if (result.refused) {
    const { denied, whose } = result.refused
    const cause = shown(result.refused)
    const stop = { cause, taken: false, file: undefined }
    if (whose) return { ...stop, denied, next: MENDS[whose] }
    // Nothing was shown to it that it could have denied.
    return UNKNOWN.test(result.refused.cause)
      ? { ...stop, denied: false, next: NO_IDENTITIES }
      : { ...stop, denied }
  }
  for (const { attempts, name, outcome } of result.files) {
    const last = attempts[attempts.length - 1]
    const { cause, said, status } = last ?? NOTHING_SAID
    if (outcome === "failed")
      return {
        ...meaningOf(status, joined(cause, said)),
        cause: `\`${name}\`: ${shown({ cause, said })}`,
        file: name,
      }
  }
  return undefined
}

/** What this run uploaded, and the index says nothing of who did. */
export function forgotten(
  { files }: UploadResult,
  placed: readonly PlacedFile[],
): PlacedFile[] {
  const uploaded = files
    .filter(({ outcome }) => outcome === "uploaded")
    .map(({ name }) => name)
  return placed.filter(
    ({ listed, name }) => uploaded.includes(name) && !listed?.provenance,
  )
}
