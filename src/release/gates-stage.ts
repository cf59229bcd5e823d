import type { Directory } from "@dagger.io/dagger"

import { audit } from "../audit/stage.js"
import { reproduce } from "../build/reproduce-stage.js"
import {
  buildDistribution,
  type BuildInput,
  buildInput,
} from "../build/stage.js"
import { chooseDistributions } from "../containers/linux.js"
import { type Decision, titleOf } from "../environments/environments.js"
import { wheelVersion } from "../files/distribution.js"
import { describeDistribution } from "../files/distribution-stage.js"
import { checkDistribution } from "../files/stage.js"
import {
  auditCommand,
  installCommand,
  runCommand,
} from "../frontend/package-manager.js"
import {
  buildFrontends,
  type BuiltFrontend,
  checkFrontends,
} from "../frontend/stage.js"
import { type Checkout } from "../git/stage.js"
import { install, serve } from "../install/stage.js"
import { tryInstallers } from "../install-scripts/stage.js"
import { lintersInWords } from "../lint/linters.js"
import { lint } from "../lint/stage.js"
import type { Stage } from "../pipeline/pipeline.js"
import type { Project } from "../project/project.js"
import { runIntegration, runTests } from "../test/stage.js"
import { untaggedVersion, type Version } from "../version/version.js"

/** What has to pass the gates. */
export interface Subject {
  readonly place: Checkout
  readonly project: Project
  readonly decision: Decision
  /** The tag's; without one, the project's own is built. */
  readonly version: Version | undefined
  /** The commit that is built, where there is a repository. */
  readonly commit: string | undefined
  /** Where everybody will download the files of the release; empty where that is not known. */
  readonly assets: string
}

/** What is built, once, by the first stage that needs it. */
export interface Building {
  readonly frontends: readonly BuiltFrontend[]
  readonly input: () => Promise<BuildInput>
  readonly dist: () => Promise<Directory>
  /** The version that the files carry. */
  readonly version: () => Promise<Version>
}

export function startBuild({
  commit,
  place,
  project,
  version,
}: Subject): Building {
  const frontends = buildFrontends(place.source, project)
  let input: Promise<BuildInput> | undefined
  const once = () =>
    (input ??= buildInput(place, project, version, frontends, commit))
  const dist = async () => buildDistribution(await once())
  return {
    frontends,
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
function sourceGates(
  subject: Subject,
  { frontends: built }: Building,
): Stage[] {
  const { place, project } = subject
  const { frontends, pythons, tests } = project
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
        does: `lint, format and types: ${lintersInWords(project.linting)}`,
        commands: [
          ...project.linting.linters.flatMap(({ commands }) => commands),
          ...frontends.flatMap(({ checks, manager }) =>
            checks.map((each) => runCommand(manager, each)),
          ),
        ],
      },
      run: () => lint(source, project),
    },
    {
      name: "frontend",
      needs: [],
      plan: {
        does: buildsOf(frontends),
        commands: frontends.flatMap(({ manager, script }) => [
          installCommand(manager),
          runCommand(manager, script),
        ]),
      },
      skip: frontends.length > 0 ? undefined : "the package has no frontend",
      run: () => checkFrontends(built),
    },
    {
      name: "integration",
      needs: ["frontend"],
      plan: {
        does: `integration tests ${everywhere}, with the frontend in the package`,
        commands: tests.integration ? [tests.integration] : [],
      },
      skip: tests.integration ? undefined : "there are none",
      run: () => runIntegration(source, project, built),
    },
    auditStage(source, project),
  ]
}

function buildsOf(frontends: Project["frontends"]): string {
  return frontends.length > 1
    ? `the production builds of the frontends ${frontends.map(({ path }) => `\`${path}\``).join(", ")}`
    : "the production build of the frontend"
}

function auditStage(source: Directory, project: Project): Stage {
  const { frontends, gates } = project
  const { frontend: node, python } = gates.audit
  const noNode = node === "off" || frontends.length === 0
  const off = python === "off" && noNode
  return {
    name: "audit",
    needs: [],
    plan: {
      does: "known vulnerabilities of the requirements",
      commands: [
        ...(python === "off" ? [] : [["pip-audit"]]),
        ...(noNode ? [] : frontends).map(({ manager }) =>
          auditCommand(manager),
        ),
      ],
    },
    skip: off ? "switched off in `tool.shipwheel.audit`" : undefined,
    run: () => audit(source, project),
  }
}

/** What the files have to pass, side by side, once they are built. */
function fileGates(
  { assets, place, project, version }: Subject,
  { dist, frontends: built, input, version: carried }: Building,
): Stage[] {
  const { source } = place
  const { gates, pythons } = project
  const { serve: server } = gates
  const off = gates.skip.get("reproduce")
  const handmade = gates.skip.get("installers")
  const where = chooseDistributions(gates.installers)
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
        const files = await describeDistribution(await dist(), project.mirrors)
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
          built,
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
      run: async () => install(await dist(), project, await carried()),
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
        return serve(await dist(), project, await carried(), server)
      },
    },
    {
      name: "installers",
      needs: ["build"],
      plan: {
        does: `install.sh on ${where.map(({ name }) => name).join(", ")}, from an index with the files; a corrupted wheel refused; uninstalled`,
        commands: [["sh", "install.sh", "--index", "<index>"]],
      },
      skip: handmade === undefined ? undefined : `switched off: ${handmade}`,
      run: async () =>
        tryInstallers(await dist(), project, await carried(), assets),
    },
  ]
}
