import { expect, test } from "vitest"

import { processorSeconds, started, table } from "../../bench/figures.mjs"

test("containers are those that ran, not those that were remembered", () => {
  const log = [
    "12  : ┆ Container.withExec DONE [0.4s]",
    "13  : ┆ Container.withExec CACHED [0.0s]",
    "14  : ┆ Container.withExec ERROR [2.1s]",
    "14  : ┆ Container.stdout DONE [2.1s]",
  ].join("\n")
  expect(started(log)).toBe(2)
})

test("processors work while they are neither idle nor wait for a disk", () => {
  const [user, nice, system, idle, wait, irq, softirq, steal] = [
    100, 20, 300, 9999, 9999, 40, 50, 9999,
  ]
  const stat = `cpu  ${[user, nice, system, idle, wait, irq, softirq, steal].join(" ")}\ncpu0 1 2 3`
  expect(processorSeconds(stat)).toBeCloseTo(5.1)
})

test("the middle of all rounds stands beside that of the other way, and their ratio", () => {
  const took = (seconds: number, containers: number) => ({
    seconds,
    processor: seconds * 2,
    containers,
  })
  const byHand = [{ seconds: 30, processor: 45 }]
  const shipwheel = [took(10, 4), took(30, 5), took(20, 5)]
  const rows = new Map([
    ["cold", { shipwheel, "by hand": byHand }],
    ["changed", { shipwheel: [took(1, 0), took(2, 1)] }],
  ])
  expect(table(rows).split("\n").slice(2)).toEqual([
    "| cold | 20.0 s | 30.0 s | 0.67 | 0.89 | 40 s | 5 |",
    "| changed | 1.5 s |  |  |  | 3 s | 0.5 |",
  ])
})
