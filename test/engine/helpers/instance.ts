import { execFileSync, spawn } from "node:child_process"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"

const SCRIPTS = fileURLToPath(
  new URL("../../../dagger/engine", import.meta.url),
)

/** The engine that everybody uses: what it built is reused, it is not touched. */
export const BUILT =
  process.env["SHIPWHEEL_ENGINE_ROOT"] ?? "/opt/shipwheel-engine"

/** The folder of an engine of a test file's own, beside it: files that run side by side name one each. */
export const rootOf = (name: string) => `${BUILT}-${name}`
export const runOf = (root: string) => `/run/${basename(root)}`

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Whether this machine has what an engine of the tests' own takes. */
export const canRun = process.getuid?.() === 0 && existsSync(`${BUILT}/bin`)

/** Links what was built already, so that a start takes a second. */
export function prepare(root: string): void {
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root)
  execFileSync("cp", ["-al", `${BUILT}/bin`, `${BUILT}/images`, root])
}

/** Runs one of the scripts for the engine of that folder. */
export function run(
  root: string,
  script: "dagger" | "engine",
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const child = spawn(join(SCRIPTS, script), args, {
    cwd: tmpdir(),
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      _EXPERIMENTAL_DAGGER_RUNNER_HOST: "",
      SHIPWHEEL_ENGINE_ROOT: root,
      ...env,
    },
  })
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()))
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()))
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => {
      resolve({ code, stdout, stderr })
    })
  })
}

export const engine = (root: string, command: string) =>
  run(root, "engine", [command])

/** Stops the engine, and leaves nothing of it. */
export async function remove(root: string): Promise<void> {
  await engine(root, "down")
  rmSync(root, { recursive: true, force: true })
  rmSync(runOf(root), { recursive: true, force: true })
}

/** The engine's own process, without the one that it lives and dies with. */
export const engines = (root: string) => processes(`${root}/bin/engine`)

/** The processes whose command line has all the words. */
export function processes(...words: string[]): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const line = commandLine(pid)
      return words.every((word) => line.includes(word))
    })
    .map(Number)
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
  } catch {
    return ""
  }
}

const TOOLS =
  "bash sh cat cut dirname env head id mkdir readlink sed sha256sum sort tail timeout touch tr uname"

const folders: string[] = []

/** Removes the folders that onlyOnPath made. */
export function removePaths(): void {
  for (const folder of folders) rmSync(folder, { recursive: true })
}

/** A folder to be the whole PATH: a few tools of the machine, and the given scripts. */
export function onlyOnPath(scripts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "path-"))
  folders.push(folder)
  for (const tool of TOOLS.split(" ").filter((name) => !(name in scripts)))
    symlinkSync(
      execFileSync("which", [tool], { encoding: "utf8" }).trim(),
      join(folder, tool),
    )
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/bash\n${body}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  return folder
}
