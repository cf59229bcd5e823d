import type { Directory } from "@dagger.io/dagger"

import { toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { fault } from "../errors.js"
import { misnamedFiles } from "../files/distribution.js"
import { refusalLine } from "../files/index-refusals.js"
import { refusedFiles } from "../files/index-rules-stage.js"
import { StageFailure } from "../pipeline/failure.js"
import type { Finding, Work } from "../pipeline/pipeline.js"
import { howToBeTrusted, usage, whereToGet } from "./credentials.js"
import {
  isComplete,
  type Listing,
  type PlacedFile,
  placeFiles,
  placesTable,
  whyIncomplete,
} from "./index-state.js"
import { lastingUpload } from "./lasting.js"
import {
  type IndexInput,
  readListing,
  type Sought,
  soughtBy,
} from "./listing-stage.js"
import { facing, type PackageIndex } from "./stage.js"
import {
  attemptList,
  joinUploads,
  NOTHING_UPLOADED,
  parseUpload,
  shortUpload,
  type UploadResult,
  whyStopped,
} from "./upload.js"
import { filesToUpload } from "./upload-refusals.js"

/** An upload is tried so often, after pauses that start at a second and double. */
const ATTEMPTS = 5
const BACKOFF = 1

type PublishInput = IndexInput<{
  /** Seconds that an index may take to show what was uploaded. */
  readonly indexWait: number
}>

export function publishWork(input: PublishInput): Work {
  const { dist, index, project } = input
  const lasting = lastingUpload(index)
  return {
    plan: {
      does: `upload to ${index.name}`,
      commands: [["twine", "upload"]],
      credential: index.rehearsal
        ? "none for a rehearsal inside the engine; `--test-pypi-token` for Test PyPI"
        : `\`${usage(index)}\``,
      ...(lasting !== undefined && { lasting }),
    },
    run: async () =>
      publish(await dist(), await soughtBy(input), index, project.indexWait),
  }
}

/**
 * Uploads what is absent, keeps what is there with the same hash, refuses the
 * rest, and then looks whether the index really shows all that was meant.
 */
export async function publish(
  dist: Directory,
  sought: Sought,
  index: PackageIndex,
  wait: number,
): Promise<Finding> {
  refuseMisnamed(sought)
  await refuseByRules(dist, index)
  // Started for itself, the index outlives this command and can be installed from.
  if (index.rehearsal) await index.service?.start()
  const before = await readListing(index, sought)
  const placed = placeFiles(sought.files, before)
  const absent = filesToUpload(placed, before, index.name, sought.version.tag)
  const kept = placed.filter((file) => !absent.includes(file))
  const { listing, result } = await uploadAll(dist, sought, index, absent, wait)
  const now = placeFiles(sought.files, listing)
  if (!isComplete(now)) throw incomplete(now, listing, result, index)
  return {
    summary: `${shortUpload(result, kept)} to ${index.name}`,
    details: attemptList(result),
  }
}

/** What goes out as a version is that version, whatever made the files. */
function refuseMisnamed({ files, project, version }: Sought): void {
  const names = files.map(({ name }) => name)
  const [first, ...more] = misnamedFiles(names, project, version.pep440)
  if (first === undefined) return
  throw new StageFailure(
    [first, ...more].join("; "),
    "Nothing was uploaded. Let the build write the version of the tag, or take the files of that release.",
  )
}

/** What it would refuse is told before anything is out: after the first file it would be too late for the second. */
async function refuseByRules(
  dist: Directory,
  { mirrors, name, takes }: PackageIndex,
): Promise<void> {
  const refused = await refusedFiles(dist, takes, mirrors)
  if (refused.length === 0) return
  throw new StageFailure(
    `${name} would refuse the files: ${refused.map(({ rule }) => `\`${rule}\``).join(", ")}`,
    [
      refused.map((each) => `- ${refusalLine(each)}`).join("\n"),
      "Nothing was uploaded. Of an index of your own that takes it, say so: `takes` in `[[tool.shipwheel.index]]`.",
    ].join("\n\n"),
  )
}

/** Another run may upload the same files meanwhile: where that stopped this one, it goes on with what is left. */
async function uploadAll(
  dist: Directory,
  sought: Sought,
  index: PackageIndex,
  absent: readonly PlacedFile[],
  wait: number,
): Promise<{ listing: Listing; result: UploadResult }> {
  const result = await upload(dist, absent, index, wait)
  const stopped = whyStopped(result)
  // Only what was sent, by this run or another one, is worth waiting for.
  const sent = !stopped || stopped.taken
  const listing = await readListing(index, sought, sent ? wait : 0)
  const now = placeFiles(sought.files, listing)
  const left = now.filter(({ state }) => state === "absent")
  const done = now.find(({ name }) => name === stopped?.file)
  if (done?.state !== "same" || left.length === 0) return { listing, result }
  const rest = await uploadAll(dist, sought, index, left, wait)
  return { ...rest, result: joinUploads(result, rest.result) }
}

async function upload(
  dist: Directory,
  files: readonly PlacedFile[],
  index: PackageIndex,
  patience: number,
): Promise<UploadResult> {
  const { credential, simpleUrl, uploadUrl } = index
  if (files.length === 0) return NOTHING_UPLOADED
  if (!credential) throw fault(`${index.name} was opened for reading only`)
  const plan = {
    files: files.map(({ name }) => name),
    publishUrl: uploadUrl,
    simpleUrl,
    user: credential.user,
    private: index.reader !== undefined,
    identity: credential.identity,
    identityUrl: credential.identityUrl,
    attempts: ATTEMPTS,
    backoff: BACKOFF,
    patience,
  }
  const answer = await facing(toolsContainer(index.mirrors), index)
    .withMountedDirectory("/dist", dist)
    .withWorkdir("/dist")
    .withMountedFile("/upload.py", program("package-index/upload.py"))
    .withNewFile("/plan.json", JSON.stringify(plan))
    .withSecretVariable("INDEX_SECRET", credential.secret)
    .withExec(["python", "/upload.py", "/plan.json"])
    .stdout()
  return parseUpload(answer)
}

function incomplete(
  placed: readonly PlacedFile[],
  listing: Listing,
  result: UploadResult,
  index: PackageIndex,
): StageFailure {
  const stopped = whyStopped(result)
  const next = stopped?.denied
    ? `${index.name} does not accept the credential. ${index.credential?.identity ? howToBeTrusted(index) : whereToGet(index)}`
    : (stopped?.next ??
      "Run the same command again: what is on the index is kept, the rest is uploaded.")
  const seen = whyIncomplete(placed, listing)
  return new StageFailure(
    stopped
      ? `the upload to ${index.name} stopped: ${stopped.cause}`
      : `${index.name} does not show the release after ${listing.waited} s: ${seen ?? "the files changed"}`,
    [
      placesTable(placed),
      attemptList(result),
      ...(listing.failure ? [`What it holds now: ${listing.failure}.`] : []),
      next,
    ].join("\n\n"),
  )
}
