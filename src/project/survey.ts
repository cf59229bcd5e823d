import type { Problem } from "../errors.js"
import type { Outline } from "./outline.js"
import type { Project } from "./project.js"

/** All that a look at a project tells, also where it is not fit to be released. */
export interface Survey {
  /** Absent where it is no project. */
  readonly outline: Outline | undefined
  readonly project: Project | undefined
  readonly problems: readonly Problem[]
}

/** Something that was found, in words: where, and the key that says otherwise. */
export interface Fact {
  readonly subject: string
  readonly value: string
  readonly from: string
  /** Empty where the project's own files are the place to change it. */
  readonly key: string
}
