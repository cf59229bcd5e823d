import { auditPins, resolveRequirements } from "../audit/stage.js"
import type { Gates } from "../config/gate-config.js"
import type { Mirrors } from "../containers/images.js"
import { reasonOf } from "../pipeline/failure.js"
import type { OwnSource } from "../reading/own-sources.js"
import type { About } from "./about.js"
import { type AuditedBoth, pinsApart, requiredBy } from "./vulnerabilities.js"

/** What of a project says whether and how its requirements are looked up. */
export interface Audited {
  readonly pythons: readonly string[]
  /** What an index would have of its dependencies, where the author has it from elsewhere. */
  readonly unreleased: readonly OwnSource[]
  readonly gates: Pick<Gates, "audit">
  readonly mirrors: Mirrors
}

/** Asks what is known of that which an install of one release brings and one of the other does not; where both bring the same, nobody is asked. */
export async function auditBoth(
  project: Audited,
  before: readonly About[],
  after: readonly About[],
): Promise<AuditedBoth | undefined> {
  const [[old], [now]] = [before, after]
  if (!old || !now || project.gates.audit.python === "off") return undefined
  const [was, is] = [requiredBy(old), requiredBy(now)]
  if (was.join("\n") === is.join("\n")) return undefined
  if (project.unreleased.length > 0)
    return { why: "dependencies are no releases on an index" }
  try {
    const [oldPins, newPins] = await Promise.all([
      resolveRequirements(project, was),
      resolveRequirements(project, is),
    ])
    const apart = pinsApart(oldPins, newPins)
    const [first, second] = await Promise.all([
      auditPins(project.mirrors, apart.before),
      auditPins(project.mirrors, apart.after),
    ])
    return { before: first, after: second }
  } catch (error) {
    return { why: reasonOf(error).summary }
  }
}
