import type { RequestError } from "#octokit/request-error"

import type { Limits } from "../config/limits.js"
import { problem } from "../errors.js"
import { foreign } from "../text/foreign.js"
import { LIMIT } from "./github-access.js"

/** What was asked of GitHub, in the words of the report. */
export interface GithubRequest {
  /** Such as `create the release`. */
  readonly what: string
  /** Such as `owner/name`. */
  readonly where: string
  readonly api: string
  /** Nobody has shown a token. */
  readonly anonymous?: boolean
}

/** The right that a release needs, in each kind of token's own words. */
const NEEDED =
  "a fine-grained token or a GitHub App needs the repository permission `Contents: write`, a classic token the scope `repo` (`public_repo` for a public repository), a workflow `permissions: contents: write`"

/** GitHub's own limits begin again within the hour: what is further away is no time of it. */
const DAY = 24 * 60 * 60 * 1000

/** Names the cause of what GitHub refused, and what to do about it. */
export function refusal(error: RequestError, asked: GithubRequest): Error {
  const { status, response } = error
  const headers = response?.headers ?? {}
  const said = error.message.replace(/ - https?:\S+$/, "")
  if (!response)
    return problem(
      "github",
      `GitHub can't be reached at \`${asked.api}\` to ${asked.what}: ${said}`,
      "Check the address in `--github-api` and the way there (proxy, firewall); then run the same command again.",
    )
  if (status === 401)
    return problem(
      "credential",
      `GitHub refuses the token: ${said}`,
      `Make a new one and pass it as \`--github-token\`; ${NEEDED}.`,
    )
  if (isRateLimit(error)) return rateLimit(error, asked)
  if (headers["x-github-sso"])
    return problem(
      "credential",
      `the token is not authorized for the organization's single sign-on, so it can't ${asked.what}`,
      `Authorize it: ${String(headers["x-github-sso"]).replace(/^.*url=/, "")}`,
    )
  if (status === 403) return missingRight(asked, said, headers)
  if (status === 404) return notFound(asked, headers)
  if (status === 413 || (status === 422 && /size/i.test(said)))
    return problem(
      "github",
      `GitHub refuses to ${asked.what}, it is too large: ${said}`,
      "Files of a release are below 2 GiB each; leave it out of `tool.shipwheel.github.extra`, or make it smaller.",
    )
  if (status === 422 && /immutable/i.test(said))
    return problem(
      "github",
      `GitHub refuses to ${asked.what}: ${said}`,
      "A published release of this repository can't be changed; release a new version.",
    )
  if (status >= 500)
    return problem(
      "github",
      `GitHub answered ${status} when asked to ${asked.what}, also when asked again`,
      "Run the same command again later: what is done stays done, and the release stays a draft until all of it is there.",
    )
  return problem(
    "github",
    `GitHub refuses to ${asked.what} (${status}): ${said}`,
    "Do what it says, and run the same command again.",
  )
}

/** A login page, a proxy or another service answers as if all were well. */
export function notGithub({ api, what }: GithubRequest): Error {
  return problem(
    "github",
    `what answers at \`${api}\` is not GitHub's API: it was asked to ${what}, and its answer is another one`,
    "Check the address in `--github-api` (of GitHub Enterprise Server it ends in `/api/v3`) and whether a proxy asks for a login on the way.",
  )
}

/** Lists of GitHub end: this one would not. */
export function endlessList({ api, what }: GithubRequest): Error {
  return problem(
    "github",
    `\`${api}\` was asked to ${what}, and its pages have no end`,
    "Check the address in `--github-api`; GitHub's own lists have at most 100 pages.",
  )
}

export function isRateLimit({ status, response, message }: RequestError) {
  return (
    status === 429 ||
    (status === 403 &&
      (response?.headers["x-ratelimit-remaining"] === "0" ||
        /secondary rate limit/i.test(message)))
  )
}

function rateLimit(
  { response }: RequestError,
  { anonymous, what }: GithubRequest,
): Error {
  const { headers = {} } = response ?? {}
  const reset = Number(headers["x-ratelimit-reset"]) * 1000
  // A limit on how fast things are made has no other word.
  const minutes = Math.ceil(Number(headers["retry-after"]) / 60)
  const until =
    Math.abs(reset - Date.now()) < DAY
      ? `at ${new Date(reset).toISOString()}`
      : `in ${minutes > 1 ? String(minutes) : "some"} minutes`
  return problem(
    "github",
    `GitHub's rate limit ${anonymous ? "without a token" : "for this token"} is used up, and it was asked to ${what}`,
    `Run the same command again ${until}; what is done stays done.`,
  )
}

type Headers = Readonly<Record<string, string | number | undefined>>

function missingRight(
  asked: GithubRequest,
  said: string,
  headers: Headers,
): Error {
  const wanted =
    headers["x-accepted-github-permissions"] ??
    headers["x-accepted-oauth-scopes"]
  const has = headers["x-oauth-scopes"]
  const named = wanted ? `, for which GitHub wants \`${wanted}\`` : ""
  const scopes =
    has === undefined ? "" : `; its scopes are \`${has || "none"}\``
  return problem(
    "credential",
    `the token may not ${asked.what} in \`${asked.where}\`${named}${scopes}: ${said}`,
    `Give it that right: ${NEEDED}.`,
  )
}

/** What was listed a request before is no missing repository. */
export function goneFile(name: string, where: string) {
  return problem(
    "github",
    `the release in \`${where}\` lists \`${name}\`, and GitHub has no such file any more`,
    "Somebody may have replaced it just now: run the same command again.",
  )
}

/** What another host says is not GitHub's word. */
export function foreignRedirect(address: string, { api, what }: GithubRequest) {
  const shown = URL.canParse(address) ? new URL(address).origin : "no address"
  return problem(
    "github",
    `\`${api}\` was asked to ${what}, and sends on to \`${shown}\`, which is not its own, so nothing was asked there`,
    "Check the address in `--github-api` (with `https`, where it is served so), and what stands between it and GitHub.",
  )
}

/** GitHub answers 404, not 403, where a token may not even know of the repository. */
function notFound(asked: GithubRequest, headers: Headers): Error {
  const has = headers["x-oauth-scopes"]
  const scopes =
    has === undefined ? "" : ` (its scopes are \`${has || "none"}\`)`
  if (asked.anonymous)
    return problem(
      "github",
      `there is no repository \`${asked.where}\` at \`${asked.api}\` that everybody may read, and no token was shown to ${asked.what}`,
      `Correct \`--github-repository\` (or \`repository\` in \`[tool.shipwheel.github]\`) if it is not \`owner/name\` as GitHub has it; what is private is shown to a token alone.`,
    )
  return problem(
    "github",
    `there is no repository \`${asked.where}\` at \`${asked.api}\`, or the token may not ${asked.what} there${scopes}`,
    `Correct \`--github-repository\` (or \`repository\` in \`[tool.shipwheel.github]\`) if it is not \`owner/name\` as GitHub has it, or give the token the right: ${NEEDED}.`,
  )
}

/** A token is for one host, and so are the files. */
export function foreignUpload(address: string, { api, what }: GithubRequest) {
  const shown = URL.canParse(address) ? new URL(address).host : "no address"
  return problem(
    "github",
    `\`${api}\` names \`${shown}\` to ${what}, which is not its own, so nothing was sent there`,
    "Check the address in `--github-api`, and what stands between it and GitHub.",
  )
}

export function noCommit(tag: string, type: string, where: string) {
  return problem(
    "tag",
    `\`${tag}\` stands for a ${foreign(type)} in \`${where}\`, and for no commit`,
    "Tag the commit that is released, and push that tag.",
  )
}

/** What is a draft is seen by nobody. */
export function stillDraft(tag: string, where: string) {
  return problem(
    "github",
    `GitHub was asked to publish the release of \`${tag}\` in \`${where}\`, and has it as a draft still`,
    "Run the same command again: its files stay. If it stays a draft, publish it by hand on GitHub.",
  )
}

/** What still drips in is never at its end. */
export function tooSlow(
  seconds: number,
  { api, what }: GithubRequest,
  limit?: keyof Limits,
) {
  const more =
    limit === undefined
      ? ""
      : `, or give it more time: \`${limit}\` in \`[tool.shipwheel.limits]\``
  return problem(
    "github",
    `\`${api}\` was asked to ${what}, and that still ran after ${seconds} s, the limit of ${limit === undefined ? "a request" : "a file"}`,
    `Run the same command again: what is done stays done. If it stays so, see what stands between here and GitHub${more}.`,
  )
}

/** GitHub says no more than it was asked for. */
export function tooLarge(most: number, { api, what }: GithubRequest) {
  return problem(
    "github",
    `\`${api}\` was asked to ${what}, and answers with more than ${most >> 20} MiB, which is not read any further`,
    "Check the address in `--github-api`, and what stands between it and GitHub.",
  )
}

/** What GitHub holds it has taken once. */
export function hugeFile(name: string, size: number, { api }: GithubRequest) {
  return problem(
    "github",
    `\`${api}\` says that \`${name}\` has ${size} bytes, and GitHub takes less than ${LIMIT} for a file`,
    "Nothing of it was downloaded. Check the address in `--github-api`, and what stands between it and GitHub.",
  )
}

/** It would be compared only once all of it is here, and not at all where no hash is told. */
export function otherSize(
  name: string,
  size: number,
  seen: number,
  { api }: GithubRequest,
) {
  const said = `\`${api}\` says that \`${name}\` has ${size} bytes, and`
  return seen > size
    ? problem(
        "github",
        `${said} sends more`,
        "Nothing of it is used. Check the address in `--github-api`, and what stands between it and GitHub.",
      )
    : problem(
        "github",
        `${said} its download broke off after ${seen}`,
        "Nothing of it is used. Run the same command again; if it stays so, see what stands between here and GitHub.",
      )
}
