// Runs the scripts of package.json that it is given side by side, and prints each when it has ended: types and lint need one
// processor each. What fails is printed last, and fails all of it.
import { spawn } from "node:child_process"

const npm = (script) =>
  new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", script], {
      stdio: ["ignore", "pipe", "pipe"],
    })
    let text = ""
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (part) => (text += part.toString()))
    child.on("close", (code) => resolve({ script, text, failed: code !== 0 }))
  })

const ended = await Promise.all(process.argv.slice(2).map(npm))
for (const { failed, script, text } of ended.sort(
  (a, b) => a.failed - b.failed,
))
  process.stdout.write(`${script}: ${failed ? "failed" : "passed"}\n${text}`)
process.exit(ended.some(({ failed }) => failed) ? 1 : 0)
