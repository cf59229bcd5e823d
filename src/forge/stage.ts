import type { Directory } from "@dagger.io/dagger"

import type { Finding, Work } from "../pipeline/pipeline.js"
import type { Version } from "../version/version.js"
import type { Forge } from "./forge.js"
import { assetFiles } from "./forge-files-stage.js"
import { type Done, lookAtFiles, putRelease } from "./forge-release.js"
import { leftDrafts, replacedWords } from "./github-notes.js"

/** A release as GitHub shall show it. */
export interface GithubRelease {
  readonly version: Version
  readonly title: string
  readonly notes: string
  readonly files: Directory
  /** Files that tell of the run, and differ between runs. */
  readonly records: readonly string[]
  /** Whether a release of this project may have a file of its own of this name. */
  readonly isOurs: (name: string) => boolean
  readonly commit: string | undefined
  readonly remarks: readonly string[]
}

/** Where a release is announced and as what, or why it is not. */
export type Announcement =
  | { readonly github: Forge; readonly wanted: () => Promise<GithubRelease> }
  | { readonly skip: string }

export function githubWork({
  announcement,
}: {
  readonly announcement: Announcement
}): Work {
  return {
    plan: {
      does: "a draft release on GitHub, its files uploaded and compared by SHA-256, then published",
      credential: "`--github-token`; none for a release directory instead",
      lasting:
        "people are notified, and where releases are immutable its files stay as they are",
    },
    ...("skip" in announcement
      ? announcement
      : {
          run: async () =>
            releaseOnGithub(announcement.github, await announcement.wanted()),
        }),
  }
}

/** What GitHub would refuse of the release in the end is told while nothing is out. */
export async function refuseAhead(
  announcement: Announcement,
  { tag }: Version,
): Promise<void> {
  if ("skip" in announcement) return
  await lookAtFiles(announcement.github, tag, async () => {
    const { files, isOurs, records } = await announcement.wanted()
    return { assets: await assetFiles(files, records), isOurs }
  })
}

/** Puts the release of a tag on GitHub, or completes it there. */
export async function releaseOnGithub(
  github: Forge,
  wanted: GithubRelease,
): Promise<Finding> {
  const assets = await assetFiles(wanted.files, wanted.records)
  const done = await putRelease(github, { ...wanted, assets })
  const { details, remarks } = replacedWords(done.replaced)
  return {
    summary: summaryOf(done),
    remarks: [...wanted.remarks, ...remarks, ...leftDrafts(done.drafts)],
    ...(details === undefined ? {} : { details }),
  }
}

function summaryOf({ existed, kept, latest, others, uploaded, url }: Done) {
  const count = (what: string, names: readonly string[]) =>
    names.length > 0 ? [`${what} ${names.join(", ")}`] : []
  return [
    `${existed ? "was there already" : "published"}: ${url}${latest ? ", the latest" : ""}`,
    ...count("uploaded and compared by SHA-256", uploaded),
    ...count("there with the same bytes", kept),
    ...count("left alone", others),
  ].join("; ")
}
