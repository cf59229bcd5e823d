import { createHash, randomUUID } from "node:crypto"
import { createReadStream, createWriteStream, openAsBlob } from "node:fs"
import { mkdir, mkdtemp, readdir, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"

import {
  dag,
  type Directory,
  type Secret,
  type Service,
} from "@dagger.io/dagger"

import { Problems } from "../errors.js"
import type { Finding, Work } from "../pipeline/pipeline.js"
import type { Version } from "../version/version.js"
import type { Forge } from "./forge.js"
import {
  type AssetFile,
  type Done,
  findRelease,
  putRelease,
  refuseAbsent,
  type Tagged,
  verifyDownload,
  verifyTag,
} from "./forge-release.js"
import { chooseRepository } from "./forge-repository.js"
import { downloadAddress, parseRepository } from "./forge-repository.js"
import { Github, PUBLIC_API } from "./github.js"

/** What a project says of where it is hosted. */
export interface Hosted {
  readonly github: { readonly repository: string | undefined }
}

/** How the caller names GitHub. */
export interface GithubArguments {
  readonly githubToken?: Secret | undefined
  readonly githubRepository?: string | undefined
  readonly githubApi?: string | undefined
  readonly githubService?: Service | undefined
}

/** A release as GitHub shall show it. */
export interface GithubRelease {
  readonly version: Version
  readonly title: string
  readonly notes: string
  readonly files: Directory
  /** Files that tell of the run, and differ between runs. */
  readonly records: readonly string[]
  readonly commit: string | undefined
}

/** Opens GitHub, and proves that a release can be made there: of the token and of the tag. */
export async function openGithub(
  repository: string | undefined,
  args: GithubArguments,
  tagged: Tagged | undefined,
): Promise<Forge> {
  const github = await openRepository(repository, args)
  await github.proveAccess()
  if (tagged) await verifyTag(github, tagged)
  return github
}

/** Where everybody will download the files of the release; empty where its repository is not known. */
export function assetsAddress(
  project: Hosted,
  version: Version,
  { githubApi = PUBLIC_API, githubRepository }: GithubArguments,
): string {
  const text = githubRepository ?? project.github.repository ?? ""
  const repository = parseRepository(text)
  return repository ? downloadAddress(githubApi, repository, version.tag) : ""
}

/** Where a release is announced and as what, or why it is not. */
export type Announcement =
  | { readonly github: Forge; readonly wanted: () => Promise<GithubRelease> }
  | { readonly skip: string }

export function githubWork({
  announcement,
}: {
  readonly announcement: Announcement
}): Work {
  return {
    plan: {
      does: "a draft release on GitHub, its files uploaded and read back, then published",
      credential: "`--github-token`; none for a release directory instead",
      lasting:
        "people are notified, and where releases are immutable its files stay as they are",
    },
    ...("skip" in announcement
      ? announcement
      : {
          run: async () =>
            releaseOnGithub(announcement.github, await announcement.wanted()),
        }),
  }
}

/** Puts the release of a tag on GitHub, or completes it there. */
export async function releaseOnGithub(
  github: Forge,
  wanted: GithubRelease,
): Promise<Finding> {
  const assets = await assetFiles(wanted.files, wanted.records)
  const done = await putRelease(github, { ...wanted, assets })
  return { summary: summaryOf(done) }
}

/** The files of a published release, each with the bytes that GitHub says it has. */
export async function filesFromGithub(
  { github: { repository } }: Hosted,
  version: Version,
  args: GithubArguments,
): Promise<Directory> {
  const github = await openRepository(repository, args)
  const found = findRelease(await github.releases(), version.tag)
  const release = refuseAbsent(github, version, found)
  const folder = `github-${randomUUID()}`
  await mkdir(folder)
  for (const asset of await github.assets(release)) {
    const path = join(folder, asset.name)
    await pipeline(await github.download(asset), createWriteStream(path))
    verifyDownload(github, asset, await sha256Of(path))
  }
  return dag.currentModule().workdir(folder)
}

/** Opens GitHub; nothing of it is read yet. */
export async function openRepository(
  configured: string | undefined,
  args: GithubArguments = {},
): Promise<Forge> {
  const problems = new Problems()
  const repository = chooseRepository(
    args.githubRepository,
    configured,
    problems,
  )
  const token = await args.githubToken?.plaintext()
  if (token?.trim() === "")
    problems.add(
      "credential",
      "the secret of `--github-token` is empty",
      "Check the name of the variable or file that it comes from.",
    )
  return new Github({
    ...problems.orAll({ repository }),
    token: token?.trim(),
    api: await apiOf(args),
  })
}

/** A service stands in for the host of the API's address; what comes after the host stays. */
async function apiOf({
  githubApi,
  githubService,
}: GithubArguments): Promise<string | undefined> {
  if (!githubService) return githubApi
  await githubService.start()
  const origin = await githubService.endpoint({ scheme: "http" })
  return origin + (githubApi ? new URL(githubApi).pathname : "")
}

/** GitHub is spoken to from here, so its files come here first. */
async function assetFiles(
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

function summaryOf({ existed, kept, latest, others, uploaded, url }: Done) {
  const count = (what: string, names: readonly string[]) =>
    names.length > 0 ? [`${what} ${names.join(", ")}`] : []
  return [
    `${existed ? "was there already" : "published"}: ${url}${latest ? ", the latest" : ""}`,
    ...count("uploaded and read back", uploaded),
    ...count("there with the same bytes", kept),
    ...count("left alone", others),
  ].join("; ")
}
