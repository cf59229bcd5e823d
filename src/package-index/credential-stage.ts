import { PYPI, TEST_PYPI } from "../config/index-names.js"
import type { IndexArguments } from "./arguments-stage.js"
import {
  complainOfIdentity,
  complainOfSecret,
  type Complaint,
  credentialOption,
  TOKEN_USER,
} from "./credentials.js"
import { type IndexAddress, isPublic } from "./indexes.js"
import type { Credential } from "./stage.js"

export function credentialFor(
  { option }: IndexAddress,
  args: IndexArguments,
): Credential | undefined {
  const tokens = new Map([
    [TEST_PYPI, args.testPypiToken],
    [PYPI, args.pypiToken],
  ])
  const secret = isPublic(option) ? tokens.get(option) : args.indexPassword
  const user = isPublic(option) ? TOKEN_USER : (args.indexUser ?? TOKEN_USER)
  if (secret) return { user, secret, identity: false }
  const { identityToken, identityUrl } = args
  if (!identityToken) return undefined
  return {
    user: TOKEN_USER,
    secret: identityToken,
    identity: true,
    identityUrl,
  }
}

export async function complainOf(
  { identity, identityUrl, secret, user }: Credential,
  address: IndexAddress,
): Promise<Complaint | undefined> {
  const text = await secret.plaintext()
  return identity
    ? complainOfIdentity(text, Date.now(), identityUrl)
    : complainOfSecret(text, address, credentialOption(address), user)
}
