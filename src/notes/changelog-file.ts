/** The usual names of a changelog, whatever the case and the form. */
const NAMES = [
  "changelog",
  "changes",
  "history",
  "news",
  "release[-_]?notes",
  "releases",
]
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

/** Folders of towncrier, scriv and changesets; what else lies there is no fragment. */
const FRAGMENTS =
  /^(?:newsfragments|news\.d|changelog\.d|changes\.d|\.changeset)\/(?!readme|template|_|\.|config\.)[^/]+\.(?:md|rst|txt|[a-z]+)$/i

/** What people wrote of their changes, and nobody collected yet. */
export function findFragments(
  paths: ReadonlySet<string>,
  pyproject: { readonly tool: Readonly<Record<string, unknown>> },
): string[] {
  const { directory } = (pyproject.tool["towncrier"] ?? {}) as {
    directory?: unknown
  }
  const own = typeof directory === "string" ? `${directory}/` : undefined
  return [...paths]
    .filter(
      (path) =>
        FRAGMENTS.test(path) ||
        (own !== undefined &&
          path.startsWith(own) &&
          /^(?!readme|template|_|\.)[^/]+\.[^/]+$/i.test(
            path.slice(own.length),
          )),
    )
    .filter((path) => !path.endsWith("/"))
    .sort()
}
