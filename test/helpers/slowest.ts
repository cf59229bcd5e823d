import type { Reporter, TestModule } from "vitest/node"

const SHOWN = 12

/** Names the files on an engine that took longest: where the time of a whole run goes. */
export default class Slowest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const line of slowest(modules.map(timed))) console.log(line)
  }
}

interface Timed {
  readonly name: string
  readonly project: string
  readonly seconds: number
}

function timed(module: TestModule): Timed {
  const { duration } = module.diagnostic()
  return {
    name: module.relativeModuleId,
    project: module.project.name,
    seconds: Math.round(duration / 1000),
  }
}

/** The lines, the longest first; nothing where a single file ran. */
export function slowest(all: readonly Timed[]): string[] {
  const engine = all
    .filter(({ project }) => project === "engine")
    .sort((one, other) => other.seconds - one.seconds)
  if (engine.length < 2) return []
  const sum = engine.reduce((total, { seconds }) => total + seconds, 0)
  const head = `${String(engine.length)} files on an engine took ${String(sum)} s, side by side:`
  const lines = engine
    .slice(0, SHOWN)
    .map(({ name, seconds }) => `${String(seconds).padStart(6)} s  ${name}`)
  return [head, ...lines]
}
