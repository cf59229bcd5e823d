import type { Directory } from "@dagger.io/dagger"

import { usage } from "../core/credentials.js"
import { becauseOf, titleOf } from "../core/environments.js"
import { TEST_PYPI } from "../core/indexes.js"
import { chooseDistributions } from "../core/linux.js"
import { runPipeline, type Stage, type StageRecord } from "../core/pipeline.js"
import { type Plan, planOf } from "../core/plan.js"
import { SUMS } from "../core/promotion.js"
import { markdownReport, progressLine, type Report } from "../core/report.js"
import type { Github } from "../github/client.js"
import { assetName, extraFiles, namedAssets, releaseTitle } from "./assets.js"
import { checksums, describeDistribution } from "./build.js"
import { allGates, type Building, startBuild } from "./gates.js"
import { type GithubRelease, releaseOnGithub } from "./github.js"
import { tryInstallers, writeInstallers } from "./installers.js"
import { seek } from "./listing.js"
import { writeNotes } from "./notes.js"
import type { PackageIndex } from "./package-index.js"
import type { Opened, Prepared } from "./preflight.js"
import { publish } from "./publish.js"
import { verify } from "./verify.js"

/** The record of the run that published a release. */
const REPORT = "release-report.md"

/** Runs the whole release: every gate first, then the upload, then installs from the index. */
export async function release(opened: Opened): Promise<Report> {
  const { assets, github, index, prepared } = opened
  const building = startBuild(prepared)
  const told: StageRecord[] = []
  const reportSoFar = () => reportOf(opened, building, told)
  const stages = releaseStages(prepared, index, building, {
    github,
    skip: whyNotAnnounced(prepared, github !== undefined, NOWHERE.skip),
    assets,
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
        ? await describeDistribution(await building.dist())
        : [],
    notes: notes.text,
    remarks: [
      ...prepared.remarks,
      ...records.flatMap(({ remarks }) => remarks),
    ],
  }
}

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

/** The files, the install scripts, SHA256SUMS and the notes, as a release shows them. */
export async function releaseDirectory(
  prepared: Prepared,
  assets: string,
): Promise<Directory> {
  const dist = await startBuild(prepared).dist()
  const { place, project, version } = prepared
  const notes = await writeNotes(place, project, version)
  const { scripts } = await writeInstallers(dist, project, assets)
  const files = dist.withDirectory("/", scripts)
  return files
    .withNewFile("SHA256SUMS", await checksums(files))
    .withNewFile("NOTES.md", `${notes.text}\n`)
}

/** The order of a release. Whatever touches the world needs every gate. */
function releaseStages(
  prepared: Prepared,
  index: PackageIndex,
  building: Building,
  announcing: Announcing,
): Stage[] {
  const gates = allGates(prepared, building)
  return [
    ...gates,
    ...effects(prepared, index, building, gates),
    installersStage(prepared, index, building, announcing),
    githubStage(prepared, building, announcing),
  ]
}

/** Where the release is announced, and the report that goes there with it. */
interface Announcing {
  readonly github: Github | undefined
  /** Why it is not announced. */
  readonly skip: string | undefined
  /** Where its files will be downloaded from. */
  readonly assets: string
  readonly report: () => Promise<string>
}

const NOWHERE: Announcing = {
  github: undefined,
  skip: "no `--github-token`: `release-directory` writes the files",
  assets: "",
  report: () => Promise.resolve(""),
}

function installersStage(
  { project, version }: Prepared,
  index: PackageIndex,
  { dist }: Building,
  { assets }: Announcing,
): Stage {
  const off = project.gates.skip.get("installers")
  const where = chooseDistributions(project.gates.installers)
  return {
    name: "installers",
    needs: ["verify"],
    plan: {
      does: `install.sh from ${index.name} on ${where.map(({ name }) => name).join(", ")}, a corrupted wheel refused, and uninstalled`,
      commands: [["sh", "install.sh", "--index", "<index>"]],
    },
    skip: off === undefined ? undefined : `switched off: ${off}`,
    run: async () =>
      tryInstallers(await dist(), project, version, index, assets),
  }
}

function githubStage(
  prepared: Prepared,
  { dist }: Building,
  { assets, github, report, skip }: Announcing,
): Stage {
  return {
    name: "github",
    needs: ["verify", "installers"],
    plan: {
      does: "a draft release on GitHub, its files uploaded and read back, then published",
      credential: "`--github-token`; none for a release directory instead",
      lasting:
        "people are notified, and where releases are immutable its files stay as they are",
    },
    skip,
    run: async () => {
      if (!github) throw new Error("a release without GitHub was not skipped")
      return releaseOnGithub(
        github,
        await githubRelease(prepared, await dist(), assets, await report()),
      )
    },
  }
}

function whyNotAnnounced(
  { decision }: Prepared,
  possible: boolean,
  otherwise: string | undefined,
): string | undefined {
  if (!decision.environment.github)
    return `${titleOf(decision)} has no release on GitHub`
  return possible ? undefined : otherwise
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

/** The release as GitHub shall show it, with its files. */
export async function githubRelease(
  prepared: Prepared,
  dist: Directory,
  assets: string,
  report?: string,
): Promise<GithubRelease> {
  const { commit, place, project, version } = prepared
  const notes = await writeNotes(place, project, version)
  const naming = { name: project.name, version, github: project.github }
  const { scripts } = await writeInstallers(dist, project, assets)
  const files = await namedAssets(dist.withDirectory("/", scripts), naming)
  // The sums name the files as they are called there.
  const summed = files.withNewFile(
    assetName(SUMS, naming),
    await checksums(files),
  )
  const named =
    report === undefined
      ? summed
      : summed.withNewFile(assetName(REPORT, naming), report)
  const extra = await extraFiles(place.source, project.github)
  return {
    version,
    title: releaseTitle(naming),
    notes: notes.text,
    files: named.withDirectory("/", extra),
    records: [assetName(REPORT, naming)],
    commit,
  }
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
