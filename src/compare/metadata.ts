import { code } from "../text/code.js"
import type { About } from "./about.js"
import type { Change, ChangeLevel } from "./change.js"

/** How two files of a project differ in what they say of themselves. */
export function metadataChanges(before: About, after: About): Change[] {
  return [
    ...pythonChange(before, after),
    ...requirementChanges(before, after),
    ...licenceChange(before, after),
    ...extraChanges(before, after),
    ...lists("classifier", before.classifiers, after.classifiers, "fix", "fix"),
    ...lists("wheel tag", before.tags, after.tags, "feature", "feature"),
    ...lists("import package", before.tops, after.tops, "breaking", "feature"),
    ...commandChanges(before, after),
  ]
}

/** How many facts of two files could be compared. */
export function countedFields(before: About, after: About): number {
  const both = [before, after]
  const keys = both.flatMap(({ texts }) => Object.keys(texts))
  const required = both.flatMap(({ requirements }) =>
    requirements.map(({ what }) => what),
  )
  return (
    new Set([...keys, ...required]).size +
    new Set(
      both.flatMap(({ classifiers, extras }) => [...classifiers, ...extras]),
    ).size
  )
}

/** An installer keeps the last release for a Python that the next one leaves, so nobody's install breaks. */
function pythonChange(before: About, after: About): Change[] {
  const [old, now] = [before, after].map(
    ({ texts }) => texts["requires-python"],
  )
  if (old === now) return []
  const what = `\`Requires-Python\` was ${shown(old)}, and is ${shown(now)}`
  return [
    { of: "metadata", what, level: "feature", names: ["Requires-Python"] },
  ]
}

/** Extras by which a project's own people work on it. */
const DEVELOPING =
  /^(?:dev(?:el|elop|elopment)?|tests?|testing|tox|nox|docs?|documentation|lint(?:ers?|ing)?|style|format(?:ting)?|typ(?:es|ing)|(?:pytest|mypy|pyright|flake8|pylint|ruff|black|isort|pre-commit|twine|sphinx)|checks?|cov(?:erage)?|ci|qa|bench(?:marks?)?|release)$/

function extraChanges(before: About, after: About): Change[] {
  const [own, users] = [true, false].map((isOwn) =>
    [before, after].map(({ extras }) =>
      extras.filter((each) => DEVELOPING.test(each) === isOwn),
    ),
  ) as [[string[], string[]], [string[], string[]]]
  return [
    ...lists("extra", ...users, "breaking", "feature"),
    ...lists("extra", ...own, "fix", "fix"),
  ]
}

/** What an extra asked for is gone with it. */
function isOfLost(name: string, before: About, after: About): boolean {
  const [, extra = ""] = /\bextra\s*==\s*["']([^"']+)["']/.exec(name) ?? []
  return before.extras.includes(extra) && !after.extras.includes(extra)
}

function requirementChanges(before: About, after: About): Change[] {
  const [old, now] = [before, after].map(
    ({ requirements }) =>
      new Map(requirements.map(({ bounds, what }) => [what, bounds])),
  ) as [Map<string, string>, Map<string, string>]
  const both = [...new Set([...old.keys(), ...now.keys()])].sort()
  // What only an extra asks for comes after what everybody gets.
  const names = [false, true].flatMap((extra) =>
    both.filter((name) => /\bextra\s*==/.test(name) === extra),
  )
  return names.flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)]
    if (was === is || isOfLost(name, before, after)) return []
    const what =
      was === undefined
        ? `requires ${code(name)}${is ? ` (${is})` : ""}`
        : is === undefined
          ? `no longer requires ${code(name)}`
          : `${code(name)} was required as ${shown(was)}, and is as ${shown(is)}`
    return [{ of: "metadata", what, level: "fix", names: [name] } as const]
  })
}

/** The field for an expression took the place of the one for a text. */
function licenceChange(before: About, after: About): Change[] {
  const [old, now] = [before, after].map(
    ({ texts }) => texts["licence"] ?? texts["licence-text"],
  )
  // Where one side says it by classifiers alone, those are told.
  const told = [before, after].every(
    ({ classifiers, texts }) =>
      texts["licence"] !== undefined ||
      texts["licence-text"] !== undefined ||
      !classifiers.some((each) => each.startsWith("License ::")),
  )
  if (!told) return []
  // Some put the whole licence there.
  if (old === now || /\n/.test(`${old ?? ""}${now ?? ""}`)) return []
  const what = `the licence was ${shown(old)}, and is ${shown(now)}`
  return [{ of: "metadata", what, level: "fix", names: ["licence"] }]
}

function lists(
  kind: string,
  before: readonly string[] | null,
  after: readonly string[] | null,
  lost: ChangeLevel,
  won: ChangeLevel,
): Change[] {
  if (!before || !after) return []
  const change = (words: string, name: string, level: ChangeLevel) =>
    ({
      of: "metadata",
      what: `the ${kind} ${code(name)} ${words}`,
      level,
      names: [name],
    }) as const
  return [
    ...before
      .filter((name) => !after.includes(name))
      .map((name) => change("is gone", name, lost)),
    ...after
      .filter((name) => !before.includes(name))
      .map((name) => change("is new", name, won)),
  ]
}

function commandChanges(before: About, after: About): Change[] {
  const [old, now] = [before.commands, after.commands]
  if (!old || !now) return []
  const change = (name: string, words: string, level: ChangeLevel) =>
    ({
      of: "commands",
      what: `the command ${code(name)} ${words}`,
      level,
      names: [name],
    }) as const
  return [
    ...Object.keys(old)
      .filter((name) => !(name in now))
      .map((name) => change(name, "is gone", "breaking")),
    ...Object.keys(now)
      .filter((name) => !(name in old))
      .map((name) => change(name, "is new", "feature")),
  ]
}

function shown(text: string | undefined): string {
  return text ? code(text) : "not given"
}
