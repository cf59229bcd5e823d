import Mustache from "mustache"

import { problem } from "../errors.js"
import type { Version } from "../version/version.js"
import type { Notes } from "./changelog.js"

/** What a template can say of a release: `{{name}}`, or `{{#prerelease}}…{{/prerelease}}`. */
export interface Variables {
  readonly name: string
  readonly version: string
  readonly tag: string
  /** Empty where Semantic Versioning has no word for the version. */
  readonly semver: string
  readonly prerelease: boolean
  /** `owner/name` on GitHub, if it is known. */
  readonly repository: string
  /** The tag of the release before, if there is one. */
  readonly previous: string
  /** The notes as they were found. */
  readonly changes: string
}

export function variablesOf(
  name: string,
  version: Version,
  repository: string | undefined,
  previous: string | undefined,
  notes: Pick<Notes, "text">,
): Variables {
  return {
    name,
    version: version.pep440,
    tag: version.tag,
    semver: version.semver ?? "",
    prerelease: version.prerelease,
    repository: repository ?? "",
    previous: previous ?? "",
    changes: notes.text,
  }
}

/** Fills a template in; a variable that does not exist is refused, so that none is lost silently. */
export function fillTemplate(
  template: string,
  variables: Partial<Variables> & { readonly file?: string },
  place: string,
): string {
  const unknown = [
    ...new Set(namesIn(parse(template, place)).map(String)),
  ].filter((name) => !Object.hasOwn(variables, name))
  if (unknown.length > 0)
    throw problem(
      "configuration",
      `${place} has no variable ${unknown.map((each) => `\`{{${each}}}\``).join(", ")}`,
      `There are ${Object.keys(variables)
        .map((each) => `\`{{${each}}}\``)
        .join(", ")}.`,
    )
  return Mustache.render(template, variables, undefined, {
    escape: (value: unknown) => String(value),
  })
}

type TemplateToken = [kind: string, name: string, ...rest: unknown[]]

function parse(template: string, place: string): TemplateToken[] {
  try {
    return Mustache.parse(template)
  } catch (error) {
    throw problem(
      "configuration",
      `${place} can't be read: ${error instanceof Error ? error.message : String(error)}`,
      "Write it as Mustache has it: `{{name}}`, `{{#prerelease}}…{{/prerelease}}`.",
    )
  }
}

function namesIn(tokens: readonly TemplateToken[]): string[] {
  return tokens.flatMap(([kind, name, , , inner]) => [
    ...(["name", "&", "#", "^", ">"].includes(kind) ? [name] : []),
    ...(Array.isArray(inner) ? namesIn(inner as TemplateToken[]) : []),
  ])
}
