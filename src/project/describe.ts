import type { Problem } from "../errors.js"
import { frontendFacts, gateFacts } from "./describe-gates.js"
import { packageFacts, versionFacts } from "./describe-source.js"
import { notUsed } from "./not-used.js"
import type { Project } from "./project.js"
import type { Fact, Survey } from "./survey.js"

/** The project as Shipwheel sees it. */
export interface Description {
  readonly project: string
  readonly facts: readonly Fact[]
  /** What was seen and is not used, with the reason. */
  readonly notUsed: readonly string[]
  /** What stops a release as it is. */
  readonly problems: readonly Problem[]
}

export function describeProject(survey: Survey): Description {
  const { outline, problems, project } = survey
  return {
    project: outline?.name ?? "",
    facts: [
      ...(outline && project ? packageFacts(outline, project) : []),
      ...(project ? versionFacts(project) : []),
      ...(outline && project ? gateFacts(outline, project) : []),
      ...(outline && project ? frontendFacts(outline, project) : []),
    ],
    notUsed: outline ? notUsed(outline) : [],
    problems: [
      ...problems,
      ...(project
        ? [
            ...unrunTests(project),
            ...compiledCode(project),
            ...unbuilt(project),
          ]
        : []),
    ],
  }
}

/** Tests that nothing runs are no mistake in what is written down, and stop a release all the same. */
function unrunTests({ environments, tests }: Project): Problem[] {
  const skips = environments.production.skip.has("test")
  return tests.unrun && !skips ? [{ owner: "project", ...tests.unrun }] : []
}

function compiledCode({ compiled }: Project): Problem[] {
  return compiled && "what" in compiled
    ? [{ owner: "project", ...compiled }]
    : []
}

function unbuilt({ unbuilt: found }: Project): Problem[] {
  return found ? [{ owner: "frontend", ...found }] : []
}
