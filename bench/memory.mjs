import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { isMainThread, parentPort, Worker } from "node:worker_threads"

/** How often the processes are looked at, in milliseconds. */
const OFTEN = 100
/** How the runtime starts the module in the engine, whose processes are this machine's. */
const MODULE = "/src/dist/main.mjs"

/** The most that a process of the module ever had in memory, in megabytes (proc(5)); none is 0. */
export function peakOfModule(folder = "/proc") {
  const peaks = readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => peakOf(`${folder}/${name}`))
  return Math.max(0, ...peaks)
}

function peakOf(process) {
  try {
    const command = readFileSync(`${process}/cmdline`, "utf8")
    if (!command.includes(MODULE)) return 0
    const status = readFileSync(`${process}/status`, "utf8")
    return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024)
  } catch {
    // It has ended meanwhile.
    return 0
  }
}

/** Looks at that from a thread of its own, for the one that waits for what is measured sees nothing. */
export function watchMemory() {
  const worker = new Worker(fileURLToPath(import.meta.url))
  return {
    async peak() {
      const told = new Promise((resolve) => worker.once("message", resolve))
      worker.postMessage("tell")
      const peak = await told
      await worker.terminate()
      return peak
    },
  }
}

if (!isMainThread) {
  let most = 0
  setInterval(() => {
    most = Math.max(most, peakOfModule())
  }, OFTEN)
  parentPort?.once("message", () => parentPort?.postMessage(most))
}
