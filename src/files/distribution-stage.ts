import type { Directory } from "@dagger.io/dagger"

import { type Mirrors, toolsContainer } from "../containers/images.js"
import {
  type DistributionFile,
  isDistribution,
  parseChecksums,
  wheelsFirst,
} from "./distribution.js"

/** Names, sizes and hashes of the files that go out, wheel first as they are uploaded. */
export async function describeDistribution(
  dist: Directory,
  mirrors: Mirrors,
): Promise<DistributionFile[]> {
  const names = await distributionNames(dist)
  const sums = parseChecksums(await checksums(dist, mirrors))
  return Promise.all(
    names.map(async (name) => ({
      name,
      size: await dist.file(name).size(),
      sha256: sums.get(name) ?? "",
    })),
  )
}

/** The content of SHA256SUMS: the wheel and the sdist, then what else is there. */
export async function checksums(
  files: Directory,
  mirrors: Mirrors,
): Promise<string> {
  const entries = await files.entries()
  const others = entries.filter((name) => !isDistribution(name))
  const names = [...entries.filter(isDistribution).sort(wheelsFirst), ...others]
  return toolsContainer(mirrors)
    .withMountedDirectory("/dist", files)
    .withWorkdir("/dist")
    .withExec(["sha256sum", "--", ...names])
    .stdout()
}

async function distributionNames(dist: Directory): Promise<string[]> {
  return (await dist.entries()).filter(isDistribution).sort(wheelsFirst)
}
