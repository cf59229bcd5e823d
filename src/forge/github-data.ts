import { RequestError } from "#octokit/request-error"
import { z } from "#zod"

import type { RemoteAsset } from "./assets.js"
import type { ForgeRelease, ReleaseText } from "./forge.js"

const repository = z.object({
  archived: z.boolean().default(false),
  private: z.boolean(),
  permissions: z.object({ push: z.boolean() }).partial().optional(),
})

const ref = z.object({
  object: z.object({ type: z.string(), sha: z.string() }),
})

const release = z.object({
  id: z.number(),
  tag_name: z.string(),
  name: z.string().nullish(),
  body: z.string().nullish(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  immutable: z.boolean().nullish(),
  /** It stands in reports; a tag may have signs that end an address there. */
  html_url: z
    .string()
    .regex(/^https?:\/\//)
    .transform((address) => address.replace(/[\s<>"'()[\]`\\]/gu, inAddress)),
  upload_url: z.string(),
})

function inAddress(sign: string): string {
  const bytes = [...new TextEncoder().encode(sign)]
  return bytes.map((each) => `%${each.toString(16).padStart(2, "0")}`).join("")
}

const asset = z.object({
  id: z.number(),
  name: z.string(),
  size: z.number(),
  state: z.string(),
  digest: z.string().nullish(),
})

/** What is read of a repository. */
export function repositoryIn(data: unknown): z.infer<typeof repository> {
  return repository.parse(data)
}

export type TaggedObject = z.infer<typeof ref>["object"]

/** What a tag points at. */
export function objectOf(data: unknown): TaggedObject {
  return ref.parse(data).object
}

export function releaseOf(data: unknown): ForgeRelease {
  const { draft, html_url, id, immutable, prerelease, ...more } =
    release.parse(data)
  return {
    id,
    tag: more.tag_name,
    title: more.name ?? "",
    notes: more.body ?? "",
    draft,
    prerelease,
    immutable: immutable ?? false,
    url: html_url,
    uploadUrl: more.upload_url,
  }
}

export function assetOf(data: unknown): RemoteAsset {
  const { digest, id, name, size, state } = asset.parse(data)
  const sha256 = digest?.replace(/^sha256:/, "").toLowerCase()
  return { id, name, size, sha256, complete: state === "uploaded" }
}

export function fields({ notes, prerelease, tag, title }: ReleaseText) {
  return { tag_name: tag, name: title, body: notes, prerelease }
}

export function isTaken(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    error.status === 422 &&
    error.message.includes("already_exists")
  )
}

/** Another run published the release meanwhile, and its files are what they are. */
export function isClosed(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    error.status === 422 &&
    /immutable/i.test(error.message)
  )
}
