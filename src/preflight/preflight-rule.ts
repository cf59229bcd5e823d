import type { Problem } from "../errors.js"
import type { Placeholder } from "../git/placeholders.js"
import type { Repository } from "../git/repository.js"
import type { Notes } from "../notes/changelog.js"
import type { Judged } from "../project/describe.js"
import type { Project } from "../project/project.js"
import type { Version } from "../version/version.js"

/** All that is known before anything runs; what was refused already is absent. */
export interface Preflight {
  readonly version: Version | undefined
  readonly project:
    | (Judged & Pick<Project, "gates" | "leadingNowhere" | "leftOut" | "notes">)
    | undefined
  /** The gates that the environment leaves out, with its reasons. */
  readonly skipped?: ReadonlyMap<string, string> | undefined
  /** Absent where the source is in no repository. */
  readonly repository: Repository | undefined
  readonly notes: Notes | undefined
  /** What of the tree only stands for something else. */
  readonly placeholders?: readonly Placeholder[] | undefined
}

/** What a rule found: it stops the release, or is only worth saying. */
export interface Verdict {
  readonly problems: readonly Problem[]
  readonly remarks: readonly string[]
}

export type PreflightRule = (facts: Preflight) => Partial<Verdict>

export function refuse(
  owner: Problem["owner"],
  what: string,
  next: string,
): Partial<Verdict> {
  return { problems: [{ owner, what, next }] }
}
