import { posix } from "node:path"

import {
  decidesHooks,
  type HatchHook,
  isOffByDefault,
} from "../backends/hatch-hooks.js"
import type { Config } from "../config/config-schema.js"
import {
  buildsItself,
  nodeHooks,
  resolveBuildNode,
} from "../frontend/asks-node.js"
import type { BuildClues } from "../reading/build-scripts.js"
import { covers } from "../reading/path-patterns.js"

/** Why no release can be made of a frontend that nothing builds. */
export interface UnbuiltFrontend {
  readonly what: string
  readonly next: string
}

interface HookClues extends BuildClues {
  readonly config: Pick<Config, "build-env" | "frontend" | "not-shipped">
}

/** A hook that builds a frontend only for who asks by a variable: hatchling leaves the frontend out without a word. */
export function judgeIdleHooks(clues: HookClues): UnbuiltFrontend | undefined {
  const { config } = clues
  if (decidesHooks(config["build-env"] ?? {}) || isBuiltHere(clues))
    return undefined
  const hook = nodeHooks(clues)
    .filter(isOffByDefault)
    .find((each) => !isThereAnyhow(each, clues))
  return (
    hook && {
      what: `the hook \`${hook.name}\` of hatchling builds a frontend, and \`enable-by-default = false\` in \`${hook.where}\` keeps it from running`,
      next: 'Write `build-env = { HATCH_BUILD_HOOKS_ENABLE = "true" }` in `[tool.shipwheel]`; `"false"` there says that the package is released without what the hook makes.',
    }
  )
}

/** Shipwheel itself builds that frontend. */
function isBuiltHere(clues: HookClues): boolean {
  const built = resolveBuildNode(clues)
  const named = clues.config.frontend ?? []
  return named.some(({ path }) =>
    buildsItself(
      built,
      posix.join(path, ".").replace(/^\.$/, ""),
      clues.sources,
    ),
  )
}

/** What the hook has to make is committed, or said to be left out. */
function isThereAnyhow(
  { settings }: HatchHook,
  { config, sources }: HookClues,
): boolean {
  const named = Object.keys(config["not-shipped"] ?? {})
  const targets = [settings["ensured-targets"] ?? []].flat()
  return (
    targets.length > 0 &&
    targets.every(
      (each) =>
        typeof each === "string" &&
        (sources.has(each) || named.some((name) => covers(name, each))),
    )
  )
}
