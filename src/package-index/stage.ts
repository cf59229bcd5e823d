import { createHash, randomUUID } from "node:crypto"

import {
  type Container,
  dag,
  type Directory,
  type Secret,
  type Service,
} from "@dagger.io/dagger"

import { PYPI, REHEARSAL, TEST_PYPI } from "../config/index-names.js"
import { takenAnywhere } from "../config/index-rules.js"
import { afresh } from "../containers/commands.js"
import { type Mirrors, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { problem, Problems } from "../errors.js"
import type { Version } from "../version/version.js"
import {
  complainOfIdentity,
  complainOfSecret,
  complainOfUnused,
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
  refuseStandIn,
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

/** A user who may read an index. */
export interface Reader {
  readonly user: string
  readonly password: Secret
}

/** A package index: where files are uploaded to, and where they install from. */
export interface PackageIndex extends IndexAddress {
  /** Absent when it is only read. */
  readonly credential: Credential | undefined
  /** Who may read, where not everybody may. */
  readonly reader: Reader | undefined
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

/** Who may read the index that files were tried on. */
export interface TriedArguments extends Pick<IndexArguments, "indexService"> {
  readonly testIndexUser?: string | undefined
  readonly testIndexPassword?: Secret | undefined
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
  const problems = new Problems()
  const complain = (complaint: Complaint | undefined) => {
    if (complaint) problems.add(...complaint)
  }
  if (isRehearsal(args)) {
    const takes = takenAnywhere(project.indexes)
    const rehearsal = { ...rehearsalIndex(project.mirrors), takes }
    complain(complainOfUnused(givenOptions(args), rehearsal))
    problems.throwIfAny()
    return rehearsal
  }
  const address = await addressOf(args.index ?? TEST_PYPI, project)
  const credential = credentialFor(address, args)
  complain(complainOfUnused(givenOptions(args), address))
  complain(
    credential
      ? await complainOf(credential, address)
      : missingCredential(address),
  )
  const open = await problems.attemptAsync(() =>
    readable(address, args, project.mirrors),
  )
  problems.throwIfAny()
  if (!open) throw new Error("an index that was not opened was not refused")
  return { ...open, credential }
}

/** The credentials among the arguments, by the names of their options. */
function givenOptions(args: IndexArguments): string[] {
  const options: Readonly<Record<string, unknown>> = {
    "--test-pypi-token": args.testPypiToken,
    "--pypi-token": args.pypiToken,
    "--index-user": args.indexUser,
    "--index-password": args.indexPassword,
    "--identity-token": args.identityToken,
  }
  return Object.keys(options).filter((each) => options[each] !== undefined)
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

/** Opens the index that files were tried on before: it is shown what is meant for another one only where both are the same host and port. */
export async function openTried(
  project: Publishing,
  option: string,
  target: PackageIndex | undefined,
  { indexService, testIndexPassword, testIndexUser }: TriedArguments,
): Promise<PackageIndex> {
  const tried = await openForReading(project, option, {
    indexService,
    indexUser: testIndexUser,
    indexPassword: testIndexPassword,
  })
  const near =
    target &&
    new URL(target.simpleUrl).origin === new URL(tried.simpleUrl).origin
  return {
    ...tried,
    reader: tried.reader ?? (near ? target.reader : undefined),
  }
}

/** The same for several: a password is for the one of them that does not let everybody read. */
export async function openAllForReading(
  project: Publishing,
  options: readonly string[],
  args: IndexArguments,
): Promise<PackageIndex[]> {
  const own = options.filter((option) => !isPublic(option))
  const [only, ...more] = new Set(own)
  if (args.indexPassword && (only === undefined || more.length > 0))
    throw problem(
      "credential",
      `\`--index-password\` is for one index, and ${only === undefined ? "none of these needs it" : `${own.map((each) => `\`${each}\``).join(", ")} are several`}`,
      "Ask for one index at a time, each with its own user and password.",
    )
  return Promise.all(
    options.map((each) =>
      openForReading(project, each, each === only ? args : forAnybody(args)),
    ),
  )
}

/** Without what shows who asks. */
function forAnybody({ indexService }: IndexArguments): IndexArguments {
  return { indexService }
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
    takes: [],
    credential: { user: TOKEN_USER, secret, identity: false },
    reader: undefined,
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
  const { service, simpleUrl } = index
  const host = new URL(simpleUrl).hostname
  const bound = service
    ? container.withServiceBinding(host, service)
    : container
  return afresh(bound)
}

/** Runs one program of ours that may read the index; what comes after it may not. */
export function withReader(
  { reader }: PackageIndex,
  run: (container: Container) => Container,
): (container: Container) => Container {
  if (!reader) return run
  return (container) =>
    run(
      container
        .withEnvVariable("INDEX_USER", reader.user)
        .withSecretVariable("INDEX_PASSWORD", reader.password),
    )
      .withoutSecretVariable("INDEX_PASSWORD")
      .withoutEnvVariable("INDEX_USER")
}

/** With neither a choice nor a credential, nothing leaves the engine. */
export function isRehearsal(args: IndexArguments): boolean {
  if (args.index !== undefined) return args.index === REHEARSAL
  const { identityToken, indexPassword, testPypiToken } = args
  return !testPypiToken && !identityToken && !indexPassword
}

/** The arguments with the index that is meant where none was chosen, and without what a CI shows to the others. */
export function withIndex<T extends IndexArguments>(
  args: T,
  index: string = TEST_PYPI,
): T {
  if (isRehearsal(args) || args.index !== undefined) return args
  const others = isPublic(index)
    ? { indexUser: undefined, indexPassword: undefined }
    : { testPypiToken: undefined }
  return { ...args, ...others, index }
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
  const own = !isPublic(address.option)
  const service = own ? indexService : undefined
  if (service) refuseStandIn(address, await publicUploads(mirrors))
  const reader =
    own && indexUser && indexPassword
      ? { user: indexUser, password: indexPassword }
      : undefined
  const open = { ...address, credential: undefined, rehearsal: false }
  return { ...open, reader, service, mirrors }
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
