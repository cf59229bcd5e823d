import { Octokit } from "#octokit/core"
import { retry } from "#octokit/plugin-retry"
import { throttling } from "#octokit/plugin-throttling"
import { RequestError } from "#octokit/request-error"

import { Redaction } from "../text/redaction.js"
import { ANSWER_LIMITS, type AnswerLimits, wholeUpTo } from "./answer-limit.js"
import type { ForgeRepository } from "./forge-repository.js"
import { fetchFrom, ownAddresses } from "./own-hosts.js"
import { limited, REQUEST_LIMITS, type RequestLimits } from "./request-limit.js"

const Client = Octokit.plugin(limited, retry, throttling)

/** The address of github.com's API, as Octokit knows it. */
export const PUBLIC_API = new Octokit().request.endpoint.DEFAULTS.baseUrl

/** GitHub asks for no more patience than this; who asks for more gets an error that says until when. */
const PATIENCE_SECONDS = 15 * 60

/** Octokit also tells of each retry, and in a header's words of what GitHub will give up; what matters of it is in the error. */
const quiet = () => undefined
const LOG = { debug: quiet, info: quiet, warn: quiet, error: console.error }

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
  readonly limits?: Partial<RequestLimits> | undefined
  readonly answerLimits?: AnswerLimits
  /** The address of what stands in for the API's host, which may name itself. */
  readonly standIn?: string | undefined
}

/** Octokit, as patient as GitHub asks for, as quiet as a report wants it, and with no token in what it gives back. */
export function githubClient(access: Access) {
  const client = clientFor(access)
  const redaction = new Redaction(access.token)
  client.hook.wrap("request", async (request, options) => {
    try {
      return redaction.answer(await request(options))
    } catch (error) {
      throw redacted(error, redaction)
    }
  })
  return client
}

function clientFor(access: Access) {
  const { api, fetch, limits, pace, repository, standIn, token } = access
  const { answerLimits: most = ANSWER_LIMITS } = access
  const { request: seconds } = { ...REQUEST_LIMITS, ...limits }
  const address = (api ?? PUBLIC_API).replace(/\/+$/, "")
  const own = ownAddresses(address, standIn)
  const fetched = wholeUpTo(most.answer, fetchFrom(own, fetch))
  return new Client({
    ...(token ? { auth: token } : {}),
    userAgent: "shipwheel",
    baseUrl: address,
    request: { log: LOG, seconds, fetch: fetched },
    ...pace,
    throttle: {
      onRateLimit: waitIfBearable,
      onSecondaryRateLimit: waitIfBearable,
      id: `${repository.owner}/${repository.repo}`,
      ...(pace && "throttle" in pace ? (pace.throttle as object) : {}),
    },
    log: LOG,
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

/** What GitHub refused, in words without the token. */
function redacted(error: unknown, redaction: Redaction): unknown {
  if (!(error instanceof Error)) return error
  error.message = redaction.text(error.message)
  if (error instanceof RequestError && error.response)
    error.response = redaction.answer(error.response)
  return error
}
