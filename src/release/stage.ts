import { becauseOf } from "../environments/environments.js"
import { describeDistribution } from "../files/distribution-stage.js"
import { writeNotes } from "../notes/stage.js"
import { usage } from "../package-index/credentials.js"
import { seek } from "../package-index/listing-stage.js"
import { publish } from "../package-index/publish-stage.js"
import type { PackageIndex } from "../package-index/stage.js"
import { verify } from "../package-index/verify-stage.js"
import {
  runPipeline,
  type Stage,
  type StageRecord,
} from "../pipeline/pipeline.js"
import {
  type Announcing,
  githubStage,
  NOWHERE,
  whyNotAnnounced,
} from "./announce-stage.js"
import { allGates, type Building, startBuild } from "./gates-stage.js"
import type { Opened, Prepared } from "./preflight-stage.js"
import { markdownReport, progressLine, type Report } from "./report.js"

/** Runs the whole release: every gate first, then the upload, then installs from the index. */
export async function release(opened: Opened): Promise<Report> {
  const { github, index, prepared } = opened
  const building = startBuild(prepared)
  const told: StageRecord[] = []
  const reportSoFar = () => reportOf(opened, building, told)
  const stages = releaseStages(prepared, index, building, {
    github,
    skip: whyNotAnnounced(prepared, github !== undefined, NOWHERE.skip),
    report: async () => markdownReport(await reportSoFar()),
  })
  const records = await runPipeline(stages, Date.now, (record) => {
    told.push(record)
    console.log(progressLine(record))
  })
  return reportOf(opened, building, records)
}

async function reportOf(
  { github, index, prepared }: Opened,
  building: Building,
  records: readonly StageRecord[],
): Promise<Report> {
  const { decision, place, project, version } = prepared
  const { environment } = decision
  const notes = await writeNotes(place, project, version)
  const built = records.find(({ name }) => name === "build")
  return {
    project: project.name,
    version,
    environment: becauseOf(decision),
    rehearsal: index.rehearsal && !github,
    index: index.name,
    github: github?.where,
    promotable:
      index.option === environment.index && environment.name === "production",
    stages: records,
    files:
      built?.outcome === "passed"
        ? await describeDistribution(await building.dist(), project.mirrors)
        : [],
    notes: notes.text,
    remarks: [
      ...prepared.remarks,
      ...records.flatMap(({ remarks }) => remarks),
    ],
  }
}

/** The order of a release. Whatever touches the world needs every gate. */
export function releaseStages(
  prepared: Prepared,
  index: PackageIndex,
  building: Building,
  announcing: Announcing,
): Stage[] {
  const gates = allGates(prepared, building)
  return [
    ...gates,
    ...effects(prepared, index, building, gates),
    githubStage(prepared, building, announcing),
  ]
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
        credential: index.rehearsal
          ? "none for a rehearsal inside the engine; `--test-pypi-token` for Test PyPI"
          : `\`${usage(index)}\``,
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
        commands: [
          ...project.smoke,
          ...(project.gates.serve ? [project.gates.serve.command] : []),
        ],
      },
      run: async () => {
        const files = await dist()
        const sought = await seek(files, project, version)
        return verify(project, files, sought, index)
      },
    },
  ]
}
