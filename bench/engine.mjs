import { execFileSync, spawnSync } from "node:child_process"
import { rmSync } from "node:fs"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

import { ENV } from "../test/linters/install.mjs"
import { processorSeconds, started } from "./figures.mjs"

export const ROOT = fileURLToPath(new URL("..", import.meta.url))
const ROOM = process.env["SHIPWHEEL_ENGINE_ROOT"] ?? "/opt/shipwheel-bench"
const ENGINE = join(ROOT, "dagger/engine/engine")
const DAGGER = join(ROOT, "dagger/engine/dagger")

const env = {
  ...ENV,
  NO_COLOR: "1",
  SHIPWHEEL_ENGINE_ROOT: ROOM,
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

/** Runs a command to its end, and tells what it took and what it said on the way. */
export function timed(command, args) {
  const [busy, start] = [processorSeconds(), performance.now()]
  const { status, stderr, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    env,
    maxBuffer: 1 << 30,
  })
  if (status !== 0)
    throw new Error(
      `${command} ${args.join(" ")} ended with ${status}\n${stdout}\n${stderr}`,
    )
  const seconds = (performance.now() - start) / 1000
  return { seconds, processor: processorSeconds() - busy, log: stderr }
}

/** Calls Shipwheel on a project, and counts the containers that ran besides. */
export function shipwheel(project, ...args) {
  const { log, ...taken } = timed(DAGGER, call(project, ...args))
  return { ...taken, containers: started(log) }
}

const call = (project, ...args) => [
  ...["--progress", "plain", "--mod", ROOT, "call", "--source", project],
  ...args,
]

/** An engine that remembers nothing but the module, as a script by hand is there already. */
export function freshEngine(project) {
  stopEngine()
  rmSync(join(ROOM, "state"), { recursive: true, force: true })
  execFileSync(ENGINE, ["up"], { env, stdio: "ignore" })
  const ask = call(project, "environment", "--ref", "refs/tags/v1.2.0")
  execFileSync(DAGGER, ask, { env, stdio: "ignore" })
}

export function stopEngine() {
  spawnSync(ENGINE, ["down"], { env })
}
