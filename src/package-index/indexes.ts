import { PYPI, REHEARSAL, TEST_PYPI } from "../config/index-names.js"
import type { IndexRule } from "../config/index-rule-names.js"
import { problem } from "../errors.js"
import { code } from "../text/code.js"
import { mayHoldSecret, shownAddress, urlOf } from "../text/shown-address.js"
import type { Version } from "../version/version.js"

/** An index of `[[tool.shipwheel.index]]`, in uv's words. */
export interface ConfiguredIndex {
  readonly name: string
  /** The variable that usually holds its password. */
  readonly variable?: string
  /** The simple index. */
  readonly url: string
  readonly publishUrl: string
  /** What it takes although PyPI would refuse it. */
  readonly takes?: readonly IndexRule[]
  /** It takes attestations of who publishes (PEP 740). */
  readonly attests?: boolean | undefined
  /** What is known of the Sigstore that signs them, where that is not the public one. */
  readonly sigstore?: string | undefined
}

/** Where twine says that the public indexes take uploads. */
export interface PublicUploads {
  readonly pypi: string
  readonly testpypi: string
}

/** Where an index takes uploads, and where it lists what it holds. */
export interface IndexAddress {
  /** As the reader of a report knows it. */
  readonly name: string
  /** What `--index` takes to mean it. */
  readonly option: string
  /** The variable that usually holds the password of one's own. */
  readonly variable?: string | undefined
  /** PyPI's own software, with its tokens, its minting and its pages. */
  readonly warehouse: boolean
  readonly uploadUrl: string
  /** The simple index (PEP 503). */
  readonly simpleUrl: string
  /** What it takes although PyPI would refuse it. */
  readonly takes: readonly IndexRule[]
  /** It takes attestations of who publishes, and tells everybody of them (PEP 740). */
  readonly attests?: boolean | undefined
  /** What a client has to trust of the Sigstore that signs them, where that is not the public one. */
  readonly sigstore?: string | undefined
}

/** Whether the choice needs the addresses that twine knows. */
export function isPublic(option: string): boolean {
  return option === TEST_PYPI || option === PYPI
}

/** Whether the choice may be one of them: by its name, or by an address as PyPI's software takes uploads at. */
export function mayBePublic(
  option: string,
  configured: readonly ConfiguredIndex[],
): boolean {
  const found = configured.find(({ name }) => name === option)
  return isPublic(option) || /\/legacy\/*$/.test(found?.publishUrl ?? option)
}

/** Whether the choice says where the index is, with no look at the configuration. */
export function isAddress(option = TEST_PYPI): boolean {
  return isPublic(option) || option === REHEARSAL || isUrl(option)
}

/** Finds the index that `--index` means: a public one, a configured one, or a URL. */
export function resolveIndex(
  option: string,
  configured: readonly ConfiguredIndex[],
  uploads: PublicUploads | undefined,
): IndexAddress {
  if (uploads && option === TEST_PYPI)
    return publicIndex("Test PyPI", option, uploads.testpypi)
  if (uploads && option === PYPI)
    return publicIndex("PyPI", option, uploads.pypi)
  const found = configured.find(({ name }) => name === option)
  if (found) {
    refusePublic(option, [found.publishUrl, found.url], uploads)
    const { attests, name, sigstore, takes = [], url, variable } = found
    const there = { uploadUrl: found.publishUrl, simpleUrl: slashed(url) }
    const taken = { takes, attests, sigstore }
    return { name, option, variable, warehouse: false, ...there, ...taken }
  }
  if (isUrl(option)) {
    const there = indexAt(option)
    refusePublic(option, [there.uploadUrl], uploads)
    return there
  }
  const known = [TEST_PYPI, PYPI, REHEARSAL, ...configured.map((i) => i.name)]
  throw problem(
    "index",
    `\`${option}\` is no index that is known`,
    `Accepted are ${known.map(code).join(", ")}, another \`[[tool.shipwheel.index]]\` of pyproject.toml, or the URL that takes uploads.`,
  )
}

/** Nothing but a public index answers under its name: whatever stood in for it would be shown what is meant for it. */
export function refuseStandIn(
  { simpleUrl, uploadUrl }: IndexAddress,
  uploads: PublicUploads,
): void {
  const taken = [simpleUrl, uploadUrl]
    .map(hostOf)
    .find((host) => publicAt(host, uploads) !== undefined)
  if (taken !== undefined)
    throw problem(
      "credential",
      `\`--index-service\` would stand in for \`${taken}\`, which is a public index`,
      "Leave it out, or give the index of your own a host name of its own.",
    )
}

/** By an address of its own a public index would be taken for another one, without its rules and its pages. */
function refusePublic(
  option: string,
  urls: readonly string[],
  uploads: PublicUploads | undefined,
): void {
  const [known] = urls.flatMap(
    (url) => (uploads && publicAt(hostOf(url), uploads)) ?? [],
  )
  if (known === undefined) return
  throw problem(
    "index",
    `${code(option)} is ${known === PYPI ? "PyPI" : "Test PyPI"}, by an address of it`,
    `Name it as \`${known}\`: then its addresses, its rules and its tokens are known.`,
  )
}

/** Which of the public indexes has a host, for uploads or for its pages. */
function publicAt(host: string, uploads: PublicUploads) {
  return ([PYPI, TEST_PYPI] as const).find((option) => {
    const url = option === PYPI ? uploads.pypi : uploads.testpypi
    return [url, simpleOf(url)].map(hostOf).includes(host)
  })
}

/** A dot at its end changes nothing of a host's name. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/\.$/, "")
}

/** A staging tag's version is for trials: PyPI would keep it for ever. */
export function refuseStaging(
  version: Version,
  option: string | undefined,
): void {
  if (version.environment === "staging" && option === PYPI)
    throw problem(
      "tag",
      `\`${version.tag}\` is a staging tag, and PyPI is for production`,
      "Release it to Test PyPI, or tag the same commit `vX.Y.Z`.",
    )
}

/** Where PyPI's software lets an owner yank or delete a release. */
export function managePage(
  { simpleUrl, warehouse }: IndexAddress,
  project: string,
  version: string,
): string | undefined {
  if (!warehouse) return undefined
  const path = `/manage/project/${project}/release/${version}/`
  return new URL(path, simpleUrl).href
}

/** The page that people see. */
export function projectPage(
  { simpleUrl, warehouse }: IndexAddress,
  project: string,
  version: string,
): string | undefined {
  if (!warehouse) return undefined
  return new URL(`/project/${project}/${version}/`, simpleUrl).href
}

function publicIndex(
  name: string,
  option: string,
  uploadUrl: string,
): IndexAddress {
  const simpleUrl = simpleOf(uploadUrl)
  const there = { warehouse: true, uploadUrl, simpleUrl }
  return { name, option, ...there, takes: [], attests: true }
}

/** Where PyPI's own sites list what they take. */
function simpleOf(uploadUrl: string): string {
  return uploadUrl.replace("//upload.", "//").replace(/legacy\/$/, "simple/")
}

function isUrl(option: string): boolean {
  return /^https?:\/\//.test(option)
}

/** Whether only its URL is known, which does not say where a devpi lists what it takes. */
export function isGuessed({ option, warehouse }: IndexAddress): boolean {
  return isUrl(option) && !warehouse
}

/** Most servers list under `simple/` what they take one level above. */
function indexAt(option: string): IndexAddress {
  const uploadUrl = readUrl(option)
  const simpleUrl = slashed(uploadUrl).replace(/(\/legacy\/|\/)$/, "/simple/")
  const warehouse = uploadUrl.endsWith("/legacy/")
  return { name: option, option, warehouse, uploadUrl, simpleUrl, takes: [] }
}

function readUrl(text: string): string {
  const url = urlOf(text)
  if (url && !mayHoldSecret(url)) return text
  throw problem(
    "index",
    url
      ? "the index's URL holds a password, or may hold one behind `?` or `#`"
      : `\`${shownAddress(text)}\` is no URL`,
    "Give the URL alone, and the credentials as `--index-user` and `--index-password env://INDEX_PASSWORD`.",
  )
}

export function slashed(url: string): string {
  return url.endsWith("/") ? url : `${url}/`
}
