import { readFileSync } from "node:fs"

/** The seconds that all processors of this machine have worked, for whomever (proc(5)). */
export function processorSeconds(stat = readFileSync("/proc/stat", "utf8")) {
  const [, user, nice, system, , , irq, softirq] = stat
    .split("\n", 1)[0]
    .split(/\s+/)
    .map(Number)
  return (user + nice + system + irq + softirq) / 100
}

/** How many containers ran a command in a call: the engine's record tells those from what it remembered. */
export function started(log) {
  return [...log.matchAll(/Container\.withExec (?:DONE|ERROR)/g)].length
}

/** All rounds in one table: the middle of each, and what Shipwheel takes of the other's. */
export function table(figures) {
  const rows = [...figures].map(([name, { "by hand": other, shipwheel }]) => {
    const ratio = (key) =>
      other ? (middle(shipwheel, key) / middle(other, key)).toFixed(2) : ""
    return [
      name,
      `${middle(shipwheel, "seconds").toFixed(1)} s`,
      other ? `${middle(other, "seconds").toFixed(1)} s` : "",
      ratio("seconds"),
      ratio("processor"),
      `${middle(shipwheel, "processor").toFixed(0)} s`,
      String(middle(shipwheel, "containers")),
    ]
  })
  const head = [
    "",
    "Shipwheel",
    "by hand",
    "ratio",
    "ratio of CPU",
    "CPU",
    "containers",
  ]
  return [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n")
}

function middle(taken, key) {
  const sorted = taken
    .map((each) => each[key])
    .sort((one, other) => one - other)
  const half = (sorted.length - 1) / 2
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2
}
