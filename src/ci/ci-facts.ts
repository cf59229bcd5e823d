import { PYPI, TEST_PYPI } from "../config/index-names.js"
import type { Environments } from "../environments/environments.js"
import { regularExpression } from "../environments/ref-patterns.js"

/** All that a wrapper needs to know; every decision beyond it is the module's. */
export interface CiFacts {
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
  /** The indexes that releases upload to. */
  readonly indexes: readonly string[]
  /** The one that production's must have been tried on. */
  readonly tried: string
}

/** A file of a wrapper. */
export interface CiFile {
  readonly path: string
  readonly text: string
}

export function ciFacts(
  environments: Environments,
  more: Pick<CiFacts, "dagger" | "github" | "trusted">,
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

/** One regular expression for all of some patterns. */
export function anyOf(patterns: readonly string[]): string {
  return `^(${patterns.map(regularExpression).join("|")})$`
}

/** The same between slashes. */
export function slashed(patterns: readonly string[]): string {
  return `/${anyOf(patterns).replaceAll("/", "\\/")}/`
}

/** The variables that hold the credentials of a release, and of a promotion. */
export function releaseSecrets({ indexes, trusted }: CiFacts): string[] {
  return [
    ...(indexes.includes(TEST_PYPI) && !trusted ? ["TEST_PYPI_API_TOKEN"] : []),
    ...(indexes.some((each) => each !== TEST_PYPI) ? ["INDEX_PASSWORD"] : []),
  ]
}

export function promotionSecrets({ trusted }: CiFacts): string[] {
  return trusted ? [] : ["PYPI_API_TOKEN"]
}

/** The same for a release on GitHub, where the provider is another. */
export function githubSecrets({ github }: CiFacts): string[] {
  return github ? ["GITHUB_TOKEN"] : []
}

const OPTIONS: Readonly<Record<string, string>> = {
  TEST_PYPI_API_TOKEN: "--test-pypi-token",
  PYPI_API_TOKEN: "--pypi-token",
  INDEX_PASSWORD: "--index-password",
  GITHUB_TOKEN: "--github-token",
}

/** Each secret by the name of the variable that it is in: its value is in no command. */
function secretOptions(names: readonly string[]): string[] {
  return names.map((name) => `${OPTIONS[name] ?? ""} env://${name}`)
}

/** The commands of a wrapper, with the ref or tag as a word of its shell. */
export function commands(
  facts: CiFacts,
  dagger = "dagger",
  identity: readonly string[] = [],
) {
  const call = (...words: readonly string[]) =>
    [dagger, "--silent", "call", ...words].join(" ")
  return {
    gates: (ref: string) => call("gates", "--ref", ref),
    release: (tag: string, github: readonly string[]) =>
      call(
        ...["release", "--tag", tag],
        ...secretOptions([...releaseSecrets(facts), ...github.slice(0, 1)]),
        ...github.slice(1),
        ...identity,
      ),
    directory: (tag: string, folder: string) =>
      call("release-directory", "--tag", tag, "export", "--path", folder),
    /** From a release directory, or where none is given from the release on GitHub. */
    promote: (tag: string, ...from: readonly string[]) =>
      call(
        ...["promote", "--tag", tag, ...from],
        ...(facts.tried === TEST_PYPI ? [] : ["--test-index", facts.tried]),
        ...secretOptions(promotionSecrets(facts)),
        ...identity,
      ),
  }
}

/** The token of GitHub, for a project that is released there. */
export const GITHUB_TOKEN = "--github-token env://GITHUB_TOKEN"

/** A list for YAML on one line; what JSON calls a text, YAML does too. */
export function list(items: readonly string[]): string {
  return `[${items.map((each) => JSON.stringify(each)).join(", ")}]`
}

/** A command as a plain text of YAML, or in quotes where it would be something else. */
export function item(command: string): string {
  return /^[a-z].*$/.test(command) && !/: | #/.test(command)
    ? command
    : JSON.stringify(command)
}

/** The version of the CLI is the module's, and the script checks what it downloads. */
export function install(version: string, folder: string): string {
  return `curl -fsSL https://dl.dagger.io/dagger/install.sh | DAGGER_VERSION=${version} BIN_DIR=${folder} sh`
}

export function origin(provider: string): string {
  return `Written by \`dagger call ci --provider ${provider}\`, for what \`[tool.shipwheel]\` says: change it there.`
}
