import { PYPI, TEST_PYPI } from "../config/index-names.js"
import { LIMITS, type Limits } from "../config/limits.js"
import type { Environments } from "../environments/environments.js"
import { matches } from "../environments/ref-patterns.js"
import type { ConfiguredIndex } from "../package-index/indexes.js"
import type { Passed } from "./passed-options.js"
import type { PatternForm } from "./tag-patterns.js"

/** All that a wrapper needs to know; every decision beyond it is the module's. */
export interface CiFacts {
  /** Where in its repository the project is, such as `packages/wren/`; empty at its top. */
  readonly path: string
  /** What its tags have before their version. */
  readonly tagPrefix: string
  /** The version of the CLI. */
  readonly dagger: string
  /** Patterns of the branches whose pushes are looked at. */
  readonly branches: readonly string[]
  /** Patterns of the tags that are released. */
  readonly tags: readonly string[]
  /** Patterns of the tags that may be promoted. */
  readonly production: readonly string[]
  readonly approval: string
  /** The project has a repository on GitHub. */
  readonly github: boolean
  /** Some of its releases are announced there. */
  readonly announced: boolean
  /** Those of production are: a promotion takes their files from there. */
  readonly productionAnnounced: boolean
  /** Somebody holds the secret key that `public-key` belongs to. */
  readonly signed: boolean
  /** What `ci` was called with, and what it writes calls with as well. */
  readonly passed: Passed
  /** By how many minutes a stage may take longer than usual. */
  readonly longer: number
  /** The CI shows an identity token instead of API tokens. */
  readonly trusted: boolean
  /** GitHub attests what its workflow has built. */
  readonly attested: boolean
  /** What a clone has to fetch beside the commits. */
  readonly lfs: boolean
  readonly submodules: boolean
  /** The indexes that releases upload to. */
  readonly indexes: readonly string[]
  /** Those of one's own that attest whatever comes with an identity. */
  readonly attesting: readonly string[]
  /** The one that production's must have been tried on. */
  readonly tried: string
}

/** What a provider is able to do: a row of the table. */
export interface CiAbilities {
  /** The files that make it call the module, and their templates. */
  readonly files: Readonly<Record<string, string>>
  /** How its configuration spells branches and tags; in a shell the caller names them. */
  readonly branches: PatternForm
  readonly tags: PatternForm
  /** PyPI knows how to check its identity tokens. */
  readonly trusted: boolean
  /** It hands out identity tokens to whoever shows its address a secret: attestations need one of their own. */
  readonly identityUrl: boolean
  /** It gives each job a token of GitHub; elsewhere that is one secret more. */
  readonly ownGithubToken: boolean
  /** A later job gets the files of an earlier one; elsewhere a promotion takes them from GitHub, or makes them again. */
  readonly keepsFiles: boolean
  /** Where the secrets have to be, and how a person lets a promotion start; the head of a file says both. */
  readonly secrets: (approval: string) => string
  readonly approval: (approval: string) => string
}

/** What of a project its wrapper depends on. */
export interface Wrapped {
  readonly environments: Environments
  readonly github: {
    readonly repository: string | undefined
    readonly attested: boolean
  }
  readonly indexes: readonly Pick<ConfiguredIndex, "attests" | "name">[]
  readonly limits: Pick<Limits, "stage">
  readonly publicKey: string | undefined
  readonly tagging: { readonly prefix: string }
}

/** What else is known of it, and of how `ci` was called. */
export type AskedCi = Pick<
  CiFacts,
  "dagger" | "lfs" | "passed" | "path" | "submodules" | "trusted"
> & {
  /** The branch that everything is merged into. */
  readonly mainBranch: string | undefined
}

export function ciFacts(
  { environments, github, indexes, limits, publicKey, tagging }: Wrapped,
  { mainBranch, ...more }: AskedCi,
): CiFacts {
  const { check, development, production, staging } = environments
  return {
    ...more,
    tagPrefix: tagging.prefix,
    github: (more.passed.githubRepository ?? github.repository) !== undefined,
    attested: github.attested,
    announced: production.github || staging.github,
    productionAnnounced: production.github,
    signed: publicKey !== undefined,
    longer: Math.max(0, Math.ceil((limits.stage - LIMITS.stage) / 60)),
    branches: withMain(names([development, check], "refs/heads/"), mainBranch),
    tags: names([production, staging], "refs/tags/"),
    production: names([production], "refs/tags/"),
    approval: production.approval ?? PYPI,
    indexes: [
      ...new Set([production, staging].map(({ index }) => index ?? TEST_PYPI)),
    ],
    attesting: indexes.flatMap(({ attests, name }) => (attests ? [name] : [])),
    tried: production.index ?? TEST_PYPI,
  }
}

/** A push to it leads to the gates, whatever it is called. */
function withMain(patterns: string[], main: string | undefined): string[] {
  return main === undefined || patterns.some((each) => matches(main, each))
    ? patterns
    : [...patterns, main]
}

function names(
  environments: readonly { readonly refs: readonly string[] }[],
  prefix: string,
): string[] {
  const refs = environments.flatMap((each) => each.refs)
  return [...new Set(refs.map((ref) => ref.slice(prefix.length)))]
}
