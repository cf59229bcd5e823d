import { z } from "zod"

import { iniText } from "../text/ini-text.js"
import type { Pyproject } from "./pyproject.js"
import type { Sources } from "./sources.js"
import { toxGroups } from "./tox.js"

type Groups = Pyproject["dependency-groups"]

/** Requirements files for people who work on a project, by their usual names. */
const FILES = [
  ...["test", "tests", "testing", "dev"],
  ...["lint", "linting", "typing", "types", "mypy"],
].flatMap((name) => [
  `requirements-${name}.txt`,
  `requirements_${name}.txt`,
  `${name}-requirements.txt`,
  `requirements/${name}.txt`,
  `${name}/requirements.txt`,
])

/** Every list of requirements for work on a project, whichever tool keeps it, as the dependency groups of PEP 735. */
export function withGroups(pyproject: Pyproject, sources: Sources): Pyproject {
  const groups: Groups = {
    ...requirementsFiles(sources),
    ...testsRequire(sources),
    ...toolGroups(pyproject),
    ...toxGroups(pyproject, sources, (path) => fileRequirements(sources, path)),
    ...pyproject["dependency-groups"],
  }
  return { ...pyproject, "dependency-groups": groups }
}

function requirementsFiles(sources: Sources): Groups {
  const found = [...FILES, "requirements.txt"].filter((path) =>
    sources.has(path),
  )
  return Object.fromEntries(
    found.map((path) => [path, fileRequirements(sources, path)]),
  )
}

/** What `setup.py test` installed, before there were extras. */
function testsRequire(sources: Sources): Groups {
  const text = sources.text("setup.cfg") ?? ""
  const listed = iniText(text, "options", "tests_require") ?? ""
  const lines = listed.split(/[\n;]/).map((line) => line.trim())
  const found = lines.filter(Boolean)
  return found.length > 0 ? { tests_require: found } : {}
}

/** The requirements of a file and of those it includes; hashes, indexes and the project itself are not among them. */
function fileRequirements(
  sources: Sources,
  path: string,
  seen: readonly string[] = [],
): string[] {
  if (seen.includes(path)) return []
  const text = sources.text(path) ?? ""
  return text
    .replace(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/(^|\s)#.*$/, "")
        .replace(/\s--hash=\S+/g, "")
        .trim(),
    )
    .flatMap((line) => {
      const included = /^(?:-r|--requirement)[\s=]*(\S+)$/.exec(line)?.[1]
      if (included !== undefined)
        return fileRequirements(sources, beside(path, included), [
          ...seen,
          path,
        ])
      return /^[A-Za-z0-9]/.test(line) ? [line] : []
    })
}

function beside(path: string, other: string): string {
  const parts = path.split("/").slice(0, -1)
  for (const part of other.split("/"))
    if (part === "..") parts.pop()
    else if (part !== ".") parts.push(part)
  return parts.join("/")
}

const list = z.array(z.string()).catch([])
const lists = z.record(z.string(), list).catch({})
const constraint = z.union([
  z.string(),
  z.looseObject({
    version: z.string().optional(),
    extras: list,
    markers: z.string().optional(),
    python: z.string().optional(),
  }),
])
const constraints = z
  .record(z.string(), z.union([constraint, z.array(constraint)]))
  .catch({})
const tools = z.object({
  pdm: z
    .object({ "dev-dependencies": lists.default({}) })
    .catch({ "dev-dependencies": {} }),
  uv: z
    .object({ "dev-dependencies": list.default([]) })
    .catch({ "dev-dependencies": [] }),
  hatch: z
    .object({
      envs: z
        .record(
          z.string(),
          z.object({
            dependencies: list.default([]),
            "extra-dependencies": list.default([]),
          }),
        )
        .catch({}),
    })
    .catch({ envs: {} }),
  poetry: z
    .object({
      "dev-dependencies": constraints.default({}),
      group: z
        .record(z.string(), z.object({ dependencies: constraints }))
        .catch({}),
    })
    .catch({ "dev-dependencies": {}, group: {} }),
})

/** The groups that pdm, uv, hatch and poetry keep in tables of their own. */
function toolGroups({ tool }: Pyproject): Groups {
  const { hatch, pdm, poetry, uv } = tools.parse({
    pdm: {},
    uv: {},
    hatch: {},
    poetry: {},
    ...tool,
  })
  const envs = Object.entries(hatch.envs).map(
    ([name, env]) =>
      [name, [...env.dependencies, ...env["extra-dependencies"]]] as const,
  )
  const groups = Object.entries(poetry.group).map(
    ([name, group]) => [name, poetryRequirements(group.dependencies)] as const,
  )
  const dev = [
    ...uv["dev-dependencies"],
    ...poetryRequirements(poetry["dev-dependencies"]),
  ]
  return {
    ...(dev.length > 0 ? { dev } : {}),
    ...Object.fromEntries(envs),
    ...pdm["dev-dependencies"],
    ...Object.fromEntries(groups),
  }
}

function poetryRequirements(table: z.infer<typeof constraints>): string[] {
  return Object.entries(table).flatMap(([name, given]) =>
    [given].flat().map((each) => poetryRequirement(name, each)),
  )
}

/** A dependency of poetry as PEP 508 writes it. */
function poetryRequirement(
  name: string,
  given: z.infer<typeof constraint>,
): string {
  const {
    extras = [],
    markers,
    python,
    version = "*",
  } = typeof given === "string" ? { version: given } : given
  const wanted = extras.length > 0 ? `${name}[${extras.join(",")}]` : name
  const conditions = [
    ...(python ? pythonMarkers(python) : []),
    ...(markers ? [`(${markers})`] : []),
  ]
  const marker = conditions.length > 0 ? ` ; ${conditions.join(" and ")}` : ""
  return `${wanted}${poetrySpecifier(version)}${marker}`
}

function pythonMarkers(python: string): string[] {
  return poetrySpecifier(python)
    .split(",")
    .filter(Boolean)
    .map((each) => each.replace(/^([<>=!~]+)(.*)$/, "python_version $1 '$2'"))
}

/** `^1.2` and `~1.2` as PEP 440 writes them; alternatives (`||`) are not narrowed. */
export function poetrySpecifier(version: string): string {
  if (version.includes("|")) return ""
  return version
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "*")
    .map(specifier)
    .join(",")
}

function specifier(part: string): string {
  const [, sign = "", number = ""] = /^(\^|~(?!=))?\s*(.*)$/.exec(part) ?? []
  if (sign) return `>=${number},<${upperBound(sign, number)}`
  if (/^[<>=!~]/.test(part)) return part.replace(/\s+/g, "")
  return `==${part}`
}

function upperBound(sign: string, number: string): string {
  const parts = (/^[0-9.]*[0-9]/.exec(number)?.[0] ?? "0")
    .split(".")
    .map(Number)
  const firstSet = parts.findIndex((part) => part > 0)
  const caret = firstSet < 0 ? parts.length - 1 : firstSet
  const at = sign === "^" ? caret : Math.min(1, parts.length - 1)
  return parts
    .map((part, i) => (i < at ? part : i === at ? part + 1 : 0))
    .join(".")
}
