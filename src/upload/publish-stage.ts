import type { Directory } from "@dagger.io/dagger"

import { misnamedFiles } from "../files/distribution.js"
import { refuseUnfit } from "../forge/forge-refusals.js"
import { type Announcement, refuseAhead } from "../forge/stage.js"
import { refusalLine } from "../index-rules/refusals.js"
import { refusedFiles } from "../index-rules/stage.js"
import { usage } from "../package-index/credentials.js"
import {
  isComplete,
  names,
  otherFiles,
  othersRemark,
  type PlacedFile,
  placeFiles,
} from "../package-index/index-state.js"
import {
  type IndexInput,
  readListing,
  type Shown,
  type Sought,
  soughtBy,
} from "../package-index/listing-stage.js"
import { attests, type PackageIndex } from "../package-index/stage.js"
import { StageFailure } from "../pipeline/failure.js"
import type { Finding, Work } from "../pipeline/pipeline.js"
import { code } from "../text/code.js"
import { lastingUpload } from "./lasting.js"
import {
  attemptList,
  forgotten,
  shortUpload,
  type UploadResult,
} from "./upload.js"
import { filesToUpload } from "./upload-refusals.js"
import { incomplete, type Patience, uploadAll } from "./upload-stage.js"

/** What goes out to an index, and then to where it is announced. */
export interface PublishInput extends IndexInput<Patience> {
  readonly announcement?: Announcement
}

export function publishWork(input: PublishInput): Work {
  const { announcement, dist, index, project, shown } = input
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
    run: async () => {
      const sought = await soughtBy(input)
      if (announcement && !("skip" in announcement)) {
        // What the forge would refuse afterwards is told while nothing is out.
        refuseUnfit(announcement.github, { assets: sought.files })
        await refuseAhead(announcement, sought.version)
      }
      return publish(await dist(), sought, index, project, shown)
    },
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
  patience: Patience,
  shown: Shown = {},
): Promise<Finding> {
  refuseMisnamed(sought)
  await refuseByRules(dist, index)
  // Started for itself, the index outlives this command and can be installed from.
  if (index.rehearsal) await index.service?.start()
  const before = await readListing(index, sought)
  const placed = placeFiles(sought.files, before)
  const absent = filesToUpload(placed, before, index, sought.version.tag)
  const kept = placed.filter((file) => !absent.includes(file))
  const { listing, result } = await uploadAll(
    dist,
    sought,
    index,
    absent,
    patience,
  )
  const now = placeFiles(sought.files, listing)
  if (!isComplete(now)) throw incomplete(now, listing, result, index)
  shown.listing = listing
  if (attests(index, patience.gates)) refuseForgotten(result, now, index)
  return {
    summary: `${shortUpload(result, kept)} to ${index.name}`,
    details: [
      attemptList(result),
      ...othersRemark(index.name, otherFiles(now, listing)),
    ]
      .filter((each) => each !== "")
      .join("\n\n"),
  }
}

/** What goes out as a version is that version, whatever made the files. */
function refuseMisnamed({ files, project, version }: Sought): void {
  const meant = files.map(({ name }) => name)
  const [first, ...more] = misnamedFiles(meant, project, version.pep440)
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
    `${name} would refuse the files: ${refused.map(({ rule }) => code(rule)).join(", ")}`,
    [
      refused.map((each) => `- ${refusalLine(each)}`).join("\n"),
      "Nothing was uploaded. Of an index of your own that takes it, say so: `takes` in `[[tool.shipwheel.index]]`.",
    ].join("\n\n"),
  )
}

/** What was taken with attestations, and is shown without them, nobody can verify later. */
function refuseForgotten(
  result: UploadResult,
  placed: readonly PlacedFile[],
  { name }: PackageIndex,
): void {
  const files = forgotten(result, placed)
  if (files.length === 0) return
  throw new StageFailure(
    `${name} took ${names(files)} with attestations, and says nothing of who published ${files.length === 1 ? "it" : "them"}`,
    "The files are there, and a file can't be attested once it is. Ask whoever runs the index whether it keeps attestations (PEP 740); `attestations = false` in `[[tool.shipwheel.index]]` uploads without them. Run again, what is there is kept.",
  )
}
