import { problem, Problems } from "../errors.js"
import {
  type DistributionFile,
  isOwnFile,
  isWheel,
  misnamedFiles,
  parseChecksums,
  saidOtherwise,
  shownSize,
  SUMS,
} from "../files/distribution.js"
import { LONGEST_SUMS } from "../forge/forge-refusals.js"
import {
  isComplete,
  names,
  placesTable,
  whyIncomplete,
} from "../package-index/index-state.js"
import type { IndexAddress } from "../package-index/indexes.js"
import { type IndexStatus } from "../package-index/recovery.js"
import { code } from "../text/code.js"
import { type CalledWith, calling, commandLine } from "../text/command-line.js"
import { few } from "../text/few.js"
import type { Version } from "../version/version.js"

/** Where the files of a release lie, and how they are had where these are not whole. */
export interface ReleaseOrigin {
  readonly place: string
  readonly next: string
}

const anew = (tag: string) =>
  `\`dagger call release-directory --tag ${tag} export --wipe --path release\` at the tag's commit`

function inDirectory({ tag }: Version): ReleaseOrigin {
  return {
    place: "the release directory",
    next: `Take the release directory anew: ${anew(tag)}, or the files of the published release.`,
  }
}

/** What is published may be immutable, and only a look at it tells. */
export function onForge(
  { tag }: Version,
  called: CalledWith,
  testIndex?: string,
): ReleaseOrigin {
  const named = testIndex === undefined ? [] : ["index", "--name", testIndex]
  const status = commandLine([...named, "status", "--tag", tag])
  return {
    place: "the release on GitHub",
    next: `\`${calling(called)} ${status}\` prints what completes it, where that can be done. Or build its files: ${anew(tag)}, and run this again with \`--release release\`.`,
  }
}

/** Refuses a release directory whose files are not the ones its SHA256SUMS names, or not this version's; other archives that lie there are no part of what an index gets. */
export function checkRelease(
  files: readonly DistributionFile[],
  sums: string | undefined,
  project: string,
  version: Version,
  others: readonly string[] = [],
  { next, place }: ReleaseOrigin = inDirectory(version),
): void {
  const problems = new Problems()
  const refuse = (what: string) => {
    problems.add("index", what, next)
  }
  if (sums === undefined) refuse(`${place} has no \`${SUMS}\``)
  const stated = parseChecksums(sums ?? "")
  const own = files.map(({ name }) => name)
  // Where one is missing, it may lie there under another project's name.
  const meant = isWhole(own) ? own : [...own, ...others]
  for (const what of misnamedFiles(meant, project, version.pep440))
    refuse(`${place}: ${what}`)
  for (const [one, other] of rivals(own))
    refuse(
      `\`${one}\` and \`${other}\` are two wheels for the same Python, of which installers take the nearer one or the later build, whichever was tried`,
    )
  for (const each of sums === undefined ? [] : files) {
    if (!stated.has(each.name)) refuse(`\`${each.name}\` is not in \`${SUMS}\``)
    for (const what of unlikeStated(each, stated)) refuse(what)
  }
  const stands = (name: string) => isOwnFile(project, name)
  for (const what of lacking([...stated.keys()].filter(stands), own, place))
    refuse(what)
  problems.throwIfAny()
}

/** Refuses what is called SHA256SUMS and is longer than any, before it is read. */
export function refuseLongSums(
  size: number,
  version: Version,
  { next, place }: ReleaseOrigin = inDirectory(version),
): void {
  if (size > LONGEST_SUMS)
    throw problem(
      "index",
      `\`${SUMS}\` of ${place} has ${shownSize(size)}, and none of ours has more than ${shownSize(LONGEST_SUMS)}`,
      next,
    )
}

/** Refuses a release that shows other files than its SHA256SUMS says: people run its install scripts, and where one of its files is gone, somebody took it away or a run ended before it. */
export function checkShown(
  found: ReadonlyMap<string, string>,
  sums: string,
  { next, place }: ReleaseOrigin,
): void {
  const problems = new Problems()
  const stated = parseChecksums(sums)
  for (const [name, sha256] of found)
    for (const what of unlikeStated({ name, sha256 }, stated))
      problems.add("index", `${place}: ${what}`, next)
  for (const what of lacking([...stated.keys()], [...found.keys()], place))
    problems.add("index", what, next)
  problems.throwIfAny()
}

function lacking(
  stated: readonly string[],
  found: readonly string[],
  place: string,
): string[] {
  const has = new Set(found)
  const absent = stated.filter((name) => name !== "" && !has.has(name))
  const are = absent.length === 1 ? "is" : "are"
  return absent.length === 0
    ? []
    : [`${few(absent.map(code))} ${are} in \`${SUMS}\`, but not in ${place}`]
}

function unlikeStated(
  file: Pick<DistributionFile, "name" | "sha256">,
  stated: ReadonlyMap<string, string>,
): string[] {
  const said = saidOtherwise(file, stated)
  return said === undefined
    ? []
    : [
        `\`${file.name}\` has the SHA-256 \`${file.sha256}\`, \`${SUMS}\` says \`${said}\``,
      ]
}

function isWhole(names: readonly string[]): boolean {
  return names.some(isWheel) && !names.every(isWheel)
}

/** Refuses what is no file itself: what it leads to is not taken along. */
export function refuseLinks(links: readonly string[]): void {
  const problems = new Problems()
  if (links.length > 0)
    problems.add(
      "index",
      `the release directory has links in place of files: ${links.map(code).join(", ")}`,
      "Copy the files themselves into a folder (`cp -RL release files`), and name that as `--release`.",
    )
  problems.throwIfAny()
}

/** Wheels of which an installer takes one alone: by its build number (PEP 427), or by a tag that is nearer than one for every platform (PEP 425). Those for a platform each stand beside one another. */
function rivals(names: readonly string[]): [string, string][] {
  const wheels = names.filter(isWheel)
  return wheels.flatMap((one, at) =>
    wheels
      .slice(at + 1)
      .filter((other) => fitTheSame(tagsOf(one), tagsOf(other)))
      .map((other) => [one, other] as [string, string]),
  )
}

interface WheelTags {
  readonly all: string
  readonly majors: readonly string[]
  readonly isForAll: boolean
}

function tagsOf(name: string): WheelTags {
  const tags = name
    .replace(/\.whl$/, "")
    .split("-")
    .slice(-3)
  const [python = "", , platform = ""] = tags
  return {
    all: tags.join("-"),
    majors: python.split(".").map((each) => /\d/.exec(each)?.[0] ?? each),
    isForAll: platform === "any",
  }
}

function fitTheSame(one: WheelTags, other: WheelTags): boolean {
  const isShared = one.majors.some((each) => other.majors.includes(each))
  return one.all === other.all || (isShared && (one.isForAll || other.isForAll))
}

/** Refuses to promote what the test index does not hold byte for byte, unless somebody gave a reason. */
export function checkTried(
  tried: IndexStatus,
  version: Version,
  reason: string | undefined,
): void {
  const { index, listing, placed } = tried
  const problems = new Problems()
  if (reason?.trim() === "")
    problems.add(
      "index",
      "the reason of `--without-test-index` is empty",
      "Say why: the report shows it.",
    )
  if (reason === undefined && !isComplete(placed))
    problems.add(
      "index",
      `${index.name} does not hold the files: ${whyIncomplete(placed, listing) ?? "the files changed"}`,
      `Release \`${version.tag}\` there first; \`--without-test-index "<reason>"\` goes on without it, and the report shows the reason.`,
    )
  problems.throwIfAny()
}

/** What a promotion is about to do, and what of it can't be undone. */
export function promotionPlan(
  origin: string,
  target: IndexStatus,
  tried: IndexStatus,
  reason: string | undefined,
): string {
  const { index, placed } = target
  const absent = placed.filter(({ state }) => state === "absent")
  return [
    `## Plan`,
    `- From: ${origin}, whose files are those of its \`${SUMS}\`.`,
    reason === undefined
      ? `- Tried: ${tried.index.name} holds the same bytes.`
      : `- Not tried on ${tried.index.name}. The reason given: ${reason}`,
    absent.length > 0
      ? `- Upload to ${index.name}: ${names(absent)}.`
      : `- Nothing to upload: ${index.name} holds all files already.`,
    `- Then install from ${index.name}, and run the smoke commands.`,
    absent.length > 0
      ? `- Can't be undone: a name that was once uploaded is given for good. It can be yanked by hand, and be followed by a new version; \`recover\` prints how.`
      : `- Nothing that can't be undone.`,
  ]
    .join("\n")
    .replace("## Plan\n", "## Plan\n\n")
}

/** The whole of a promotion, for the reader. */
export function promotionReport(
  title: string,
  plan: string,
  target: IndexStatus,
  lines: readonly string[],
): string {
  return [
    `# ${title}`,
    plan,
    `## Files for ${target.index.name}\n\n${placesTable(target.placed)}`,
    ...(lines.length > 0 ? [`## What happened\n\n${lines.join("\n")}`] : []),
  ].join("\n\n")
}

export function promotionTitle(
  outcome: "Promotion" | "Promotion failed" | "Plan of a promotion",
  project: string,
  version: Version,
  index: IndexAddress,
): string {
  return `${outcome}: ${project} ${version.pep440} (\`${version.tag}\`) to ${index.name}`
}
