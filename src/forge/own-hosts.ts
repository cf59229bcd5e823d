import { isForBytes } from "./answer-limit.js"

/** The addresses that speak for an API: its own, and that of what stands in for its host. */
export function ownAddresses(api: string, standIn?: string): string[] {
  return [api, ...(standIn ? [standIn] : [])]
}

/** Whether one of the addresses that speak for GitHub is of the same place as another. */
export function isOfOne(own: readonly string[], address: string): boolean {
  return own.some((each) => isOwnHost(each, address))
}

/**
 * Whether an address is of whom the token is for: the API's own host, or the one that GitHub has for uploads beside it
 * (`api.` and `uploads.` of github.com and of GHE.com; GitHub's REST API, "Upload a release asset").
 */
export function isOwnHost(api: string, address: string): boolean {
  if (!URL.canParse(address)) return false
  const [own, other] = [new URL(api), new URL(address)]
  const beside = own.host.replace(/^api\./, "uploads.")
  return (
    other.protocol === own.protocol && [own.host, beside].includes(other.host)
  )
}

/** A request that is answered with the address of somebody else. */
export class LedAway extends Error {
  /** What tries again looks here whether it may. */
  readonly request = {}
  /** By this name alone Octokit takes a failure for what it is. */
  override readonly name = "AbortError"

  constructor(readonly to: string) {
    super(`it is answered with \`${to}\``)
  }
}

/** GitHub sends on what asks for a repository that was renamed, once. */
const STEPS = 3

/** Follows redirects only to hosts that speak for GitHub: what any other one says is not GitHub's word, and what is written is for no other one. The bytes of a file may come from wherever GitHub stores them. */
export function fetchFrom(
  own: readonly string[],
  fetched: typeof fetch = fetch,
): typeof fetch {
  return async (asked, init) => {
    let at = asked
    for (let step = 0; ; step++) {
      const redirect = isForBytes(init) ? "follow" : "manual"
      const answer = await fetched(at, { ...init, redirect })
      const to = redirectOf(answer, isAddress(at) ? at : at.url)
      if (to === undefined) return answer
      if (step === STEPS || !isOfOne(own, to)) throw new LedAway(to)
      at = to
    }
  }
}

function isAddress(asked: Parameters<typeof fetch>[0]): asked is string | URL {
  return typeof asked === "string" || asked instanceof URL
}

function redirectOf(
  { headers, status }: Response,
  from: string | URL,
): string | undefined {
  const to = headers.get("location")
  if (status < 300 || status >= 400 || to === null) return undefined
  return URL.canParse(to, from) ? new URL(to, from).href : to
}
