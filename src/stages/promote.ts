import type { Directory } from "@dagger.io/dagger"

import { reasonOf } from "../core/failure.js"
import type { Project } from "../core/project.js"
import {
  checkTried,
  promotionPlan,
  promotionReport,
  promotionTitle,
} from "../core/promotion.js"
import { filesToUpload } from "../core/state.js"
import type { Version } from "../core/version.js"
import { seek } from "./listing.js"
import type { PackageIndex } from "./package-index.js"
import { publish } from "./publish.js"
import { releaseFiles } from "./release-files.js"
import { statusOf } from "./status.js"
import { verify } from "./verify.js"

/** A promotion as it was asked for. */
export interface Promotion {
  readonly project: Project
  readonly version: Version
  readonly release: Directory
  /** Where the files must have been tried. */
  readonly tried: PackageIndex
  readonly target: PackageIndex
  /** Why it goes on without the test index. */
  readonly reason: string | undefined
  readonly dryRun: boolean
}

/** Carries the files of a release, and no new build, from the test index to the one that counts. */
export async function promote(promotion: Promotion): Promise<string> {
  const { dryRun, project, reason, release, target, version } = promotion
  const dist = await releaseFiles(release, project, version)
  const sought = await seek(dist, project, version)
  const [tried, before] = await Promise.all([
    statusOf(sought, promotion.tried),
    statusOf(sought, target),
  ])
  checkTried(tried, version, reason)
  filesToUpload(before.placed, before.listing, target.name)
  const plan = promotionPlan(before, tried, reason)
  const title = (outcome: Parameters<typeof promotionTitle>[0]) =>
    promotionTitle(outcome, project.name, version, target)
  if (dryRun)
    return promotionReport(title("Plan of a promotion"), plan, before, [])
  // Said before it is done: what follows can't be taken back.
  console.log(plan)
  const lines: string[] = []
  try {
    const published = await publish(dist, sought, target, project.indexWait)
    lines.push(`- publish: ${published.summary}`)
    const verified = await verify(project, dist, sought, target)
    lines.push(`- verify: ${verified.summary}`)
  } catch (error) {
    const { details, summary } = reasonOf(error)
    lines.push(`- failed: ${summary}`, "", details)
    const now = await statusOf(sought, target)
    throw new Error(
      promotionReport(title("Promotion failed"), plan, now, lines),
    )
  }
  const now = await statusOf(sought, target)
  return promotionReport(title("Promotion"), plan, now, lines)
}
