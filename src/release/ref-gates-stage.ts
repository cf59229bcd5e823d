import { becauseOf, decide } from "../environments/environments.js"
import { assetsAddress } from "../forge/stage.js"
import type { Checkout } from "../git/stage.js"
import { commitToBuild } from "../git/stage.js"
import { runPipeline } from "../pipeline/pipeline.js"
import { inEnvironment } from "../project/project.js"
import { lookAtProject } from "../project/stage.js"
import type { GateReport } from "./gate-report.js"
import { allGates, startBuild } from "./gates-stage.js"
import { progressLine } from "./report.js"

/** Runs every gate as the environment of a git ref has it, and nothing that touches the world. */
export async function runGates(
  place: Checkout,
  ref: string,
): Promise<GateReport> {
  const looked = await lookAtProject(place.source)
  const decision = decide(ref, looked.environments)
  const { environment, version } = decision
  const project = inEnvironment(looked, environment)
  const commit = await commitToBuild(place, version?.tag)
  const assets = version ? assetsAddress(project, version, {}) : ""
  const subject = { place, project, decision, version, commit, assets }
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
