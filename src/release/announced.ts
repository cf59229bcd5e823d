import type { DistributionFile } from "../files/distribution.js"
import { planAssets } from "../forge/assets.js"
import type { PublicRelease } from "../forge/forge-files-stage.js"
import type { OnGithub } from "../package-index/on-github.js"

/** Sets the files that are meant against those of the release that everybody sees. */
export function onGithub(
  { assets, failure, release, where }: PublicRelease,
  files: readonly DistributionFile[],
): OnGithub {
  if (!release) return { where, failure }
  const meant = new Map(files.map(({ name, sha256 }) => [name, sha256]))
  // Where no hash is told, nothing but the size can be compared.
  const told = assets.map(({ sha256, ...asset }) => ({
    ...asset,
    sha256: sha256 ?? meant.get(asset.name),
  }))
  const plan = planAssets(files, told, true, new Set())
  const absent = [...plan.upload, ...plan.replace.map(({ asset }) => asset)]
  return {
    where,
    published: {
      url: release.url,
      immutable: release.immutable,
      missing: absent.map(({ name }) => name),
      other: plan.conflicts.map(({ asset }) => asset.name),
    },
  }
}
