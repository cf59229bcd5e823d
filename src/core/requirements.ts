import type { Pyproject } from "./pyproject.js"

/** Extras and dependency groups (PEP 735) that test tools are usually in. */
const USUAL = ["test", "tests", "testing", "dev", "develop", "development"]

/** Where pytest may be: the usual names first, then requirements files, then any. */
function candidates(pyproject: Pyproject): string[] {
  const extras = Object.keys(pyproject.project?.["optional-dependencies"] ?? {})
  const groups = Object.keys(pyproject["dependency-groups"])
  return [...USUAL, ...groups, ...extras]
}

/** The name in a requirement (PEP 508), in its normal form (PEP 503). */
export function requirementName(requirement: string): string {
  const name = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(requirement)?.[1] ?? ""
  return normalizeName(name)
}

export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-")
}

/** All that the named extras and groups ask for, sorted, so that their order in the file reinstalls nothing. */
export function requirementsOf(
  pyproject: Pyproject,
  names: readonly string[],
): string[] {
  const asked = names.flatMap((name) => [
    ...extra(pyproject, name, new Set()),
    ...group(pyproject, name, new Set()),
  ])
  return [...new Set(asked)].sort()
}

/** The extra or group whose requirements bring pytest, if there is one. */
export function usualTestExtra(pyproject: Pyproject): string | undefined {
  return candidates(pyproject).find((name) =>
    requirementsOf(pyproject, [name]).some(
      (each) => requirementName(each) === "pytest",
    ),
  )
}

export function knowsExtra(pyproject: Pyproject, name: string): boolean {
  return (
    name in (pyproject.project?.["optional-dependencies"] ?? {}) ||
    name in pyproject["dependency-groups"]
  )
}

function extra(
  pyproject: Pyproject,
  name: string,
  seen: Set<string>,
): string[] {
  if (seen.has(name)) return []
  seen.add(name)
  const project = pyproject.project
  const own = normalizeName(project?.name ?? "")
  const listed = project?.["optional-dependencies"][name] ?? []
  return listed.flatMap((requirement) => {
    // `all = ["package[test]"]` is how an extra includes another one.
    const included = /^[^[]+\[([^\]]*)\]/.exec(requirement)?.[1]
    if (!included || requirementName(requirement) !== own) return [requirement]
    return included
      .split(",")
      .flatMap((each) => extra(pyproject, each.trim(), seen))
  })
}

function group(
  pyproject: Pyproject,
  name: string,
  seen: Set<string>,
): string[] {
  if (seen.has(name)) return []
  seen.add(name)
  return (pyproject["dependency-groups"][name] ?? []).flatMap((entry) =>
    typeof entry === "string"
      ? [entry]
      : group(pyproject, entry["include-group"], seen),
  )
}
