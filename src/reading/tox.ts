import { z } from "#zod"

import { flatIni, iniSections, iniText } from "../text/ini-text.js"
import type { Pyproject } from "./pyproject.js"
import type { Sources } from "./sources.js"
import { tomlTable } from "./toml.js"

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
  const { text } = toxFile(pyproject, sources)
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

/** A file that an environment of tox names with an option of pip. */
export interface ToxNamed {
  readonly option: string
  readonly file: string
  /** The line of it, and whose it is. */
  readonly line: string
  readonly from: string
}

/** Every file that the environment of a group names. */
export function toxNamed(
  pyproject: Pyproject,
  sources: Sources,
  group: string,
): ToxNamed[] {
  const { path, text } = toxFile(pyproject, sources)
  const section = group.replace("tox", BASE)
  const environment = new ToxEnvironment(text, "", () => [])
  return environment.lines(section, "deps").flatMap((line) => {
    const [, option, file] = OPTION.exec(fromHere(line)) ?? []
    return option === undefined || file === undefined
      ? []
      : [{ option, file, line, from: `\`[${section}]\` of \`${path}\`` }]
  })
}

function toxFile(pyproject: Pyproject, sources: Sources) {
  const own = sources.text("tox.ini")
  if (own !== undefined) return { path: "tox.ini", text: own }
  const { tox } = pyproject.tool
  const inToml = [
    { path: "pyproject.toml", text: legacyIni(pyproject) ?? asIni(tox) },
    { path: "tox.toml", text: asIni(tomlTable(sources.text("tox.toml"))) },
  ]
  return (
    inToml.find(({ text }) => text !== "") ?? {
      path: "setup.cfg",
      text: sources.text("setup.cfg") ?? "",
    }
  )
}

/** The `tox.ini` in pyproject.toml; configparser, which tox reads it with, takes sections and options at any depth. */
export function legacyIni({ tool }: Pyproject): string | undefined {
  const { data } = legacy.safeParse(tool["tox"])
  return data && flatIni(data.legacy_tox_ini)
}

/** An option by any of its names; an environment that lacks it has that of `[testenv]`. */
export function toxOption(
  text: string,
  section: string,
  names: readonly string[],
): string | undefined {
  const sections = /^testenv(:|$)/.test(section) ? [section, BASE] : [section]
  return sections
    .flatMap((each) => names.map((name) => iniText(text, each, name)))
    .find((value) => value !== undefined)
}

/** Of a list only texts are read: what refers to another place is a table. */
const listed = z
  .unknown()
  .transform((value) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
      (each): each is string => typeof each === "string",
    ),
  )
const environment = z
  .object({ deps: listed, extras: listed, dependency_groups: listed })
  .partial()
  .catch({})
const native = z
  .object({ env_run_base: environment, env: z.record(z.string(), environment) })
  .partial()

/** What the settings in tox's own TOML would be in `tox.ini`. */
function asIni(table: unknown): string {
  const { env = {}, env_run_base: base } = native.safeParse(table).data ?? {}
  return [
    ...(base ? [[BASE, base] as const] : []),
    ...Object.entries(env).map(
      ([name, own]) => [`${BASE}:${name}`, own] as const,
    ),
  ]
    .map(([section, options]) =>
      [
        `[${section}]`,
        ...Object.entries(options).map(([option, items = []]) =>
          [`${option} =`, ...items.map((each) => `  ${oneLine(each)}`)].join(
            "\n",
          ),
        ),
      ].join("\n"),
    )
    .join("\n")
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ")
}

const OPTION = /^(-r|--requirement|-c|--constraint)[\s=]*(\S+)$/

/** `py39: tomli` is for some environments only. */
const FOR_SOME = /^[!\w{}.,-]+\s*:(?!\/)/

function fromHere(line: string): string {
  return line.replace(/\{(?:toxinidir|tox_root)\}\/?/g, "")
}

class ToxEnvironment {
  readonly #seen = new Set<string>()

  constructor(
    readonly text: string,
    readonly name: string,
    readonly requirementsOf: (path: string) => readonly string[],
  ) {}

  entries(section: string): Entries {
    const extras = this.names(section, "extras")
    const groups = this.names(section, "dependency_groups")
    return [
      ...this.lines(section, "deps").flatMap((line) => this.dependency(line)),
      ...(extras.length > 0 ? [`${this.name}[${extras.join(",")}]`] : []),
      ...groups.map((each) => ({ "include-group": each })),
    ]
  }

  /** The lines of an option, with those of the sections that it refers to. */
  lines(section: string, option: string): string[] {
    const key = `${section} ${option}`
    if (this.#seen.has(key)) return []
    this.#seen.add(key)
    return (toxOption(this.text, section, [option]) ?? "")
      .split("\n")
      .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
      .flatMap((line) => {
        const [, other, its] = /^\{\[([^\]]+)\](\w+)\}$/.exec(line) ?? []
        return other !== undefined && its !== undefined
          ? this.lines(other, its)
          : [line]
      })
  }

  private names(section: string, option: string): string[] {
    return this.lines(section, option)
      .filter((line) => !FOR_SOME.test(line))
      .flatMap(words)
  }

  private dependency(line: string): Entries {
    const here = fromHere(line)
    const [, option = "", file = ""] = OPTION.exec(here) ?? []
    if (/^-+r/.test(option)) return [...this.requirementsOf(file)]
    const own = /^(?:(?:-e|--editable)\s*)?\.?\[([^\]]+)\]$/.exec(here)?.[1]
    if (own !== undefined) return [`${this.name}[${own}]`]
    return /^[A-Za-z0-9]/.test(here) && !FOR_SOME.test(here) ? [here] : []
  }
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}
