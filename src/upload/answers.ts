/** What an index means by its refusal of a file. */
export interface Meaning {
  /** It does not accept the credential. */
  readonly denied: boolean
  /** The name is taken: another run may have been faster. */
  readonly taken: boolean
  /** What to do, where running again does not help. */
  readonly next?: string
}

const NEW_VERSION = "Release a new version; `recover` prints the commands."

const ACCOUNT =
  "Nothing is wrong with the token itself: do what the index says, in the account that made it, and run the same command again."

const TOO_LARGE =
  "Make the files smaller, delete old releases, or ask whoever runs the index, or the proxy before it, for a higher limit; then run the same command again."

const REFUSED =
  "The index refuses it, and the same again alone changes nothing: do what it says, or ask whoever runs it; then run the same command again, what it holds is kept."

/** What may end in another way by itself (RFC 9110, 8470, 6585). */
const PASSING = [408, 425, 429]

/** What the indexes there are mean by their words; a status alone is not enough, because each uses another one. */
const ANSWERS: readonly {
  readonly says: RegExp
  readonly taken?: true
  readonly next?: string
}[] = [
  {
    // PyPI, of a file that was deleted, in the words of three years.
    says: /file ?name (?:has (?:already|previously) been|was previously) used/i,
    next: `The name was given once and can never be used again, even though its file is gone. ${NEW_VERSION}`,
  },
  {
    says: /only one sdist may be uploaded/i,
    next: "The release has an sdist under another name: release a new version, or delete the other one.",
  },
  {
    says: /releases older than \d+ days/i,
    next: `PyPI takes files for a release no longer than that after its first one. ${NEW_VERSION}`,
  },
  {
    says: /(?:isn't|not) allowed to upload to/i,
    next: "The project belongs to somebody else, or the token is for another one: ask an owner of the project to add you, make a token for it, or choose another name.",
  },
  {
    says: /too similar to an existing project|conflicts? with (?:an existing project|python standard library)|the name '[^']*' isn't allowed/i,
    next: "Nobody can have that name: choose another one for `[project]`.",
  },
  {
    says: /non-user identities cannot create new projects/i,
    next: "Let the name in the pending publisher be exactly that of `[project]`, or upload the first release with an API token.",
  },
  {
    says: /verified primary email|two-factor authentication|organization account owning this project/i,
    next: ACCOUNT,
  },
  {
    // PyPI; whatever stands before an index of one's own, in the words of three RFCs.
    says: /(?:file|project size|request entity|payload|content) too large/i,
    next: TOO_LARGE,
  },
  {
    says: /redirected to .*, where no credential follows/,
    next: "Correct where uploads go: `publish-url` in `[[tool.shipwheel.index]]`, or the address that `--index` gives.",
  },
  {
    says: /temporarily disabled/i,
    next: "The index takes no uploads just now: run the same command again later; what it holds is kept.",
  },
  {
    says: /invalid distribution file|start filename for|unsupported platform tag|is an invalid value for|core-metadata/i,
    next: `The index refuses the file itself: mend what it says. ${NEW_VERSION}`,
  },
  {
    // PyPI; GitLab; devpi; Nexus, in two versions; Artifactory, in three versions.
    says: /already exists?|has already been taken|does not allow updating assets?|cannot be updated|not enough permissions to (?:delete\/)?overwrite/i,
    taken: true,
  },
  {
    // Artifactory, where it hides what one may not do.
    says: /could not locate artifact/i,
    taken: true,
  },
]

export function meaningOf(status: number | null, said: string): Meaning {
  const known = ANSWERS.find(({ says }) => says.test(said))
  if (!known) return meaningOfStatus(status)
  const { next, taken = false } = known
  return { denied: false, taken, ...(next !== undefined && { next }) }
}

function meaningOfStatus(status: number | null): Meaning {
  const denied = status === 401 || status === 403
  const taken = status === 409
  if (status === 413) return { denied, taken, next: TOO_LARGE }
  const isRefusal = status !== null && status >= 400 && status < 500
  return denied || taken || !isRefusal || PASSING.includes(status)
    ? { denied, taken }
    : { denied, taken, next: REFUSED }
}
