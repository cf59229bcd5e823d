import { createHash, randomUUID } from "node:crypto"

import {
  type Container,
  dag,
  type Directory,
  type Secret,
  type Service,
} from "@dagger.io/dagger"

import { PYPI, REHEARSAL, TEST_PYPI } from "../config/index-names.js"
import { afresh } from "../containers/commands.js"
import { type Mirrors, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { Problems } from "../errors.js"
import type { Version } from "../version/version.js"
import {
  complainOfIdentity,
  complainOfSecret,
  type Complaint,
  credentialOption,
  missingCredential,
  TOKEN_USER,
} from "./credentials.js"
import {
  type ConfiguredIndex,
  type IndexAddress,
  isPublic,
  type PublicUploads,
  refuseStaging,
  resolveIndex,
} from "./indexes.js"

/** What an upload shows to the index. */
export interface Credential {
  readonly user: string
  readonly secret: Secret
  /** The secret is a CI's identity token, to be exchanged for an upload token. */
  readonly identity: boolean
  /** Where the CI hands out an identity token to whoever shows the secret. */
  readonly identityUrl?: string | undefined
}

/** A package index: where files are uploaded to, and where they install from. */
export interface PackageIndex extends IndexAddress {
  /** Absent when it is only read. */
  readonly credential: Credential | undefined
  /** User and password for reading, in the form of a netrc file. */
  readonly netrc: Secret | undefined
  /** What answers under the index's host name, where that is no public one. */
  readonly service: Service | undefined
  /** It lives in the engine, and only as long as this call. */
  readonly rehearsal: boolean
  /** Where the tools come from that speak to it. */
  readonly mirrors: Mirrors
}

/** What a project says of where it is published. */
export interface Publishing {
  readonly indexes: readonly ConfiguredIndex[]
  readonly mirrors: Mirrors
}

/** The arguments by which a caller chooses an index and shows who he is. */
export interface IndexArguments {
  readonly index?: string | undefined
  readonly testPypiToken?: Secret | undefined
  readonly pypiToken?: Secret | undefined
  readonly indexUser?: string | undefined
  readonly indexPassword?: Secret | undefined
  readonly identityToken?: Secret | undefined
  readonly identityUrl?: string | undefined
  readonly indexService?: Service | undefined
}

const PORT = 8080
const HOST = "index"

/** The simple index of what is served, for containers that know it as `index`. */
export const INDEX = new URL(`http://${HOST}:${PORT}/simple/`)

/** Opens the chosen index for uploads; with neither a choice nor a credential, one to rehearse on. */
export async function openIndex(
  project: Publishing,
  args: IndexArguments,
): Promise<PackageIndex> {
  if (isRehearsal(args)) return rehearsalIndex(project.mirrors)
  const option = args.index ?? TEST_PYPI
  const address = await addressOf(option, project)
  const credential = credentialFor(address, args)
  const problems = new Problems()
  const complaint = credential
    ? await complainOf(credential, address)
    : missingCredential(address)
  if (complaint) problems.add(...complaint)
  problems.throwIfAny()
  return { ...(await readable(address, args, project.mirrors)), credential }
}

/** Opens what a version is to be uploaded to. */
export async function openTarget(
  project: Publishing,
  version: Version | undefined,
  args: IndexArguments,
): Promise<PackageIndex> {
  if (version) refuseStaging(version, args.index)
  return openIndex(project, args)
}

/** Opens an index to look at and to install from: that needs no token. */
export async function openForReading(
  project: Publishing,
  option: string,
  args: IndexArguments,
): Promise<PackageIndex> {
  return readable(await addressOf(option, project), args, project.mirrors)
}

/** An empty index that takes one token made for it: nothing that is uploaded leaves the engine. */
export function rehearsalIndex(mirrors: Mirrors): PackageIndex {
  const token = `pypi-${randomUUID()}`
  const secret = dag.setSecret(`rehearsal-${randomUUID()}`, token)
  return {
    name: "the rehearsal index",
    option: REHEARSAL,
    warehouse: false,
    uploadUrl: `http://${HOST}:${PORT}/`,
    simpleUrl: INDEX.href,
    credential: { user: TOKEN_USER, secret, identity: false },
    netrc: undefined,
    service: serveIndex(mirrors, undefined, token),
    rehearsal: true,
    mirrors,
  }
}

/** pypiserver, with these files or none, that takes uploads from whoever shows the token; without one from nobody. */
export function serveIndex(
  mirrors: Mirrors,
  files: Directory = dag.directory(),
  token?: string,
): Service {
  return toolsContainer(mirrors)
    .withNewFile("/passwords", token === undefined ? "" : user(token))
    .withDirectory("/packages", files)
    .withExposedPort(PORT)
    .asService({
      args: ["pypi-server", "run", "--port", String(PORT)].concat(
        ["--passwords", "/passwords", "--authenticate", "update"],
        ["--hash-algo", "sha256", "--disable-fallback", "/packages"],
      ),
    })
}

/** As the password files of web servers have it. */
function user(token: string): string {
  const hash = createHash("sha1").update(token).digest("base64")
  return `${TOKEN_USER}:{SHA}${hash}\n`
}

/** Makes the index reachable from a container, and what follows always run. */
export function facing(container: Container, index: PackageIndex): Container {
  const { netrc, service, simpleUrl } = index
  const host = new URL(simpleUrl).hostname
  const bound = service
    ? container.withServiceBinding(host, service)
    : container
  const known = netrc
    ? bound.withMountedSecret(NETRC, netrc).withEnvVariable("NETRC", NETRC)
    : bound
  return afresh(known)
}

const NETRC = "/run/secrets/netrc"

/** With neither a choice nor a credential, nothing leaves the engine. */
export function isRehearsal(args: IndexArguments): boolean {
  if (args.index !== undefined) return args.index === REHEARSAL
  const { identityToken, indexPassword, testPypiToken } = args
  return !testPypiToken && !identityToken && !indexPassword
}

/** The arguments with the index that is meant where none was chosen. */
export function withIndex<T extends IndexArguments>(
  args: T,
  index: string | undefined,
): T {
  return isRehearsal(args) ? args : { ...args, index: args.index ?? index }
}

async function addressOf(
  option: string,
  { indexes, mirrors }: Publishing,
): Promise<IndexAddress> {
  const uploads = isPublic(option) ? await publicUploads(mirrors) : undefined
  return resolveIndex(option, indexes, uploads)
}

async function publicUploads(mirrors: Mirrors): Promise<PublicUploads> {
  const lines = await toolsContainer(mirrors)
    .withMountedFile(
      "/public_indexes.py",
      program("package-index/public_indexes.py"),
    )
    .withExec(["python", "/public_indexes.py"])
    .stdout()
  const [pypi = "", testpypi = ""] = lines.split("\n")
  return { pypi, testpypi }
}

async function readable(
  address: IndexAddress,
  { indexPassword, indexService, indexUser }: IndexArguments,
  mirrors: Mirrors,
): Promise<PackageIndex> {
  const open = {
    ...address,
    credential: undefined,
    service: isPublic(address.option) ? undefined : indexService,
    rehearsal: false,
    mirrors,
  }
  if (!indexUser || !indexPassword || isPublic(address.option))
    return { ...open, netrc: undefined }
  const machine = new URL(address.simpleUrl).hostname
  const password = await indexPassword.plaintext()
  const line = `machine ${machine} login ${indexUser} password ${password}\n`
  return { ...open, netrc: dag.setSecret(`netrc-${randomUUID()}`, line) }
}

function credentialFor(
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

async function complainOf(
  { identity, identityUrl, secret, user }: Credential,
  address: IndexAddress,
): Promise<Complaint | undefined> {
  const text = await secret.plaintext()
  return identity
    ? complainOfIdentity(text, Date.now(), identityUrl)
    : complainOfSecret(text, address, credentialOption(address), user)
}
