import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url))

/** The way in that users take, too. */
export const DAGGER = `${ROOT}dagger/engine/dagger`

/** What a command left behind. */
export interface Result {
  readonly code: number
  readonly stdout: string
  /** Everything that was printed beside it: the engine's own record of what ran. */
  readonly log: string
}

/** Calls a function of the module on a project, as a user would. */
export function call(
  source: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Result> {
  return dagger(["call", "--source", source, ...args], { env })
}

/** Runs the dagger CLI. */
export function dagger(
  args: readonly string[],
  { cwd = ROOT, env = {} }: { cwd?: string; env?: object } = {},
): Promise<Result> {
  const child = spawn(DAGGER, ["--progress", "plain", ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const text = { stdout: "", stderr: "" }
  child.stdout.on("data", (part: Buffer) => (text.stdout += part.toString()))
  child.stderr.on("data", (part: Buffer) => (text.stderr += part.toString()))
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => {
      resolve({ code: code ?? 1, stdout: text.stdout, log: text.stderr })
    })
  })
}

/** A command that a container was asked to run. */
export interface Exec {
  readonly command: string
  readonly cached: boolean
}

/** Reads from the log which commands ran, and which were answered from the cache. */
export function execsOf({ log }: Result): Exec[] {
  const ended = new Map<string, string>()
  const commands = new Map<string, string>()
  for (const line of log.split("\n")) {
    const [, id = "", text = ""] = /^(\d+) *: [┆ ]*(.*)$/.exec(line) ?? []
    const command = /^withExec (.*)$/.exec(text)?.[1]
    if (command !== undefined) commands.set(id, command)
    const state = /^Container\.withExec (CACHED|DONE|ERROR)/.exec(text)?.[1]
    if (state !== undefined) ended.set(id, state)
  }
  return [...commands].map(([id, command]) => ({
    command,
    cached: ended.get(id) === "CACHED",
  }))
}

/** The commands that really ran. */
export function ran(result: Result, part: string): string[] {
  return execsOf(result)
    .filter(({ cached, command }) => !cached && command.includes(part))
    .map(({ command }) => command)
}

/** The commands that a call needed, whether they ran or were remembered. */
export function needed(result: Result, part: string): string[] {
  return execsOf(result)
    .filter(({ command }) => command.includes(part))
    .map(({ command }) => command)
}

/** The index's rules and pointers of LFS are looked for in what the project holds: by programs of ours, which run nothing of the project. */
const RULES =
  / --requirement \/tools\.txt |^python \/(index_rules\.py --project|placeholders\.py) /

/** What ran beside that. */
export function startedBy(result: Result): string[] {
  return execsOf(result)
    .map(({ command }) => command)
    .filter((command) => !RULES.test(command))
}
