import { code } from "../text/code.js"
import type { Complaint } from "./credentials.js"
import type { PackageIndex } from "./stage.js"

/** A Sigstore that is asked for certificates in the open alone, where no service of this machine stands in for it: it is shown no identity. */
export function certifiesInTheOpen({
  name,
  service,
  sigstore,
  uploadUrl,
}: PackageIndex): Complaint | undefined {
  const near = service && new URL(uploadUrl).hostname
  const urls = authorities(sigstore)
  const [first] = urls
  if (first === undefined) return undefined
  if (!urls.every((url) => url.protocol === "http:" && url.hostname !== near))
    return undefined
  return [
    "configuration",
    `\`sigstore\` of the index \`${name}\` names a Sigstore that makes certificates at ${code(first.href)}, where no identity is shown: that takes https`,
    'Give its address with https in that file, or let `--index-service` stand in for its host; `skip = { attestations = "the reason" }` in `[tool.shipwheel]` uploads without attestations.',
  ]
}

/** Where certificates are made, as a client trust config names that; what is none of these is its client's to refuse. */
function authorities(sigstore: string | undefined): URL[] {
  if (sigstore === undefined) return []
  try {
    const { signingConfig } = JSON.parse(sigstore) as TrustConfig
    const said = signingConfig?.caUrls ?? []
    return said.map(({ url }) => new URL(url))
  } catch {
    return []
  }
}

interface TrustConfig {
  readonly signingConfig?: { readonly caUrls?: readonly { url: string }[] }
}
