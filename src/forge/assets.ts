import { compare } from "@renovatebot/pep440"

import type { DistributionFile } from "../files/distribution.js"
import { type Version, versionOf } from "../version/version.js"

/** A file that belongs to the release. */
export interface Asset extends DistributionFile {
  /** A record of this very run: what an earlier run published stays. */
  readonly record?: boolean
}

/** What is asked of a file before it is sent; its size where that is known already. */
export type Fitting = Pick<Asset, "name"> & {
  readonly size?: number | undefined
}

/** A file that the release has on its forge. */
export interface RemoteAsset {
  readonly id: number
  readonly name: string
  readonly size: number
  readonly sha256: string | undefined
  /** False for what a broken upload left behind. */
  readonly complete: boolean
}

/** What has to be done to each file, so that the release holds these bytes. */
export interface AssetPlan {
  readonly keep: readonly Asset[]
  readonly upload: readonly Asset[]
  readonly replace: readonly { asset: Asset; remote: RemoteAsset }[]
  /** Files that people may have downloaded already, with other bytes. */
  readonly conflicts: readonly { asset: Asset; remote: RemoteAsset }[]
}

/**
 * Compares by bytes: the same is kept, another is replaced in a draft and a stop once published. The record of a run
 * that goes on at the same time is as good as one's own: only those that were there before are replaced.
 */
export function planAssets(
  assets: readonly Asset[],
  remotes: readonly RemoteAsset[],
  published: boolean,
  before: ReadonlySet<number>,
): AssetPlan {
  const pairs = assets.map((asset) => ({
    asset,
    remote: remotes.find(({ name }) => name === asset.name),
  }))
  const present = pairs.filter((pair) => pair.remote !== undefined) as {
    asset: Asset
    remote: RemoteAsset
  }[]
  const isRecord = ({ asset, remote }: (typeof present)[number]) =>
    asset.record === true &&
    (published || (remote.complete && !before.has(remote.id)))
  const same = (pair: (typeof present)[number]) =>
    isSame(pair.asset, pair.remote) || isRecord(pair)
  const differing = present.filter((pair) => !same(pair))
  const blocks = ({ remote }: (typeof present)[number]) =>
    published && remote.complete
  return {
    keep: present.filter(same).map(({ asset }) => asset),
    upload: pairs.filter(({ remote }) => !remote).map(({ asset }) => asset),
    replace: differing.filter((pair) => !blocks(pair)),
    conflicts: differing.filter(blocks),
  }
}

/** What another run left in a draft: it would be published as a part of this release, and is none. */
export function strays(
  names: readonly string[],
  remotes: readonly RemoteAsset[],
  isOurs: (name: string) => boolean,
): string[] {
  return remotes
    .map(({ name }) => name)
    .filter(isOurs)
    .filter((name) => !names.includes(name))
}

/** What is known of a release's files before any of them is made. */
export interface Foreseen {
  /** What it has in any case. */
  readonly certain: readonly string[]
  /** Whether one of its files may be called so. */
  readonly isPossible: (name: string) => boolean
  /** Whether a release of this project may have a file of its own of this name. */
  readonly isOurs: (name: string) => boolean
}

function isSame(asset: Asset, remote: RemoteAsset): boolean {
  return (
    remote.complete &&
    remote.size === asset.size &&
    remote.sha256 === asset.sha256
  )
}

/** True when no published final release is newer: only then may it be called the latest, which of all members of a repository those without a prefix are first. */
export function isLatest(version: Version, published: readonly string[]) {
  if (version.prerelease || version.environment !== "production") return false
  return !published
    .flatMap(versionOf)
    .some(
      (other) =>
        !other.prerelease &&
        other.environment === "production" &&
        (other.prefix === version.prefix
          ? compare(other.pep440, version.pep440) > 0
          : other.prefix === ""),
    )
}
