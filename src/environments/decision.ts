import { PYPI, TEST_PYPI } from "../config/index-names.js"
import { problem } from "../errors.js"
import { code } from "../text/code.js"
import { requireOwn } from "../version/tag-owner.js"
import type { Tagging } from "../version/tagging.js"
import { parseTag, type Version } from "../version/version.js"
import {
  type Environment,
  type EnvironmentName,
  type Environments,
  TITLES,
} from "./environments.js"
import { matches } from "./ref-patterns.js"

/** Where a ref leads, and why. */
export interface Decision {
  readonly ref: string
  readonly environment: Environment
  /** Of a tag. */
  readonly version: Version | undefined
  /** The pattern that it matches; absent where none does. */
  readonly pattern: string | undefined
}

/** The same of a tag that is released. */
export interface TagDecision extends Decision {
  readonly version: Version
}

/** What a project says of its refs. */
export interface Ruled {
  readonly environments: Environments
  readonly tagging: Tagging
}

/** In this order a ref is led to the first that wants it. */
const TAGS = ["staging", "production"] as const

const TRIALS = ["staging"] as const

const BRANCHES = ["development", "check"] as const

/** Decides which environment a git ref belongs to, or refuses a tag of none. */
export function decide(ref: string, ruled: Ruled): Decision {
  const { environments } = ruled
  const tag = tagIn(ref)
  if (tag !== undefined) return decideTag(parseTag(tag), ruled)
  if (!/^refs\/[^\s\p{Cc}]+$/u.test(ref)) throw notFull(ref)
  const found = find(ref, BRANCHES, environments)
  const { check } = environments
  return {
    ref,
    environment: check,
    pattern: undefined,
    version: undefined,
    ...found,
  }
}

/** The tag that a full ref names; undefined for any other ref. */
export function tagIn(ref: string): string | undefined {
  return /^refs\/tags\/(.*)$/s.exec(ref)?.[1]
}

/** The same for the tag of a release, which is the project's own. */
export function decideTag(
  version: Version,
  { environments, tagging }: Ruled,
): TagDecision {
  requireOwn(version, tagging)
  const { environment: meant, tag } = version
  const ref = `refs/tags/${tag}`
  // A trial stays one, whatever the patterns say.
  const names = meant === "staging" ? TRIALS : TAGS
  const found = find(ref, names, environments)
  if (!found) throw ofNoEnvironment(tag, environments)
  const environment =
    found.environment.name === "staging" ? "staging" : "production"
  return { ref, ...found, version: { ...version, environment } }
}

function find(
  ref: string,
  names: readonly EnvironmentName[],
  environments: Environments,
) {
  for (const environment of names.map((name) => environments[name])) {
    const pattern = environment.refs.find((each) => matches(ref, each))
    if (pattern !== undefined) return { environment, pattern }
  }
  return undefined
}

function notFull(ref: string): Error {
  const short = JSON.stringify(ref.slice(0, 60)).slice(1, -1)
  return problem(
    "tag",
    `\`${short}\` is no full git ref`,
    "Accepted are `refs/heads/develop`, `refs/tags/v1.2.0` and their like, as `git rev-parse --symbolic-full-name` prints them.",
  )
}

function ofNoEnvironment(tag: string, environments: Environments): Error {
  const { production, staging } = environments
  const known = [...staging.refs, ...production.refs]
  return problem(
    "tag",
    `no environment releases the tag \`${tag}\``,
    `Push a tag that matches ${known.map(code).join(" or ")}, or add a pattern for this one to \`refs\` in \`[tool.shipwheel.environments.production]\` or \`staging\`.`,
  )
}

/** The environment's name as people say it; a prerelease has a channel of its own. */
export function titleOf({ environment, version }: Decision): string {
  const title = TITLES[environment.name]
  return environment.name === "production" && version?.prerelease
    ? `${title}, prerelease channel`
    : title
}

/** The indexes that a release goes through, in this order: a trial is never promoted. */
export function indexesOf({ environment }: TagDecision): string[] {
  const { index = TEST_PYPI, name } = environment
  return name === "production" ? [index, PYPI] : [index]
}

/** The index that those have what is released from: a trial's own, PyPI behind Test PyPI, and otherwise an index of one's own. What is no release yet becomes one of production. */
export function usersIndex(
  environments: Environments,
  decision: Decision | undefined,
): string {
  const { index = environments.production.index ?? TEST_PYPI, name } =
    decision?.environment ?? environments.production
  return index === TEST_PYPI && name !== "staging" ? PYPI : index
}

/** Refuses to carry a trial to where it would stay for ever. */
export function refusePromotion(decision: Decision): void {
  if (decision.environment.name !== "production")
    throw problem(
      "tag",
      `\`${decision.version?.tag ?? decision.ref}\` is released to ${titleOf(decision)}, and only Production is promoted to PyPI`,
      "Tag the same commit `vX.Y.Z`, release that, and promote it.",
    )
}

/** Where the ref leads and why, in one sentence: the plan, the report and `environment` say the same. */
export function becauseOf(decision: Decision): string {
  const { pattern, ref } = decision
  const why =
    pattern === undefined
      ? "which no pattern leads elsewhere"
      : `which matches \`${pattern}\``
  return `Environment: ${titleOf(decision)}, for \`${ref.replaceAll("`", "'")}\`, ${why}.`
}
