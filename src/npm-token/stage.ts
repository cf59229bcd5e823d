import type { Container } from "@dagger.io/dagger"

import { installing, type Mirrors } from "../containers/images.js"
import { program } from "../containers/programs.js"
import type { Checkout } from "../git/stage.js"
import { type NpmCredentials, refuseStrayToken } from "./npm-credentials.js"

/** Yarn runs itself, and not the one that the settings name, which may be any program. */
const IGNORE_PATH = "YARN_IGNORE_PATH"
const ALL_LOCKED = ["sh", "/all_locked.sh"] as const
/** Made where the lockfile names all that is installed. */
const LOCKED = "/opt/all-locked"
const OWN_SETTINGS = "/opt/npmrc"

/** What is fetched, and how its package manager does it. */
export interface Fetching {
  readonly credentials: NpmCredentials
  /** Fetches what the lockfile names, and runs no code. */
  readonly fetch: readonly string[]
  /** What tells whether the lockfile names everything, where it may run code of what it does not. */
  readonly asks: readonly string[] | undefined
  /** The variables that name a user's settings, where those of a project are not trusted. */
  readonly ownSettings: readonly string[]
}

type Step = (container: Container) => Container

/** Scripts of packages and of the project may read any variable, so a token is there only while none of them runs. */
export function fetchedByToken(
  { npmRegistry, npmToken }: Checkout,
  fetching: Fetching,
  manifests: Container,
  mirrors: Mirrors,
): Container {
  const { credentials, fetch } = fetching
  refuseStrayToken(credentials, { registry: npmRegistry, mirror: mirrors.npm })
  const ownYarn = manifests.withEnvVariable(IGNORE_PATH, "1")
  const settings = ownSettings(fetching)
  return credentials.shown
    .reduce(
      (each, name) =>
        npmToken
          ? each.withoutEnvVariable(name).withSecretVariable(name, npmToken)
          : each,
      ownYarn
        .with(afterAllIsLocked(fetching, ownYarn, mirrors))
        .with(settings.there),
    )
    .withExec(installing(fetch, mirrors))
    .with(withoutToken(credentials))
    .with(settings.gone)
    .withoutEnvVariable(IGNORE_PATH)
    .withoutMount(LOCKED)
}

/** Where a package manager trusts a user's settings alone with variables, those of the project are given to it as such. */
function ownSettings({ credentials, ownSettings: variables }: Fetching): {
  readonly there: Step
  readonly gone: Step
} {
  if (variables.length === 0)
    return { there: (each) => each, gone: (each) => each }
  const text = `${credentials.lines.join("\n")}\n`
  return {
    there: (container) =>
      variables.reduce(
        (each, name) => each.withEnvVariable(name, OWN_SETTINGS),
        container.withNewFile(OWN_SETTINGS, text),
      ),
    gone: (container) =>
      variables.reduce(
        (each, name) => each.withoutEnvVariable(name),
        container.withoutFile(OWN_SETTINGS),
      ),
  }
}

/** Yarn may run the code of what it finds in no lockfile, so it is asked elsewhere first, without token and network. */
function afterAllIsLocked(
  { asks }: Fetching,
  manifests: Container,
  mirrors: Mirrors,
): Step {
  return (container) =>
    asks
      ? container.withMountedFile(
          LOCKED,
          manifests
            .withMountedFile(ALL_LOCKED[1], program("npm-token/all_locked.sh"))
            .withExec(
              installing([...ALL_LOCKED, LOCKED, ...asks, "--json"], mirrors),
            )
            .file(LOCKED),
        )
      : container
}

/** Package managers refuse settings with a variable that is not set. */
export function withoutToken({ variables }: NpmCredentials): Step {
  return (container) =>
    variables.reduce(
      (each, name) =>
        each.withoutSecretVariable(name).withEnvVariable(name, ""),
      container,
    )
}
