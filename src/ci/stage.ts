import type { Changeset } from "@dagger.io/dagger"

import type { GithubArguments } from "../forge/forge-access-stage.js"
import type { Located } from "../git/locate-stage.js"
import { mainBranch } from "../git/main-branch-stage.js"
import { fetchedApart } from "../git/placeholders-stage.js"
import type { Checkout } from "../git/stage.js"
import type { IndexArguments } from "../package-index/arguments-stage.js"
import versions from "../versions.json" with { type: "json" }
import { ciFacts, type Wrapped } from "./ci-facts.js"
import type { Passed } from "./passed-options.js"
import { ciFiles, type Provider } from "./providers.js"

/** What a provider's files would change in the project. */
export async function proposeCi(
  place: Located,
  project: Wrapped,
  provider: Provider,
  trusted: boolean,
  passed: Passed,
): Promise<Changeset> {
  const { folder, path, source } = place
  // A CI looks for its files at the top of the repository.
  const top = path === "" ? source : folder.filter({ exclude: [".git"] })
  const facts = ciFacts(project, {
    ...{ dagger: versions.dagger, passed, path, trusted },
    ...(await fetchedApart(place)),
    mainBranch: await mainBranch(place),
  })
  return ciFiles(provider, facts)
    .reduce((each, { path: file, text }) => {
      const permissions = file.endsWith(".sh") ? 0o755 : 0o644
      return each.withNewFile(file, text, { permissions })
    }, top)
    .changes(top)
}

/** What a CI has to pass as well, of all that the caller did. */
export function passedBy(
  caller: Checkout & GithubArguments & Pick<IndexArguments, "indexUser">,
): Passed {
  const { githubApi, githubRepository, indexUser } = caller
  const { npmRegistry, npmToken, pythonIndex, pythonToken, pythonUser } = caller
  return {
    ...{ githubApi, githubRepository, indexUser },
    ...{ npmRegistry, pythonIndex, pythonUser },
    npmToken: npmToken !== undefined,
    pythonToken: pythonToken !== undefined,
  }
}
