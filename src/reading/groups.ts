import { posix } from "node:path"

import { code } from "../text/code.js"
import { projectNameAt } from "./own-sources.js"
import type { Pyproject } from "./pyproject.js"
import { workFiles } from "./requirements-files.js"
import type { Sources } from "./sources.js"
import { folderRequirement, referencedFolder } from "./stated-sources.js"
import { toxGroups, toxNamed } from "./tox.js"

type Groups = Pyproject["dependency-groups"]

/** Every list of requirements for work on a project, those of its tools (`elsewhere`) too, as the dependency groups of PEP 735. */
export function withGroups(
  pyproject: Pyproject,
  sources: Sources,
  elsewhere: Groups = {},
): Pyproject {
  const own = Object.entries(pyproject["dependency-groups"])
  const groups: Groups = {
    ...requirementsFiles(sources, pyproject.project?.name),
    ...elsewhere,
    ...toxGroups(pyproject, sources, (path) =>
      fileRequirements(sources, path, pyproject.project?.name),
    ),
    ...Object.fromEntries(
      own.map(([name, listed]) => [
        name,
        [...listed, ...(elsewhere[name] ?? []).filter(isFolder)],
      ]),
    ),
  }
  return { ...pyproject, "dependency-groups": groups }
}

/**
 * The constraints on what some lists ask for. The files of requirements are for all who work on the project; of tox's
 * environments only those count that tests take, else the one that all others come from.
 */
export function listedConstraints(
  pyproject: Pyproject,
  sources: Sources,
  lists: readonly string[],
): NamedConstraints[] {
  const files = Object.keys(pyproject["dependency-groups"]).filter((path) =>
    sources.has(path),
  )
  const taken = lists.filter((list) => /^tox(:|$)/.test(list))
  const named = (taken.length > 0 ? taken : ["tox"]).flatMap((list) =>
    toxNamed(pyproject, sources, list),
  )
  return [
    ...files.flatMap((path) => fileConstraints(sources, path)),
    ...named.flatMap(({ file, option, ...each }) =>
      /^-+c/.test(option)
        ? [{ ...each, file: posix.normalize(file) }]
        : fileConstraints(sources, posix.normalize(file)),
    ),
  ]
}

/** Those can't be in a group of PEP 735, so PDM keeps them beside it. */
function isFolder(entry: Groups[string][number]): boolean {
  return typeof entry === "string" && referencedFolder(entry) !== undefined
}

function requirementsFiles(sources: Sources, own?: string): Groups {
  const everybodys = ["requirements.txt", "requirements.in"].filter((path) =>
    sources.has(path),
  )
  const found = [...workFiles(sources.paths), ...everybodys.slice(0, 1)]
  return Object.fromEntries(
    found.map((path) => [path, fileRequirements(sources, path, own)]),
  )
}

/** The requirements of a file and of those it includes; hashes and indexes are not among them. The project's own name may be known to its backend alone. */
export function fileRequirements(
  sources: Sources,
  path: string,
  own?: string,
): string[] {
  const nameIn = (folder: string) =>
    (folder === "." ? own : undefined) ?? projectNameAt(folder, sources)
  return fileLines(sources, path).flatMap(({ line }) => {
    const byFolder = folderRequirement(line, nameIn)
    return byFolder ? [byFolder] : /^[A-Za-z0-9]/.test(line) ? [line] : []
  })
}

/** A file of constraints, and the line of another that names it. */
export interface NamedConstraints {
  readonly file: string
  readonly line: string
  /** Whose line it is, in words. */
  readonly from: string
}

/** The constraints that a file and those it includes name. */
export function fileConstraints(
  sources: Sources,
  path: string,
): NamedConstraints[] {
  return fileLines(sources, path).flatMap(({ from, line }) => {
    const named = /^(?:-c|--constraint)[\s=]*(\S+)$/.exec(line)?.[1]
    return named === undefined
      ? []
      : [{ file: beside(from, named), line, from: code(from) }]
  })
}

/** The lines of a file, each with where it is: those that it includes are in their place. */
function fileLines(
  sources: Sources,
  path: string,
  seen: readonly string[] = [],
): { line: string; from: string }[] {
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
      return included === undefined
        ? [{ line, from: path }]
        : fileLines(sources, beside(path, included), [...seen, path])
    })
}

function beside(path: string, other: string): string {
  return posix.join(posix.dirname(path), other)
}
