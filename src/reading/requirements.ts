import type { Pyproject } from "./pyproject.js"
import { isForTests, workFiles } from "./requirements-files.js"

/** Extras and dependency groups (PEP 735) that test tools are usually in. */
const USUAL = ["test", "tests", "testing", "dev", "develop", "development"]

/** The lists that are named after tests, and what tox installs for every environment. */
function namedAfterTests(pyproject: Pyproject): string[] {
  const files = workFiles(Object.keys(pyproject["dependency-groups"]))
  return [
    ...["test", "tests", "testing", "tests_require"],
    ...files.filter(isForTests),
    "tox",
  ]
}

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

/** What some lists ask for by name, of what nothing else names. */
export function requirementsBeside(
  pyproject: Pyproject,
  names: readonly string[],
  others: readonly string[],
): string[] {
  const named = new Set(others.map(requirementName))
  return requirementsOf(pyproject, names).filter(
    (each) => !each.includes("://") && !named.has(requirementName(each)),
  )
}

/** All that extras ask for, without groups. */
export function extrasOf(
  pyproject: Pyproject,
  names: readonly string[],
): string[] {
  return names.flatMap((name) => extra(pyproject, name, new Set()))
}

/** Whether somebody who installs a requirement has pytest, by itself or by a plugin that needs it. */
export function bringsPytest(requirement: string): boolean {
  return /^pytest(-(?!runner$).+)?$/.test(requirementName(requirement))
}

/**
 * The list that the tests need: the one that names pytest; where none does, the one that is named after tests, or one
 * with a plugin of pytest. An environment of tox that is one of several counts only where the list named after tests
 * does not bring pytest, and the package does not need it either.
 */
export function usualTestExtra(pyproject: Pyproject): string | undefined {
  const { dependencies = [] } = pyproject.project ?? {}
  const has = (name: string, isMeant: (requirement: string) => boolean) =>
    requirementsOf(pyproject, [name]).some(isMeant)
  const named = namedAfterTests(pyproject).find((each) => has(each, () => true))
  const isEnough =
    named !== undefined &&
    (dependencies.some(bringsPytest) || has(named, bringsPytest))
  const lists = candidates(pyproject).filter(
    (name) => !(isEnough && name.startsWith("tox:")),
  )
  const isPytest = (each: string) => requirementName(each) === "pytest"
  return (
    lists.find((name) => has(name, isPytest)) ??
    named ??
    lists.find((name) => has(name, bringsPytest))
  )
}

/** The names of all groups and extras. */
export function listNames(pyproject: Pyproject): string[] {
  return [
    ...Object.keys(pyproject["dependency-groups"]),
    ...Object.keys(pyproject.project?.["optional-dependencies"] ?? {}),
  ]
}

/** Those that bring something of such a name. */
export function listsNaming(pyproject: Pyproject, name: RegExp): string[] {
  return listNames(pyproject).filter((list) =>
    requirementsOf(pyproject, [list]).some((each) =>
      name.test(requirementName(each)),
    ),
  )
}

export function knowsExtra(pyproject: Pyproject, name: string): boolean {
  return (
    named(pyproject.project?.["optional-dependencies"] ?? {}, name) !==
      undefined || named(pyproject["dependency-groups"], name) !== undefined
  )
}

/** Names of extras (PEP 685) and of groups (PEP 735) are the same in every spelling. */
function named<T>(table: Record<string, T>, name: string): T | undefined {
  const wanted = normalizeName(name)
  return Object.entries(table).find(
    ([each]) => normalizeName(each) === wanted,
  )?.[1]
}

function extra(
  pyproject: Pyproject,
  name: string,
  seen: Set<string>,
): string[] {
  if (!first(seen, `extra ${normalizeName(name)}`)) return []
  const listed = named(pyproject.project?.["optional-dependencies"] ?? {}, name)
  return (listed ?? []).flatMap((each) => expand(pyproject, each, seen))
}

function group(
  pyproject: Pyproject,
  name: string,
  seen: Set<string>,
): string[] {
  if (!first(seen, `group ${normalizeName(name)}`)) return []
  const listed = named(pyproject["dependency-groups"], name)
  return (listed ?? []).flatMap((entry) =>
    typeof entry === "string"
      ? expand(pyproject, entry, seen)
      : group(pyproject, entry["include-group"], seen),
  )
}

/** `package[test]` in the package's own lists is how one includes an extra; the package itself is installed anyway. */
function expand(
  pyproject: Pyproject,
  requirement: string,
  seen: Set<string>,
): string[] {
  const own = normalizeName(pyproject.project?.name ?? "")
  if (requirementName(requirement) !== own) return [requirement.trim()]
  const included = /^[^[;]+\[([^\]]*)\]/.exec(requirement)?.[1] ?? ""
  return included
    .split(",")
    .flatMap((each) => extra(pyproject, each.trim(), seen))
}

function first(seen: Set<string>, key: string): boolean {
  return !seen.has(key) && Boolean(seen.add(key))
}
