import type { Directory } from "@dagger.io/dagger"

import { runPipeline, type Stage } from "../core/pipeline.js"
import type { Project } from "../core/project.js"
import { progressLine, type Report } from "../core/report.js"
import type { Version } from "../core/version.js"
import {
  buildDistribution,
  type BuildInput,
  buildInput,
  checksums,
  describeDistribution,
} from "./build.js"
import { checkDistribution } from "./check.js"
import { checkFrontend, frontendOutput } from "./frontend.js"
import { lint } from "./lint.js"
import type { PackageIndex } from "./package-index.js"
import type { Prepared } from "./preflight.js"
import { publish } from "./publish.js"
import { reproduce } from "./reproduce.js"
import { runIntegration, runTests } from "./test.js"
import { verify } from "./verify.js"

/** Runs the whole release: every gate first, then the upload, then installs from the index. */
export async function release(
  prepared: Prepared,
  index: PackageIndex,
): Promise<Report> {
  const { notes, place, project, version } = prepared
  const output = outputOf(place.source, project)
  const input = await buildInput(place, project, version, output)
  const dist = buildDistribution(input)
  const stages = releaseStages({
    source: place.source,
    project,
    version,
    index,
    output,
    input,
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
    remarks: [
      ...prepared.remarks,
      ...records.flatMap(({ remarks }) => remarks),
    ],
  }
}

/** The files, SHA256SUMS and the notes, as a release shows them. */
export async function releaseDirectory({
  notes,
  place,
  project,
  version,
}: Prepared): Promise<Directory> {
  const output = outputOf(place.source, project)
  const input = await buildInput(place, project, version, output)
  const dist = buildDistribution(input)
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
  readonly input: BuildInput
  readonly dist: Directory
}

/** The order of a release. Whatever touches the world needs every gate. */
function releaseStages(release: Release): Stage[] {
  const { dist, index, input, output, project, source, version } = release
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
    {
      name: "reproduce",
      needs: ["build"],
      run: () => reproduce(project, input, dist),
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
