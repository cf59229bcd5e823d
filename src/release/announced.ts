import {
  type DistributionFile,
  parseChecksums,
  saidOtherwise,
  SUMS,
} from "../files/distribution.js"
import { planAssets, type RemoteAsset } from "../forge/assets.js"
import type { PublicRelease } from "../forge/forge-files-stage.js"
import type { OnGithub } from "../package-index/on-github.js"

/** Sets the files that are meant against those of the release that everybody sees. */
export function onGithub(
  { assets, failure, release, sums, where }: PublicRelease,
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
  const stated = sums === undefined ? undefined : parseChecksums(sums)
  const unlike = (stated: ReadonlyMap<string, string>) => [
    ...(files.every(({ name, sha256 }) => stated.get(name) === sha256)
      ? []
      : [SUMS]),
    ...othersUnlike(stated, assets, meant),
  ]
  return {
    where,
    published: {
      url: release.url,
      immutable: release.immutable,
      missing: [
        ...absent.map(({ name }) => name),
        ...(stated ? othersAbsent(stated, assets, meant) : [SUMS]),
      ],
      other: [
        ...plan.conflicts.map(({ asset }) => asset.name),
        ...(stated ? unlike(stated) : []),
      ],
    },
  }
}

/** What lies beside the files with other bytes than the list says: people run its install scripts. */
function othersUnlike(
  stated: ReadonlyMap<string, string>,
  assets: readonly RemoteAsset[],
  meant: ReadonlyMap<string, string>,
): string[] {
  return assets
    .filter(({ complete, name }) => complete && !meant.has(name))
    .filter(
      ({ name, sha256 }) =>
        sha256 !== undefined &&
        saidOtherwise({ name, sha256 }, stated) !== undefined,
    )
    .map(({ name }) => name)
}

/** What the list names beside the files, and nobody finds there. */
function othersAbsent(
  stated: ReadonlyMap<string, string>,
  assets: readonly RemoteAsset[],
  meant: ReadonlyMap<string, string>,
): string[] {
  const whole = assets.filter(({ complete }) => complete)
  const there = new Set(["", ...meant.keys(), ...whole.map(({ name }) => name)])
  return [...stated.keys()].filter((name) => !there.has(name))
}
