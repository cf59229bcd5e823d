import { code } from "../text/code.js"
import { few } from "../text/few.js"

/** What everybody sees of a release on GitHub. */
export interface OnGithub {
  /** The repository. */
  readonly where: string
  /** Why that is not known. */
  readonly failure?: string | undefined
  /** Absent where there is none, or a draft, which is not for everybody. */
  readonly published?: PublishedThere | undefined
}

export interface PublishedThere {
  readonly url: string
  readonly immutable: boolean
  /** Files that are meant and not there. */
  readonly missing: readonly string[]
  /** Files that are there with other bytes. */
  readonly other: readonly string[]
}

/** The token that announces a release. */
export const GITHUB_TOKEN = "--github-token env://GITHUB_TOKEN"

/** The release is run again for it. */
export function isUnfinished({ failure, published }: OnGithub): boolean {
  if (failure !== undefined) return false
  return !published || (published.missing.length > 0 && !isSpoilt(published))
}

/** What is published stays as it is, and is not what is meant. */
export function isSpoilt({
  immutable,
  missing,
  other,
}: PublishedThere): boolean {
  return other.length > 0 || (immutable && missing.length > 0)
}

/** What GitHub holds, in a section. */
export function describeGithub(tag: string, seen: OnGithub): string {
  return `## GitHub\n\n${words(tag, seen)}`
}

/** How to take back what GitHub shows, in a section. */
export function takeBackOnGithub(
  tag: string,
  { failure, published, where }: OnGithub,
): string {
  const head = "## GitHub"
  if (failure !== undefined)
    return `${head}\n\nWhat it holds is not known: ${failure} Look at the releases of \`${where}\` before you decide.`
  if (!published)
    return `${head}\n\nThere is no published release of \`${tag}\` in \`${where}\`: nothing is to be taken back here. A draft of it is shown to those alone who may write there: delete it, if there is one.`
  return [
    `${head}\n\nThe release stays up, whatever is yanked, and its install scripts install this version from there.`,
    [
      `1. Open ${published.url} as somebody who may write there, and edit it: say first what is wrong, and which version to take.`,
      "2. Where it is the latest, mark it as a pre-release: what asks for the latest release then finds another one.",
      published.immutable
        ? "3. It is immutable, so its install scripts stay. Delete the whole release if nobody may run them any more; its tag is then used up."
        : "3. Delete its install scripts, if nobody may run them any more. The wheel and the sdist can stay for those who pin them.",
    ].join("\n"),
  ].join("\n\n")
}

function words(tag: string, { failure, published, where }: OnGithub): string {
  if (failure !== undefined) return `What it holds is not known: ${failure}`
  if (!published)
    return `There is no published release of \`${tag}\` in \`${where}\`, and a draft is not shown to everybody. If there is to be none, say so: \`github = false\` for the environment.`
  const { immutable, missing, other, url } = published
  const names = (all: readonly string[]) => few(all.map(code))
  if (other.length > 0)
    return `published with other bytes of ${names(other)}, and what is published stays: ${url}`
  if (missing.length > 0)
    return `published without ${names(missing)}${immutable ? ", and immutable, so that nothing can be added" : ""}: ${url}`
  return `complete: published with the wheel and the sdist that are meant, their \`SHA256SUMS\` and all that it names: ${url}`
}
