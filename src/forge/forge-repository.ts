import type { Problems } from "../errors.js"
import { forgeAt } from "./forges.js"

/** A repository, as its address spells it. */
export interface ForgeRepository {
  readonly owner: string
  readonly repo: string
}

/** Reads `owner/name`, as GitHub names a repository. */
export function parseRepository(text: string): ForgeRepository | undefined {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(text) ?? []
  return owner && repo ? { owner, repo } : undefined
}

/** Where everybody downloads the files of a release, given the address of the API; the file's name comes after it. */
export function downloadAddress(
  api: string,
  { owner, repo }: ForgeRepository,
  tag: string,
): string {
  const url = new URL(api)
  const host = url.host.replace(/^api\./, "")
  const path = `${owner}/${repo}/releases/download/${encodeURIComponent(tag)}/`
  return `${url.protocol}//${host}/${path}`
}

/** The labels under which a project's metadata gives its repository (PEP 753), the surest first. */
const LABELS = ["source", "repository", "sourcecode", "github", "homepage"]

/** A repository as a project names it. */
export interface NamedRepository {
  /** `owner/name`. */
  readonly repository?: string | undefined
  /** Where the project's own address has it; absent where it is named without one. */
  readonly host?: string | undefined
}

/** Finds the repository among the addresses in a project's metadata. */
export function repositoryOf(
  urls: Readonly<Record<string, string>>,
): Required<NamedRepository> | undefined {
  const byLabel = new Map(
    Object.entries(urls).map(([label, url]) => [
      label.toLowerCase().replace(/[^a-z0-9]/g, ""),
      repositoryAt(url),
    ]),
  )
  return LABELS.map((label) => byLabel.get(label)).find(Boolean)
}

/** GitHub's own host, or that of an Enterprise; those of its pages, gists and files are others. */
const HOST = /^(?:www\.)?github\.(?!io$)[a-z0-9.-]+$/
/** What no owner can be called: these are GitHub's own pages. */
const PAGES =
  /^(?:about|apps|collections|enterprise|features|marketplace|orgs|search|settings|sponsors|stars|topics|users)$/i

function repositoryAt(address: string): Required<NamedRepository> | undefined {
  const [, host = "", owner = "", repo = ""] =
    /^https?:\/\/([^/:@]+)\/([\w-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(address) ??
    []
  const named = host.toLowerCase()
  return HOST.test(named) && !PAGES.test(owner)
    ? { repository: `${owner}/${repo}`, host: named.replace(/^www\./, "") }
    : undefined
}

/** GitHub takes no notice of capitals. */
export function isSameRepository(one = "", other = ""): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Where a repository is by the project's own address, if the API is another host's; who names both, the API and the repository, is taken at his word. */
export function hostElsewhere(
  { host, repository }: NamedRepository,
  asked: {
    readonly githubApi?: string | undefined
    readonly githubRepository?: string | undefined
  },
  usual: string,
): string | undefined {
  const { githubApi, githubRepository } = asked
  const api = githubApi ?? usual
  const isMeant =
    githubRepository === undefined ||
    (githubApi === undefined && isSameRepository(githubRepository, repository))
  // What is no address is refused as such.
  return isMeant && URL.canParse(api) && host !== hostOf(api) ? host : undefined
}

/** The host whose API this is: that of github.com has one of its own. */
function hostOf(api: string): string {
  return new URL(api).hostname.replace(/^api\./, "")
}

/** The repository that is asked for, else the configured one, else the one that the metadata names. */
export function chooseRepository(
  asked: string | undefined,
  configured: string | undefined,
  problems: Problems,
): ForgeRepository | undefined {
  const text = asked ?? configured
  const found = text === undefined ? undefined : parseRepository(text)
  if (!found)
    problems.add(
      "github",
      text === undefined
        ? "it is not known which repository on GitHub the release belongs to"
        : `\`${text}\` is no repository on GitHub${elsewhere(text)}`,
      "Say it as `owner/name` in `--github-repository` or `tool.shipwheel.github.repository`, or give its address as `Repository` in `[project.urls]`.",
    )
  return found
}

/** No release is made on the others, and this is why. */
function elsewhere(address: string): string {
  const forge = forgeAt(address)
  return forge?.lacks === undefined
    ? ""
    : `; no release is made on ${forge.name}, because ${forge.lacks}`
}
