import { hasRun, type Timed, timelineOf } from "./timeline.js"

const HOUR = 3600

/** A run as a diagram of Mermaid, which GitHub and GitLab draw; the longest chain is marked. */
export function gantt(stages: readonly Timed[]): string {
  const { chain, lasted } = timelineOf(stages)
  const lines = stages
    .filter(hasRun)
    .map((each) => task(each, chain.includes(each)))
  // Read as times of today, so that the axis begins at nought in every time zone.
  return [
    "gantt",
    "dateFormat HH:mm:ss.SSS",
    `axisFormat ${lasted < HOUR ? "%M:%S" : "%H:%M"}`,
    ...lines,
  ].join("\n")
}

function task({ end, name, seconds, start }: Timed, inChain: boolean): string {
  // What Mermaid would take for the end of a name, or for a comment.
  const shown = name.replace(/[^\w -]/g, " ")
  const mark = inChain ? "crit" : "done"
  return `${shown} ${seconds.toFixed(1)} s :${mark}, ${time(start)}, ${time(end)}`
}

/** A time of day, which ends before midnight. */
function time(seconds: number): string {
  const at = Math.min(Math.round(seconds * 1000), 24 * HOUR * 1000 - 1)
  return new Date(at).toISOString().slice("1970-01-01T".length, -1)
}
