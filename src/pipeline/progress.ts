/** What of a run is going on, and what is left of it, in a line for whoever waits. */
export interface Progress {
  readonly started: (name: string) => string
  readonly ended: (name: string) => string | undefined
}

/** Follows stages by their names, with the time that the clock shows in milliseconds. */
export function progressOf(
  names: readonly string[],
  now: () => number,
): Progress {
  const left = new Set(names)
  const running = new Map<string, number>()
  const since = (start: number) => Math.round((now() - start) / 1000)
  const line = () => {
    const runs = [...running].map(
      ([name, start]) => `${name} (${since(start)} s)`,
    )
    return [
      ...(runs.length > 0 ? [`runs now: ${runs.join(", ")}`] : []),
      ...(left.size > 0 ? [`left: ${[...left].join(", ")}`] : []),
    ].join("; ")
  }
  return {
    started: (name) => {
      left.delete(name)
      running.set(name, now())
      return `▸ started: ${name}; ${line()}`
    },
    ended: (name) => {
      left.delete(name)
      running.delete(name)
      const rest = line()
      return rest === "" ? undefined : `▸ ${rest}`
    },
  }
}
