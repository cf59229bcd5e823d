import type { GithubConfig } from "../config/github-config.js"
import { isSameRepository, repositoryOf } from "./forge-repository.js"

/** How the release looks on GitHub. */
export interface GithubSettings {
  readonly repository: string | undefined
  /** Where the project's own address has that repository. */
  readonly host: string | undefined
  readonly title: string
  readonly assetNames: string
  readonly extra: readonly string[]
  /** Its workflow attests the wheel and the sdist in GitHub's own way. */
  readonly attested: boolean
  /** The notes tell what changed since the last release. */
  readonly comparison: boolean
}

export function resolveGithub(
  { github }: GithubConfig,
  urls: Readonly<Record<string, string>>,
): GithubSettings {
  const found = repositoryOf(urls)
  const repository = github?.repository ?? found?.repository
  return {
    repository,
    host: isSameRepository(repository, found?.repository)
      ? found?.host
      : undefined,
    title: github?.title ?? "{{name}} {{version}}",
    assetNames: github?.["asset-names"] ?? "{{file}}",
    extra: github?.extra ?? [],
    attested: github?.["artifact-attestations"] ?? false,
    comparison: github?.["notes-comparison"] ?? false,
  }
}
