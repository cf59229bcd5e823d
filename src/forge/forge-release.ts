import { createHash } from "node:crypto"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"

import { problem } from "../errors.js"
import type { Version } from "../version/version.js"
import { type Asset, isLatest, planAssets, type RemoteAsset } from "./assets.js"
import type { Forge, ForgeRelease, ReleaseText } from "./forge.js"

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
export async function putRelease(forge: Forge, wanted: Wanted): Promise<Done> {
  refuseUnfit(forge, wanted)
  await verifyTag(forge, wanted)
  const releases = await forge.releases()
  const text = textOf(wanted)
  const found = findRelease(releases, wanted.version.tag)
  const release = found ?? (await forge.createDraft(text))
  const uploaded = await putAssets(forge, release, wanted.assets)
  const published = releases.filter((each) => !each.draft && !each.prerelease)
  const latest = isLatest(
    wanted.version,
    published.map((each) => each.tag),
  )
  const announced = release.draft
    ? await forge.publish(release, text, latest)
    : release
  const names = wanted.assets.map(({ name }) => name)
  return {
    url: announced.url,
    latest,
    existed: !release.draft,
    uploaded,
    kept: names.filter((name) => !uploaded.includes(name)),
    others: (await forge.assets(announced))
      .map(({ name }) => name)
      .filter((name) => !names.includes(name)),
  }
}

/** The release of a tag, drafts included; a published one goes before a draft. */
export function findRelease(
  releases: readonly ForgeRelease[],
  tag: string,
): ForgeRelease | undefined {
  const ours = releases.filter((each) => each.tag === tag)
  return ours.find(({ draft }) => !draft) ?? ours[0]
}

/** The release to take files from: a published one, because a draft may still change. */
export function refuseAbsent(
  { where }: Forge,
  { tag }: Version,
  release: ForgeRelease | undefined,
): ForgeRelease {
  if (release && !release.draft) return release
  throw problem(
    "github",
    release
      ? `the release of \`${tag}\` in \`${where}\` is still a draft`
      : `there is no release of \`${tag}\` in \`${where}\``,
    `Release it first: \`dagger call release --tag ${tag} --github-token …\`.`,
  )
}

/** Refuses bytes that are not the ones the forge says it holds. */
export function verifyDownload(
  forge: Pick<Forge, "name">,
  asset: Pick<RemoteAsset, "name" | "sha256">,
  sha256: string,
): void {
  if (asset.sha256 === undefined || asset.sha256 === sha256) return
  throw problem(
    "github",
    `\`${asset.name}\` came with sha256 \`${sha256}\`, ${forge.name} says \`${asset.sha256}\``,
    `Run the same command again; if it stays so, something between here and ${forge.name} changes files.`,
  )
}

/** Where the forge does not tell the hash of a file, its bytes are downloaded for it. */
export async function withHash(
  forge: Forge,
  asset: RemoteAsset,
): Promise<RemoteAsset> {
  if (asset.sha256 !== undefined || !asset.complete) return asset
  return { ...asset, sha256: await hashOf(await forge.download(asset)) }
}

/** Uploads until what is read back equals what was sent; gives the names that were sent. */
async function putAssets(
  forge: Forge,
  release: ForgeRelease,
  assets: readonly AssetFile[],
): Promise<string[]> {
  const files = new Map(assets.map((each) => [each.name, each]))
  const sent = new Set<string>()
  for (let pass = 0; pass < 4; pass++) {
    const remotes = await Promise.all(
      (await forge.assets(release)).map((each) => withHash(forge, each)),
    )
    const plan = planAssets(assets, remotes, !release.draft)
    refuseConflicts(release, plan.conflicts)
    const missing = [...plan.upload, ...plan.replace.map(({ asset }) => asset)]
    if (missing.length === 0) return [...sent]
    refuseImmutable(release, missing)
    for (const { remote } of plan.replace) await forge.deleteAsset(remote)
    for (const { name } of missing) {
      const file = files.get(name)
      if (file) await forge.upload(release, name, await file.open())
      sent.add(name)
    }
  }
  throw problem(
    "github",
    `${forge.name} holds other bytes than were sent, also after three uploads: ${[...sent].join(", ")}`,
    "Run the same command again later; the release stays a draft until all of it is right.",
  )
}

function textOf({ notes, title, version }: Wanted): ReleaseText {
  const { environment, prerelease, tag } = version
  const final = !prerelease && environment === "production"
  return { tag, title, notes, prerelease: !final }
}

/** A forge would make a tag that is not there from the default branch, whatever that is just now. */
export async function verifyTag(
  forge: Forge,
  { commit, version: { tag } }: Tagged,
): Promise<void> {
  const pushed = await forge.commitOf(tag)
  if (pushed === undefined)
    throw problem(
      "tag",
      `\`${tag}\` is not in \`${forge.where}\``,
      `Push it: \`git push origin ${tag}\`.`,
    )
  if (commit !== undefined && commit !== pushed)
    throw problem(
      "tag",
      `\`${tag}\` is commit \`${pushed}\` in \`${forge.where}\`, and \`${commit}\` was built`,
      `Check out what was pushed (\`git fetch --tags --force && git checkout ${tag}\`), or release a new version.`,
    )
}

function refuseUnfit(forge: Forge, { assets }: Wanted): void {
  const unfit = forge.unfit(assets)
  if (unfit.length > 0)
    throw problem(
      "configuration",
      `the release's files don't fit ${forge.name}: ${unfit.join("; ")}`,
      "Change `extra` or `asset-names` in `[tool.shipwheel.github]`.",
    )
}

function refuseConflicts(
  release: ForgeRelease,
  conflicts: readonly { asset: Asset; remote: RemoteAsset }[],
): void {
  if (conflicts.length === 0) return
  const list = conflicts.map(
    ({ asset, remote }) =>
      `\`${asset.name}\` is published with sha256 \`${remote.sha256 ?? "unknown"}\`, and \`${asset.sha256}\` was built`,
  )
  throw problem(
    "github",
    `the release ${release.url} is published with other bytes: ${list.join("; ")}`,
    "Nothing was changed. What people may have downloaded is not replaced: release a new version.",
  )
}

function refuseImmutable(
  release: ForgeRelease,
  missing: readonly Asset[],
): void {
  if (!release.immutable) return
  const names = missing.map(({ name }) => `\`${name}\``).join(", ")
  throw problem(
    "github",
    `the release ${release.url} is published and immutable, and lacks ${names}`,
    "Nothing can be added to it: release a new version.",
  )
}

async function hashOf(bytes: Readable): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(bytes, hash)
  return hash.digest("hex")
}
