import type { Directory } from "@dagger.io/dagger"

import { TEST_PYPI } from "../config/index-names.js"
import {
  decideTag,
  indexesOf,
  refusePromotion,
} from "../environments/decision.js"
import { problem, Problems } from "../errors.js"
import type { GithubArguments } from "../forge/forge-access-stage.js"
import { filesFromGithub } from "../forge/forge-files-stage.js"
import { locate } from "../git/locate-stage.js"
import type { Checkout } from "../git/stage.js"
import type {
  IndexArguments,
  TriedArguments,
} from "../package-index/arguments-stage.js"
import { soughtBy } from "../package-index/listing-stage.js"
import {
  foundPages,
  openForReading,
  openTarget,
  openTried,
} from "../package-index/open-stage.js"
import type { PackageIndex } from "../package-index/stage.js"
import { statusOf } from "../package-index/status-stage.js"
import { verify } from "../package-index/verify-stage.js"
import { inWords, reasonOf } from "../pipeline/failure.js"
import { within } from "../pipeline/pipeline.js"
import type { Project } from "../project/project.js"
import { lookAtProject } from "../project/stage.js"
import { publish } from "../upload/publish-stage.js"
import { filesToUpload } from "../upload/upload-refusals.js"
import { parseTag, type Version } from "../version/version.js"
import { type Caller, placesOf } from "./caller-stage.js"
import {
  checkTried,
  onForge,
  promotionPlan,
  promotionReport,
  promotionTitle,
} from "./promotion.js"
import {
  type ReleaseFiles,
  shownFiles,
  signedFiles,
} from "./release-files-stage.js"

/** A promotion as the caller asks for it. */
export interface PromotionRequest
  extends IndexArguments, TriedArguments, GithubArguments {
  readonly index: string
  /** Absent to take the files of the release on GitHub. */
  readonly release: Directory | undefined
  /** Where the files must have been tried; absent for where the tag's environment releases to. */
  readonly testIndex: string | undefined
  /** Why it goes on without the test index. */
  readonly withoutTestIndex: string | undefined
  readonly dryRun: boolean
}

/** A promotion that may begin. */
interface Promotion {
  readonly project: Project
  readonly version: Version
  readonly released: ReleaseFiles
  readonly origin: string
  readonly tried: PackageIndex
  readonly target: PackageIndex
  readonly reason: string | undefined
  readonly dryRun: boolean
}

/** Reads what is to be promoted and opens where it goes, or refuses with all that is wrong. */
async function preparePromotion(
  checkout: Checkout,
  tag: string,
  asked: PromotionRequest,
): Promise<Promotion> {
  const problems = new Problems()
  const parsed = problems.attempt(() => parseTag(tag))
  const place = await locate(checkout, tag)
  const project = await problems.attemptAsync(() => lookAtProject(place))
  const decision =
    parsed && project && problems.attempt(() => decideTag(parsed, project))
  if (decision)
    problems.attempt(() => {
      refusePromotion(decision)
    })
  const version = decision?.version
  const { dryRun, index } = asked
  const [first = TEST_PYPI] = decision ? indexesOf(decision) : []
  const testIndex = asked.testIndex ?? first
  const publishing = project ?? { indexes: [], mirrors: {} }
  const [target, released] = await Promise.all([
    problems.attemptAsync(() =>
      dryRun
        ? openForReading(publishing, index, asked)
        : openTarget(publishing, version, asked),
    ),
    project &&
      version &&
      problems.attemptAsync(() => filesToPromote(project, version, asked)),
  ])
  const tried = await problems.attemptAsync(() =>
    openTried(publishing, testIndex, target, asked),
  )
  const ready = problems.orAll({ project, version, released, tried, target })
  return {
    ...ready,
    target: await foundPages(ready.target),
    origin: asked.release ? "the release directory" : "the GitHub release",
    reason: asked.withoutTestIndex,
    dryRun,
  }
}

async function filesToPromote(
  project: Project,
  version: Version,
  asked: PromotionRequest,
): Promise<ReleaseFiles> {
  if (asked.release) return signedFiles(asked.release, project, version)
  if (!asked.githubRepository && !project.github.repository)
    throw problem(
      "project",
      "it is not known where the files of the release are",
      "Pass the release directory as `--release`, or name the repository of the GitHub release as `--github-repository`.",
    )
  const files = await within(project.limits.stage, DOWNLOAD, () =>
    filesFromGithub(project, version, asked),
  )
  return shownFiles(
    files,
    project,
    version,
    onForge(version, asked, asked.testIndex),
  )
}

const DOWNLOAD = { does: "download the files of the release from GitHub" }

/** Carries the files of a release, and no new build, from the test index to the one that counts. */
export function promote(
  caller: Caller,
  tag: string,
  request: PromotionRequest,
): Promise<string> {
  return inWords(() => carry(caller, tag, request))
}

async function carry(
  caller: Caller,
  tag: string,
  request: PromotionRequest,
): Promise<string> {
  const asked = { ...placesOf(caller), ...request }
  const promotion = await preparePromotion(caller, tag, asked)
  const { dryRun, origin, project, reason, released, target, version } =
    promotion
  const { dist } = released
  const { limits } = project
  const files = () => Promise.resolve(released.files)
  const sought = await soughtBy({ files, project, version })
  const [tried, before] = await Promise.all([
    statusOf(sought, promotion.tried),
    statusOf(sought, target),
  ])
  checkTried(tried, version, reason)
  filesToUpload(before.placed, before.listing, target)
  const plan = promotionPlan(origin, before, tried, reason)
  const title = (outcome: Parameters<typeof promotionTitle>[0]) =>
    promotionTitle(outcome, project.name, version, target)
  if (dryRun)
    return promotionReport(title("Plan of a promotion"), plan, before, [])
  // Said before it is done: what follows can't be taken back.
  console.log(plan)
  const lines: string[] = []
  try {
    const published = await within(
      limits.stage,
      { does: `upload to ${target.name}`, commands: [["twine", "upload"]] },
      () => publish(dist, sought, target, project),
    )
    lines.push(`- publish: ${published.summary}`)
    const verified = await within(
      limits.stage,
      { does: `install from ${target.name}`, commands: project.smoke },
      () => verify(project, dist, sought, target),
    )
    lines.push(`- verify: ${verified.summary}`)
    lines.push(...(verified.remarks ?? []).map((each) => `- ${each}`))
  } catch (error) {
    const { details, summary } = reasonOf(error)
    lines.push(`- failed: ${summary}`, "", details)
    const now = await statusOf(sought, target)
    const report = promotionReport(title("Promotion failed"), plan, now, lines)
    // A heading is one only at the start of a line, and the CLI writes `Error: ` before it.
    throw new Error(`\n\n${report}`)
  }
  const now = await statusOf(sought, target)
  return promotionReport(title("Promotion"), plan, now, lines)
}
