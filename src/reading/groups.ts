import { projectNameAt } from "./own-sources.js"
import type { Pyproject } from "./pyproject.js"
import type { Sources } from "./sources.js"
import { folderRequirement, referencedFolder } from "./stated-sources.js"
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

/** Every list of requirements for work on a project, those of its tools (`elsewhere`) too, as the dependency groups of PEP 735. */
export function withGroups(
  pyproject: Pyproject,
  sources: Sources,
  elsewhere: Groups = {},
): Pyproject {
  const own = Object.entries(pyproject["dependency-groups"])
  const groups: Groups = {
    ...requirementsFiles(sources),
    ...elsewhere,
    ...toxGroups(pyproject, sources, (path) => fileRequirements(sources, path)),
    ...Object.fromEntries(
      own.map(([name, listed]) => [
        name,
        [...listed, ...(elsewhere[name] ?? []).filter(isFolder)],
      ]),
    ),
  }
  return { ...pyproject, "dependency-groups": groups }
}

/** Those can't be in a group of PEP 735, so PDM keeps them beside it. */
function isFolder(entry: Groups[string][number]): boolean {
  return typeof entry === "string" && referencedFolder(entry) !== undefined
}

function requirementsFiles(sources: Sources): Groups {
  const found = [...FILES, "requirements.txt"].filter((path) =>
    sources.has(path),
  )
  return Object.fromEntries(
    found.map((path) => [path, fileRequirements(sources, path)]),
  )
}

/** The requirements of a file and of those it includes; hashes, indexes and the project itself are not among them. */
export function fileRequirements(
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
      const byFolder = folderRequirement(line, (folder) =>
        projectNameAt(folder, sources),
      )
      return byFolder ? [byFolder] : /^[A-Za-z0-9]/.test(line) ? [line] : []
    })
}

function beside(path: string, other: string): string {
  const parts = path.split("/").slice(0, -1)
  for (const part of other.split("/"))
    if (part === "..") parts.pop()
    else if (part !== ".") parts.push(part)
  return parts.join("/")
}
