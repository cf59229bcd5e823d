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
