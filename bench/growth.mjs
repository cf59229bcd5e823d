// Times what grows with a project (modules, tests, files of the frontend, megabytes of the wheel), on an engine of its own,
// beside the memory of the module's own process: npm run bench:growth. It means nothing beside other work.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { freshEngine, shipwheel, stopEngine } from "./engine.mjs"
import { makeProject, sizesOf } from "./grown-project.mjs"
import { watchMemory } from "./memory.mjs"

const TOP = mkdtempSync(join(tmpdir(), "growth-"))
const TAG = "v1.0.0"
const PARTS = [1 / 8, 1 / 4, 1 / 2, 1]
const WHAT = [
  ["test", "test"],
  ["release", "release", "--tag", TAG],
  ["release again", "release", "--tag", TAG],
]

const rows = []
for (const part of PARTS) {
  const project = join(TOP, String(part))
  makeProject(project, sizesOf(part), TAG)
  freshEngine(project)
  for (const [name, ...args] of WHAT) {
    const memory = watchMemory()
    const { containers, processor, seconds } = shipwheel(project, ...args)
    const [took, worked] = [seconds.toFixed(1), processor.toFixed(1)]
    rows.push([name, part, took, worked, containers, await memory.peak()])
    console.log(rows.at(-1).join(", "))
  }
}
stopEngine()
rmSync(TOP, { recursive: true, force: true })

const head = ["", "part", "seconds", "CPU", "containers", "MB of the module"]
const sorted = WHAT.flatMap(([name]) => rows.filter(([each]) => each === name))
console.log(
  [head, head.map(() => "---"), ...sorted]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n"),
)
