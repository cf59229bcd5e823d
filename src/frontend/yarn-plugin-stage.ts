import type { Container, Directory } from "@dagger.io/dagger"

import {
  installing,
  type Mirrors,
  nodeContainer,
} from "../containers/images.js"
import { program } from "../containers/programs.js"

const PLUGIN = "/opt/yarn-plugin"
const FILE =
  "node_modules/@cyclonedx/yarn-plugin-cyclonedx/yarn-plugin-cyclonedx.cjs"

/** Yarn with what lists packages, and never in the version that a project brings along as a file. */
export function withYarnPlugin(mirrors: Mirrors) {
  return (container: Container) =>
    container
      .withMountedDirectory(PLUGIN, plugin(mirrors))
      .withEnvVariable("YARN_PLUGINS", `${PLUGIN}/${FILE}`)
      .withEnvVariable("YARN_IGNORE_PATH", "1")
}

/** By its hash, where nothing of a project is. */
function plugin(mirrors: Mirrors): Directory {
  const locked = ["package.json", "package-lock.json"]
  const install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
  return locked
    .reduce(
      (each, name) =>
        each.withFile(name, program(`frontend/yarn-sbom/${name}`)),
      nodeContainer(mirrors).withWorkdir(PLUGIN),
    )
    .withExec(installing(install, mirrors))
    .directory(".")
}
