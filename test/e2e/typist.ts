import { spawn } from "node:child_process"
import { join } from "node:path"

import { DAGGER, dagger, ROOT } from "./dagger.js"

const TYPIST = join(ROOT, "test/e2e/typist.py")

/** The official CLI opens shells from its interactive view alone, which nobody can read from outside. */
export async function hasPlainShells(): Promise<boolean> {
  const { stdout } = await dagger(["version"])
  return stdout.includes("shipwheel-engine")
}

/** Types a line into the shell that dagger opens, leaves it, and gives all that the terminal showed. */
export function typed(
  args: readonly string[],
  line: string,
): Promise<{ code: number; shown: string }> {
  const command = [DAGGER, "--progress", "plain", ...args]
  const child = spawn("python3", [TYPIST, line, ...command], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "ignore"],
  })
  let shown = ""
  child.stdout.on("data", (part: Buffer) => (shown += part.toString()))
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => {
      resolve({ code: code ?? 1, shown })
    })
  })
}
