import { problem, type Problems } from "../errors.js"
import { shownSize, SUMS } from "../files/distribution.js"
import { SIGNATURE_NAMES } from "../signature/signature.js"
import { code } from "../text/code.js"
import { type CalledWith, calling } from "../text/command-line.js"
import { few } from "../text/few.js"
import { mayHoldSecret, shownAddress, urlOf } from "../text/shown-address.js"
import type { Version } from "../version/version.js"
import {
  type Asset,
  type Fitting,
  type Foreseen,
  type RemoteAsset,
  strays,
} from "./assets.js"
import type { Forge, ForgeRelease } from "./forge.js"
import type { Tagged } from "./forge-release.js"
import type { NamedRepository } from "./forge-repository.js"
import { isPlainName } from "./github-access.js"

/** The release to take files from: a published one, because a draft may still change. */
export function refuseAbsent(
  { where }: Forge,
  { tag }: Version,
  release: ForgeRelease | undefined,
  called?: CalledWith,
): ForgeRelease {
  if (release && !release.draft) return release
  throw problem(
    "github",
    release
      ? `the release of \`${tag}\` in \`${where}\` is still a draft, which may change`
      : `there is no release of \`${tag}\` in \`${where}\``,
    `${release ? "Complete it, which publishes it" : "Release it first"}: \`${releasing(tag, called)}\`.`,
  )
}

function releasing(tag: string, called: CalledWith | undefined): string {
  return `${calling(called)} release --tag ${tag} --github-token env://GITHUB_TOKEN`
}

/** Refuses to hand out nothing as the files of a release: somebody published it by hand. */
export function refuseEmpty(
  { immutable, tag, url }: ForgeRelease,
  assets: readonly RemoteAsset[],
  called?: CalledWith,
): void {
  if (assets.length > 0) return
  throw problem(
    "github",
    `the release ${url} has no files`,
    immutable
      ? "It is immutable, so nothing can be added to it: release a new version."
      : `Complete it: \`${releasing(tag, called)}\`.`,
  )
}

/** An address is printed wherever it does not answer, so it holds no credential. */
export function refuseOpenAddress(
  api: string | undefined,
  problems: Problems,
): void {
  if (api === undefined) return
  const url = urlOf(api)
  if (url && /^https?:$/.test(url.protocol) && !mayHoldSecret(url)) return
  problems.add(
    "github",
    url && mayHoldSecret(url)
      ? "`--github-api` holds a user, a password, or what may be one behind `?` or `#`"
      : `\`${shownAddress(api)}\` of \`--github-api\` is no URL`,
    "Give the address of the API alone, such as `https://github.example.org/api/v3`, and the token as `--github-token env://GITHUB_TOKEN`.",
  )
}

/** A token is for one host: which, is said by who calls, and never by a project, in which a stranger may have written. */
export function refuseElsewhere(
  { repository = "" }: NamedRepository,
  host: string | undefined,
  api: string,
  problems: Problems,
): void {
  if (host === undefined) return
  problems.add(
    "github",
    `the project's own address has \`${repository}\` at \`${host}\`, and \`${api}\` is the API of another host`,
    `${apiOf(host)} If it belongs where that API is all the same, say so by both: \`--github-repository ${repository} --github-api ${api}\`.`,
  )
}

/** What says where a repository is. */
export function apiOf(host: string): string {
  return host === "github.com"
    ? "Leave `--github-api` out."
    : `If that host is yours, pass \`--github-api https://${host}/api/v3\` before the function: a token goes there.`
}

/** Refuses files that would not be written where they belong: whoever may write to a release names them. */
export function refuseNames(
  { name: forge }: Pick<Forge, "name">,
  { url }: Pick<ForgeRelease, "url">,
  assets: readonly Pick<RemoteAsset, "name">[],
): void {
  const names = assets.map(({ name }) => name)
  const odd = names.filter(
    (name, at) => !isPlainName(name) || names.indexOf(name) !== at,
  )
  if (odd.length > 0)
    throw problem(
      "github",
      `the release ${url} has files whose names ${forge} would not give: ${few(odd.map((each) => JSON.stringify(each)))}`,
      "Nothing was downloaded. See that `--github-api` is the address of that forge, and who wrote the release.",
    )
}

/** A list of the files of a release, or a signature of it, is never longer. */
export const LONGEST_SUMS = 1 << 20

/** Refuses what is said to be the sums or their signature and is longer than any, before it is downloaded. */
export function refuseLongSums(
  { url }: Pick<ForgeRelease, "url">,
  assets: readonly Pick<RemoteAsset, "name" | "size">[],
): void {
  for (const { name, size } of assets)
    if ([SUMS, ...SIGNATURE_NAMES].includes(name) && size > LONGEST_SUMS)
      throw problem(
        "github",
        `${code(name)} of the release ${url} has ${shownSize(size)}, and none of ours has more than ${shownSize(LONGEST_SUMS)}`,
        "Nothing was downloaded. See who put it there: what people may have downloaded is not replaced, so release a new version.",
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

/** A forge would make a tag that is not there from the default branch, whatever that is just now. */
export async function verifyTag(
  forge: Forge,
  { commit, version: { tag } }: Tagged,
): Promise<void> {
  const pushed = await forge.commitOf(tag)
  if (pushed === undefined)
    throw problem(
      "tag",
      `\`${tag}\` is no tag of \`${forge.where}\``,
      `Push it: \`git push origin ${tag}\`.`,
    )
  if (commit !== undefined && commit !== pushed)
    throw problem(
      "tag",
      `\`${tag}\` is commit \`${pushed}\` in \`${forge.where}\`, and \`${commit}\` was built`,
      `Check out what was pushed (\`git fetch --tags --force && git checkout tags/${tag}\`), or release a new version.`,
    )
}

/** A forge may keep a file under another name than it was sent by. */
export function missingAfterUploads(
  { name: forge }: Pick<Forge, "name">,
  lost: readonly string[],
  there: readonly string[],
): Error {
  return problem(
    "github",
    `${forge} took what was sent as ${lost.map(code).join(", ")} three times, and has no file of that name`,
    `What it has: ${few(there.map(code)) || "nothing"}. Delete from the draft what is there under another name, and see what stands between here and ${forge}: the release stays a draft until all of it is right.`,
  )
}

export function deletedDraft(
  { name, where }: Pick<Forge, "name" | "where">,
  tag: string,
): Error {
  return problem(
    "github",
    `the draft of \`${tag}\` in \`${where}\` was deleted on ${name} before it was published`,
    "Run the same command again: it makes the draft anew. If that is deleted as well, see which workflow does it.",
  )
}

export function publishedMeanwhile(
  { name, where }: Pick<Forge, "name" | "where">,
  published: ForgeRelease,
  draft: ForgeRelease,
): Error {
  return problem(
    "github",
    `another release of \`${published.tag}\` was published in \`${where}\` at the same time: ${published.url}`,
    `Run the same command again: it compares the files with those. The draft of this run stays on ${name}, at ${draft.url}: delete it there.`,
  )
}

export function refuseUnfit(
  forge: Pick<Forge, "name" | "unfit">,
  { assets }: { readonly assets: readonly Fitting[] },
): void {
  const unfit = forge.unfit(assets)
  if (unfit.length > 0)
    throw problem("configuration", unfitWords(forge.name, unfit), FIT)
}

const FIT =
  "Change `extra` or `asset-names` in `[tool.shipwheel.github]`, or what is built; `github = false` for the environment releases without it."

function unfitWords(forge: string, unfit: readonly string[]): string {
  return `the release's files don't fit ${forge}: ${unfit.join("; ")}`
}

/** The same before it is known whether there will be a release on a forge: it is worth saying where no repository is known, and refused where one is. */
export function judgeUnfit(
  { name, unfit }: Pick<Forge, "name" | "unfit">,
  assets: readonly Fitting[],
  isKnown: boolean,
  problems: Problems,
): string[] {
  const found = unfit(assets)
  if (found.length === 0) return []
  const words = unfitWords(name, found)
  if (!isKnown) return [`If this is released on ${name}: ${words}. ${FIT}`]
  problems.add("configuration", words, FIT)
  return []
}

export function refuseConflicts(
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
    "Nothing was changed there. What people may have downloaded is not replaced: release a new version.",
  )
}

/** Whoever takes what is published takes these files for the release's own; somebody may have put them there by hand, though. */
export function refuseStrays(
  { draft, url }: ForgeRelease,
  names: readonly string[],
): void {
  if (!draft || names.length === 0) return
  throw problem(
    "github",
    `the draft ${url} holds what this release does not have: ${names.map(code).join(", ")}`,
    "Nothing was published. An earlier run or somebody by hand put that there: delete these files from the draft, or all of the draft if nobody wrote it, and run the same command again.",
  )
}

/** Refuses what no file that is still to be made would mend. */
export function refuseForeseen(
  release: ForgeRelease,
  remotes: readonly RemoteAsset[],
  { certain, isOurs, isPossible }: Foreseen,
): void {
  const whole = remotes.filter(({ complete }) => complete)
  const has = new Set(whole.map(({ name }) => name))
  refuseStrays(
    release,
    strays(certain, remotes, (name) => isOurs(name) && !isPossible(name)),
  )
  refuseImmutable(
    release,
    certain.filter((name) => !has.has(name)).map((name) => ({ name })),
  )
}

export function refuseImmutable(
  release: ForgeRelease,
  missing: readonly Pick<Asset, "name">[],
): void {
  if (!release.immutable || missing.length === 0) return
  const names = missing.map(({ name }) => code(name)).join(", ")
  throw problem(
    "github",
    `the release ${release.url} is published and immutable, and lacks ${names}`,
    "Nothing can be added to it: release a new version.",
  )
}
