import { PYPI, TEST_PYPI } from "../config/index-names.js"
import type { Environments } from "../environments/environments.js"
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
  /** The project has a repository on GitHub, where its releases are announced. */
  readonly github: boolean
  /** The CI shows an identity token instead of API tokens. */
  readonly trusted: boolean
  /** GitHub attests what its workflow has built. */
  readonly attested: boolean
  /** What a clone has to fetch beside the commits. */
  readonly lfs: boolean
  readonly submodules: boolean
  /** The indexes that releases upload to. */
  readonly indexes: readonly string[]
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
  /** It gives each job a token of GitHub; elsewhere that is one secret more. */
  readonly ownGithubToken: boolean
  /** A later job gets the files of an earlier one; elsewhere a promotion takes them from GitHub, or makes them again. */
  readonly keepsFiles: boolean
  /** Where the secrets have to be, and how a person lets a promotion start; the head of a file says both. */
  readonly secrets: (approval: string) => string
  readonly approval: (approval: string) => string
}

export function ciFacts(
  environments: Environments,
  more: Omit<
    CiFacts,
    "branches" | "tags" | "production" | "approval" | "indexes" | "tried"
  >,
): CiFacts {
  const { check, development, production, staging } = environments
  return {
    ...more,
    branches: names([development, check], "refs/heads/"),
    tags: names([production, staging], "refs/tags/"),
    production: names([production], "refs/tags/"),
    approval: production.approval ?? PYPI,
    indexes: [
      ...new Set([production, staging].map(({ index }) => index ?? TEST_PYPI)),
    ],
    tried: production.index ?? TEST_PYPI,
  }
}

function names(
  environments: readonly { readonly refs: readonly string[] }[],
  prefix: string,
): string[] {
  const refs = environments.flatMap((each) => each.refs)
  return [...new Set(refs.map((ref) => ref.slice(prefix.length)))]
}
