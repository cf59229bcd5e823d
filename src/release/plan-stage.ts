import { TEST_PYPI } from "../config/index-names.js"
import { becauseOf } from "../environments/environments.js"
import { usage } from "../package-index/credentials.js"
import type { PackageIndex } from "../package-index/stage.js"
import { NOWHERE, whyNotAnnounced } from "./announce-stage.js"
import { startBuild } from "./gates-stage.js"
import { type Plan, planOf } from "./plan.js"
import type { Prepared } from "./preflight-stage.js"
import { releaseStages } from "./stage.js"

/** Tells what a release would do, from the very stages that it would run; one to an index of the world is announced where that is known. */
export function plan(prepared: Prepared, index: PackageIndex): Plan {
  const { decision, project, remarks, version } = prepared
  const announcing = { ...NOWHERE, skip: whyNotPlanned(prepared, index) }
  const stages = releaseStages(
    prepared,
    index,
    startBuild(prepared),
    announcing,
  )
  const release = `dagger call release --tag ${version.tag}`
  return {
    project: project.name,
    version,
    environment: becauseOf(decision),
    remarks,
    stages: stages.map(planOf),
    command: index.rehearsal ? release : `${release} ${destination(index)}`,
  }
}

function destination(index: PackageIndex): string {
  return index.option === TEST_PYPI
    ? usage(index)
    : `--index ${index.option} ${usage(index)}`
}

function whyNotPlanned(
  prepared: Prepared,
  { rehearsal }: PackageIndex,
): string | undefined {
  const known = prepared.project.github.repository !== undefined
  return whyNotAnnounced(
    prepared,
    known && !rehearsal,
    rehearsal
      ? NOWHERE.skip
      : "no repository on GitHub is known: `--github-repository` names it",
  )
}
