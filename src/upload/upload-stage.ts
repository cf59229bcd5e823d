import type { Directory } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import type { Limits } from "../config/limits.js"
import { toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { fault } from "../errors.js"
import { howToBeTrusted, whereToGet } from "../package-index/credentials.js"
import {
  type Listing,
  names,
  type PlacedFile,
  placeFiles,
  placesTable,
  whyIncomplete,
} from "../package-index/index-state.js"
import { readListing, type Sought } from "../package-index/listing-stage.js"
import {
  attests,
  facing,
  type PackageIndex,
  withAsking,
} from "../package-index/stage.js"
import { StageFailure } from "../pipeline/failure.js"
import { ATTESTATIONS, withAttestations } from "./attest-stage.js"
import {
  attemptList,
  joinUploads,
  NOTHING_UPLOADED,
  parseUpload,
  type Stop,
  type UploadResult,
  whyStopped,
} from "./upload.js"

/** How long an upload may take. */
export interface Patience {
  /** Seconds that an index may take to show what was uploaded. */
  readonly indexWait: number
  readonly limits: Pick<Limits, "upload">
  readonly gates: Pick<Gates, "skip">
}

/** An upload is tried so often, after pauses that start at a second and double. */
const ATTEMPTS = 5

const BACKOFF = 1

/** Another run may upload the same files meanwhile: where that stopped this one, it goes on with what is left. */
export async function uploadAll(
  dist: Directory,
  sought: Sought,
  index: PackageIndex,
  absent: readonly PlacedFile[],
  patience: Patience,
): Promise<{ listing: Listing; result: UploadResult }> {
  const result = await upload(dist, absent, index, patience)
  const stopped = whyStopped(result)
  // Only what was sent, by this run or another one, is worth waiting for.
  const sent = !stopped || stopped.taken
  const listing = await readListing(
    index,
    sought,
    sent ? patience.indexWait : 0,
  )
  const now = placeFiles(sought.files, listing)
  const left = now.filter(({ state }) => state === "absent")
  const done = now.find(({ name }) => name === stopped?.file)
  if (done?.state !== "same" || left.length === 0) return { listing, result }
  const rest = await uploadAll(dist, sought, index, left, patience)
  return { ...rest, result: joinUploads(result, rest.result) }
}

async function upload(
  dist: Directory,
  files: readonly PlacedFile[],
  index: PackageIndex,
  { gates, indexWait, limits }: Patience,
): Promise<UploadResult> {
  const { credential, simpleUrl, uploadUrl } = index
  if (files.length === 0) return NOTHING_UPLOADED
  if (!credential) throw fault(`${index.name} was opened for reading only`)
  const names = files.map(({ name }) => name)
  const attested = attests(index, gates)
    ? await withAttestations(dist, names, index)
    : undefined
  const plan = {
    files: names,
    attestations: attested && ATTESTATIONS,
    publishUrl: uploadUrl,
    simpleUrl,
    user: credential.user,
    private: index.reader !== undefined,
    identity: credential.identity,
    identityUrl: credential.identityUrl,
    attempts: ATTEMPTS,
    backoff: BACKOFF,
    patience: indexWait,
    limit: limits.upload,
  }
  const answer = await facing(toolsContainer(index.mirrors), index)
    .withMountedDirectory("/dist", dist)
    .withWorkdir("/dist")
    .with(withAsking)
    .withMountedFile("/upload.py", program("upload/upload.py"))
    .with(attested ?? ((container) => container))
    .withNewFile("/plan.json", JSON.stringify(plan))
    .withSecretVariable("INDEX_SECRET", credential.secret)
    .withExec(["python", "/upload.py", "/plan.json"])
    .stdout()
  return parseUpload(answer)
}

export function incomplete(
  placed: readonly PlacedFile[],
  listing: Listing,
  result: UploadResult,
  index: PackageIndex,
): StageFailure {
  const stopped = whyStopped(result)
  const next = nextAfter(placed, stopped, index)
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

const AGAIN =
  "Run the same command again: what is on the index is kept, the rest is uploaded."

/** What helps, which is the same command only where that can end in another way. */
function nextAfter(
  placed: readonly PlacedFile[],
  stopped: Stop | undefined,
  index: PackageIndex,
): string {
  const there = placed.filter(({ state }) => state === "same")
  if (stopped?.denied && there.length > 0)
    return `${index.name} has ${names(there)} by this credential or another and takes no more by it: make a new one if it has ended, else ask whoever runs it which files it takes. ${AGAIN}`
  if (stopped?.denied)
    return `${index.name} does not accept the credential. ${index.credential?.identity ? howToBeTrusted(index) : whereToGet(index)}`
  if (stopped?.next !== undefined) return stopped.next
  if (placed.some(({ state }) => state === "different"))
    return "What is there under these names is not what was sent, and a name is never given twice: release a new version; `recover` prints the commands."
  if (placed.some(({ listed }) => listed && listed.yanked !== null))
    return `${index.name} yanked it: take that back there, or release a new version.`
  if (stopped?.taken)
    return "It has a file of that name and does not list it: give it more time by `tool.shipwheel.index-wait`, ask whoever runs it, or release a new version."
  return stopped
    ? AGAIN
    : `${AGAIN} An index that is only slow gets more time by \`tool.shipwheel.index-wait\`; of one that took the files and never lists them, ask whoever runs it.`
}
