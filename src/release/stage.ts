import { TEST_PYPI } from "../config/index-names.js"
import { becauseOf, decide, tagIn, titleOf } from "../environments/decision.js"
import { explain } from "../environments/explanation.js"
import type { Announcement } from "../forge/stage.js"
import { locate } from "../git/locate-stage.js"
import { readingUsage, usage } from "../package-index/credentials.js"
import { isPublic } from "../package-index/indexes.js"
import type { PackageIndex } from "../package-index/stage.js"
import {
  runPipeline,
  type Stage,
  type StageRecord,
} from "../pipeline/pipeline.js"
import { progressOf } from "../pipeline/progress.js"
import { inEnvironment, type Project } from "../project/project.js"
import { lookAtProject } from "../project/stage.js"
import { calling } from "../text/command-line.js"
import { assetName, namingOf } from "./asset-names.js"
import { githubRelease } from "./assets-stage.js"
import { type Caller, placesOf } from "./caller-stage.js"
import { installSteps } from "./install-steps.js"
import { type Plan, planOf } from "./plan.js"
import {
  type Opened,
  prepare,
  preparePlan,
  prepareRelease,
} from "./preflight-stage.js"
import { hasFailed, progressLine, type Report } from "./report.js"
import { writtenGates, writtenPlan, writtenReport } from "./report-format.js"
import { gateStages, releaseStages } from "./stages.js"
import { type CallerAccess, subjectOf } from "./subject-stage.js"

/** Runs the whole release: every gate first, then the upload, then installs from the index. */
export async function release(
  caller: Caller,
  tag: string,
  to: CallerAccess,
): Promise<string> {
  const there = { ...placesOf(caller), ...to }
  const opened = await prepareRelease(caller, tag, there)
  const told: StageRecord[] = []
  const began = new Date()
  const report = () => reportOf(opened, told, began)
  const stages = stagesOf(opened, report)
  const records = await run(opened.prepared.project, stages, told)
  return writtenReport(await reportOf(opened, records, began), caller.format)
}

/** Tells what a release would do: to an index, or a rehearsal. */
export async function plan(
  caller: Caller,
  tag: string,
  index?: string,
): Promise<string> {
  const opened = await preparePlan(caller, tag, placesOf(caller), index)
  return writtenPlan(planned(opened), caller.format)
}

/** Says that a tag is ready to be released, and what else there is to say. */
export async function preflight(caller: Caller, tag: string): Promise<string> {
  const to = placesOf(caller)
  const { remarks, version } = await prepare(caller, tag, false, to)
  const lines = remarks.map((each) => `- ${each}`)
  return [`${version.tag} is ready to be released.`, ...lines].join("\n")
}

/** Says where a git ref leads. */
export async function environment(
  caller: Caller,
  ref: string,
): Promise<string> {
  const looked = await lookAtProject(await locate(caller, tagIn(ref)))
  const decision = decide(ref, looked)
  const { frontends } = inEnvironment(looked, decision.environment)
  return explain(decision, frontends, caller)
}

/** From the very stages that a release would run. */
function planned(opened: Opened): Plan {
  const { access, decision, project, remarks, version } = opened.prepared
  const { index } = opened
  const user = isPublic(index.option) ? undefined : access.indexUser
  const called = calling(access, index.rehearsal ? undefined : user)
  const command = `${called} release --tag ${version.tag}`
  return {
    project: project.name,
    version,
    environment: becauseOf(decision),
    remarks,
    stages: stagesOf(opened).map(planOf),
    command: index.rehearsal ? command : `${command} ${destination(index)}`,
  }
}

/** Runs every gate as the environment of a git ref has it, and nothing that touches the world. */
export async function gates(caller: Caller, ref: string): Promise<string> {
  const place = await locate(caller, tagIn(ref))
  const looked = await lookAtProject(place)
  const decision = decide(ref, looked)
  const project = inEnvironment(looked, decision.environment)
  const report = {
    project: project.name,
    ref,
    environment: becauseOf(decision),
    stages: await run(project, gateStages(subjectOf(place, project, decision))),
  }
  return writtenGates(report, caller.format)
}

function run(
  { limits }: Pick<Project, "limits">,
  stages: readonly Stage[],
  told: StageRecord[] = [],
): Promise<StageRecord[]> {
  const names = stages.map(({ name }) => name)
  const progress = progressOf(names, Date.now)
  const tell = (record: StageRecord) => {
    told.push(record)
    console.log(progressLine(record))
    const rest = progress.ended(record.name)
    if (rest !== undefined) console.log(rest)
  }
  return runPipeline(stages, Date.now, tell, limits.stage, (name) => {
    console.log(progress.started(name))
  })
}

function stagesOf(opened: Opened, report?: () => Promise<Report>): Stage[] {
  const { index, prepared } = opened
  const announcement = announcementOf(opened, report)
  return releaseStages({ ...prepared, index, announcement })
}

/** The release on GitHub gets the report of what came before it. */
function announcementOf(
  { github, prepared }: Opened,
  report: (() => Promise<Report>) | undefined,
): Announcement {
  if (!prepared.decision.environment.github)
    return { skip: `${titleOf(prepared.decision)} has no release on GitHub` }
  if ("skip" in github) return github
  const wanted = async () => githubRelease(prepared, github, await report?.())
  return { github, wanted }
}

function destination(index: PackageIndex): string {
  return index.option === TEST_PYPI
    ? usage(index)
    : `--index ${index.option} ${usage(index)}`
}

async function reportOf(
  { github, index, prepared }: Opened,
  records: readonly StageRecord[],
  began: Date,
): Promise<Report> {
  const { access, assets, decision, notes, project, version } = prepared
  const { githubApi, githubRepository } = access
  const called = { githubApi, githubRepository }
  const { environment } = decision
  const passed = (wanted: string) =>
    records.some(({ name, outcome }) => name === wanted && outcome === "passed")
  const files = passed("build") ? await prepared.files() : []
  const script = passed("installers")
    ? assetName("install.sh", namingOf(prepared))
    : undefined
  return {
    project: project.name,
    version,
    environment: becauseOf(decision),
    rehearsal: index.rehearsal && "skip" in github,
    index: index.name,
    called,
    github: "skip" in github ? undefined : github.where,
    promotable:
      index.option === environment.index && environment.name === "production",
    reading: readingUsage(index, access.indexUser),
    testIndex: environment.index === TEST_PYPI ? undefined : environment.index,
    started: began.toISOString(),
    install: hasFailed({ stages: records })
      ? []
      : installSteps({
          project: project.name,
          version,
          files,
          index,
          assets: "skip" in github ? "" : assets,
          script,
          called,
        }),
    stages: records,
    files,
    notes: (await notes()).text,
    remarks: [
      ...prepared.remarks,
      ...records.flatMap(({ remarks }) => remarks),
    ],
  }
}
