import type { Directory } from "@dagger.io/dagger"

import { TEST_PYPI } from "../core/indexes.js"
import { runPipeline, type Stage } from "../core/pipeline.js"
import { type Plan, planOf } from "../core/plan.js"
import type { Project } from "../core/project.js"
import { progressLine, type Report } from "../core/report.js"
import { audit } from "./audit.js"
import {
  buildDistribution,
  type BuildInput,
  buildInput,
  checksums,
  describeDistribution,
} from "./build.js"
import { checkDistribution } from "./check.js"
import { checkFrontend, frontendOutput } from "./frontend.js"
import { install, serve } from "./install.js"
import { lint } from "./lint.js"
import { seek } from "./listing.js"
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

export function outputOf(
  source: Directory,
  { frontend }: Project,
): Directory | undefined {
  return frontend && frontendOutput(source, frontend)
}

/** What is built, once, by the first stage that needs it. */
interface Building {
  readonly output: Directory | undefined
  readonly input: () => Promise<BuildInput>
  readonly dist: () => Promise<Directory>
}

function startBuild({ place, project, version }: Prepared): Building {
  const output = outputOf(place.source, project)
  let input: Promise<BuildInput> | undefined
  const once = () => (input ??= buildInput(place, project, version, output))
  return {
    output,
    input: once,
    dist: async () => buildDistribution(await once()),
  }
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

/** What the source has to pass, side by side. */
function sourceGates(prepared: Prepared, { output }: Building): Stage[] {
  const { place, project } = prepared
  const { frontend, pythons, tests } = project
  const { source } = place
  const everywhere = `on Python ${pythons.join(", ")}`
  return [
    {
      name: "test",
      needs: [],
      plan: {
        does: `imports and unit tests ${everywhere}`,
        commands: tests.unit ? [tests.unit] : [],
      },
      run: () => runTests(source, project),
    },
    {
      name: "lint",
      needs: [],
      plan: {
        does: "lint and format checks",
        commands: [
          ["ruff", "check"],
          ["ruff", "format", "--check"],
          ...(frontend?.checks.map((each) => ["npm", "run", each]) ?? []),
        ],
      },
      run: () => lint(source, project),
    },
    {
      name: "frontend",
      needs: [],
      plan: {
        does: "the production build of the frontend",
        commands: frontend
          ? [
              ["npm", "ci"],
              ["npm", "run", frontend.script],
            ]
          : [],
      },
      skip: frontend ? undefined : "the package has no frontend",
      run: () => checkFrontend(frontend, output),
    },
    {
      name: "integration",
      needs: ["frontend"],
      plan: {
        does: `integration tests ${everywhere}, with the frontend in the package`,
        commands: tests.integration ? [tests.integration] : [],
      },
      skip: tests.integration ? undefined : "there are none",
      run: () => runIntegration(source, project, output),
    },
    auditStage(source, project),
  ]
}

function auditStage(source: Directory, project: Project): Stage {
  const { frontend, gates } = project
  const { frontend: node, python } = gates.audit
  const off = python === "off" && (node === "off" || !frontend)
  return {
    name: "audit",
    needs: [],
    plan: {
      does: "known vulnerabilities of the requirements",
      commands: [
        ...(python === "off" ? [] : [["pip-audit"]]),
        ...(node === "off" || !frontend
          ? []
          : [["npm", "audit", "--omit=dev"]]),
      ],
    },
    skip: off ? "switched off in `tool.shipwheel.audit`" : undefined,
    run: () => audit(source, project),
  }
}

/** What the files have to pass, side by side, once they are built. */
function fileGates(
  { place, project, version }: Prepared,
  { dist, input, output }: Building,
): Stage[] {
  const { source } = place
  const { gates, pythons } = project
  const { serve: server } = gates
  const off = gates.skip.get("reproduce")
  return [
    {
      name: "build",
      needs: ["frontend"],
      plan: {
        does: `the sdist of ${version.pep440}, and the wheel from the sdist`,
        commands: [
          ["uv", "build", "--sdist"],
          ["uv", "build", "--wheel", "the sdist"],
        ],
      },
      run: async () => {
        const files = await describeDistribution(await dist())
        return { summary: files.map(({ name }) => name).join(", ") }
      },
    },
    {
      name: "check",
      needs: ["build"],
      plan: {
        does: "names, metadata, licence, contents and size of the files",
        commands: [["twine", "check", "--strict"], ["check-wheel-contents"]],
      },
      run: async () =>
        checkDistribution({
          dist: await dist(),
          source,
          project,
          version,
          output,
        }),
    },
    {
      name: "reproduce",
      needs: ["build"],
      plan: { does: "a second build elsewhere, compared bit by bit" },
      skip: off === undefined ? undefined : `switched off: ${off}`,
      run: async () => reproduce(await input(), await dist()),
    },
    {
      name: "install",
      needs: ["build"],
      plan: {
        does: `the wheel on Python ${pythons.join(", ")}, and the sdist, in containers without the source`,
        commands: [...gates.versionCommands, ...project.smoke],
      },
      run: async () => install(await dist(), project, version),
    },
    {
      name: "serve",
      needs: ["build"],
      plan: {
        does: "the installed package as a server: its page and each asset that it names",
        commands: server ? [server.command] : [],
      },
      skip: server ? undefined : "no server is named in `tool.shipwheel.serve`",
      run: async () => {
        if (!server) throw new Error("a stage without a server was not skipped")
        return serve(await dist(), project, version, server)
      },
    },
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
