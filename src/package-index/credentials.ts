import {
  passwordVariable,
  PYPI,
  REHEARSAL,
  TEST_PYPI,
} from "../config/index-names.js"
import { type Owner } from "../errors.js"
import { code } from "../text/code.js"
import { commandLine } from "../text/command-line.js"
import { isToken } from "../text/token.js"
import { type IndexAddress, isPublic } from "./indexes.js"

/** What is wrong with a credential, and what to do; never the credential itself. */
export type Complaint = [owner: Owner, what: string, next: string]

/** The option that a credential came in, and the variable that usually holds it. */
export interface CredentialOption {
  readonly option: string
  readonly variable: string
}

/** The user name that goes with an API token, by PyPI's convention. */
export const TOKEN_USER = "__token__"

const OPTIONS = new Map<string, CredentialOption>([
  [TEST_PYPI, { option: "--test-pypi-token", variable: "TEST_PYPI_API_TOKEN" }],
  [PYPI, { option: "--pypi-token", variable: "PYPI_API_TOKEN" }],
])

/** How to pass what an index wants to see. */
export function credentialOption(
  index: Pick<IndexAddress, "option" | "variable">,
): CredentialOption {
  return (
    OPTIONS.get(index.option) ?? {
      option: "--index-password",
      variable: index.variable ?? passwordVariable(index.option, []),
    }
  )
}

export function usage(
  index: Pick<IndexAddress, "option" | "variable">,
): string {
  const { option, variable } = credentialOption(index)
  return `${option} env://${variable}`
}

/** How a release is led to an index, which is named where the tag's environment leads elsewhere. */
export function leadingTo(
  index: Pick<IndexAddress, "option" | "variable">,
  own: string = TEST_PYPI,
): string {
  return index.option === own
    ? usage(index)
    : `${commandLine(["--index", index.option])} ${usage(index)}`
}

/** How a promotion is told who may read the index of one's own that its files were tried on. */
export function readingUsage(
  index: Pick<IndexAddress, "option" | "variable"> | undefined,
  user: string | undefined,
): string {
  if (user === undefined || !index || isPublic(index.option)) return ""
  const password = `env://${credentialOption(index).variable}`
  const shown = ["--test-index-user", user, "--test-index-password", password]
  return ` ${commandLine(shown)}`
}

/** Where a right credential comes from. */
export function whereToGet(index: IndexAddress): string {
  const origin = new URL(index.simpleUrl).origin
  return index.warehouse
    ? `Make a token at ${origin}/manage/account/token/ and pass it as \`${usage(index)}\`, or to \`index\` as \`--password\`.`
    : `Ask whoever runs ${origin} for a user that may upload, and pass it as \`dagger call --index-user NAME release ${usage(index)}\`, or to \`index\` as \`--password\`.`
}

/** What makes an index take a CI's identity. */
export function howToBeTrusted(index: IndexAddress): string {
  const { origin } = new URL(index.simpleUrl)
  return `Name this repository and its workflow as a trusted publisher in the project's settings at ${origin}, or pass an API token instead: \`${usage(index)}\`, which \`index\` takes as \`--password\`.`
}

/** The options that an index looks at. */
function usedBy(option: string): readonly string[] {
  if (option === REHEARSAL) return []
  const own = OPTIONS.get(option)
  return own
    ? [own.option, "--identity-token"]
    : ["--index-user", "--index-password", "--identity-token"]
}

/** A credential that is not for this index was given by mistake, or by somebody else. */
export function complainOfUnused(
  given: readonly string[],
  index: Pick<IndexAddress, "name" | "option">,
): Complaint | undefined {
  const used = usedBy(index.option)
  const unused = given.filter((option) => !used.includes(option))
  if (unused.length === 0) return undefined
  return [
    "credential",
    `${index.name} does not use ${unused.map(code).join(", ")}`,
    "Leave it out, or name the index that it is for with `--index`.",
  ]
}

export function missingCredential(index: IndexAddress): Complaint {
  return [
    "credential",
    `there is no credential for ${index.name}`,
    `${whereToGet(index)} In a CI with Trusted Publishing, pass its identity token as \`--identity-token\`.`,
  ]
}

/** A secret has the same name in each command but one. */
function valueOf(option: string): string {
  return `the value of \`${option}\` (\`--password\` of \`index\`)`
}

/** Looks at an API token or password before anything is done with it. */
export function complainOfSecret(
  secret: string,
  index: IndexAddress,
  { option, variable }: CredentialOption,
  user: string = TOKEN_USER,
): Complaint | undefined {
  const wrong = (what: string): Complaint => [
    "credential",
    `${valueOf(option)} ${what}`,
    whereToGet(index),
  ]
  if (secret.trim() === "")
    return [
      "credential",
      `${valueOf(option)} is empty`,
      `Is \`${variable}\` set where this runs? ${whereToGet(index)}`,
    ]
  if (secret !== secret.trim() || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(secret))
    return [
      "credential",
      `${valueOf(option)} begins or ends with white space or holds a line break, which was probably copied with it`,
      "Take that out where the secret is set: `printf %s` writes it without an end of a line. The secret itself may be right.",
    ]
  // A password may have blanks.
  if (user === TOKEN_USER && /\s/.test(secret))
    return wrong("has a blank in it, as no API token has")
  // Whoever it is sent to, and whatever it is called: it opens the site that it names.
  const madeFor = secret.startsWith("pypi-") ? tokenSite(secret) : undefined
  const site = siteOf(index)
  if (madeFor !== undefined && madeFor !== site)
    return wrong(`was made for \`${madeFor}\`, not for \`${site}\``)
  return index.warehouse && user === TOKEN_USER && !secret.startsWith("pypi-")
    ? wrong("does not start with `pypi-`, as every API token does")
    : undefined
}

/** Looks at a CI's identity token (a JWT) before it is exchanged, or at what one is asked for with. */
export function complainOfIdentity(
  token: string,
  now: number,
  url?: string,
): Complaint | undefined {
  const wrong = (what: string): Complaint => [
    "credential",
    `${valueOf("--identity-token")} ${what}`,
    "Let the CI make one right before this runs: GitHub gives it to jobs with `id-token: write`, GitLab under `id_tokens`.",
  ]
  if (token.trim() === "") return wrong("is empty")
  if (!isToken(token.trim()))
    return wrong("has a blank or a line break in it, as no token has")
  if (url !== undefined)
    return /^https?:\/\//.test(url)
      ? undefined
      : [
          "credential",
          "the value of `--identity-url` is no URL",
          "On GitHub it is `$ACTIONS_ID_TOKEN_REQUEST_URL`, which jobs with `id-token: write` have.",
        ]
  const claims = jwtClaims(token.trim())
  if (!claims)
    return wrong(
      "is no identity token: that is a JWT, three parts with a dot between them",
    )
  const expiry = claims["exp"]
  return typeof expiry === "number" && expiry * 1000 < now
    ? wrong(`expired at ${new Date(expiry * 1000).toISOString()}`)
    : undefined
}

/** The site that a token names: the location of a macaroon (version 2, binary). */
function tokenSite(token: string): string | undefined {
  const body = Buffer.from(token.slice("pypi-".length), "base64url")
  const [version, field, length = 0] = body
  if (version !== 2 || field !== 1 || length === 0) return undefined
  const site = body.subarray(3, 3 + length).toString("latin1")
  return /^[a-z0-9.-]+$/.test(site) ? site : undefined
}

function siteOf({ simpleUrl }: IndexAddress): string {
  return new URL(simpleUrl).hostname
}

function jwtClaims(token: string): Record<string, unknown> | undefined {
  const [, body, signature, ...rest] = token.split(".")
  if (!body || !signature || rest.length > 0) return undefined
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(body, "base64url").toString(),
    )
    return claims && typeof claims === "object"
      ? (claims as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
