import { Octokit } from "#octokit/core"
import { retry } from "#octokit/plugin-retry"
import { throttling } from "#octokit/plugin-throttling"

import type { ForgeRepository } from "./forge-repository.js"

const Client = Octokit.plugin(retry, throttling)

/** The address of github.com's API, as Octokit knows it. */
export const PUBLIC_API = new Octokit().request.endpoint.DEFAULTS.baseUrl

/** GitHub asks for no more patience than this; who asks for more gets an error that says until when. */
const PATIENCE_SECONDS = 15 * 60

/** How GitHub is reached. */
export interface Access {
  /** Absent to read what everybody may read. */
  readonly token: string | undefined
  readonly repository: ForgeRepository
  /** The API's address; that of github.com unless it is told. */
  readonly api?: string | undefined
  /** How fast requests may follow each other, where GitHub's own rules are not meant. */
  readonly pace?: object
  readonly fetch?: typeof fetch
  /** The address of what stands in for the API's host, which may name itself. */
  readonly standIn?: string | undefined
}

/** Octokit, as patient as GitHub asks for and as quiet as a report wants it. */
export function githubClient({ api, fetch, pace, repository, token }: Access) {
  return new Client({
    ...(token ? { auth: token } : {}),
    userAgent: "shipwheel",
    ...(api ? { baseUrl: api.replace(/\/+$/, "") } : {}),
    request: fetch ? { fetch } : {},
    ...pace,
    throttle: {
      onRateLimit: waitIfBearable,
      onSecondaryRateLimit: waitIfBearable,
      id: `${repository.owner}/${repository.repo}`,
      ...(pace && "throttle" in pace ? (pace.throttle as object) : {}),
    },
    log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
  })
}

function waitIfBearable(
  seconds: number,
  _options: unknown,
  _octokit: unknown,
  retries: number,
): boolean {
  const bearable = seconds <= PATIENCE_SECONDS && retries < 3
  if (bearable) console.log(`GitHub asks to wait for ${seconds} s`)
  return bearable
}

function quiet(): void {
  // Octokit also tells of each retry; what matters of it is in the error.
}
