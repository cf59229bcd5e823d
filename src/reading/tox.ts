import { z } from "#zod"

import { iniSections, iniText } from "../text/ini-text.js"
import type { Pyproject } from "./pyproject.js"
import type { Sources } from "./sources.js"

type ToxGroups = Pyproject["dependency-groups"]
type Entries = ToxGroups[string]

const BASE = "testenv"
const legacy = z.object({ legacy_tox_ini: z.string() })

/**
 * What tox installs, as groups: `tox` for `[testenv]`, `tox:lint` for
 * `[testenv:lint]`. Lines for some environments only (`py39: ...`) are left out.
 */
export function toxGroups(
  pyproject: Pyproject,
  sources: Sources,
  requirementsOf: (path: string) => readonly string[],
): ToxGroups {
  const text =
    sources.text("tox.ini") ??
    legacy.safeParse(pyproject.tool["tox"]).data?.legacy_tox_ini ??
    sources.text("setup.cfg") ??
    ""
  const name = pyproject.project?.name ?? ""
  const environments = [
    BASE,
    ...iniSections(text).filter((each) => each.startsWith(`${BASE}:`)),
  ]
  const groups = environments.map((section) => {
    const wanted = new ToxEnvironment(text, name, requirementsOf).entries(
      section,
    )
    return [section.replace(BASE, "tox"), wanted] as const
  })
  return Object.fromEntries(groups.filter(([, { length }]) => length > 0))
}

class ToxEnvironment {
  readonly #seen = new Set<string>()

  constructor(
    readonly text: string,
    readonly name: string,
    readonly requirementsOf: (path: string) => readonly string[],
  ) {}

  entries(section: string): Entries {
    const extras = words(this.option(section, "extras"))
    const groups = words(this.option(section, "dependency_groups"))
    return [
      ...this.dependencies(section, "deps"),
      ...(extras.length > 0 ? [`${this.name}[${extras.join(",")}]`] : []),
      ...groups.map((each) => ({ "include-group": each })),
    ]
  }

  /** An environment without the option has that of `[testenv]`. */
  private option(section: string, option: string): string {
    return (
      iniText(this.text, section, option) ??
      (section.startsWith(`${BASE}:`)
        ? (iniText(this.text, BASE, option) ?? "")
        : "")
    )
  }

  private dependencies(section: string, option: string): Entries {
    const key = `${section} ${option}`
    if (this.#seen.has(key)) return []
    this.#seen.add(key)
    return this.option(section, option)
      .split("\n")
      .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
      .flatMap((line) => this.dependency(line))
  }

  private dependency(line: string): Entries {
    const [, section, option] = /^\{\[([^\]]+)\](\w+)\}$/.exec(line) ?? []
    if (section !== undefined && option !== undefined)
      return this.dependencies(section, option)
    const here = line.replace(/\{(?:toxinidir|tox_root)\}\/?/g, "")
    const file = /^(?:-r|--requirement)[\s=]*(\S+)$/.exec(here)?.[1]
    if (file !== undefined) return [...this.requirementsOf(file)]
    const own = /^(?:(?:-e|--editable)\s*)?\.?\[([^\]]+)\]$/.exec(here)?.[1]
    if (own !== undefined) return [`${this.name}[${own}]`]
    // `py39: tomli` is for some environments only.
    const conditional = /^[!\w{}.,-]+\s*:(?!\/)/.test(here)
    return /^[A-Za-z0-9]/.test(here) && !conditional ? [here] : []
  }
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}
