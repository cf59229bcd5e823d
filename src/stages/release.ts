import type { Directory } from "@dagger.io/dagger"

import { type Notes, releaseNotes } from "../core/changelog.js"
import { runPipeline, type Stage } from "../core/pipeline.js"
import type { Project } from "../core/project.js"
import { progressLine, type Report } from "../core/report.js"
import type { Version } from "../core/version.js"
import { buildDistribution, checksums, describeDistribution } from "./build.js"
import { checkDistribution } from "./check.js"
import { checkFrontend, frontendOutput } from "./frontend.js"
import { lint } from "./lint.js"
import type { PackageIndex } from "./package-index.js"
import { publish } from "./publish.js"
import { runIntegration, runTests } from "./test.js"
import { verify } from "./verify.js"

/** Runs the whole release: every gate first, then the upload, then installs from the index. */
export async function release(
  source: Directory,
  project: Project,
  version: Version,
  index: PackageIndex,
): Promise<Report> {
  const output = outputOf(source, project)
  const dist = await buildDistribution(source, project, version, output)
  const notes = await notesFor(source, project, version)
  const stages = releaseStages({
    source,
    project,
    version,
    index,
    output,
    dist,
  })
  const records = await runPipeline(stages, Date.now, (record) => {
    console.log(progressLine(record))
  })
  const built = records.find(({ name }) => name === "build")
  return {
    project: project.name,
    version,
    rehearsal: index.service !== undefined,
    index: index.name,
    stages: records,
    files: built?.outcome === "passed" ? await describeDistribution(dist) : [],
    notes: notes.text,
    remarks: remarks(project, version, notes),
  }
}

/** The files, SHA256SUMS and the notes, as a release shows them. */
export async function releaseDirectory(
  source: Directory,
  project: Project,
  version: Version,
): Promise<Directory> {
  const output = outputOf(source, project)
  const dist = await buildDistribution(source, project, version, output)
  const notes = await notesFor(source, project, version)
  return dist
    .withNewFile("SHA256SUMS", await checksums(dist))
    .withNewFile("NOTES.md", `${notes.text}\n`)
}

export function outputOf(
  source: Directory,
  { frontend }: Project,
): Directory | undefined {
  return frontend && frontendOutput(source, frontend)
}

interface Release {
  readonly source: Directory
  readonly project: Project
  readonly version: Version
  readonly index: PackageIndex
  readonly output: Directory | undefined
  readonly dist: Directory
}

/** The order of a release. Whatever touches the world needs every gate. */
function releaseStages(release: Release): Stage[] {
  const { dist, index, output, project, source, version } = release
  const gates: Stage[] = [
    { name: "test", needs: [], run: () => runTests(source, project) },
    { name: "lint", needs: [], run: () => lint(source, project) },
    {
      name: "frontend",
      needs: [],
      run: () => checkFrontend(project.frontend, output),
    },
    {
      name: "integration",
      needs: ["frontend"],
      run: () => runIntegration(source, project, output),
    },
    {
      name: "build",
      needs: ["frontend"],
      run: async () => {
        const names = (await describeDistribution(dist)).map(({ name }) => name)
        return { summary: names.join(", ") }
      },
    },
    {
      name: "check",
      needs: ["build"],
      run: () => checkDistribution(dist, project, version),
    },
  ]
  return [
    ...gates,
    {
      name: "publish",
      needs: gates.map(({ name }) => name),
      run: async () => publish(dist, await describeDistribution(dist), index),
    },
    {
      name: "verify",
      needs: ["publish"],
      run: async () =>
        verify(project, version, await describeDistribution(dist), index),
    },
  ]
}

async function notesFor(
  source: Directory,
  { changelog }: Project,
  version: Version,
): Promise<Notes> {
  const text = changelog && (await source.file(changelog).contents())
  return releaseNotes(text, version)
}

function remarks(project: Project, version: Version, notes: Notes): string[] {
  const { changelog, leftOut } = project
  const found = notes.heading
  return [
    ...(leftOut.length > 0
      ? [`Left out by \`requires-python\`: Python ${leftOut.join(", ")}.`]
      : []),
    found
      ? `The notes are the section \`${found}\` of \`${changelog ?? ""}\`.`
      : `There are no notes: \`${changelog ?? "CHANGELOG.md"}\` has no section for ${version.pep440} and none that is unreleased.`,
  ]
}
