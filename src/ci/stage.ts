import type { Changeset } from "@dagger.io/dagger"

import type { Environments } from "../environments/environments.js"
import type { Located } from "../git/locate-stage.js"
import { fetchedApart } from "../git/placeholders-stage.js"
import type { Tagging } from "../version/tagging.js"
import versions from "../versions.json" with { type: "json" }
import { ciFacts } from "./ci-facts.js"
import { ciFiles, type Provider } from "./providers.js"

/** What the wrappers of a project depend on. */
export interface Wrappable {
  readonly environments: Environments
  readonly tagging: Pick<Tagging, "prefix">
  readonly github: {
    readonly repository: string | undefined
    readonly attested: boolean
  }
}

/** What a provider's files would change in the project. */
export async function proposeCi(
  place: Located,
  { environments, github, tagging }: Wrappable,
  provider: Provider,
  trusted: boolean,
): Promise<Changeset> {
  const { folder, path, source } = place
  // A CI looks for its files at the top of the repository.
  const top = path === "" ? source : folder.filter({ exclude: [".git"] })
  const facts = ciFacts(environments, {
    dagger: versions.dagger,
    path,
    tagPrefix: tagging.prefix,
    github: github.repository !== undefined,
    trusted,
    attested: github.attested,
    ...(await fetchedApart(place)),
  })
  return ciFiles(provider, facts)
    .reduce((each, { path: file, text }) => {
      const permissions = file.endsWith(".sh") ? 0o755 : 0o644
      return each.withNewFile(file, text, { permissions })
    }, top)
    .changes(top)
}
