import { z } from "#zod"

import { problem, Problems } from "../errors.js"
import { acceptedInWords, wrongValue } from "../text/schema-words.js"
import { inFolder } from "./package-json.js"
import type { Sources } from "./sources.js"
import { parseToml, tomlMistake } from "./toml.js"

const NAME =
  "a name of letters, digits, `.`, `_` and `-`, with a letter or digit at both ends"
const strings = z.array(z.string())
const group = z.array(
  z.union([z.string(), z.object({ "include-group": z.string() })]),
)

/** The part of pyproject.toml that a release reads; the rest is its owner's. */
const schema = z.object({
  "build-system": z
    .object({
      "build-backend": z.string().optional(),
      "backend-path": strings.optional().catch([]),
      requires: strings.default([]),
    })
    .optional(),
  project: z
    .object({
      name: z
        .string(NAME)
        .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/, NAME),
      version: z.string().optional(),
      dynamic: strings.default([]),
      readme: z
        .union([z.string(), z.object({ file: z.string().optional() })])
        .optional(),
      "requires-python": z.string().optional(),
      classifiers: strings.default([]),
      dependencies: strings.default([]),
      "optional-dependencies": z.record(z.string(), strings).default({}),
      scripts: z.record(z.string(), z.string()).default({}),
      urls: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  "dependency-groups": z.record(z.string(), group).default({}),
  tool: z.record(z.string(), z.unknown()).default({}),
})

export type Pyproject = z.infer<typeof schema>

/** Reads pyproject.toml, or says at which line it breaks. */
export function parsePyproject(text: string): Pyproject {
  refuseEncoding(text)
  const parsed = readToml(text)
  const result = schema.safeParse(parsed, { error: acceptedInWords })
  if (result.success) return result.data
  const problems = new Problems()
  for (const issue of result.error.issues) {
    const { accepted, missing, path } = wrongValue(issue, parsed)
    problems.add(
      "project",
      `\`${path.join(".")}\` in \`pyproject.toml\` is ${missing ? "missing" : "not what it has to be"}`,
      `Write ${accepted}, as the specification of pyproject.toml has it (PEP 621).`,
    )
  }
  problems.throwIfAny()
  throw result.error
}

/** TOML is UTF-8, and tomllib, which every backend reads it with, takes no byte order mark; the engine puts U+FFFD where a byte is none of it. */
function refuseEncoding(text: string): void {
  const problems = new Problems()
  if (text.startsWith("\uFEFF"))
    problems.add(
      "project",
      "`pyproject.toml` begins with a byte order mark, at which build backends break",
      "Save it as UTF-8 without one.",
    )
  const line = text.split("\n").findIndex((each) => each.includes("\uFFFD"))
  if (line >= 0)
    problems.add(
      "project",
      `\`pyproject.toml\` is not UTF-8 in line ${String(line + 1)}, so build backends can't read it`,
      "Save it as UTF-8.",
    )
  problems.throwIfAny()
}

function readToml(text: string, path = "pyproject.toml"): object {
  try {
    return parseToml(text)
  } catch (error) {
    throw problem(
      "project",
      `\`${path}\` is not TOML: ${tomlMistake(error)}`,
      "Mend that line.",
    )
  }
}

/** A table below `[tool]`; empty where there is none. */
export function toolTable(
  { tool }: Pyproject,
  ...key: readonly string[]
): Readonly<Record<string, unknown>> {
  const found = key.reduce(memberOf, tool)
  return isTable(found) ? found : {}
}

/** The texts of a list below `[tool]`; one text alone is a list of one. */
export function toolTexts(
  { tool }: Pyproject,
  ...key: readonly string[]
): string[] {
  const found = [key.reduce(memberOf, tool)].flat()
  return found.filter((each) => typeof each === "string")
}

function memberOf(table: unknown, name: string): unknown {
  return isTable(table) ? table[name] : undefined
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** hatch.toml holds what `[tool.hatch]` would. */
export function withHatch(pyproject: Pyproject, text: string): Pyproject {
  const hatch = readToml(text, "hatch.toml")
  const own = pyproject.tool["hatch"] as object | undefined
  return {
    ...pyproject,
    tool: { ...pyproject.tool, hatch: { ...own, ...hatch } },
  }
}

/** Each of them makes a folder a Python project. */
export const PROJECT_FILES: readonly string[] = [
  "pyproject.toml",
  "setup.py",
  "setup.cfg",
]

export function isProjectFile(path: string): boolean {
  return PROJECT_FILES.includes(path.slice(path.lastIndexOf("/") + 1))
}

/** Whether a folder is a Python project of its own. */
export function isPythonProject(folder: string, sources: Sources): boolean {
  return PROJECT_FILES.some((name) => sources.has(inFolder(folder, name)))
}
