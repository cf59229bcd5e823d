import type { Directory } from "@dagger.io/dagger"

import { PYPI, REHEARSAL } from "../config/index-names.js"
import { indexesOf } from "../environments/decision.js"
import { problem } from "../errors.js"
import type { DistributionFile } from "../files/distribution.js"
import type { GithubArguments } from "../forge/forge-access-stage.js"
import { publicRelease } from "../forge/forge-files-stage.js"
import type { Checkout } from "../git/stage.js"
import type { AskedVersion } from "../next/asked.js"
import { nextReport } from "../next/next-report.js"
import { findNext } from "../next/stage.js"
import type { IndexArguments } from "../package-index/arguments-stage.js"
import { soughtBy } from "../package-index/listing-stage.js"
import type { OnGithub } from "../package-index/on-github.js"
import {
  openAllForReading,
  openForReading,
} from "../package-index/open-stage.js"
import { type IndexStatus, recoverySteps } from "../package-index/recovery.js"
import { rehearsalIndex } from "../package-index/rehearsal-stage.js"
import {
  type Environs,
  isAnnouncedNext,
  nextUpload,
  statusReport,
} from "../package-index/release-status.js"
import { readStatus } from "../package-index/status-stage.js"
import { verifyWork } from "../package-index/verify-stage.js"
import { textPage } from "../page/page.js"
import { reasonOf } from "../pipeline/failure.js"
import { type Finding, within, type Work } from "../pipeline/pipeline.js"
import type { Project } from "../project/project.js"
import { tameJson } from "../text/tame.js"
import { publishWork } from "../upload/publish-stage.js"
import { filesToUpload } from "../upload/upload-refusals.js"
import { ownVersions } from "../version/tag-owner.js"
import { onGithub } from "./announced.js"
import { prepare, prepareRelease } from "./preflight-stage.js"
import { inForm, type ReportFormat } from "./report-format.js"
import { type GateName, gateWork } from "./stages.js"
import {
  type Subject,
  type TaggedSubject,
  withRelease,
} from "./subject-stage.js"

/** Does the work of a stage by itself, and says all that came of it. */
export async function done(
  work: Work,
  project: Pick<Project, "limits">,
): Promise<string> {
  return said(await finding(work, project))
}

function said({ details, remarks = [], summary }: Finding): string {
  const lines = remarks.map((each) => `- ${each}`).join("\n")
  return [summary, details, lines].filter(Boolean).join("\n\n")
}

/** The same, for who says it otherwise. */
export async function finding(
  work: Work,
  { limits }: Pick<Project, "limits">,
): Promise<Finding> {
  if (work.skip !== undefined) return { summary: work.skip, skipped: true }
  return within(limits.stage, work.plan, work.run)
}

/** Runs one gate. */
export async function gate(
  name: GateName,
  subject: Promise<Subject>,
): Promise<string> {
  const { project } = await subject
  return done(gateWork(name, await subject), project)
}

/** The comparison with the last release, in the form that is asked for. */
export async function comparison(
  subject: Promise<Subject>,
  format: ReportFormat,
): Promise<string> {
  const { project } = await subject
  const work = gateWork("compare", await subject)
  const found = await finding(work, project)
  return inForm(format, {
    markdown: () => said(found),
    json: () => tameJson(found),
    html: () => textPage(`# ${project.name}: what changed\n\n${said(found)}`),
  })
}

/** Which version comes next, in the form that is asked for. */
export async function next(
  subject: Promise<Subject>,
  asked: AskedVersion,
  format: ReportFormat,
): Promise<string> {
  const { project } = await subject
  const does = "compare the project with its last release"
  const found = await within(project.limits.stage, { does }, async () =>
    findNext(await subject, asked),
  )
  return inForm(format, {
    markdown: () => nextReport(found),
    json: () => tameJson(found),
  })
}

/** The same for the server: who asks for it by name is told how to have one. */
export async function serve(subject: Promise<Subject>): Promise<string> {
  const { project } = await subject
  if (project.gates.serve) return gate("serve", subject)
  throw problem(
    "configuration",
    "no server is named in `tool.shipwheel.serve`",
    'Name it: `serve = { command = ["quayside", "serve"], port = 8000 }`.',
  )
}

/** Uploads without the gates before it, and never without the preflight; with neither an index nor a credential, to one to rehearse on. */
export async function publish(
  place: Checkout,
  tag: string,
  args: IndexArguments,
  release?: Directory,
): Promise<string> {
  // Of files that are there already nothing is built.
  const begin = release && (() => Promise.resolve())
  const { index, prepared } = await prepareRelease(place, tag, args, begin)
  const subject = await withRelease(prepared, release)
  return done(publishWork({ ...subject, index }), prepared.project)
}

/** Installs what was published, without the upload before it; where no index is named, on one to rehearse on. */
export async function verify(
  subject: Promise<TaggedSubject>,
  args: IndexArguments = {},
): Promise<string> {
  const { project } = await subject
  const index =
    args.index === undefined
      ? rehearsalIndex(project.mirrors)
      : await openForReading(project, args.index, args)
  const published = { ...(await subject), index }
  if (index.rehearsal) await done(publishWork(published), project)
  return done(verifyWork(published), project)
}

/** Says where a release stands on each index that it goes through, or on the one that is named, and on GitHub. */
export async function status(
  subject: Promise<TaggedSubject>,
  args: IndexArguments & GithubArguments,
  origin = "the files that this source builds",
): Promise<string> {
  const { decision, project, version } = await subject
  const does = "compare what is out with the files of the release"
  const { github, statuses } = await whatIsOut(await subject, args, does)
  const { index } = decision.environment
  const environs = {
    index,
    variable: variableOf(index, project),
    indexUser: args.indexUser,
    called: args,
    github,
  }
  const refused = await refusedNow(await subject, statuses, environs)
  return statusReport(
    project.name,
    version,
    origin,
    statuses,
    refused,
    environs,
  )
}

/** What each index and GitHub hold of a release. */
async function whatIsOut(
  subject: TaggedSubject,
  args: IndexArguments & GithubArguments,
  does: string,
) {
  return within(subject.project.limits.stage, { does }, async () => {
    const indexes = await openAll(subject, args)
    const sought = await soughtBy(subject)
    const [statuses, github] = await Promise.all([
      readStatus(sought, indexes),
      announcedAt(subject, sought.files, args),
    ])
    return { github, statuses }
  })
}

/** What is seen of the release where its environment announces it, if that is known. */
async function announcedAt(
  { decision, project, version }: TaggedSubject,
  files: readonly DistributionFile[],
  args: GithubArguments,
): Promise<OnGithub | undefined> {
  const repository = args.githubRepository ?? project.github.repository
  if (!decision.environment.github || repository === undefined) return undefined
  return onGithub(await publicRelease(project, version, args), files)
}

/** What the next command would stop at before it uploads anything; a promotion takes files as they are. */
async function refusedNow(
  { place, version }: TaggedSubject,
  statuses: readonly IndexStatus[],
  environs: Environs,
): Promise<string | undefined> {
  const upload = nextUpload(version, statuses)
  const announces = isAnnouncedNext(version, statuses, environs)
  try {
    if (upload && !announces)
      filesToUpload(upload.placed, upload.listing, upload.index, version.tag)
    if (announces || (upload && upload.index.option !== PYPI))
      await prepare(place, version.tag, upload?.index.option === REHEARSAL)
    return undefined
  } catch (error) {
    const { details, summary } = reasonOf(error)
    return details.startsWith(summary) ? details : `${summary}\n\n${details}`
  }
}

/** Says how to take back what they hold; nothing is built for it. */
export async function recover(
  subject: Promise<TaggedSubject>,
  args: IndexArguments & GithubArguments,
): Promise<string> {
  const { decision, place, project, version } = await subject
  const files = () => Promise.resolve([])
  const sought = { ...(await subject), files }
  const { github, statuses } = await whatIsOut(sought, args, "read what is out")
  const option = decision.environment.index
  const variable = variableOf(option, project)
  return recoverySteps(project.name, version, statuses, {
    index: option === undefined ? undefined : { option, variable },
    indexUser: args.indexUser,
    called: args,
    github,
    tagged: ownVersions(project.tagging.prefix, place.tags).flat(),
    isUntagged: !place.tags.includes(version.tag),
  })
}

function variableOf(
  option: string | undefined,
  { indexes }: Pick<Project, "indexes">,
) {
  return indexes.find(({ name }) => name === option)?.variable
}

function openAll({ decision, project }: TaggedSubject, args: IndexArguments) {
  const options = args.index === undefined ? indexesOf(decision) : [args.index]
  return openAllForReading(project, options, args)
}
