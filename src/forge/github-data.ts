import { RequestError } from "#octokit/request-error"
import type { Endpoints } from "#octokit/types"

import type { RemoteAsset } from "./assets.js"
import type { ForgeRelease, ReleaseText } from "./forge.js"

type ReleaseData =
  Endpoints["GET /repos/{owner}/{repo}/releases/{release_id}"]["response"]["data"]

export function releaseOf(data: ReleaseData): ForgeRelease {
  const { draft, html_url, id, immutable, prerelease } = data
  return {
    id,
    tag: data.tag_name,
    draft,
    prerelease,
    immutable: immutable ?? false,
    url: html_url,
    uploadUrl: data.upload_url,
  }
}

export function assetOf(data: ReleaseData["assets"][number]): RemoteAsset {
  const { digest, id, name, size, state } = data
  const sha256 = digest?.replace(/^sha256:/, "")
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
