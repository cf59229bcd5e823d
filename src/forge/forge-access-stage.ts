import type { Secret, Service } from "@dagger.io/dagger"

import { Problems } from "../errors.js"
import { isToken } from "../text/token.js"
import type { Version } from "../version/version.js"
import type { Forge } from "./forge.js"
import {
  refuseElsewhere,
  refuseOpenAddress,
  verifyTag,
} from "./forge-refusals.js"
import type { Tagged } from "./forge-release.js"
import {
  chooseRepository,
  downloadAddress,
  hostElsewhere,
  type NamedRepository,
  parseRepository,
} from "./forge-repository.js"
import { Github } from "./github.js"
import { type Access, PUBLIC_API } from "./github-client.js"
import type { RequestLimits } from "./request-limit.js"

/** What a project says of where it is hosted. */
export interface Hosted {
  readonly github: NamedRepository
  /** How long the download of a file may take there, and its upload. */
  readonly limits?: Partial<RequestLimits> | undefined
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
  hosted: Hosted,
  args: GithubArguments,
  tagged: Tagged | undefined,
): Promise<Forge> {
  const github = await openRepository(hosted, args)
  await github.proveAccess()
  if (tagged) await verifyTag(github, tagged)
  return github
}

/** Where everybody will download the files of the release; empty where its repository is not known, or not on this GitHub. */
export function assetsAddress(
  { github }: Hosted,
  version: Version,
  args: GithubArguments,
): string {
  const { githubApi = PUBLIC_API, githubRepository } = args
  const problems = new Problems()
  refuseOpenAddress(args.githubApi, problems)
  problems.throwIfAny()
  const repository = parseRepository(
    githubRepository ?? github.repository ?? "",
  )
  return repository && elsewhere(github, args) === undefined
    ? downloadAddress(githubApi, repository, version.tag)
    : ""
}

/** Where the project's own address has its repository, if that is not where it would be looked for. */
export function elsewhere(
  named: NamedRepository,
  args: GithubArguments,
): string | undefined {
  return hostElsewhere(named, args, PUBLIC_API)
}

/** For what is only worth saying: nobody waits long for it. */
export const BRIEFLY = {
  limits: { request: 20 },
  pace: {
    retry: { retries: 1 },
    throttle: {
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
    },
  },
} satisfies Partial<Access>

/** Opens GitHub; nothing of it is read yet. */
export async function openRepository(
  { github: named, limits }: Hosted,
  args: GithubArguments = {},
  patience: Pick<Access, "limits" | "pace"> = {},
): Promise<Forge> {
  const problems = new Problems()
  const repository = chooseRepository(
    args.githubRepository,
    named.repository,
    problems,
  )
  refuseOpenAddress(args.githubApi, problems)
  const { githubApi = PUBLIC_API } = args
  if (problems.all.length === 0)
    refuseElsewhere(named, elsewhere(named, args), githubApi, problems)
  const token = (await args.githubToken?.plaintext())?.trim()
  if (token !== undefined) refuseMangled(token, problems)
  return new Github({
    ...problems.orAll({ repository }),
    token,
    ...patience,
    limits: { ...limits, ...patience.limits },
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
