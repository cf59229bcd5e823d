/** Whose problem it is: the reader looks there first. */
export type Owner =
  | "tag"
  | "project"
  | "configuration"
  | "frontend"
  | "credential"
  | "index"
  | "github"

/** One thing that is wrong, and what to do next. */
export interface Problem {
  readonly owner: Owner
  readonly what: string
  readonly next: string
}

/** Refuses to go on, with everything that is wrong at once. */
export class ReleaseError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(describeProblems(problems))
    this.name = "ReleaseError"
  }
}

/** Collects problems, so that one run shows all of them. */
export class Problems {
  readonly #found: Problem[] = []

  add(owner: Owner, what: string, next: string): void {
    this.#found.push({ owner, what, next })
  }

  /** Runs a step that may refuse, and keeps what it refused. */
  attempt<T>(step: () => T): T | undefined {
    try {
      return step()
    } catch (error) {
      if (!(error instanceof ReleaseError)) throw error
      this.#found.push(...error.problems)
      return undefined
    }
  }

  /** The same for a step that takes its time. */
  async attemptAsync<T>(step: () => Promise<T>): Promise<T | undefined> {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof ReleaseError)) throw error
      this.#found.push(...error.problems)
      return undefined
    }
  }

  /** What was found so far. */
  get all(): readonly Problem[] {
    return [...this.#found]
  }

  throwIfAny(): void {
    if (this.#found.length > 0) throw new ReleaseError(this.#found)
  }

  /** What the steps gave, all of it there; or a refusal with what they refused. */
  orAll<T extends object>(given: { [K in keyof T]: T[K] | undefined }): T {
    this.throwIfAny()
    for (const [name, value] of Object.entries(given))
      if (value === undefined)
        throw fault(`nothing was refused, but there is no ${name}`)
    return given as T
  }
}

export function problem(
  owner: Owner,
  what: string,
  next: string,
): ReleaseError {
  return new ReleaseError([{ owner, what, next }])
}

/** What should never happen: none of its reader's own problems. */
export function fault(what: string): Error {
  return new Error(
    `this is a fault of Shipwheel, not of your project: ${what}. Please report it, with the command and all it printed.`,
  )
}

function describeProblems(problems: readonly Problem[]): string {
  const [only] = problems
  if (only && problems.length === 1) return describe(only)
  const list = problems.map((each, at) => `${at + 1}. ${describe(each)}`)
  return [`${problems.length} problems, nothing was started:`, ...list].join(
    "\n\n",
  )
}

function describe({ owner, what, next }: Problem): string {
  return `${owner}: ${what}\n   ${next}`
}
