import { ReleaseError } from "../errors.js"

/** How many bytes are read. */
export interface AnswerLimits {
  readonly answer: number
  /** All pages of a list. */
  readonly list: number
}

/** A hundred releases, and all that GitHub says of their files, are less. */
export const ANSWER_LIMITS: AnswerLimits = {
  answer: 64 << 20,
  list: 256 << 20,
}

/** An answer of more than anybody has to say. */
export class TooMuch extends Error {
  /** What tries again looks here whether it may. */
  readonly request = {}
  /** By this name alone Octokit takes a failure for what it is. */
  override readonly name = "AbortError"

  constructor(readonly most: number) {
    super(`it is more than ${most} bytes`)
  }
}

/** What is asked for as bytes comes as it is, to whoever reads it. */
export const BYTES = "application/octet-stream"

/** Reads an answer, of which Octokit would keep all that comes, and takes what breaks off for its end. */
export function wholeUpTo(
  most: number,
  fetched: typeof fetch = fetch,
): typeof fetch {
  return async (asked, init) => {
    const answer = await fetched(asked, init)
    return answer.body === null || (answer.ok && isForBytes(init))
      ? answer
      : inPlaceOf(answer, await partsOf(answer.body, most))
  }
}

/** Whether the bytes of a file are asked for. */
export function isForBytes(init: RequestInit | undefined): boolean {
  return new Headers(init?.headers).get("accept") === BYTES
}

async function partsOf(
  body: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = []
  let left = most
  for await (const part of body) {
    left -= part.length
    if (left < 0) throw new TooMuch(most)
    parts.push(part)
  }
  return parts
}

/** The same answer, with the length that it has unpacked. */
function inPlaceOf(answer: Response, parts: Uint8Array[]): Response {
  const bytes = Buffer.concat(parts)
  const headers = new Headers(answer.headers)
  headers.set("content-length", String(bytes.length))
  // A status may be one that nobody can make an answer with.
  return Object.defineProperties(new Response(bytes, { headers }), {
    status: { value: answer.status },
    url: { value: answer.url },
  })
}

/** What is sent, of the size that it was said to have: more would fill the disk before anybody compares a hash, and less is what a broken connection leaves. */
export async function* bounded(
  sent: AsyncIterable<unknown>,
  size: number,
  refuse: (seen: number) => Error,
): AsyncGenerator<Uint8Array> {
  let seen = 0
  try {
    for await (const part of sent as AsyncIterable<Uint8Array>) {
      seen += part.length
      if (seen > size) break
      yield part
    }
  } catch (error) {
    throw error instanceof ReleaseError ? error : refuse(seen)
  }
  if (seen !== size) throw refuse(seen)
}
