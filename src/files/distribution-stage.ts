import type { Directory } from "@dagger.io/dagger"

import { type Mirrors, toolsContainer } from "../containers/images.js"
import {
  type DistributionFile,
  isDistribution,
  isWheel,
  parseChecksums,
  wheelsFirst,
} from "./distribution.js"

/** Names, sizes and hashes of the files that go out, wheel first as they are uploaded. */
export async function describeDistribution(
  dist: Directory,
  mirrors: Mirrors,
): Promise<DistributionFile[]> {
  const entries = await dist.entries()
  const names = entries.filter(isDistribution).sort(wheelsFirst)
  const sums = parseChecksums(await sha256sum(dist, names, mirrors))
  return Promise.all(
    names.map(async (name) => ({
      name,
      size: await dist.file(name).size(),
      sha256: sums.get(name) ?? "",
    })),
  )
}

/** The content of SHA256SUMS: the wheel and the sdist by the hashes that they were uploaded with, then what else is there. */
export async function checksums(
  files: Directory,
  dist: readonly DistributionFile[],
  mirrors: Mirrors,
): Promise<string> {
  const known = dist.map(({ name }) => name)
  const entries = await files.entries()
  const others = entries.filter((name) => !known.includes(name))
  return [
    ...dist.map(({ name, sha256 }) => `${sha256}  ${name}\n`),
    await sha256sum(files, others, mirrors),
  ].join("")
}

async function sha256sum(
  files: Directory,
  names: readonly string[],
  mirrors: Mirrors,
): Promise<string> {
  if (names.length === 0) return ""
  return toolsContainer(mirrors)
    .withMountedDirectory("/dist", files)
    .withWorkdir("/dist")
    .withExec(["sha256sum", "--", ...names])
    .stdout()
}

/** What is inside the wheel and the sdist, each in a folder of its own. */
export async function unpack(
  dist: Directory,
  mirrors: Mirrors,
): Promise<Directory> {
  const names = await dist.entries()
  const files = toolsContainer(mirrors).withMountedDirectory("/dist", dist)
  return names
    .map((name) =>
      isWheel(name)
        ? ["zipfile", "--extract", `/dist/${name}`, "/unpacked/wheel"]
        : [
            ...["tarfile", "--filter", "data"],
            ...["--extract", `/dist/${name}`, "/unpacked/sdist"],
          ],
    )
    .reduce((each, args) => each.withExec(["python", "-m", ...args]), files)
    .directory("/unpacked")
}
