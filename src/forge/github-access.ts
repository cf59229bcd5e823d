import { problem } from "../errors.js"
import type { Fitting } from "./assets.js"

/** GitHub takes files below two gibibytes. */
export const LIMIT = 2 * 1024 ** 3

/** A name that GitHub keeps, and that is the name of one file wherever it is written. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9_][\w.+-]*(?<!\.)$/.test(name)
}

/** GitHub takes so many files for a release. */
const MOST = 1000

/** Says which files GitHub would refuse or rename, before the first of them is sent. */
export function unfitForGithub(assets: readonly Fitting[]): string[] {
  const names = assets.map(({ name }) => name)
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  return [
    ...(names.length > MOST
      ? [`there are ${names.length}, and GitHub takes ${MOST} for a release`]
      : []),
    ...assets.flatMap(({ name, size = 0 }) =>
      size >= LIMIT
        ? [
            `\`${name}\` has ${size} bytes, and GitHub takes less than ${LIMIT} for a file`,
          ]
        : [],
    ),
    ...assets
      .filter(({ size }) => size === 0)
      .map(({ name }) => `\`${name}\` is empty, which GitHub refuses`),
    ...names
      .filter((name) => !isPlainName(name))
      .map((name) => `\`${name}\` is a name that GitHub would change`),
    ...twice.map((name) => `\`${name}\` is the name of two files`),
  ]
}

/** What is known of GitHub before it is asked anything. */
export const GITHUB = { name: "GitHub", unfit: unfitForGithub }

/** What GitHub tells of a repository to the owner of a token. */
interface Reachable {
  readonly where: string
  readonly archived: boolean
  readonly private: boolean
  readonly mayPush: boolean | undefined
  /** The scopes of a classic token; other kinds of token do not tell theirs. */
  readonly scopes: string | undefined
}

/** Refuses a repository and a token that no release can be made with. */
export function refuseAccess(repository: Reachable): void {
  const { archived, mayPush, where } = repository
  if (archived)
    throw problem(
      "github",
      `\`${where}\` is archived`,
      "Unarchive it, or correct `--github-repository`.",
    )
  if (mayPush === false)
    throw problem(
      "credential",
      `the token's owner may not write to \`${where}\``,
      "Ask for write access to the repository, or use a token of somebody who has it.",
    )
  refuseScopes(repository)
}

function refuseScopes(repository: Reachable): void {
  const { where } = repository
  if (repository.scopes === undefined) return
  const scopes = repository.scopes.split(",").map((each) => each.trim())
  const enough = repository.private ? ["repo"] : ["repo", "public_repo"]
  if (enough.some((each) => scopes.includes(each))) return
  throw problem(
    "credential",
    `the token lacks the scope \`${enough.join("` or `")}\` for \`${where}\`; it has \`${repository.scopes || "none"}\``,
    "Add the scope to the token, or make a fine-grained one with the permission `Contents: write`.",
  )
}
