import { resolveGates } from "../../src/config/gate-config.js"
import { resolveEnvironments } from "../../src/environments/environments.js"
import { Problems } from "../../src/errors.js"
import { judge } from "../../src/preflight/preflight.js"
import type { Preflight } from "../../src/preflight/preflight-rule.js"
import { parseTag } from "../../src/version/version.js"

/** The commit that is tagged and checked out. */
export const HEAD = "c684459b6a90dbea5f84ecb1bd98c25b5a50c427"
export const REPOSITORY = {
  head: HEAD,
  tagCommit: HEAD,
  dirty: [],
  shallow: false,
}
export const PROJECT: NonNullable<Preflight["project"]> = {
  notes: { changelog: "CHANGELOG.md", file: undefined, template: undefined },
  gates: resolveGates({}, []),
  environments: resolveEnvironments(undefined, [], new Problems()),
  indexes: [],
  compiled: undefined,
  unbuilt: undefined,
  leadingNowhere: [],
  leftOut: [],
  unreleased: [],
  tests: { unrun: undefined },
}
const NOTES = {
  heading: "[1.2.0] - 2026-06-15",
  text: "- Berths have names.",
  origin: "the section `[1.2.0] - 2026-06-15` of `CHANGELOG.md`",
}

/** All that a preflight knows of a project that is fit to be released. */
export function facts(changes: Partial<Preflight> = {}): Preflight {
  return {
    version: parseTag("v1.2.0"),
    project: PROJECT,
    repository: REPOSITORY,
    notes: NOTES,
    ...changes,
  }
}

/** What stops a release. */
export const problems = (changes: Partial<Preflight>) =>
  judge(facts(changes), false).problems.map(
    ({ next, owner, what }) => `${owner}: ${what}. ${next}`,
  )
