import { usage } from "../core/credentials.js"
import { becauseOf } from "../core/environments.js"
import { TEST_PYPI } from "../core/indexes.js"
import { type Plan, planOf } from "../core/plan.js"
import { NOWHERE, whyNotAnnounced } from "./announce.js"
import { startBuild } from "./gates.js"
import type { PackageIndex } from "./package-index.js"
import type { Prepared } from "./preflight.js"
import { releaseStages } from "./release.js"

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
