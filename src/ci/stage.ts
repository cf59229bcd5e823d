import type { Changeset } from "@dagger.io/dagger"

import type { Environments } from "../environments/environments.js"
import { fetchedApart } from "../git/placeholders-stage.js"
import type { Checkout } from "../git/stage.js"
import versions from "../versions.json" with { type: "json" }
import { ciFacts } from "./ci-facts.js"
import { ciFiles, type Provider } from "./providers.js"

/** What the wrappers of a project depend on. */
export interface Wrappable {
  readonly environments: Environments
  readonly github: { readonly repository: string | undefined }
}

/** What a provider's files would change in the project. */
export async function proposeCi(
  place: Checkout,
  { environments, github }: Wrappable,
  provider: Provider,
  trusted: boolean,
): Promise<Changeset> {
  const { source } = place
  const facts = ciFacts(environments, {
    dagger: versions.dagger,
    github: github.repository !== undefined,
    trusted,
    ...(await fetchedApart(place)),
  })
  return ciFiles(provider, facts)
    .reduce((each, { path, text }) => {
      const permissions = path.endsWith(".sh") ? 0o755 : 0o644
      return each.withNewFile(path, text, { permissions })
    }, source)
    .changes(source)
}
