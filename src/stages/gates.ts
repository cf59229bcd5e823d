import type { Directory } from "@dagger.io/dagger"

import { wheelVersion } from "../core/distribution.js"
import { type Decision, titleOf } from "../core/environments.js"
import type { Stage } from "../core/pipeline.js"
import type { Project } from "../core/project.js"
import { untaggedVersion, type Version } from "../core/version.js"
import { audit } from "./audit.js"
import {
  buildDistribution,
  type BuildInput,
  buildInput,
  describeDistribution,
  type Place,
} from "./build.js"
import { checkDistribution } from "./check.js"
import { checkFrontend, frontendOutput } from "./frontend.js"
import { install, serve } from "./install.js"
import { lint } from "./lint.js"
import { reproduce } from "./reproduce.js"
import { runIntegration, runTests } from "./test.js"

export function outputOf(
  source: Directory,
  { frontend }: Project,
): Directory | undefined {
  return frontend && frontendOutput(source, frontend)
}

/** What has to pass the gates. */
export interface Subject {
  readonly place: Place
  readonly project: Project
  readonly decision: Decision
  /** The tag's; without one, the project's own is built. */
  readonly version: Version | undefined
}

/** What is built, once, by the first stage that needs it. */
export interface Building {
  readonly output: Directory | undefined
  readonly input: () => Promise<BuildInput>
  readonly dist: () => Promise<Directory>
  /** The version that the files carry. */
  readonly version: () => Promise<Version>
}

export function startBuild({ place, project, version }: Subject): Building {
  const output = outputOf(place.source, project)
  let input: Promise<BuildInput> | undefined
  const once = () => (input ??= buildInput(place, project, version, output))
  const dist = async () => buildDistribution(await once())
  return {
    output,
    input: once,
    dist,
    version: async () =>
      version ?? untaggedVersion(wheelVersion(await (await dist()).entries())),
  }
}

/** Every gate, less those that the environment leaves out. */
export function allGates(subject: Subject, building: Building): Stage[] {
  const { decision } = subject
  const gates = [
    ...sourceGates(subject, building),
    ...fileGates(subject, building),
  ]
  return gates.map((gate) => {
    const reason = decision.environment.skip.get(gate.name)
    return reason === undefined
      ? gate
      : { ...gate, skip: `left out of ${titleOf(decision)}: ${reason}` }
  })
}

/** What the source has to pass, side by side. */
function sourceGates(subject: Subject, { output }: Building): Stage[] {
  const { place, project } = subject
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
        does: "the build of the frontend",
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
  { place, project, version }: Subject,
  { dist, input, output, version: built }: Building,
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
        does: `the sdist${version ? ` of ${version.pep440}` : ""}, and the wheel from the sdist`,
        commands: [
          ["uv", "build", "--sdist"],
          ["uv", "build", "--wheel", "<sdist>"],
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
      run: async () => install(await dist(), project, await built()),
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
        return serve(await dist(), project, await built(), server)
      },
    },
  ]
}
