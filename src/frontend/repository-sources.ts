import { posix } from "node:path"

import { Sources } from "../reading/sources.js"

/** The files of the whole repository, by their paths from its top; a project at the top is all of it. */
export function repositorySources(project: Sources): Sources {
  return project.at === "" ? project : new RepositorySources(project)
}

/** What is asked for is asked of the project, which knows it by another path. */
class RepositorySources extends Sources {
  constructor(private readonly project: Sources) {
    const { at, outside, paths } = project
    const all = [...paths, ...outside].map((each) => posix.join(at, each))
    super(new Set(all), new Map())
  }

  override text(path: string): string | undefined {
    return this.project.text(posix.relative(this.project.at, path))
  }
}
