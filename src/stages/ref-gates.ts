import { becauseOf, decide } from "../core/environments.js"
import type { GateReport } from "../core/gate-report.js"
import { runPipeline } from "../core/pipeline.js"
import { inEnvironment } from "../core/project.js"
import { progressLine } from "../core/report.js"
import type { Place } from "./build.js"
import { allGates, startBuild } from "./gates.js"
import { assetsAddress } from "./github.js"
import { lookAtProject } from "./source.js"

/** Runs every gate as the environment of a git ref has it, and nothing that touches the world. */
export async function runGates(place: Place, ref: string): Promise<GateReport> {
  const looked = await lookAtProject(place.source)
  const decision = decide(ref, looked.environments)
  const { environment, version } = decision
  const project = inEnvironment(looked, environment)
  const assets = version ? assetsAddress(project, version, {}) : ""
  const subject = { place, project, decision, version, assets }
  const gates = allGates(subject, startBuild(subject))
  const stages = await runPipeline(gates, Date.now, (record) => {
    console.log(progressLine(record))
  })
  return {
    project: project.name,
    ref,
    environment: becauseOf(decision),
    stages,
  }
}
