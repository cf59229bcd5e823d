/** The usual names of a changelog, whatever the case and the form. */
const NAMES = [
  "changelog",
  "changes",
  "history",
  "news",
  "release[-_]?notes",
  "releases",
  "what'?s[-_]?new",
]
/** The same as people write them. */
export const CHANGELOG_NAMES: readonly string[] = NAMES.map((name) =>
  name.replace("[-_]?", "_").replace("'?", "").toUpperCase(),
)
const FORMS = ["\\.md", "\\.rst", "\\.markdown", "\\.txt", ""]
const FOLDERS = ["", "docs?/", "docs?/source/", "\\.github/"]

/** The changelog of a project: at its root, else among its pages. */
export function findChangelogFile(
  paths: ReadonlySet<string>,
): string | undefined {
  const few = [...paths].filter((path) => path.split("/").length <= 3).sort()
  for (const folder of FOLDERS)
    for (const name of NAMES)
      for (const form of FORMS) {
        const pattern = new RegExp(`^${folder}${name}${form}$`, "i")
        const found = few.find(
          (path) => pattern.test(path) && !isFolder(path, paths),
        )
        if (found !== undefined) return found
      }
  return undefined
}

function isFolder(path: string, paths: ReadonlySet<string>): boolean {
  return (
    paths.has(`${path}/`) ||
    [...paths].some((each) => each.startsWith(`${path}/`))
  )
}

/** Changelogs where nobody looks for one, or in a form that is not read. */
export function otherChangelogs(
  paths: ReadonlySet<string>,
  found: string | undefined,
): string[] {
  const names = NAMES.filter((each) => each !== "releases").join("|")
  const file = new RegExp(
    `(^|/)(${names})\\.(md|markdown|rst|txt|adoc|org)$`,
    "i",
  )
  return [...paths]
    .filter(
      (path) => path !== found && file.test(path) && !ELSEWHERE.test(path),
    )
    .sort()
}

/** What is there is not the project's, or not for its users. */
const ELSEWHERE =
  /(^|\/)(node_modules|_?vendor(ed)?|tests?|examples?|third[-_]party|\.[^/]+)\//

/** Folders of towncrier, scriv, changesets, reno and changie; what else lies there is no fragment. */
const FRAGMENTS =
  /(?:^|\/)(?:newsfragments|news\.d|changelog\.d|changes\.d)\/[^/]+\.(?:md|rst|txt|[a-z]+)$|^\.changeset\/[^/]+\.md$|^releasenotes\/notes\/[^/]+\.ya?ml$|^\.changes\/unreleased\/[^/]+\.ya?ml$/i
const NO_FRAGMENT =
  /(?:^|\/)(?:readme|(?:\w+[_-])?template|_|\.|config\.)[^/]*$|\.(?:jinja2?|j2)$/i

/** Where a project says that its fragments are. */
export interface FragmentFolders {
  readonly tool: Readonly<Record<string, unknown>>
  /** The text of `towncrier.toml`, which says it outside of pyproject.toml. */
  readonly towncrier?: string | undefined
}

/** What people wrote of their changes, and nobody collected yet. */
export function findFragments(
  paths: ReadonlySet<string>,
  folders: FragmentFolders,
): string[] {
  const told = toldFolders(folders)
  return [...paths]
    .filter(
      (path) =>
        (FRAGMENTS.test(path) && !ELSEWHERE.test(path.replace(/^\./, ""))) ||
        told.some(
          (folder) =>
            path.startsWith(folder) &&
            /^[^/]+\.[^/]+$/.test(path.slice(folder.length)),
        ),
    )
    .filter((path) => !path.endsWith("/") && !NO_FRAGMENT.test(path))
    .sort()
}

function toldFolders({ tool, towncrier = "" }: FragmentFolders): string[] {
  const [, line] = /^\s*directory\s*=\s*["']([^"']+)["']/m.exec(towncrier) ?? []
  const named = [
    line,
    settingOf(tool["towncrier"], "directory"),
    settingOf(tool["scriv"], "fragment_directory"),
  ]
  return named.flatMap((each) =>
    typeof each === "string" ? [`${each.replace(/^\.\/|\/$/g, "")}/`] : [],
  )
}

function settingOf(table: unknown, key: string): unknown {
  return (table as Record<string, unknown> | undefined)?.[key]
}
