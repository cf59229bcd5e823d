import type { Directory } from "@dagger.io/dagger"

import type { DistributionFile } from "../core/distribution.js"
import type { Finding } from "../core/pipeline.js"
import { toolsContainer } from "./images.js"
import { facing, type PackageIndex, TOKEN_USER } from "./package-index.js"

/** Uploads the files; one that is there with the same hash is kept, with another hash is refused by uv. */
export async function publish(
  dist: Directory,
  files: readonly DistributionFile[],
  index: PackageIndex,
): Promise<Finding> {
  // Started for itself, the index outlives this command and can be installed from.
  await index.service?.start()
  const names = files.map(({ name }) => name)
  await facing(toolsContainer(), index)
    .withMountedDirectory("/dist", dist)
    .withWorkdir("/dist")
    .withSecretVariable("UV_PUBLISH_PASSWORD", index.token)
    .withExec([
      ...["uv", "publish", "--no-config", "--no-progress"],
      ...["--trusted-publishing", "never", "--keyring-provider", "disabled"],
      ...["--username", TOKEN_USER, "--no-attestations"],
      ...["--publish-url", index.uploadUrl, "--check-url", index.simpleUrl],
      ...["--", ...names],
    ])
    .sync()
  return { summary: `${names.join(", ")} to ${index.name}` }
}
