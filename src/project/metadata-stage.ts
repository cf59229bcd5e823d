import { buildFailure } from "../build/build-failure.js"
import { type Building, inBuilding } from "../build/building.js"
import { withBuilding } from "../build/building-stage.js"
import { leftovers } from "../build/leftovers.js"
import { requiredToBuild } from "../build/stage.js"
import { withAllowed, withheldIn } from "../build/withheld-secrets.js"
import type { Config } from "../config/config-schema.js"
import { resolveLimits } from "../config/limits.js"
import { limited } from "../containers/commands.js"
import {
  buildPython,
  pythonContainer,
  toolsContainer,
} from "../containers/images.js"
import { program } from "../containers/programs.js"
import { withRead } from "../frontend/build-node-stage.js"
import { withAround } from "../git/around-stage.js"
import type { Located } from "../git/locate-stage.js"
import { withUntagged, withVersion } from "../version/stage.js"
import type { Versioning } from "../version/versioning.js"
import { type Metadata, parseMetadata } from "./metadata.js"

/** What it takes to ask a backend, as far as that is known before it answers. */
export interface BackendQuestion {
  readonly config: Pick<Config, "allow" | "limits" | "mirrors">
  readonly packageDir: string | undefined
  readonly pythons: readonly string[]
  readonly versioning: Versioning
  readonly building: Building
  /** What to say of words that it fails with. */
  readonly advice: (backend: string) => string | undefined
}

/**
 * Asks the backend itself for what `[project]` leaves to it: its answer is in
 * the wheel, for every backend alike. It comes back as text, so that a change
 * of the source which leaves it alone reinstalls nothing.
 */
export async function askBackend(
  place: Located,
  {
    advice,
    building,
    config,
    packageDir,
    pythons,
    versioning,
  }: BackendQuestion,
): Promise<Metadata> {
  const { allow = {}, limits, mirrors = {} } = config
  const { around, folder, source } = place
  const withheld = withAllowed(place, new Map(Object.entries(allow)))
  const read = withRead(around, folder, building.node, withheld.secrets)
  const exclude = [...leftovers(packageDir), ...withheldIn(withheld)]
  const tree = source.filter({ exclude })
  const wheel = pythonContainer(buildPython(pythons), mirrors)
    .with(withBuilding(building, mirrors))
    .with(withVersion(versioning))
    .with(withAround("/src", read))
    .withDirectory(".", tree)
    .with(withUntagged(versioning))
    .withMountedFile("/build.py", program("build/build.py"))
    .withExec(
      limited(
        inBuilding(building, ["python", "/build.py", "/dist", "--wheel"]),
        resolveLimits(limits),
        "build",
      ),
    )
    .directory("/dist")
  try {
    const text = await toolsContainer(mirrors)
      .withMountedDirectory("/dist", wheel)
      .withMountedFile("/metadata.py", program("project/metadata.py"))
      .withExec(["python", "/metadata.py", "/dist"])
      .stdout()
    return parseMetadata(text)
  } catch (error) {
    throw buildFailure(
      "the backend can't say what the project depends on",
      error,
      { requires: await requiredToBuild(tree), advice },
    )
  }
}
