import type { Config } from "../config/config-schema.js"
import { passwordVariable } from "../config/index-names.js"
import type { Problems } from "../errors.js"
import type { Sources } from "../reading/sources.js"
import type { ConfiguredIndex } from "./indexes.js"

type Said = NonNullable<Config["index"]>[number]

const TRUST = /^application\/vnd\.dev\.sigstore\.clienttrustconfig\./

/** The indexes of `[[tool.shipwheel.index]]`, with what a file of the project says of them; releases go to its own ones among them. */
export function resolveIndexes(
  said: readonly Said[] = [],
  sources: Pick<Sources, "has" | "text">,
  problems: Problems,
  own: readonly string[] = [],
): ConfiguredIndex[] {
  return said.map((each) => ({
    name: each.name,
    variable: passwordVariable(each.name, own),
    url: each.url,
    publishUrl: each["publish-url"],
    takes: each.takes ?? [],
    attests: each.attestations,
    sigstore: trusted(each, sources, problems),
  }))
}

/** The text of what a client has to trust; it is the client that reads it. */
function trusted(
  { attestations, name, sigstore: path }: Said,
  sources: Pick<Sources, "has" | "text">,
  problems: Problems,
): string | undefined {
  if (path === undefined) return undefined
  const key = `\`sigstore\` of the index \`${name}\``
  if (attestations !== true) {
    problems.add(
      "configuration",
      `${key} says who signs attestations, and the index takes none`,
      "Add `attestations = true` to it, or take `sigstore` out.",
    )
    return undefined
  }
  const text = sources.text(path)
  if (sources.has(path) && (text === undefined || isTrust(text))) return text
  problems.add(
    "configuration",
    sources.has(path)
      ? `${key} names \`${path}\`, which is no client trust config`
      : `${key} names \`${path}\`, which is not there`,
    "Name the JSON file that `sigstore --trust-config` takes: ask whoever runs that Sigstore for it.",
  )
  return undefined
}

function isTrust(text: string): boolean {
  try {
    const { mediaType } = JSON.parse(text) as { mediaType?: unknown }
    return typeof mediaType === "string" && TRUST.test(mediaType)
  } catch {
    return false
  }
}
