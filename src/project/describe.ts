import { isReserved } from "../config/index-names.js"
import type { Problem } from "../errors.js"
import { unreleased } from "../reading/own-sources.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
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
        ? projectProblems(project, project.environments.production.skip)
        : []),
    ],
  }
}

/** What of a project stops a release whatever its tag is, and is no mistake in what is written down. */
export function projectProblems(
  project: Judged,
  skipped: ReadonlyMap<string, string>,
): Problem[] {
  const { compiled, tests, unbuilt } = project
  const sources = unreleased(project.unreleased)
  return [
    ...told("project", skipped.has("test") ? undefined : tests.unrun),
    ...told("project", compiled && "what" in compiled ? compiled : undefined),
    ...told("frontend", unbuilt),
    ...told("project", sources),
    ...unknownIndexes(project),
  ]
}

/** What of a project that is asked of. */
export type Judged = Pick<
  Project,
  "compiled" | "environments" | "indexes" | "unbuilt" | "unreleased"
> & { readonly tests: Pick<Project["tests"], "unrun"> }

function told(
  owner: Problem["owner"],
  found: Pick<Problem, "next" | "what"> | undefined,
): Problem[] {
  return found ? [{ owner, next: found.next, what: found.what }] : []
}

/** Found out by the ref that leads there, it would be at the very moment of a release. */
function unknownIndexes({ environments, indexes }: Judged): Problem[] {
  const names = indexes.map(({ name }) => name)
  const unknown = Object.values(environments).filter(
    ({ index }) =>
      index !== undefined && !isReserved(index) && !names.includes(index),
  )
  return unknown.map(({ index = "", name }) => ({
    owner: "configuration",
    what: `\`tool.shipwheel.environments.${name}.index\` names \`${index}\`, and no \`[[tool.shipwheel.index]]\` has that name`,
    next: `${names.length > 0 ? `There ${names.length === 1 ? "is" : "are"} ${few(names.map(code))}. ` : ""}Name one of those, or add it with its \`name\` and its \`url\`.`,
  }))
}
