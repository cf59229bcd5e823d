import type { Container, Directory, Secret } from "@dagger.io/dagger"

import { program } from "./programs.js"

/** An index that may want to see a password, and what comes from there. */
export interface PrivateIndex {
  readonly index: {
    readonly url: string
    readonly explicit: boolean
    readonly default: boolean
  }
  readonly user: string
  /** Absent where everybody may read there. */
  readonly token: Secret | undefined
  /** What the project says that it has from there. */
  readonly named: readonly string[]
}

/** What is looked for there. */
export interface Needed {
  readonly python: string
  readonly requirements: readonly string[]
  readonly constraints: readonly string[]
}

/**
 * The wheels of what is there of some requirements, fetched in a container that has nothing of the project: a package
 * runs code as soon as Python starts where it is installed, and no such code is where the token is.
 */
export function privateWheels(
  python: Container,
  { index, named, token, user }: PrivateIndex,
  needed: Needed,
  fetching: (command: readonly string[]) => string[],
): Directory {
  const question = JSON.stringify({ index, named, user, ...needed })
  const asking = python
    .withNewFile("/question.json", question)
    .withMountedFile(
      "/fetch_private.py",
      program("containers/fetch_private.py"),
    )
  return (
    token ? asking.withSecretVariable("SHIPWHEEL_PYTHON_TOKEN", token) : asking
  )
    .withExec(
      fetching(["python", "/fetch_private.py", "/question.json", "/wheels"]),
    )
    .directory("/wheels")
}
