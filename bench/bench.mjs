// Times Shipwheel's release of the example against the same steps by hand, one after the other, on an engine of its own:
// npm run bench -- [ROUNDS]. It takes about 15 minutes a round on two cores, and means nothing beside other work.
import { execFileSync, spawnSync } from "node:child_process"
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

import { ENV, installLinters } from "../test/linters/install.mjs"
import { processorSeconds, started, table } from "./figures.mjs"

const ROOT = fileURLToPath(new URL("..", import.meta.url))
const ENGINE = process.env["SHIPWHEEL_ENGINE_ROOT"] ?? "/opt/shipwheel-bench"
const TOP = mkdtempSync(join(tmpdir(), "bench-"))
const TAG = "v1.2.0"
const rounds = Number(process.argv[2] ?? 2)
const figures = new Map()

const env = {
  ...ENV,
  NO_COLOR: "1",
  SHIPWHEEL_ENGINE_ROOT: ENGINE,
  PATH: [...interpreters(), ENV.PATH].join(delimiter),
}
// What uv is told for the linters is no business of what is measured.
delete env.PYTHONPATH

/** The folders of pyenv's Pythons, where there are some. */
function interpreters() {
  const root =
    process.env["PYENV_ROOT"] ?? join(process.env["HOME"] ?? "", ".pyenv")
  const { stdout } = spawnSync(
    "sh",
    ["-c", 'ls -d "$1"/versions/3.*/bin', "sh", root],
    { encoding: "utf8" },
  )
  return stdout.split("\n").filter(Boolean)
}

/** Runs a command to its end, and notes what it took under a name. */
function measure(name, who, command, args) {
  const [busy, start] = [processorSeconds(), performance.now()]
  const { status, stderr, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    env,
    maxBuffer: 1 << 30,
  })
  if (status !== 0)
    throw new Error(
      `${name}, ${who}: ${command} ${args.join(" ")} ended with ${status}\n${stdout}\n${stderr}`,
    )
  const row = figures.get(name) ?? {}
  const taken = {
    seconds: (performance.now() - start) / 1000,
    processor: processorSeconds() - busy,
    ...(who === "shipwheel" && { containers: started(stderr) }),
  }
  figures.set(name, { ...row, [who]: [...(row[who] ?? []), taken] })
  console.log(
    `${name}, ${who}: ${taken.seconds.toFixed(1)} s, ${taken.processor.toFixed(1)} CPU s${taken.containers === undefined ? "" : `, ${taken.containers} containers`}`,
  )
}

const call = (project, ...args) => [
  "--progress",
  "plain",
  "--mod",
  ROOT,
  "call",
  "--source",
  project,
  ...args,
]
const dagger = join(ROOT, "dagger/engine/dagger")
const shipwheel = (name, project, ...args) =>
  measure(name, "shipwheel", dagger, call(project, ...args))
const byHand = (name, project, work, ...steps) =>
  measure(name, "by hand", join(ROOT, "bench/by-hand"), [
    project,
    work,
    TAG.slice(1),
    ...steps,
  ])

/** An engine that remembers nothing but the module, as the script by hand is there already. */
function freshEngine(project) {
  const engine = join(ROOT, "dagger/engine/engine")
  spawnSync(engine, ["down"], { env })
  rmSync(join(ENGINE, "state"), { recursive: true, force: true })
  execFileSync(engine, ["up"], { env, stdio: "ignore" })
  execFileSync(
    dagger,
    call(project, "environment", "--ref", `refs/tags/${TAG}`),
    { env, stdio: "ignore" },
  )
}

function example(name, settings = "") {
  const project = join(TOP, name)
  cpSync(join(ROOT, "dagger/examples/quayside"), project, { recursive: true })
  rmSync(join(project, "dagger.json"))
  const file = join(project, "pyproject.toml")
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      "[tool.shipwheel]\n",
      `[tool.shipwheel]\n${settings}`,
    ),
  )
  return project
}

/** What the script by hand has no like of. */
const LEAN =
  'skip = { installers = "not by hand" }\naudit = { python = "off", frontend = "off" }\n'

installLinters()
for (let round = 1; round <= rounds; round++) {
  const [whole, lean, one] = [
    example(`whole-${round}`),
    example(`lean-${round}`, LEAN),
    example(`one-${round}`, 'pythons = ["3.12"]\n'),
  ]
  const work = join(TOP, `work-${round}`)
  const release = ["release", "--tag", TAG]

  freshEngine(lean)
  shipwheel("cold release of the same steps", lean, ...release)
  byHand("cold release of the same steps", lean, work, "everything")
  freshEngine(whole)
  shipwheel("cold release", whole, ...release)
  shipwheel("nothing changed: release", whole, ...release)
  byHand("nothing changed: release", whole, work, "everything")
  shipwheel("nothing changed: test", whole, "test")
  byHand("nothing changed: test", whole, work, "copy", "test")
  writeFileSync(
    join(whole, "backend/quayside/berths.py"),
    `${readFileSync(join(whole, "backend/quayside/berths.py"), "utf8")}\n# ${round}\n`,
  )
  shipwheel("a line of Python changed: test", whole, "test")
  byHand("a line of Python changed: test", whole, work, "copy", "test")
  shipwheel("a line of Python changed: release", whole, ...release)
  byHand("a line of Python changed: release", whole, work, "everything")
  writeFileSync(
    join(whole, "README.md"),
    `${readFileSync(join(whole, "README.md"), "utf8")}\nMore.\n`,
  )
  shipwheel("the README changed: release", whole, ...release)
  freshEngine(one)
  shipwheel("cold test on one Python", one, "test")
  freshEngine(whole)
  shipwheel("cold test on four Pythons", whole, "test")
}
spawnSync(join(ROOT, "dagger/engine/engine"), ["down"], { env })
rmSync(TOP, { recursive: true, force: true })
console.log(`\n${table(figures)}`)
