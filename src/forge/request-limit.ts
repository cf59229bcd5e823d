import type { Octokit } from "#octokit/core"

import { LIMITS } from "../config/limits.js"

/** How long requests may take, in seconds. */
export interface RequestLimits {
  /** One that moves no file: GitHub itself gives up after ten. */
  readonly request: number
  /** The download of a file, once GitHub has answered. */
  readonly install: number
  /** One attempt to upload a file. */
  readonly upload: number
}

export const REQUEST_LIMITS: RequestLimits = { ...LIMITS, request: 120 }

/** A request that still ran at its limit. */
export class TooSlow extends Error {
  /** What tries again looks here whether it may: nobody waits as long twice. */
  readonly request = {}

  constructor(readonly seconds: number) {
    super(`it still ran after ${seconds} s`)
  }
}

/** Ends each request at its limit, of which nobody else has one: a server that sends a byte now and then is never silent. As the first plugin it is inside of what waits and tries again. */
export function limited(octokit: Octokit): void {
  octokit.hook.wrap("request", async (request, options) => {
    const { seconds } = options.request as { seconds: number }
    return notLonger(seconds, async (signal) =>
      request({ ...options, request: { ...options.request, signal } }),
    )
  })
}

/** The answer's end is waited for as well, which may come as an end of what was said. */
async function notLonger<T>(
  seconds: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TooSlow(seconds))
      over.abort()
    }, seconds * 1000)
  })
  try {
    return await Promise.race([run(over.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
