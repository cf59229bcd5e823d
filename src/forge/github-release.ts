import { createHash } from "node:crypto"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"

import { problem } from "../errors.js"
import type { Version } from "../version/version.js"
import {
  type Asset,
  isLatest,
  planAssets,
  type RemoteAsset,
  unfitAssets,
} from "./assets.js"
import type { Github, Release, ReleaseAsset, ReleaseText } from "./github.js"

/** A file to attach, and where its bytes are. */
export interface AssetFile extends Asset {
  readonly open: () => Promise<Blob>
}

/** What is released. */
export interface Tagged {
  readonly version: Version
  /** The commit that was built, where it is known. */
  readonly commit: string | undefined
}

/** The release as it shall be. */
export interface Wanted extends Tagged {
  readonly title: string
  readonly notes: string
  readonly assets: readonly AssetFile[]
}

/** What was done to get there. */
export interface Done {
  readonly url: string
  readonly latest: boolean
  /** True when there was nothing to publish any more. */
  readonly existed: boolean
  readonly uploaded: readonly string[]
  readonly kept: readonly string[]
  /** Files that somebody else attached. */
  readonly others: readonly string[]
}

/**
 * Brings the release of a tag to its wanted state: a draft gets every file, all of
 * them are read back, and only then is it published. What is there already is kept,
 * so that a broken run is mended by the same command.
 */
export async function putRelease(
  github: Github,
  wanted: Wanted,
): Promise<Done> {
  refuseUnfit(wanted)
  await verifyTag(github, wanted)
  const releases = await github.releases()
  const text = textOf(wanted)
  const found = findRelease(releases, wanted.version.tag)
  const release = found ?? (await github.createDraft(text))
  const uploaded = await putAssets(github, release, wanted.assets)
  const published = releases.filter((each) => !each.draft && !each.prerelease)
  const latest = isLatest(
    wanted.version,
    published.map((each) => each.tag_name),
  )
  const shown = release.draft
    ? await github.publish(release, text, latest)
    : release
  const names = wanted.assets.map(({ name }) => name)
  return {
    url: shown.html_url,
    latest,
    existed: !release.draft,
    uploaded,
    kept: names.filter((name) => !uploaded.includes(name)),
    others: (await github.assets(shown))
      .map(({ name }) => name)
      .filter((name) => !names.includes(name)),
  }
}

/** Proves, without leaving anything behind, that the token may make a release here. */
export async function proveAccess(github: Github): Promise<void> {
  const repository = await github.repository()
  if (repository.archived)
    throw problem(
      "github",
      `\`${github.where}\` is archived`,
      "Unarchive it, or correct `--github-repository`.",
    )
  if (repository.permissions?.push === false)
    throw problem(
      "credential",
      `the token's owner may not write to \`${github.where}\``,
      "Ask for write access to the repository, or use a token of somebody who has it.",
    )
  refuseScopes(github, repository)
  // Other kinds of token say what they may do only when they do it.
  if (repository.scopes === undefined) await proveByDraft(github)
}

/** The release of a tag, drafts included; a published one goes before a draft. */
export function findRelease(
  releases: readonly Release[],
  tag: string,
): Release | undefined {
  const ours = releases.filter(({ tag_name }) => tag_name === tag)
  return ours.find(({ draft }) => !draft) ?? ours[0]
}

/** The release to take files from: a published one, because a draft may still change. */
export function refuseAbsent(
  { where }: Github,
  { tag }: Version,
  release: Release | undefined,
): Release {
  if (release && !release.draft) return release
  throw problem(
    "github",
    release
      ? `the release of \`${tag}\` in \`${where}\` is still a draft`
      : `there is no release of \`${tag}\` in \`${where}\``,
    `Release it first: \`dagger call release --tag ${tag} --github-token …\`.`,
  )
}

/** Refuses bytes that are not the ones GitHub says it holds. */
export function verifyDownload(
  { digest, name }: ReleaseAsset,
  sha256: string,
): void {
  const told = digest?.replace(/^sha256:/, "")
  if (told === undefined || told === sha256) return
  throw problem(
    "github",
    `\`${name}\` came with sha256 \`${sha256}\`, GitHub says \`${told}\``,
    "Run the same command again; if it stays so, something between here and GitHub changes files.",
  )
}

/** What GitHub says of a file; where it does not tell the hash, the bytes are downloaded for it. */
export async function remoteAsset(
  github: Github,
  asset: ReleaseAsset,
): Promise<RemoteAsset> {
  const { id, name, size, state } = asset
  const complete = state === "uploaded"
  const told = asset.digest?.replace(/^sha256:/, "")
  const sha256 =
    told ?? (complete ? await hashOf(await github.download(asset)) : undefined)
  return { id, name, size, sha256, complete }
}

/** Uploads until what is read back equals what was sent; gives the names that were sent. */
async function putAssets(
  github: Github,
  release: Release,
  assets: readonly AssetFile[],
): Promise<string[]> {
  const files = new Map(assets.map((each) => [each.name, each]))
  const sent = new Set<string>()
  for (let pass = 0; pass < 4; pass++) {
    const remotes = await Promise.all(
      (await github.assets(release)).map((each) => remoteAsset(github, each)),
    )
    const plan = planAssets(assets, remotes, !release.draft)
    refuseConflicts(release, plan.conflicts)
    const missing = [...plan.upload, ...plan.replace.map(({ asset }) => asset)]
    if (missing.length === 0) return [...sent]
    refuseImmutable(release, missing)
    for (const { remote } of plan.replace) await github.deleteAsset(remote)
    for (const { name } of missing) {
      const file = files.get(name)
      if (file) await github.upload(release, name, await file.open())
      sent.add(name)
    }
  }
  throw problem(
    "github",
    `GitHub holds other bytes than were sent, also after three uploads: ${[...sent].join(", ")}`,
    "Run the same command again later; the release stays a draft until all of it is right.",
  )
}

function textOf({ notes, title, version }: Wanted): ReleaseText {
  const { environment, prerelease, tag } = version
  const final = !prerelease && environment === "production"
  return { tag, title, notes, prerelease: !final }
}

/** GitHub would make a tag that is not there from the default branch, whatever that is just now. */
export async function verifyTag(
  github: Github,
  { commit, version: { tag } }: Tagged,
): Promise<void> {
  const pushed = await github.commitOf(tag)
  if (pushed === undefined)
    throw problem(
      "tag",
      `\`${tag}\` is not in \`${github.where}\``,
      `Push it: \`git push origin ${tag}\`.`,
    )
  if (commit !== undefined && commit !== pushed)
    throw problem(
      "tag",
      `\`${tag}\` is commit \`${pushed}\` in \`${github.where}\`, and \`${commit}\` was built`,
      `Check out what was pushed (\`git fetch --tags --force && git checkout ${tag}\`), or release a new version.`,
    )
}

function refuseUnfit({ assets }: Wanted): void {
  const unfit = unfitAssets(assets)
  if (unfit.length > 0)
    throw problem(
      "configuration",
      `the release's files don't fit GitHub: ${unfit.join("; ")}`,
      "Change `extra` or `asset-names` in `[tool.shipwheel.github]`.",
    )
}

function refuseConflicts(
  release: Release,
  conflicts: readonly { asset: Asset; remote: RemoteAsset }[],
): void {
  if (conflicts.length === 0) return
  const list = conflicts.map(
    ({ asset, remote }) =>
      `\`${asset.name}\` is published with sha256 \`${remote.sha256 ?? "unknown"}\`, and \`${asset.sha256}\` was built`,
  )
  throw problem(
    "github",
    `the release ${release.html_url} is published with other bytes: ${list.join("; ")}`,
    "Nothing was changed. What people may have downloaded is not replaced: release a new version.",
  )
}

function refuseImmutable(release: Release, missing: readonly Asset[]): void {
  if (!release.immutable) return
  const names = missing.map(({ name }) => `\`${name}\``).join(", ")
  throw problem(
    "github",
    `the release ${release.html_url} is published and immutable, and lacks ${names}`,
    "Nothing can be added to it: release a new version.",
  )
}

function refuseScopes(
  { where }: Github,
  repository: { private: boolean; scopes: string | undefined },
): void {
  if (repository.scopes === undefined) return
  const scopes = repository.scopes.split(",").map((each) => each.trim())
  const enough = repository.private ? ["repo"] : ["repo", "public_repo"]
  if (enough.some((each) => scopes.includes(each))) return
  throw problem(
    "credential",
    `the token lacks the scope \`${enough.join("` or `")}\` for \`${where}\`; it has \`${repository.scopes || "none"}\``,
    "Add the scope to the token, or make a fine-grained one with the permission `Contents: write`.",
  )
}

async function proveByDraft(github: Github): Promise<void> {
  const draft = await github.createDraft({
    tag: "shipwheel-preflight",
    title: "Shipwheel looks whether it may make a release",
    notes: "This draft is deleted at once; delete it if you can read this.",
    prerelease: true,
  })
  await github.deleteRelease(draft)
}

async function hashOf(bytes: Readable): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(bytes, hash)
  return hash.digest("hex")
}
