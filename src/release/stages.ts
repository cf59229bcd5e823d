import { auditWork } from "../audit/stage.js"
import { reproduceWork } from "../build/reproduce-stage.js"
import { buildWork } from "../build/stage.js"
import { compareWork } from "../compare/stage.js"
import { type Decision, titleOf } from "../environments/decision.js"
import { fault } from "../errors.js"
import { checkWork } from "../files/stage.js"
import { type Announcement, githubWork } from "../forge/stage.js"
import { frontendWork } from "../frontend/stage.js"
import { installWork, serveWork } from "../install/stage.js"
import { installersWork } from "../install-scripts/stage.js"
import { lintWork } from "../lint/stage.js"
import type { Shown } from "../package-index/listing-stage.js"
import type { PackageIndex } from "../package-index/stage.js"
import { verifyWork } from "../package-index/verify-stage.js"
import type { Stage, Work } from "../pipeline/pipeline.js"
import { sbomWork } from "../sbom/stage.js"
import { integrationWork, testWork } from "../test/stage.js"
import { publishWork } from "../upload/publish-stage.js"
import type { Subject, TaggedSubject } from "./subject-stage.js"

/** A stage of the process: what it does, and what it says of that, is its room's. */
interface Row<Input> {
  readonly name: string
  readonly needs: readonly string[]
  readonly work: (input: Input) => Work
}

/** What a release is made of, and where it goes. */
export interface Outgoing extends TaggedSubject {
  readonly index: PackageIndex
  readonly announcement: Announcement
  readonly shown?: Shown
}

/** What a project has to pass; nothing leaves the engine. */
export const GATES = [
  { name: "test", needs: [], work: testWork },
  { name: "lint", needs: [], work: lintWork },
  { name: "frontend", needs: [], work: frontendWork },
  { name: "integration", needs: ["frontend"], work: integrationWork },
  { name: "audit", needs: [], work: auditWork },
  { name: "build", needs: ["frontend"], work: buildWork },
  { name: "check", needs: ["build"], work: checkWork },
  { name: "reproduce", needs: ["build"], work: reproduceWork },
  { name: "sbom", needs: ["build"], work: sbomWork },
  { name: "install", needs: ["build"], work: installWork },
  { name: "serve", needs: ["build"], work: serveWork },
  { name: "installers", needs: ["build"], work: installersWork },
  { name: "compare", needs: ["build"], work: compareWork },
] as const satisfies readonly Row<Subject>[]

const EVERY_GATE = GATES.map(({ name }) => name)

/** What touches the world, and so needs every gate. */
export const EFFECTS = [
  { name: "publish", needs: EVERY_GATE, work: publishWork },
  { name: "verify", needs: ["publish"], work: verifyWork },
  { name: "github", needs: ["verify"], work: githubWork },
] as const satisfies readonly Row<Outgoing>[]

export type GateName = (typeof GATES)[number]["name"]

/** The work of one gate. */
export function gateWork(name: GateName, subject: Subject): Work {
  const rows: readonly Row<Subject>[] = GATES.filter(
    (each) => each.name === name,
  )
  const [work] = rows.map((row) => row.work(subject))
  if (!work) throw fault(`there is no gate ${name}`)
  return work
}

/** Every gate, less those that the environment leaves out. */
export function gateStages(subject: Subject): Stage[] {
  return stagesOf(GATES, subject).map((gate) => leftOut(gate, subject.decision))
}

/** All of a release, in its order. */
export function releaseStages(outgoing: Outgoing): Stage[] {
  const effects = stagesOf(EFFECTS, { ...outgoing, shown: {} })
  return [...gateStages(outgoing), ...effects]
}

function stagesOf<Input>(rows: readonly Row<Input>[], input: Input): Stage[] {
  return rows.map(({ name, needs, work }) => ({ name, needs, ...work(input) }))
}

function leftOut(gate: Stage, decision: Decision | undefined): Stage {
  const reason = decision?.environment.skip.get(gate.name)
  if (!decision || reason === undefined) return gate
  return { ...gate, skip: `left out of ${titleOf(decision)}: ${reason}` }
}
