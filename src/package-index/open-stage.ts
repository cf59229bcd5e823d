import type { Gates } from "../config/gate-config.js"
import { TEST_PYPI } from "../config/index-names.js"
import { takenAnywhere } from "../config/index-rule-names.js"
import { type Mirrors, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { problem, Problems } from "../errors.js"
import { code } from "../text/code.js"
import type { Version } from "../version/version.js"
import {
  forAnybody,
  givenOptions,
  type IndexArguments,
  isRehearsal,
  type TriedArguments,
} from "./arguments-stage.js"
import { complainOf, credentialFor } from "./credential-stage.js"
import {
  complainOfUnused,
  type Complaint,
  missingCredential,
  TOKEN_USER,
} from "./credentials.js"
import {
  type ConfiguredIndex,
  type IndexAddress,
  isGuessed,
  isPublic,
  mayBePublic,
  type PublicUploads,
  refuseStaging,
  refuseStandIn,
  resolveIndex,
} from "./indexes.js"
import { certifiesInTheOpen } from "./own-sigstore.js"
import { rehearsalIndex } from "./rehearsal-stage.js"
import { attests, facing, type PackageIndex, withAsking } from "./stage.js"

/** What a project says of where it is published. */
export interface Publishing {
  readonly indexes: readonly ConfiguredIndex[]
  readonly mirrors: Mirrors
  /** Absent while the project can't be read. */
  readonly gates?: Pick<Gates, "skip">
}

/** Opens the chosen index for uploads, and asks it nothing yet; with neither a choice nor a credential, one to rehearse on. */
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
  const index = open && { ...open, credential }
  if (index && project.gates && attests(index, project.gates))
    complain(certifiesInTheOpen(index))
  return problems.orAll({ index }).index
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
  const address = await addressOf(option, project)
  return foundPages(await readable(address, args, project.mirrors))
}

/** Where only the URL that takes uploads is known, the index is asked where it lists them: a devpi says so. */
export async function foundPages(index: PackageIndex): Promise<PackageIndex> {
  if (!isGuessed(index)) return index
  const simpleUrl = await devpiPages(index)
  return simpleUrl === "" ? index : { ...index, simpleUrl }
}

/** Opens the index that files were tried on before: it is shown what is meant for another one only where both are the same host and port. */
export async function openTried(
  project: Publishing,
  option: string,
  target: PackageIndex | undefined,
  { indexService, testIndexPassword, testIndexUser }: TriedArguments,
): Promise<PackageIndex> {
  if (isPublic(option) && (testIndexUser ?? testIndexPassword) !== undefined)
    throw problem(
      "credential",
      `\`--test-index-user\` and \`--test-index-password\` are for an index of your own, and \`${option}\` lets everybody read`,
      "Leave them out, or name the index that they are for with `--test-index`.",
    )
  const tried = await openForReading(project, option, {
    indexService,
    indexUser: testIndexUser ?? TOKEN_USER,
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
    throw only === undefined
      ? problem(
          "credential",
          `\`--index-password\` is for an index of your own, and ${options.map(code).join(" and ")} let everybody read`,
          "Leave it out.",
        )
      : problem(
          "credential",
          `\`--index-password\` is for one index, and ${own.map(code).join(", ")} are several`,
          "Ask for one index at a time, each with its own user and password.",
        )
  return Promise.all(
    options.map((each) =>
      openForReading(project, each, each === only ? args : forAnybody(args)),
    ),
  )
}

async function addressOf(
  option: string,
  { indexes, mirrors }: Publishing,
): Promise<IndexAddress> {
  const uploads = mayBePublic(option, indexes)
    ? await publicUploads(mirrors)
    : undefined
  return resolveIndex(option, indexes, uploads)
}

/** Where the index lists what it takes, if it is a devpi. */
function devpiPages(index: PackageIndex): Promise<string> {
  return facing(toolsContainer(index.mirrors), index)
    .with(withAsking)
    .withMountedFile("/devpi_index.py", program("package-index/devpi_index.py"))
    .withExec(["python", "/devpi_index.py", index.uploadUrl])
    .stdout()
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
