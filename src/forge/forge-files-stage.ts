import { createHash, randomUUID } from "node:crypto"
import { createReadStream, createWriteStream, openAsBlob } from "node:fs"
import { mkdir, mkdtemp, readdir, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { pipeline } from "node:stream/promises"

import { dag, type Directory, type File } from "@dagger.io/dagger"

import { ReleaseError } from "../errors.js"
import { SUMS } from "../files/distribution.js"
import { reasonOf } from "../pipeline/failure.js"
import type { Version } from "../version/version.js"
import type { RemoteAsset } from "./assets.js"
import type { Forge, ForgeRelease } from "./forge.js"
import {
  BRIEFLY,
  type GithubArguments,
  type Hosted,
  openRepository,
} from "./forge-access-stage.js"
import {
  LONGEST_SUMS,
  refuseAbsent,
  refuseEmpty,
  refuseLongSums,
  refuseNames,
  verifyDownload,
} from "./forge-refusals.js"
import { type AssetFile, findRelease } from "./forge-release.js"

/** The tags of all published releases. */
export async function releasedTags(
  hosted: Hosted,
  args: GithubArguments,
): Promise<string[]> {
  const github = await openRepository(hosted, args)
  const releases = await github.releases()
  return releases.filter(({ draft }) => !draft).map(({ tag }) => tag)
}

/** The files of a published release, all of them, of which there is one at least, or those that are wanted, each with the bytes that GitHub says it has. */
export async function filesFromGithub(
  hosted: Hosted,
  version: Version,
  args: GithubArguments,
  wantedOf?: (names: readonly string[]) => readonly string[],
): Promise<Directory> {
  const github = await openRepository(hosted, args)
  const found = findRelease(await github.releases(), version.tag)
  const release = refuseAbsent(github, version, found, args)
  const assets = await github.assets(release)
  refuseNames(github, release, assets)
  // What an upload left unfinished has no bytes.
  const whole = assets.filter(({ complete }) => complete)
  refuseLongSums(release, whole)
  if (!wantedOf) {
    refuseEmpty(release, whole, args)
    return downloaded(github, whole)
  }
  const wanted = wantedOf(whole.map(({ name }) => name))
  return downloaded(
    github,
    whole.filter(({ name }) => wanted.includes(name)),
  )
}

/** What everybody sees of a release. */
export interface PublicRelease {
  readonly where: string
  /** Why that is not known. */
  readonly failure?: string
  readonly release?: ForgeRelease | undefined
  readonly assets: readonly RemoteAsset[]
  /** The text of its SHA256SUMS, where it has one. */
  readonly sums?: string | undefined
}

/** Looks at a release as somebody without a token does; that GitHub does not answer is an answer, too. */
export async function publicRelease(
  hosted: Hosted,
  { tag }: Version,
  args: GithubArguments,
): Promise<PublicRelease> {
  const where = args.githubRepository ?? hosted.github.repository ?? ""
  try {
    const anybody = { ...args, githubToken: undefined }
    const github = await openRepository(hosted, anybody, BRIEFLY)
    const found = findRelease(await github.releases(), tag)
    const release = found?.draft ? undefined : found
    const assets = release ? await github.assets(release) : []
    return { where, release, assets, sums: await sumsAmong(github, assets) }
  } catch (error) {
    return { where, failure: failureOf(error), assets: [] }
  }
}

async function sumsAmong(
  github: Forge,
  assets: readonly RemoteAsset[],
): Promise<string | undefined> {
  const listed = assets.find(({ complete, name }) => complete && name === SUMS)
  if (!listed) return undefined
  // A longer one is none of ours, and fits nothing.
  return listed.size > LONGEST_SUMS ? "" : text(await github.download(listed))
}

function failureOf(error: unknown): string {
  if (!(error instanceof ReleaseError)) return `${reasonOf(error).summary}.`
  return error.problems.map(({ next, what }) => `${what}. ${next}`).join(" ")
}

/** What is read as a whole: nobody's SBOM is longer. */
const LONGEST_TEXT = 64 << 20

/** A file of a release that is published already, to be read; nothing of a draft, which is made anew. */
export async function publishedFile(
  github: Forge,
  tag: string,
  name: string,
): Promise<File | undefined> {
  const release = findRelease(await github.releases(), tag)
  if (!release || release.draft) return undefined
  const assets = await github.assets(release)
  const asset = assets.find((each) => each.name === name && each.complete)
  if (!asset || asset.size > LONGEST_TEXT) return undefined
  refuseNames(github, release, [asset])
  return (await downloaded(github, [asset])).file(name)
}

async function downloaded(
  github: Forge,
  assets: readonly RemoteAsset[],
): Promise<Directory> {
  const folder = `github-${randomUUID()}`
  await mkdir(folder)
  for (const asset of assets) {
    const path = join(folder, asset.name)
    await pipeline(await github.download(asset), createWriteStream(path))
    verifyDownload(github, asset, await sha256Of(path))
  }
  return dag.currentModule().workdir(folder)
}

/** GitHub is spoken to from here, so its files come here first. */
export async function assetFiles(
  directory: Directory,
  records: readonly string[],
): Promise<AssetFile[]> {
  const folder = await mkdtemp(join(tmpdir(), "release-"))
  await directory.export(folder)
  const names = (await readdir(folder)).sort()
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const { size } = await stat(path)
      const record = records.includes(name)
      const open = () => openAsBlob(path)
      return { name, size, sha256: await sha256Of(path), record, open }
    }),
  )
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(createReadStream(path), hash)
  return hash.digest("hex")
}
