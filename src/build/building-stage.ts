import { type Container, dag, type Directory } from "@dagger.io/dagger"

import type { Mirrors } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { withBuildNode } from "../frontend/build-node-stage.js"
import { type Building, PURE } from "./building.js"

const DIST_INFO = "shipwheel_pure-1.dist-info"

/** Puts beside Python what the build of a package calls. */
export function withBuilding(
  { node, pure }: Building,
  mirrors: Mirrors,
): (container: Container) => Container {
  return (container) => {
    const called = container.with(withBuildNode(node, mirrors))
    return pure ? called.withMountedDirectory(PURE, plugin()) : called
  }
}

/** Found by setuptools like any plugin that is installed. */
function plugin(): Directory {
  return dag
    .directory()
    .withFile("shipwheel_pure.py", program("build/pure.py"))
    .withNewFile(
      `${DIST_INFO}/METADATA`,
      "Metadata-Version: 2.1\nName: shipwheel-pure\nVersion: 1\n",
    )
    .withNewFile(
      `${DIST_INFO}/entry_points.txt`,
      "[setuptools.finalize_distribution_options]\npure = shipwheel_pure:leave_out\n",
    )
}
