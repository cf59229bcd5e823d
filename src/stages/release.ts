import type { Directory } from "@dagger.io/dagger"

import { TEST_PYPI } from "../core/indexes.js"
import { runPipeline, type Stage } from "../core/pipeline.js"
import { type Plan, planOf } from "../core/plan.js"
import { progressLine, type Report } from "../core/report.js"
import { checksums, describeDistribution } from "./build.js"
import { type Building, fileGates, sourceGates, startBuild } from "./gates.js"
import { seek } from "./listing.js"
import type { PackageIndex } from "./package-index.js"
import type { Prepared } from "./preflight.js"
import { publish } from "./publish.js"
import { verify } from "./verify.js"

/** Runs the whole release: every gate first, then the upload, then installs from the index. */
export async function release(
  prepared: Prepared,
  index: PackageIndex,
): Promise<Report> {
  const { notes, project, version } = prepared
  const building = startBuild(prepared)
  const records = await runPipeline(
    releaseStages(prepared, index, building),
    Date.now,
    (record) => {
      console.log(progressLine(record))
    },
  )
  const built = records.find(({ name }) => name === "build")
  return {
    project: project.name,
    version,
    rehearsal: index.rehearsal,
    index: index.name,
    promotable:
      index.option === TEST_PYPI && version.environment === "production",
    stages: records,
    files:
      built?.outcome === "passed"
        ? await describeDistribution(await building.dist())
        : [],
    notes: notes.text,
    remarks: [
      ...prepared.remarks,
      ...records.flatMap(({ remarks }) => remarks),
    ],
  }
}

/** Tells what a release would do, from the very stages that it would run. */
export function plan(prepared: Prepared, index: PackageIndex): Plan {
  const { project, remarks, version } = prepared
  const stages = releaseStages(prepared, index, startBuild(prepared))
  return { project: project.name, version, remarks, stages: stages.map(planOf) }
}

/** The files, SHA256SUMS and the notes, as a release shows them. */
export async function releaseDirectory(prepared: Prepared): Promise<Directory> {
  const dist = await startBuild(prepared).dist()
  return dist
    .withNewFile("SHA256SUMS", await checksums(dist))
    .withNewFile("NOTES.md", `${prepared.notes.text}\n`)
}

/** The order of a release. Whatever touches the world needs every gate. */
function releaseStages(
  prepared: Prepared,
  index: PackageIndex,
  building: Building,
): Stage[] {
  const gates = [
    ...sourceGates(prepared, building),
    ...fileGates(prepared, building),
  ]
  return [...gates, ...effects(prepared, index, building, gates)]
}

/** What touches the world, and so needs every gate. */
function effects(
  { project, version }: Prepared,
  index: PackageIndex,
  { dist }: Building,
  gates: readonly Stage[],
): Stage[] {
  return [
    {
      name: "publish",
      needs: gates.map(({ name }) => name),
      plan: {
        does: `upload to ${index.name}`,
        commands: [["uv", "publish"]],
        credential:
          "`--test-pypi-token` for Test PyPI; none for a rehearsal inside the engine",
        lasting:
          "on Test PyPI a file name is used up for ever; its owner can delete the release there",
      },
      run: async () => {
        const files = await dist()
        const sought = await seek(files, project, version)
        return publish(files, sought, index, project.indexWait)
      },
    },
    {
      name: "verify",
      needs: ["publish"],
      plan: {
        does: `install from ${index.name} with the built hash on Python ${project.pythons.join(", ")}`,
        commands: project.smoke,
      },
      run: async () => {
        const files = await dist()
        const sought = await seek(files, project, version)
        return verify(project, files, sought, index)
      },
    },
  ]
}
