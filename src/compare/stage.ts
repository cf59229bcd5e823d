import { posix } from "node:path"

import type { Container, Directory } from "@dagger.io/dagger"

import type { CompareSettings } from "../config/compare-config.js"
import { limited } from "../containers/commands.js"
import { toolsContainer } from "../containers/images.js"
import { withPrograms } from "../containers/programs.js"
import { isDistribution, wheelsFirst } from "../files/distribution.js"
import { FACTS, parseFacts } from "../files/facts.js"
import { commitToBuild, sourceEpoch, tagsOf } from "../git/stage.js"
import { StageFailure } from "../pipeline/failure.js"
import type { Finding, Work } from "../pipeline/pipeline.js"
import type { Version } from "../version/version.js"
import { isStranger, parseAbout } from "./about.js"
import { parseApi } from "./api.js"
import { compareReleases, type Comparison, type Side } from "./comparison.js"
import {
  comparisonMarkdown,
  comparisonSummary,
  verdictMarkdown,
} from "./comparison-report.js"
import { askAhead, type Earlier } from "./earlier-stage.js"
import { type Helpful, readHelp } from "./options-stage.js"
import { isPrerelease, trialOf, whyUnread } from "./predecessor.js"
import {
  earlierOf,
  findPredecessors,
  type Following,
  type Predecessor,
} from "./predecessor-stage.js"
import type { DatedRelease } from "./scheme.js"
import { judgeVersion, type VersionVerdict } from "./version-check.js"
import { auditBoth, type Audited } from "./vulnerabilities-stage.js"

/** What the comparison works on. */
export interface CompareInput extends Following {
  readonly project: Following["project"] &
    Helpful &
    Audited & {
      readonly comparing: CompareSettings
    }
  readonly dist: () => Promise<Directory>
  /** What is said of the release, of a tag. */
  readonly notes?: () => Promise<{ readonly text: string }>
}

export function compareWork(input: CompareInput): Work {
  const earlier = earlierOf(input)
  return {
    plan: {
      does: "the files, the metadata, the Python API, the commands and their options, held against the last release",
    },
    begin: () => askAhead(earlier, input.version?.pep440),
    run: () => compare(input, earlier),
  }
}

/** What a comparison with what there was before gave. */
export interface ComparedWithLast {
  readonly comparisons: readonly Comparison[]
  /** Every version that the index has. */
  readonly known: readonly string[]
  /** On which day each came, where the index tells. */
  readonly dated: readonly DatedRelease[]
  /** Why not more was compared. */
  readonly why: readonly string[]
  /** There may be an earlier release all the same. */
  readonly unanswered: boolean
}

/** Compares the built files with the releases that they follow on. */
export async function compareWithLast(
  input: CompareInput,
  earlier: Earlier = earlierOf(input),
): Promise<ComparedWithLast> {
  const dist = await input.dist()
  const about = await describe(input, dist)
  const {
    dated = [],
    found,
    known = [],
    unanswered = false,
    why,
  } = await findPredecessors(
    input,
    earlier,
    about.map(({ name }) => name),
    async (theirs) => {
      const [before] = await describe(input, theirs)
      const [after] = about
      return !(before && after && isStranger(before, after))
    },
  )
  const version = input.version?.pep440 ?? about[0]?.version ?? ""
  const unread: string[] = []
  const comparisons = await Promise.all(
    found.map((each) =>
      compareWith(input, each, dist, { version, about }).catch(
        (error: unknown) => {
          // Nobody can change a release that is out, so that it must not stop those after it.
          unread.push(
            `${each.version}, from ${each.origin}, can't be compared: ${whyUnread(error)}`,
          )
          return undefined
        },
      ),
    ),
  )
  return {
    comparisons: comparisons.filter((each) => each !== undefined),
    ...{ known, dated, unanswered },
    why: [...why, ...unread],
  }
}

/** Compares the built files with the release before them, or says why there is none. */
async function compare(
  input: CompareInput,
  earlier: Earlier,
): Promise<Finding> {
  const { project } = input
  const compared = await compareWithLast(input, earlier)
  const { comparisons, why } = compared
  if (comparisons.length === 0) return nothing(input, compared)
  const verdict = await judged(input, compared)
  const problems = verdict?.problems ?? []
  const details = [
    ...(verdict ? [verdictMarkdown(verdict)] : []),
    ...comparisons.map(
      (each) =>
        `### Since ${each.before}\n\n${comparisonMarkdown(each, verdict?.noted)}`,
    ),
  ].join("\n\n")
  if (project.comparing.versionCheck === "fail" && problems.length > 0)
    throw new StageFailure(problems.join("; "), `${details}\n\n${MEANT}`)
  return {
    summary: comparisons.map(comparisonSummary).join("; "),
    details,
    remarks: [...problems, ...why].map((each) => `compare: ${each}`),
    data: { comparisons, verdict },
  }
}

const MEANT =
  'Tag a version that fits. A break that is meant is named under "Breaking" or "Removed" in the changelog, or with its reason in `breaks` of `[tool.shipwheel.compare]`.'

/** Of a release, by what changed since the last final one. */
async function judged(
  input: CompareInput,
  { comparisons, dated, known }: ComparedWithLast,
): Promise<VersionVerdict | undefined> {
  const { notes, project, version } = input
  const final = comparisons.find(({ before }) => !isPrerelease(before))
  if (!version || !final || project.comparing.versionCheck === "off")
    return undefined
  const [text, laterTrial] = await Promise.all([
    notes?.().then((found) => found.text) ?? "",
    findLaterTrial(input, version),
  ])
  const said = { version: version.pep440, notes: text, laterTrial }
  return judgeVersion(final, { ...said, known, dated }, project.comparing)
}

/** The newest prerelease of a final version, where its commit is the later one. */
async function findLaterTrial(
  { place, project: { mirrors } }: CompareInput,
  version: Version,
): Promise<string | undefined> {
  const trial = trialOf(version, await tagsOf(place))
  if (trial === undefined) return undefined
  const [final, tried] = await Promise.all(
    [version.tag, trial].map(async (tag) =>
      sourceEpoch(place, await commitToBuild(place, tag), mirrors),
    ),
  )
  return (tried ?? 0) > (final ?? 0) ? trial : undefined
}

async function compareWith(
  input: CompareInput,
  { dist: theirs, origin, version }: Predecessor,
  ours: Directory,
  after: Omit<Side, "archives">,
): Promise<Comparison> {
  const about = describe(input, theirs)
  const [old, now, api, help, audited] = await Promise.all([
    archivesOf(input, theirs, "--released"),
    archivesOf(input, ours),
    apiOf(input, theirs, ours),
    about.then((each) =>
      readHelp(
        input.project,
        { dist: theirs, about: each },
        { dist: ours, about: after.about },
      ),
    ),
    about.then((each) => auditBoth(input.project, each, after.about)),
  ])
  return compareReleases(
    origin,
    { version, archives: old, about: await about },
    { ...after, archives: now },
    { api, audited, help },
    input.project.comparing.ignore,
  )
}

/** Nobody may read silence as a pass; who asks for a check does not get a release without one, unless there is nothing before it. */
function nothing(
  { project, version }: CompareInput,
  { unanswered, why }: ComparedWithLast,
): Finding {
  const summary = `nothing to compare with: ${why.join("; ")}`
  const asked = version && project.comparing.versionCheck === "fail"
  if (asked && unanswered) throw new StageFailure(summary, UNCHECKED)
  return { skipped: true, summary, remarks: [`compare: ${summary}`] }
}

const UNCHECKED =
  '`version-check = "fail"` in `[tool.shipwheel.compare]` asks for a comparison, and an earlier release may be there. Run this again once what did not answer does; `skip = { compare = "..." }` in `[tool.shipwheel]` says why this one goes without.'

async function archivesOf(
  input: CompareInput,
  dist: Directory,
  ...options: readonly string[]
) {
  const args = [...options, "/dist"]
  const printed = await ask(input, { "/dist": dist }, FACTS, args)
  return parseFacts(printed).files
}

/** What the files say of themselves, the wheel's first. */
async function describe(input: CompareInput, dist: Directory) {
  const names = await namesIn(dist)
  if (names.length === 0) return []
  const paths = names.map((name) => `/dist/${name}`)
  const printed = await ask(input, { "/dist": dist }, ABOUT, paths)
  return parseAbout(printed)
}

/** Of a wheel if there is one: what an sdist shows depends on how it is built. */
async function apiOf(input: CompareInput, before: Directory, after: Directory) {
  const [[old], [now]] = await Promise.all([namesIn(before), namesIn(after)])
  if (old === undefined || now === undefined) return undefined
  const printed = await ask(
    input,
    { "/before": before, "/after": after },
    API,
    [`/before/${old}`, `/after/${now}`],
  )
  return parseApi(printed)
}

async function namesIn(dist: Directory): Promise<string[]> {
  return (await dist.entries()).filter(isDistribution).sort(wheelsFirst)
}

const ABOUT = ["compare/about.py"]

/** The program that compares two, and what it imports. */
const API = [
  "compare/api.py",
  "compare/api_added.py",
  "compare/api_bases.py",
  "compare/api_calls.py",
  "compare/api_deprecated.py",
  "compare/api_given.py",
  "compare/api_names.py",
  "compare/api_package.py",
  "compare/api_told.py",
  "compare/api_tree.py",
]

/** What a program of ours, the first, prints of files, which it reads and never runs. */
function ask(
  { project: { limits, mirrors } }: CompareInput,
  folders: Readonly<Record<string, Directory>>,
  programs: readonly string[],
  args: readonly string[],
): Promise<string> {
  const mounted = Object.entries(folders).reduce<Container>(
    (each, [place, folder]) => each.withMountedDirectory(place, folder),
    withPrograms(toolsContainer(mirrors), programs),
  )
  const [program = ""] = programs
  const command = ["python", `/${posix.basename(program)}`, ...args]
  return mounted.withExec(limited(command, limits, "compare")).stdout()
}
