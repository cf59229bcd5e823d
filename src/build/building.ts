import { type BuildSwitch, offLine } from "../backends/build-switches.js"
import { type CompiledPart, compiledPart } from "../backends/compiled.js"
import { IDLE } from "../backends/frontend-builders.js"
import type { Config } from "../config/config-schema.js"
import { takenAnywhere } from "../config/index-rule-names.js"
import { type BuildNode, resolveBuildNode } from "../frontend/asks-node.js"
import type { BuildClues } from "../reading/build-scripts.js"
import { few } from "../text/few.js"

/** What a build of the package finds around it, wherever it is built. */
export interface Building {
  /** The Node that it calls, where it calls one. */
  readonly node: BuildNode | undefined
  /** Variables that the project sets for it. */
  readonly variables: Readonly<Record<string, string>>
  /** Setuptools leaves out what a compiler would make. */
  readonly pure: boolean
}

/** What a release says of compiled code. */
export type CompiledVerdict =
  /** There can be no wheel for every platform. */
  | { readonly what: string; readonly next: string }
  /** There is one, and something to say of it. */
  | { readonly remark: string }

interface PureKeys {
  readonly config: Pick<Config, "build-env" | "index" | "pure">
}

export function resolveBuilding(clues: BuildClues & PureKeys): Building {
  const { config } = clues
  const part = compiledPart(clues)
  const wanted = config.pure !== undefined || part?.optional === true
  return {
    node: resolveBuildNode(clues),
    variables: config["build-env"] ?? {},
    pure: wanted && (part === undefined || part.bySetuptools),
  }
}

/** A build command, in that environment. */
export function inBuilding(
  { node, pure, variables }: Building,
  command: readonly string[],
): string[] {
  const all = Object.entries({
    ...node?.told,
    ...variables,
    ...(pure ? { PYTHONPATH: PURE } : {}),
  }).map(([name, value]) => `${name}=${value}`)
  return all.length === 0 ? [...command] : ["env", ...all, ...command]
}

/** The same where what Node makes is there: who can be told so then calls none. */
export function withoutNode({ variables, ...building }: Building): Building {
  return { ...building, variables: { ...IDLE, ...variables } }
}

/** Where the plugin of setuptools is that leaves compiled code out. */
export const PURE = "/opt/pure"

/** Whether a wheel for every platform can be built, and with what words; undefined where nothing is compiled. */
export function judgeCompiled(
  clues: BuildClues & PureKeys,
): CompiledVerdict | undefined {
  const { config } = clues
  const part = compiledPart(clues)
  if (!part) return undefined
  if (part.bySetuptools && (config.pure ?? part.optional))
    return leftOut(part, config.pure ?? "its author calls it optional")
  const told = Object.keys(config["build-env"] ?? {}).find((each) =>
    isRead(each, part),
  )
  if (told !== undefined) return leftOut(part, `\`build-env\` sets \`${told}\``)
  return takenAnywhere(config.index ?? []).includes("platform-tags")
    ? {
        remark: `The wheel is for the one platform that it is built on: ${part.why}.`,
      }
    : refusal(part, config.pure)
}

/** What the scripts read, and hatchling for its hooks. */
function isRead(variable: string, { switches }: CompiledPart): boolean {
  return (
    variable.startsWith("HATCH_BUILD_") ||
    switches.some((each) => each.variable === variable)
  )
}

function leftOut({ builder, why }: CompiledPart, reason: string) {
  return {
    remark: `The wheel is for every platform, without what a compiler would make (${reason}): ${why}. Wheels with it are built by ${builder}, and an index takes them beside this one.`,
  }
}

function refusal(
  part: CompiledPart,
  pure: string | undefined,
): CompiledVerdict {
  const { builder, why } = part
  const cannot =
    pure === undefined ? "" : ", and can't be told to leave that out (`pure`)"
  return {
    what: `${why}${cannot}: such a package needs a wheel for each platform, and Shipwheel builds one wheel for all of them`,
    next: `Build those with ${builder}, which goes into a CI's file of its own. ${howToLeaveOut(part)}`,
  }
}

function howToLeaveOut(part: CompiledPart): string {
  const { bySetuptools, switches } = part
  const lines = [
    ...(bySetuptools ? ['`pure = "the reason"`'] : []),
    ...switches.map((each) => `\`${offLine(each)}\` (${readBy(each)})`),
    ...(part.why.startsWith("the hook")
      ? ['`build-env = { HATCH_BUILD_NO_HOOKS = "true" }`']
      : []),
  ]
  return lines.length === 0
    ? "Shipwheel can't release it."
    : `If the package does without, say in \`[tool.shipwheel]\` what leaves it out: ${few(lines)}.`
}

function readBy({ path }: BuildSwitch): string {
  return `\`${path}\` reads it`
}
