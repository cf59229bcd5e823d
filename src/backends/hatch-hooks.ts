import { type Pyproject, toolTable } from "../reading/pyproject.js"

/** A step of its own that hatchling is told to take in a build. */
export interface HatchHook {
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  /** The table it is in, such as `tool.hatch.build.hooks.jupyter-builder`. */
  readonly where: string
}

/** Of the whole build, and of each of its targets. */
export function hatchHooks(pyproject: Pyproject): HatchHook[] {
  const targets = Object.keys(toolTable(pyproject, "hatch", "build", "targets"))
  return [[], ...targets.map((each) => ["targets", each])].flatMap((key) => {
    const path = ["hatch", "build", ...key, "hooks"]
    return Object.keys(toolTable(pyproject, ...path)).map((name) => ({
      name,
      settings: toolTable(pyproject, ...path, name),
      where: ["tool", ...path, name].join("."),
    }))
  })
}

/** It is for whoever asks for it by a variable. */
export function isOffByDefault({ settings }: HatchHook): boolean {
  return settings["enable-by-default"] === false
}

/** Whether variables say which hooks run, whatever they say of that. */
export function decidesHooks(variables: Readonly<Record<string, string>>) {
  return Object.keys(variables).some((each) =>
    /^HATCH_BUILD_(HOOKS_ENABLE$|NO_HOOKS$|HOOK_ENABLE_)/.test(each),
  )
}
