import type { Secret, Service } from "@dagger.io/dagger"

import { Problems } from "../errors.js"
import { isToken } from "../text/token.js"
import type { Version } from "../version/version.js"
import type { Forge } from "./forge.js"
import { refuseOpenAddress, verifyTag } from "./forge-refusals.js"
import type { Tagged } from "./forge-release.js"
import {
  chooseRepository,
  downloadAddress,
  parseRepository,
} from "./forge-repository.js"
import { Github } from "./github.js"
import { type Access, PUBLIC_API } from "./github-client.js"

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
  refuseOpenAddress(args.githubApi, problems)
  const token = (await args.githubToken?.plaintext())?.trim()
  if (token !== undefined) refuseMangled(token, problems)
  return new Github({
    ...problems.orAll({ repository }),
    token,
    ...(await accessTo(args)),
  })
}

/** Looks at a token before it is shown to anybody, whose words might have it in them. */
function refuseMangled(token: string, problems: Problems): void {
  if (isToken(token)) return
  problems.add(
    "credential",
    token === ""
      ? "the secret of `--github-token` is empty"
      : "the secret of `--github-token` has a blank, a line break or a special letter in it, as no token has",
    "Check the name of the variable or file that it comes from, and that nothing but the token is in there.",
  )
}

/** A service stands in for the host of the API's address, by which everything is told all the same. */
async function accessTo({
  githubApi,
  githubService,
}: GithubArguments): Promise<Pick<Access, "api" | "fetch" | "standIn">> {
  if (!githubService) return { api: githubApi }
  await githubService.start()
  const origin = await githubService.endpoint({ scheme: "http" })
  const { origin: named } = new URL(githubApi ?? PUBLIC_API)
  return {
    api: githubApi,
    fetch: answeredAt(origin, named),
    standIn: origin,
  }
}

/** Asks one host what is meant for another. */
export function answeredAt(origin: string, named: string): typeof fetch {
  return (address, init) => {
    const url = new URL(address instanceof Request ? address.url : address)
    return url.origin === named
      ? fetch(origin + url.pathname + url.search, init)
      : fetch(address, init)
  }
}
