/** How much a change asks of who uses the package, as Semantic Versioning counts it. */
export const LEVELS = ["fix", "feature", "breaking"] as const
export type ChangeLevel = (typeof LEVELS)[number]

/** Something that is not as it was, in the words of the report. */
export interface Change {
  readonly of: "api" | "commands" | "metadata"
  /** A sentence in Markdown. */
  readonly what: string
  readonly level: ChangeLevel
  /** The names by which people would write of it. */
  readonly names: readonly string[]
  /** Whoever uses it may go on as before: it is worth a look, and proves nothing. */
  readonly doubtful?: boolean
}

export function isBreak({ doubtful, level }: Change): boolean {
  return level === "breaking" && !doubtful
}

/** The most that any of them asks. */
export function levelOf(changes: readonly Change[]): ChangeLevel {
  return mostOf(changes.filter(({ doubtful }) => !doubtful))
}

/** The same where all of them are sure. */
export function mostOf(asking: readonly Pick<Change, "level">[]): ChangeLevel {
  const most = Math.max(0, ...asking.map(({ level }) => LEVELS.indexOf(level)))
  return LEVELS[most] ?? "fix"
}
