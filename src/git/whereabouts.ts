import { posix } from "node:path"

import { isProjectFile } from "../reading/pyproject.js"

/** Where a project is in its repository, and what else is there. */
export interface Whereabouts {
  /** The project's folder, such as `packages/wren/`; empty at the top of the repository. */
  readonly path: string
  /** What the repository has outside of it, as seen from there: `../README.md`. */
  readonly outside: ReadonlySet<string>
  /** Folders of the repository with projects of their own. */
  readonly members: readonly string[]
  /** The tags of the repository, and the one that is meant. */
  readonly tags: readonly string[]
  /** What of the repository is often secret by its name and in no commit, so that it is of this machine alone. */
  readonly secrets: readonly string[]
}

/** A project that nothing is around. */
export const NOWHERE: Whereabouts = {
  path: "",
  outside: new Set(),
  members: [],
  tags: [],
  secrets: [],
}

/** Looks at what the files of a repository are to a project in it. */
export function whereaboutsOf(
  repository: readonly string[],
  { path, secrets, tags }: Pick<Whereabouts, "path" | "secrets" | "tags">,
): Whereabouts {
  const marks = repository.filter(isProjectFile)
  const members = [...new Set(marks.map((each) => posix.dirname(each)))]
  const others = repository.filter((each) => !each.startsWith(path))
  return {
    path,
    outside: new Set(others.map((each) => seenFrom(path, each))),
    members: members.filter((each) => each !== ".").sort(),
    tags,
    secrets,
  }
}

/** A path of the repository, as seen from a folder of it. */
function seenFrom(folder: string, path: string): string {
  const seen = posix.relative(folder, path)
  return path.endsWith("/") ? `${seen}/` : seen
}
