import { dag, type Directory } from "@dagger.io/dagger"

import { isDistribution } from "../core/distribution.js"
import type { GithubSettings } from "../core/github-config.js"
import { SUMS } from "../core/promotion.js"
import { fillTemplate } from "../core/template.js"
import type { Version } from "../core/version.js"
import { Problems } from "../errors.js"

/** What the names and patterns of a release's files depend on. */
export interface Naming {
  readonly name: string
  readonly version: Version
  readonly github: GithubSettings
}

/** Gives the files of a release the names that the configuration asks for; those of a wheel, an sdist and their SHA256SUMS are given. */
export async function namedAssets(
  files: Directory,
  naming: Naming,
): Promise<Directory> {
  let named = dag.directory()
  for (const file of await files.entries())
    named = named.withFile(assetName(file, naming), files.file(file))
  return named
}

export function assetName(
  file: string,
  { github, name, version }: Naming,
): string {
  if (isDistribution(file) || file === SUMS) return file
  const place = "`tool.shipwheel.github.asset-names`"
  const variables = { ...placeholders(name, version), file }
  return fillTemplate(github.assetNames, variables, place)
}

export function releaseTitle({ github, name, version }: Naming): string {
  const place = "`tool.shipwheel.github.title`"
  return fillTemplate(github.title, placeholders(name, version), place)
}

function placeholders(name: string, { pep440, semver = "", tag }: Version) {
  return { name, version: pep440, tag: tag.replaceAll("/", "-"), semver }
}

/** The further files of the project that are attached; a pattern without a file is refused. */
export async function extraFiles(
  source: Directory,
  { extra }: GithubSettings,
): Promise<Directory> {
  const problems = new Problems()
  let files = dag.directory()
  for (const pattern of extra) {
    const found = await source.glob(pattern)
    const paths = found.filter((path) => !path.endsWith("/"))
    if (paths.length === 0)
      problems.add(
        "configuration",
        `\`${pattern}\` of \`tool.shipwheel.github.extra\` matches no file`,
        "Correct the pattern, or commit the file.",
      )
    for (const path of paths)
      files = files.withFile(path.replace(/^.*\//, ""), source.file(path))
  }
  problems.throwIfAny()
  return files
}
