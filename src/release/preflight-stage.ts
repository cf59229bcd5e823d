import { LIMITS } from "../config/limits.js"
import { type Decision, titleOf } from "../environments/decision.js"
import type { Environment } from "../environments/environments.js"
import { problem, Problems } from "../errors.js"
import type { Forge } from "../forge/forge.js"
import {
  elsewhere,
  type GithubArguments,
  type Hosted,
  openGithub,
  openRepository,
} from "../forge/forge-access-stage.js"
import { apiOf } from "../forge/forge-refusals.js"
import { lookAhead } from "../forge/forge-release.js"
import { beginFrontends } from "../frontend/stage.js"
import type { Checkout } from "../git/stage.js"
import {
  type IndexArguments,
  isRehearsal,
  withIndex,
} from "../package-index/arguments-stage.js"
import { isAddress } from "../package-index/indexes.js"
import { refuseSimilar } from "../package-index/name-stage.js"
import {
  foundPages,
  openForReading,
  openTarget,
} from "../package-index/open-stage.js"
import { rehearsalIndex } from "../package-index/rehearsal-stage.js"
import type { PackageIndex } from "../package-index/stage.js"
import { within } from "../pipeline/pipeline.js"
import { look, type Seen } from "../preflight/seen-stage.js"
import type { Project } from "../project/project.js"
import { signingRemarks } from "../signature/signature.js"
import { checkSigning, type SigningArguments } from "../signature/stage.js"
import type { Version } from "../version/version.js"
import { type Attached, foreseen } from "./asset-names.js"
import { checkAttached } from "./extras-stage.js"
import {
  type CallerAccess,
  type TaggedSubject,
  taggedSubject,
} from "./subject-stage.js"

/** A project that is fit to be released, and what there is to say of it. */
export interface Prepared extends TaggedSubject {
  readonly remarks: readonly string[]
}

/** A release that may begin. */
export interface Opened {
  readonly prepared: Prepared
  readonly index: PackageIndex
  /** Where it is announced, or why nowhere. */
  readonly github: Forge | { readonly skip: string }
}

const NO_TOKEN = {
  skip: "no `--github-token`: `release-directory` writes the files",
}

const NO_REPOSITORY = {
  skip: "no repository on GitHub is known: `--github-repository` names it",
}

/** Looks at everything that can be known before a container starts, or refuses with all that is wrong. */
export async function prepare(
  place: Checkout,
  tag: string,
  rehearsal: boolean,
  to: CallerAccess = {},
): Promise<Prepared> {
  const problems = new Problems()
  const seen = await lookAt(place, tag, to, () => rehearsal, problems)
  await canSign(seen, to, false, problems)
  return ready(seen, problems, to)
}

/** The same for a plan; a release to an index of the world is announced where that is known. */
export async function preparePlan(
  place: Checkout,
  tag: string,
  to: GithubArguments & SigningArguments,
  option?: string,
): Promise<Opened> {
  const prepared = await prepare(place, tag, true, to)
  const { project } = prepared
  if (option === undefined || isRehearsal({ index: option })) {
    const index = rehearsalIndex(project.mirrors)
    return { prepared, index, github: NO_TOKEN }
  }
  const index = await openForReading(project, option, {})
  const github = await announcedOn(project, to)
  return { prepared, index, github }
}

/** Nothing is wrong with a release to an index where none could be made on GitHub: nobody has shown a token for that. */
async function announcedOn(
  hosted: Hosted,
  to: GithubArguments,
): Promise<Opened["github"]> {
  const { github: named } = hosted
  if ((to.githubRepository ?? named.repository) === undefined)
    return NO_REPOSITORY
  const host = elsewhere(named, to)
  if (host !== undefined)
    return { skip: `the repository is at \`${host}\`: ${apiOf(host)}` }
  return openRepository(hosted, { ...to, githubToken: undefined })
}

/** The same for a release: what is wrong with where it goes, or with a credential for it, is told along with the rest. */
export async function prepareRelease(
  place: Checkout,
  tag: string,
  to: CallerAccess,
  begin: typeof beginFrontends = beginFrontends,
): Promise<Opened> {
  const problems = new Problems()
  const announced = (environment: Environment | undefined) =>
    environment?.github !== false && to.githubToken !== undefined
  const rehearsal = (environment: Environment | undefined) =>
    isRehearsal(to) && !announced(environment)
  const seen = await lookAt(place, tag, to, rehearsal, problems, (...asked) => {
    void begin(...asked)
  })
  const index = await target(seen, to, problems)
  const github = announced(seen.decision?.environment)
    ? await announce(seen, to, problems, true)
    : NO_TOKEN
  await canSign(seen, to, !("skip" in (github ?? NO_TOKEN)), problems)
  const prepared = ready(seen, problems, to)
  const opened = problems.orAll({ index, github })
  return { prepared, ...opened, index: await foundPages(opened.index) }
}

/** The same for a release on GitHub alone. */
export async function prepareAnnouncement(
  place: Checkout,
  tag: string,
  to: GithubArguments & SigningArguments,
): Promise<{ prepared: Prepared; github: Forge }> {
  const problems = new Problems()
  const seen = await lookAt(place, tag, to, () => false, problems)
  const { decision } = seen
  if (decision && !decision.environment.github) throw notAnnounced(decision)
  const github = await announce(seen, to, problems, false)
  await canSign(seen, to, true, problems)
  const prepared = ready(seen, problems, to)
  return { prepared, ...problems.orAll({ github }) }
}

/** Looks at the project, and at the files that are attached to its release. */
async function lookAt(
  place: Checkout,
  tag: string,
  to: CallerAccess,
  isRehearsal: (environment: Environment | undefined) => boolean,
  problems: Problems,
  begin?: (place: Checkout, project: Project) => void,
): Promise<Seen> {
  const seen = await look(place, tag, isRehearsal, problems, begin)
  const remarks = await checkAttached(seen, to, problems)
  return { ...seen, remarks: [...seen.remarks, ...remarks] }
}

/** Opens the index; a name that an unreadable project may have configured is no problem of its own. */
async function target(
  { decision, project, version }: Seen,
  to: IndexArguments,
  problems: Problems,
): Promise<PackageIndex | undefined> {
  if (!project && !isAddress(to.index)) return undefined
  const publishing = project ?? { indexes: [], mirrors: {} }
  const there = withIndex(to, decision?.environment)
  return problems.attemptAsync(async () => {
    const index = await openTarget(publishing, version, there)
    if (project) await refuseSimilar(index, project.name)
    return index
  })
}

/** Opens GitHub, and looks at what it has of the release; an unreadable project may name the repository, so that is no problem of its own. */
async function announce(
  { commit, project, version }: Seen,
  to: GithubArguments,
  problems: Problems,
  recorded: boolean,
): Promise<Forge | undefined> {
  if (!project && to.githubRepository === undefined) return undefined
  const { stage } = project?.limits ?? LIMITS
  const does = "ask GitHub whether a release can be made there"
  return problems.attemptAsync(() =>
    within(stage, { does }, async () => {
      const tagged = version && { version, commit }
      const github = await openGithub(project ?? { github: {} }, to, tagged)
      if (project && version)
        await lookAtRelease(github, project, version, recorded)
      return github
    }),
  )
}

async function lookAtRelease(
  github: Forge,
  project: Attached,
  version: Version,
  recorded: boolean,
): Promise<void> {
  // What is wrong with the names is told of the configuration.
  const names = new Problems().attempt(() =>
    foreseen(project, version, recorded),
  )
  if (names) await lookAhead(github, version.tag, names)
}

async function canSign(
  { project }: Seen,
  to: SigningArguments,
  isAnnounced: boolean,
  problems: Problems,
): Promise<void> {
  if (project) await checkSigning(project, to, isAnnounced, problems)
}

function notAnnounced(decision: Decision): Error {
  return problem(
    "tag",
    `\`${decision.version?.tag ?? ""}\` leads to ${titleOf(decision)}, which has no release on GitHub`,
    "`release` publishes it to its index; `tool.shipwheel.environments` says what is announced.",
  )
}

/** What is fit to be released, or a refusal with all that is wrong. */
function ready(
  { commit, place, remarks, ...seen }: Seen,
  problems: Problems,
  to: CallerAccess = {},
): Prepared {
  const { decision, notes, project } = problems.orAll({
    decision: seen.decision,
    notes: seen.notes,
    project: seen.project,
  })
  const known = {
    commit: () => Promise.resolve(commit),
    notes: () => Promise.resolve(notes),
    to,
  }
  const { publicKey } = project
  const isGiven = to.signingKey !== undefined
  return {
    ...taggedSubject(place, project, decision, known),
    remarks: [...remarks, ...signingRemarks({ publicKey, isGiven })],
  }
}
