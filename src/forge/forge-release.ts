import { createHash } from "node:crypto"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"

import { problem } from "../errors.js"
import { code } from "../text/code.js"
import type { Version } from "../version/version.js"
import {
  type Asset,
  isLatest,
  planAssets,
  type RemoteAsset,
  strays,
} from "./assets.js"
import type { Forge, ForgeRelease, ReleaseText } from "./forge.js"
import {
  deletedDraft,
  publishedMeanwhile,
  refuseConflicts,
  refuseImmutable,
  refuseStrays,
  refuseUnfit,
  verifyTag,
} from "./forge-refusals.js"

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
  /** Whether a release of this project may have a file of its own of this name. */
  readonly isOurs: (name: string) => boolean
}

/** What was done to get there. */
export interface Done {
  readonly url: string
  /** It was made the latest just now. */
  readonly latest: boolean
  /** True when there was nothing to publish any more. */
  readonly existed: boolean
  readonly uploaded: readonly string[]
  readonly kept: readonly string[]
  /** Files that somebody else attached. */
  readonly others: readonly string[]
  /** What a draft that was there said otherwise, which nobody else keeps. */
  readonly replaced: Partial<ReleaseText>
}

/**
 * Brings the release of a tag to its wanted state: a draft gets every file, the hash
 * of each is compared, and only then is it published. What is there already is kept,
 * so that a broken run is mended by the same command.
 */
export async function putRelease(forge: Forge, wanted: Wanted): Promise<Done> {
  refuseUnfit(forge, wanted)
  await verifyTag(forge, wanted)
  const text = textOf(wanted)
  const begun = await begin(forge, text)
  const sent = await whileThere(forge, begun, () =>
    putAssets(forge, begun, wanted),
  )
  // Another run may have been faster: what it published is what counts.
  const releases = await forge.releases()
  const release = await oneOf(forge, begun, releases)
  const uploaded =
    release.id === begun.id && release.draft === begun.draft
      ? sent
      : await whileThere(forge, release, () =>
          putAssets(forge, release, wanted),
        )
  const published = releases.filter((each) => !each.draft && !each.prerelease)
  const latest = isLatest(
    wanted.version,
    published.map((each) => each.tag),
  )
  const announced = release.draft
    ? await whileThere(forge, release, async () => {
        // It may have been moved while files went up, and be moved until it is out.
        await verifyTag(forge, wanted)
        const shown = await publish(forge, release, text, latest)
        await verifyTag(forge, wanted)
        return shown
      })
    : release
  const names = wanted.assets.map(({ name }) => name)
  const shown = await forge.assets(announced)
  refuseConflicts(announced, changedSince(wanted, shown))
  return {
    url: announced.url,
    latest: release.draft && latest,
    existed: !release.draft,
    uploaded,
    kept: names.filter((name) => !uploaded.includes(name)),
    others: shown
      .map(({ name }) => name)
      .filter((name) => !names.includes(name)),
    replaced: release.draft ? otherThan(text, release) : {},
  }
}

/** What a draft says that the release does not; no title, the tag as one and empty notes are what it begins with. */
function otherThan(
  text: ReleaseText,
  { notes, prerelease, title }: ReleaseText,
): Partial<ReleaseText> {
  const lines = (each: string) => each.replaceAll("\r\n", "\n").trim()
  const isOther = (one: string, ours: string) =>
    lines(one) !== "" && lines(one) !== lines(ours)
  return {
    ...(isOther(title, text.title) && title !== text.tag ? { title } : {}),
    ...(isOther(notes, text.notes) ? { notes } : {}),
    ...(prerelease === text.prerelease ? {} : { prerelease }),
  }
}

/** An answer may be lost on its way, or another release of the tag be there first: what the forge has then is what counts. */
async function publish(
  forge: Forge,
  draft: ForgeRelease,
  text: ReleaseText,
  latest: boolean,
): Promise<ForgeRelease> {
  try {
    return await forge.publish(draft, text, latest)
  } catch (error) {
    const releases = await forge.releases().catch(() => [])
    const found = findRelease(releases, text.tag)
    if (!found || found.draft) throw error
    if (found.id === draft.id) return found
    throw publishedMeanwhile(forge, found, draft)
  }
}

/** What is refused of a draft that somebody deleted meanwhile is refused for that. */
async function whileThere<T>(
  forge: Forge,
  { id, tag }: ForgeRelease,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step()
  } catch (error) {
    const releases = await forge.releases().catch(() => undefined)
    if (!releases || releases.some((each) => each.id === id)) throw error
    throw deletedDraft(forge, tag)
  }
}

/** What another run put in the place of files between their comparison and the publication, where the forge tells it. */
function changedSince({ assets }: Wanted, shown: readonly RemoteAsset[]) {
  const told = shown.filter(({ sha256 }) => sha256 !== undefined)
  return planAssets(assets, told, true, new Set()).conflicts
}

/** The release of a tag, drafts included; a published one goes before a draft, and of several drafts the oldest is each run's. */
export function findRelease(
  releases: readonly ForgeRelease[],
  tag: string,
): ForgeRelease | undefined {
  const ours = releases.filter((each) => each.tag === tag)
  const [oldest] = [...ours].sort((one, other) => one.id - other.id)
  return ours.find(({ draft }) => !draft) ?? oldest
}

/** Goes on with what is there of the release, whoever began it, or begins it. */
async function begin(forge: Forge, text: ReleaseText): Promise<ForgeRelease> {
  const found = findRelease(await forge.releases(), text.tag)
  if (found) return found
  const draft = await forge.createDraft(text)
  return oneOf(forge, draft, await forge.releases())
}

/** Of two runs that began at once, both go on with the same release, and neither leaves a draft of its own behind. */
async function oneOf(
  forge: Forge,
  own: ForgeRelease,
  releases: readonly ForgeRelease[],
): Promise<ForgeRelease> {
  const chosen = findRelease(releases, own.tag) ?? own
  if (chosen.id !== own.id && own.draft) await forge.deleteDraft(own)
  return chosen
}

/** Where the forge does not tell the hash of a file, its bytes are downloaded for it. */
export async function withHash(
  forge: Forge,
  asset: RemoteAsset,
): Promise<RemoteAsset> {
  if (asset.sha256 !== undefined || !asset.complete) return asset
  return { ...asset, sha256: await hashOf(await forge.download(asset)) }
}

/** Uploads until what is there has the hashes of what was sent; gives the names that were sent. */
async function putAssets(
  forge: Forge,
  begun: ForgeRelease,
  { assets, isOurs }: Wanted,
): Promise<string[]> {
  let release = begun
  const names = assets.map(({ name }) => name)
  const files = new Map(assets.map((each) => [each.name, each]))
  const sent = new Set<string>()
  let wrong: string[] = []
  let before: ReadonlySet<number> | undefined
  for (let pass = 0; pass < 4; pass++) {
    // Somebody may have published it meanwhile.
    if (pass > 0) release = await asItIsNow(forge, release)
    const remotes = await Promise.all(
      (await forge.assets(release)).map((each) => withHash(forge, each)),
    )
    before ??= new Set(remotes.map(({ id }) => id))
    const plan = planAssets(assets, remotes, !release.draft, before)
    refuseConflicts(release, plan.conflicts)
    refuseStrays(release, strays(names, remotes, isOurs))
    const missing = [...plan.upload, ...plan.replace.map(({ asset }) => asset)]
    if (missing.length === 0) return [...sent]
    wrong = missing.map(({ name }) => name)
    refuseImmutable(release, missing)
    // What another run has published meanwhile is not replaced.
    if (plan.replace.length > 0 && release.draft) {
      release = await asItIsNow(forge, release)
      if (!release.draft) continue
    }
    for (const { remote } of plan.replace) await forge.deleteAsset(remote)
    for (const { name } of missing) {
      const file = files.get(name)
      if (file) await forge.upload(release, name, await file.open())
      sent.add(name)
    }
  }
  throw problem(
    "github",
    `${forge.name} holds other bytes than were sent, also after three uploads: ${wrong.map(code).join(", ")}`,
    "Another run of this release may send its own at the same time: run the same command again when that one has ended. The release stays a draft until all of it is right.",
  )
}

async function asItIsNow(
  forge: Forge,
  release: ForgeRelease,
): Promise<ForgeRelease> {
  const releases = await forge.releases()
  return releases.find(({ id }) => id === release.id) ?? release
}

function textOf({ notes, title, version }: Wanted): ReleaseText {
  const { environment, prerelease, tag } = version
  const final = !prerelease && environment === "production"
  return { tag, title, notes, prerelease: !final }
}

async function hashOf(bytes: Readable): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(bytes, hash)
  return hash.digest("hex")
}
