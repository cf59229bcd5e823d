import { z } from "#zod"

import { type Owner, problem } from "../errors.js"
import { type DistributionFile, parseChecksums } from "../files/distribution.js"
import { code } from "../text/code.js"

/** The signature of SHA256SUMS by the kind of key, as the tool of each calls it. */
const SIGNATURES = {
  minisign: "SHA256SUMS.minisig",
  ssh: "SHA256SUMS.sig",
}

export const SIGNATURE_NAMES: readonly string[] = Object.values(SIGNATURES)

/** How a signature is called that this public key accepts. */
export function signatureName(publicKey: string): string {
  return publicKey.startsWith("ssh-") ? SIGNATURES.ssh : SIGNATURES.minisign
}

const answer = z.object({
  problem: z.enum(["unreadable", "encrypted", "kind", "another"]).nullable(),
})
type Unfit = NonNullable<z.infer<typeof answer>["problem"]>

const HOW =
  "`ssh-keygen -t ed25519 -N '' -f key` and `minisign -G -W` make one without a password: the file with the secret key, as a whole, is the value of `--signing-key`, and the public key is `tool.shipwheel.public-key`."

const PROBLEMS: Readonly<Record<Unfit, string>> = {
  unreadable: "is no secret key of the kind that `public-key` is of",
  encrypted: "is a key with a password, which nobody types here",
  kind: "is an SSH key that is no Ed25519 one",
  another: "is not the key that `tool.shipwheel.public-key` belongs to",
}

/** Refuses a key by what `sign.py` says of it. */
export function refuseUnfitKey(json: string): void {
  const { problem: unfit } = answer.parse(JSON.parse(json))
  if (unfit === null) return
  throw problem(
    "credential",
    `the value of \`--signing-key\` ${PROBLEMS[unfit]}`,
    HOW,
  )
}

const verdict = z.object({ right: z.boolean() })

/** Refuses sums that have no signature, or one that is not the key's, by what `accepts.py` says of it. */
export function refuseSignature(json: string | undefined, name: string): void {
  if (json === undefined)
    throw problem(
      "project",
      `the files of the release have no \`${name}\`, and \`tool.shipwheel.public-key\` says that they are signed`,
      "Promote files that were released with `--signing-key`. If this release was never signed, take `public-key` out of what is checked out.",
    )
  if (verdict.parse(JSON.parse(json)).right) return
  throw problem(
    "project",
    `\`${name}\` is no signature of their \`SHA256SUMS\` by the key in \`tool.shipwheel.public-key\``,
    "Somebody without that key has changed the files, or the key was another one then: compare them with what was built before anything goes on, and release again with `--signing-key` if need be.",
  )
}

/** Refuses files that are not those which signed sums name. */
export function refuseUnnamed(
  files: readonly DistributionFile[],
  sums: string,
): void {
  const stated = parseChecksums(sums)
  const others = files
    .filter(({ name, sha256 }) => stated.get(name) !== sha256)
    .map(({ name }) => code(name))
  if (others.length > 0)
    throw problem(
      "project",
      `${others.join(", ")} ${others.length > 1 ? "are" : "is"} not what the signed \`SHA256SUMS\` of the release says`,
      "Somebody without the key has changed the files of the release: put back what was built, which the signed sums name.",
    )
}

/** What is known of signing before a release begins. */
export interface Signing {
  /** What everybody is told. */
  readonly publicKey: string | undefined
  readonly isGiven: boolean
  /** The release goes to where people fetch it from. */
  readonly isAnnounced: boolean
}

/** What is worth saying where nothing is wrong. */
export function signingRemarks({
  isGiven,
  publicKey,
}: Omit<Signing, "isAnnounced">): string[] {
  return publicKey !== undefined && !isGiven
    ? ["`SHA256SUMS` is not signed here: there is no `--signing-key`."]
    : []
}

/** What is wrong with that: one without the other is a promise that nobody keeps. */
export function complainOfSigning({
  isAnnounced,
  isGiven,
  publicKey,
}: Signing): readonly [owner: Owner, what: string, next: string] | undefined {
  if (isGiven && publicKey === undefined)
    return [
      "configuration",
      "`--signing-key` signs what nobody could check: `tool.shipwheel.public-key` is not set",
      `Name the public key there, or leave the option out. ${HOW}`,
    ]
  if (publicKey !== undefined && !isGiven && isAnnounced)
    return [
      "credential",
      "the install scripts would look for a signature that is not there: `tool.shipwheel.public-key` is set, and there is no `--signing-key`",
      "Pass the secret key before the function: `dagger call --signing-key env://SIGNING_KEY release`; or take the key out of the configuration.",
    ]
  return undefined
}
