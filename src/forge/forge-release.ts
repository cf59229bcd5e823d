import { createHash } from "node:crypto"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"

import { problem } from "../errors.js"
import { code } from "../text/code.js"
import type { Version } from "../version/version.js"
import {
  type Asset,
  type AssetPlan,
  type Foreseen,
  isLatest,
  planAssets,
  type RemoteAsset,
  strays,
} from "./assets.js"
import type { Forge, ForgeRelease, ReleaseText } from "./forge.js"
import {
  deletedDraft,
  missingAfterUploads,
  publishedMeanwhile,
  refuseConflicts,
  refuseForeseen,
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

/** What is attached. */
export interface Files extends Pick<Foreseen, "isOurs"> {
  readonly assets: readonly AssetFile[]
}

/** The release as it shall be. */
export interface Wanted extends Tagged, Files {
  readonly title: string
  readonly notes: string
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
  /** Where drafts of the tag are left, another run's or such as the forge showed too late. */
  readonly drafts: readonly string[]
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
  // What is out is not refused for a list that fails.
  const last = release.draft
    ? await forge.releases().catch(() => releases)
    : releases
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
    drafts: last
      .filter(
        ({ draft, id, tag }) => draft && tag === text.tag && id !== release.id,
      )
      .map(({ url }) => url),
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

/** What the forge has of a release already is looked at before any file is made. */
export async function lookAhead(
  forge: Forge,
  tag: string,
  foreseen: Foreseen,
): Promise<void> {
  const release = findRelease(await forge.releases(), tag)
  if (release) refuseForeseen(release, await forge.assets(release), foreseen)
}

/** Refuses what `putRelease` would refuse of the files, which are asked for only where there is a release; nothing is changed. */
export async function lookAtFiles(
  forge: Forge,
  tag: string,
  wanted: () => Promise<Files>,
): Promise<void> {
  const release = findRelease(await forge.releases(), tag)
  if (release) await compareFiles(forge, release, await wanted())
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
  const draft = await forge.createDraft(text).catch((error: unknown) => {
    // The answer may be lost after a draft was made, and each one after it.
    return lastMade(forge, text, error)
  })
  const releases = await forge.releases()
  const chosen = await oneOf(forge, draft, releases)
  // What came after it is another run's, which may be at work there.
  const left = releases.filter(
    (each) => each.id < draft.id && each.id !== chosen.id && isMade(each, text),
  )
  for (const each of left) await forge.deleteDraft(each)
  return chosen
}

async function lastMade(
  forge: Forge,
  text: ReleaseText,
  error: unknown,
): Promise<ForgeRelease> {
  const releases = await forge.releases().catch(() => [])
  const made = releases.filter((each) => isMade(each, text))
  const [last] = made.sort((one, other) => other.id - one.id)
  if (!last) throw error
  return last
}

/** What a run has just begun says nothing else than the release. */
function isMade(release: ForgeRelease, text: ReleaseText): boolean {
  const isSame = Object.keys(otherThan(text, release)).length === 0
  return release.draft && release.tag === text.tag && isSame
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
  wanted: Files,
): Promise<string[]> {
  let release = begun
  const files = new Map(wanted.assets.map((each) => [each.name, each]))
  const sent = new Set<string>()
  let wrong: string[] = []
  let before: ReadonlySet<number> | undefined
  let there: readonly string[] = []
  for (let pass = 0; pass < 4; pass++) {
    const seen = await compareFiles(forge, release, wanted, before)
    before = seen.before
    there = seen.there
    const { missing, replace } = seen
    if (missing.length === 0) return [...sent]
    wrong = missing.map(({ name }) => name)
    // What another run has published meanwhile is not replaced.
    if (replace.length > 0 && release.draft) {
      release = await asItIsNow(forge, release)
      if (!release.draft) continue
    }
    for (const { remote } of replace) await forge.deleteAsset(remote)
    for (const { name } of missing) {
      const file = files.get(name)
      const isSent =
        file && (await forge.upload(release, name, await file.open()))
      // Somebody may have published it meanwhile.
      if (isSent === false) release = await asItIsNow(forge, release)
      sent.add(name)
    }
  }
  const lost = wrong.filter((name) => !there.includes(name))
  if (lost.length > 0) throw missingAfterUploads(forge, lost, there)
  throw problem(
    "github",
    `${forge.name} holds other bytes than were sent, also after three uploads: ${wrong.map(code).join(", ")}`,
    "Another run of this release may send its own at the same time: run the same command again when that one has ended. The release stays a draft until all of it is right.",
  )
}

/** What the release lacks and what of it is to be replaced, where nothing has to be refused. */
async function compareFiles(
  forge: Forge,
  release: ForgeRelease,
  { assets, isOurs }: Files,
  known?: ReadonlySet<number>,
): Promise<
  Pick<AssetPlan, "replace"> & {
    readonly missing: readonly Asset[]
    readonly before: ReadonlySet<number>
    readonly there: readonly string[]
  }
> {
  const remotes = await Promise.all(
    (await forge.assets(release)).map((each) => withHash(forge, each)),
  )
  const before = known ?? new Set(remotes.map(({ id }) => id))
  const plan = planAssets(assets, remotes, !release.draft, before)
  const { conflicts, replace, upload } = plan
  const names = assets.map(({ name }) => name)
  const missing = [...upload, ...replace.map(({ asset }) => asset)]
  refuseConflicts(release, conflicts)
  refuseStrays(release, strays(names, remotes, isOurs))
  refuseImmutable(release, missing)
  return { missing, replace, before, there: remotes.map(({ name }) => name) }
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
