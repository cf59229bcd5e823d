import { posix } from "node:path"

/**
 * A project's files, as far as they were read. What is asked for and was not
 * read yet is noted: whoever can read then does, and asks again.
 */
export class Sources {
  readonly wanted = new Set<string>()

  constructor(
    readonly paths: ReadonlySet<string>,
    private readonly texts: ReadonlyMap<string, string>,
    /** What is around the project in its repository, such as `../README.md`. */
    readonly outside: ReadonlySet<string> = new Set(),
    /** Where the project is in its repository, such as `packages/wren`; empty at its top. */
    readonly at = "",
  ) {}

  /** What leads to each folder above the project, the nearest first: `../`, `../../` and so on, up to the top of its repository. */
  get above(): string[] {
    const folders = this.at.split("/").filter(Boolean)
    return folders.map((_, at) => "../".repeat(at + 1))
  }

  has(path: string): boolean {
    return this.paths.has(path) || this.outside.has(path)
  }

  /** The text of a file; undefined where there is none, or none yet. */
  text(path: string): string | undefined {
    const text = this.texts.get(path)
    if (text === undefined && this.has(path)) this.wanted.add(path)
    return text
  }
}

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
