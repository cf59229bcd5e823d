import { z } from "#zod"

const list = z.array(z.string()).catch([])
const constraint = z.union([
  z.string(),
  z.looseObject({
    version: z.string().optional(),
    extras: list,
    markers: z.string().optional(),
    python: z.string().optional(),
  }),
])
export const constraints = z
  .record(z.string(), z.union([constraint, z.array(constraint)]))
  .catch({})
/** The dependencies in a table of poetry. */
export function poetryRequirements(
  table: z.infer<typeof constraints>,
): string[] {
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
