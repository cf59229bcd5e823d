import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"

import type { Call, Chain } from "./call-chain.js"
import { runBeside } from "./programs.js"

/**
 * Runs the program of ours that a chain of calls asks for on this machine: with the files that are written into its
 * container and the variables that it is given, in a folder of the test's. What it prints is what the engine would answer.
 */
export async function runHere(chain: Chain, cwd: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "container-"))
  const written = new Map<string, string>()
  for (const { args } of of(chain, "withNewFile")) {
    const path = join(folder, basename(word(args["path"])))
    writeFileSync(path, word(args["contents"]))
    written.set(word(args["path"]), path)
  }
  const [command] = of(chain, "withExec").slice(-1)
  const [, at = "", ...rest] = command?.args["args"] as string[]
  const args = rest.map((each) => written.get(each) ?? each)
  const program = programAt(chain, at)
  const { stdout } = await runBeside(program, args, variables(chain), cwd)
  return stdout
}

function of(chain: Chain, operation: string): Call[] {
  return chain.filter((call) => call.operation === operation)
}

/** The file of a room that is mounted there. */
function programAt(chain: Chain, at: string): string {
  const mounts = of(chain, "withMountedFile")
  const mount = mounts.find(({ args }) => args["path"] === at)
  const [file] = ((mount?.args["source"] ?? []) as Chain).slice(-1)
  return word(file?.args["path"]).replace(/^src\//, "")
}

function variables(chain: Chain): Record<string, string> {
  const plain = of(chain, "withEnvVariable").map(
    ({ args }) => [word(args["name"]), word(args["value"])] as const,
  )
  const secret = of(chain, "withSecretVariable").map(({ args }) => {
    const [made] = args["secret"] as Chain
    return [word(args["name"]), word(made?.args["plaintext"])] as const
  })
  return Object.fromEntries(
    [...plain, ...secret].filter(([name]) => /^(INDEX|SHIPWHEEL)_/.test(name)),
  )
}

function word(value: unknown): string {
  if (typeof value !== "string") throw new Error("the call names no text here")
  return value
}
