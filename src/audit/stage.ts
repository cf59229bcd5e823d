import { type Container, ReturnType } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import { afresh } from "../containers/commands.js"
import {
  buildPython,
  installing,
  type Mirrors,
  pythonContainer,
  toolsContainer,
} from "../containers/images.js"
import { withPrograms } from "../containers/programs.js"
import { manifestsContainer } from "../frontend/container-stage.js"
import type { Frontend } from "../frontend/frontend.js"
import {
  auditCommand,
  auditSaysNothing,
  shownAudit,
} from "../frontend/package-manager.js"
import type { Checkout } from "../git/stage.js"
import { reasonOf, StageFailure } from "../pipeline/failure.js"
import { type Finding, unless, type Work } from "../pipeline/pipeline.js"
import {
  type Answer,
  type Audit,
  auditRemarks,
  auditSummary,
  notDone,
  readNodeAudit,
  readPipAudit,
  tooBad,
  unanswered,
  type Vulnerability,
} from "./audit.js"

/** What of a project is audited. */
export interface Auditable {
  readonly pythons: readonly string[]
  readonly dependencies: readonly string[]
  readonly frontends: readonly Frontend[]
  readonly gates: Pick<Gates, "audit">
  readonly mirrors: Mirrors
}

const PYTHON = "pip-audit"
const PROGRAMS = ["audit/whole_audit.py", "package-index/asking.py"]

/** Where a service is out of reach, its tools try for many minutes. */
const PATIENCE = 90

/** What `timeout` ends with where it had to end a command. */
const TOO_LATE = 124

export function auditWork({
  place,
  project,
}: {
  readonly place: Checkout
  readonly project: Auditable
}): Work {
  const { frontend: node, python } = project.gates.audit
  const frontends = node === "off" ? [] : project.frontends
  const off = python === "off" && frontends.length === 0
  return {
    plan: {
      does: "known vulnerabilities of the requirements",
      commands: [
        ...(python === "off" ? [] : [["pip-audit"]]),
        ...frontends.map(({ manager }) => auditCommand(manager)),
      ],
    },
    ...unless(off ? "switched off in `tool.shipwheel.audit`" : undefined, () =>
      audit(place, project),
    ),
  }
}

/** Asks what is known against the requirements of the package and of the frontends. */
async function audit(place: Checkout, project: Auditable): Promise<Finding> {
  const { audit: levels } = project.gates
  const { frontends, mirrors } = project
  const asked = await Promise.all([
    levels.python === "off"
      ? undefined
      : reported(levels.python, PYTHON, auditPython(project)),
    ...(levels.frontend === "off" ? [] : frontends).map((frontend) => {
      const label = frontendLabel(frontend, frontends.length > 1)
      const audited = auditFrontend(place, frontend, mirrors, label)
      return reported(levels.frontend, label, audited)
    }),
  ])
  const [python, ...nodes] = asked
  const audits = asked.filter((each) => each !== undefined)
  const levelled = [
    ...(python ? [{ asked: python, level: levels.python }] : []),
    ...nodes.map((asked) => ({ asked, level: levels.frontend })),
  ]
  refuseKnown(levelled.flatMap(({ asked, level }) => tooBad(asked, level)))
  refuseSilence(
    levelled.flatMap(({ asked, level }) => unanswered(asked, level)),
  )
  return {
    // Nobody may read silence as a pass.
    skipped: audits.every(({ notDone }) => notDone !== undefined),
    summary: audits.map(auditSummary).join("; "),
    remarks: audits.flatMap(auditRemarks),
  }
}

function refuseKnown(known: readonly Vulnerability[]): void {
  if (known.length > 0)
    throw new StageFailure(
      known.length === 1
        ? "1 known vulnerability"
        : `${String(known.length)} known vulnerabilities`,
      [
        known.map(({ what }) => `- ${what}`).join("\n"),
        'Ask for versions in which they are fixed. What a release may have all the same is said by a level in `[tool.shipwheel.audit]`: `python = "report"`.',
      ].join("\n\n"),
    )
}

function refuseSilence(silent: readonly string[]): void {
  if (silent.length > 0)
    throw new StageFailure(
      "nobody told what is known",
      [
        silent.map((each) => `- ${each}`).join("\n"),
        'Run the same command again when the service answers. What may go out unasked is said by a level in `[tool.shipwheel.audit]`: `python = "report"`, `frontend = "report"`.',
      ].join("\n\n"),
    )
}

/** What is only reported stops nothing, not even by failing; what may stop a release must have been done. */
async function reported(
  level: string,
  label: string,
  audited: Promise<Audit>,
): Promise<Audit> {
  if (level !== "report") return audited
  return audited.catch((error: unknown) =>
    notDone(label, reasonOf(error).summary),
  )
}

function frontendLabel({ manager, path }: Frontend, several: boolean): string {
  return `${shownAudit(manager)}${several ? ` (${path})` : ""}`
}

async function auditPython(project: Auditable): Promise<Audit> {
  const pins = await resolveRequirements(project, project.dependencies)
  return auditPins(project.mirrors, pins)
}

/** Asks what is known of packages, each with its one version. */
export async function auditPins(
  mirrors: Mirrors,
  pins: readonly string[],
): Promise<Audit> {
  if (pins.length === 0) return { label: PYTHON, found: [], notDone: undefined }
  const { stderr, stdout } = await answer(
    withPrograms(toolsContainer(mirrors), PROGRAMS).withNewFile(
      "/requirements.txt",
      `${pins.join("\n")}\n`,
    ),
    [
      ...["python", "/whole_audit.py"],
      ...["--no-deps", "--disable-pip", "--format", "json"],
      ...["--progress-spinner", "off", "--requirement", "/requirements.txt"],
      ...(mirrors.osv === undefined
        ? []
        : ["--vulnerability-service", "osv", "--osv-url", mirrors.osv]),
    ],
    mirrors.osv && `${mirrors.osv}, as osv in [tool.shipwheel.mirrors] says,`,
  )
  return readPipAudit(stdout.trim() === "" ? stderr : stdout)
}

/** Requirements with the versions that an install takes today; what the image brings is not the package's. */
export async function resolveRequirements(
  { mirrors, pythons }: Pick<Auditable, "mirrors" | "pythons">,
  requirements: readonly string[],
): Promise<string[]> {
  if (requirements.length === 0) return []
  const printed = await afresh(pythonContainer(buildPython(pythons), mirrors))
    .withNewFile("/requirements.in", requirements.join("\n"))
    .withExec(
      installing(
        [
          ...["uv", "pip", "compile", "--quiet"],
          ...["--no-header", "--no-annotate", "/requirements.in"],
        ],
        mirrors,
      ),
    )
    .stdout()
  return printed.split("\n").filter((line) => line.trim() !== "")
}

async function auditFrontend(
  place: Checkout,
  frontend: Frontend,
  mirrors: Mirrors,
  label: string,
): Promise<Audit> {
  const { manager } = frontend
  const answered = await answer(
    manifestsContainer(place, frontend, mirrors),
    auditCommand(manager),
  )
  return readNodeAudit(answered, label, auditSaysNothing(manager))
}

/** What a tool said last is no cause where its service has not answered. */
async function answer(
  container: Container,
  command: string[],
  service = "the service that knows of vulnerabilities",
): Promise<Answer> {
  const done = afresh(container).withExec(
    ["timeout", `${String(PATIENCE)}s`, ...command],
    { expect: ReturnType.Any },
  )
  const [exitCode, stdout, stderr] = await Promise.all([
    done.exitCode(),
    done.stdout(),
    done.stderr(),
  ])
  if (exitCode !== TOO_LATE) return { exitCode, stdout, stderr }
  const late = `${service} did not answer within ${String(PATIENCE)} s`
  return { exitCode, stdout: "", stderr: late }
}
