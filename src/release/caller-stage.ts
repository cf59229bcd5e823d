import type { Secret, Service } from "@dagger.io/dagger"

import type { GithubArguments } from "../forge/forge-access-stage.js"
import type { Checkout } from "../git/stage.js"
import type { IndexArguments } from "../package-index/arguments-stage.js"
import type { SigningArguments } from "../signature/stage.js"
import type { ReportFormat } from "./report-format.js"

/** What every call of the module knows: the project, where things are, and how reports are written. */
export interface Caller extends Checkout {
  readonly format: ReportFormat
  readonly indexUser?: string | undefined
  readonly indexService?: Service | undefined
  readonly identityUrl?: string | undefined
  readonly githubRepository?: string | undefined
  readonly githubApi?: string | undefined
  readonly githubService?: Service | undefined
  readonly signingKey?: Secret | undefined
}

/** Where things are, whoever calls: a caller has functions of the same names as other arguments. */
export function placesOf(
  caller: Omit<Caller, "format">,
): IndexArguments & GithubArguments & SigningArguments {
  const { identityUrl, indexService, indexUser, signingKey } = caller
  const { githubApi, githubRepository, githubService } = caller
  const github = { githubApi, githubRepository, githubService }
  return { identityUrl, indexService, indexUser, signingKey, ...github }
}
