import { type BuildClues, buildScripts } from "../reading/build-scripts.js"

/** A variable of the environment that a build script reads. */
export interface BuildSwitch {
  readonly variable: string
  /** The script that reads it. */
  readonly path: string
  /** What the script takes where it is not set, as far as that is a plain text. */
  readonly otherwise: string | undefined
}

/** `os.environ.get("NAME", "0")`, `os.getenv("NAME")`, `environ["NAME"]`. */
const READ =
  /(?:environ\.get\(|environ\[|getenv\()\s*["'](\w+)["'](?:\s*,\s*["']([^"'\n]*)["'])?/g
/** `"NAME" in os.environ`. */
const ASKED = /["'](\w+)["']\s+(?:not\s+)?in\s+(?:os\.)?environ\b/g
/** They are about the machine, or the flags of a compiler. */
const OTHERS =
  /^(?:PATH|HOME|CI|READTHEDOCS|PWD|TMPDIR|USER|VIRTUAL_ENV|CONDA_PREFIX|GITHUB_\w+|\w*FLAGS|CC|CXX|LD|AR|ARCHFLAGS|MACOSX_\w+|CIBUILDWHEEL|\w*VERSION\w*|\w*DEBUG\w*|\w*DIRS?|\w*PATH|\w*THREADS|\w*JOBS)$/
const SWITCHES_OFF = /(?:^|_)(?:(?:NO|DISABLE|WITHOUT|SKIP)_|PURE)/
const SWITCHES_ON = /(?:^|_)(?:USE|WITH|ENABLE|COMPILE|MYPYC)(?:_|$)/
const FALSY = /^(?:0|false|no|off|n|)$/i

/** The variables by which build scripts are told what to build. */
export function switchesIn(clues: BuildClues): BuildSwitch[] {
  const found = new Map<string, BuildSwitch>()
  for (const path of buildScripts(clues)) {
    const text = clues.sources.text(path) ?? ""
    for (const [, variable = "", otherwise] of [
      ...text.matchAll(READ),
      ...text.matchAll(ASKED),
    ])
      if (!OTHERS.test(variable) && !found.has(variable))
        found.set(variable, { variable, path, otherwise })
  }
  return [...found.values()]
}

/** Whether nothing is compiled unless a variable says so: one switches it on, and none is there to switch it off. */
export function isOffByDefault(switches: readonly BuildSwitch[]): boolean {
  return (
    switches.some(
      ({ otherwise = "", variable }) =>
        SWITCHES_ON.test(variable) &&
        !SWITCHES_OFF.test(variable) &&
        FALSY.test(otherwise),
    ) && !switches.some(({ variable }) => SWITCHES_OFF.test(variable))
  )
}

/** The line that probably switches the compiled part off. */
export function offLine({ variable }: BuildSwitch): string {
  return `build-env = { ${variable} = "${SWITCHES_OFF.test(variable) ? "1" : "0"}" }`
}
