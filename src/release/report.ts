import { type DistributionFile, shownSize } from "../files/distribution.js"
import { lowered } from "../page/markdown.js"
import { type InstallStep, runPage } from "../page/page.js"
import { gantt } from "../pipeline/gantt.js"
import { MARKS } from "../pipeline/marks.js"
import type { StageRecord } from "../pipeline/pipeline.js"
import { stopsRelease } from "../preflight/preflight.js"
import { code } from "../text/code.js"
import { type CalledWith, calling } from "../text/command-line.js"
import { table } from "../text/table.js"
import { tameJson } from "../text/tame.js"
import type { Version } from "../version/version.js"

/** All that a release has to tell: Markdown for people, JSON for machines. */
export interface Report {
  readonly project: string
  readonly version: Version
  /** Where the tag led, and why. */
  readonly environment?: string
  /** True when nothing left the engine. */
  readonly rehearsal: boolean
  /** The package index that the files went to. */
  readonly index: string
  /** What the caller said of where his GitHub is. */
  readonly called?: CalledWith
  /** The repository on GitHub that got the release, if one did. */
  readonly github?: string | undefined
  /** The next step is by hand: PyPI gets what Test PyPI holds now. */
  readonly promotable?: boolean
  /** The index that the files are tried on, as a caller names it, where that is not Test PyPI. */
  readonly testIndex?: string | undefined
  /** What tells a promotion who may read that one. */
  readonly reading?: string
  /** When the first stage could start (ISO 8601). */
  readonly started: string
  /** How people get what was released. */
  readonly install: readonly InstallStep[]
  readonly stages: readonly StageRecord[]
  readonly files: readonly DistributionFile[]
  readonly notes: string
  readonly remarks: readonly string[]
}

export function hasFailed(report: Pick<Report, "stages">): boolean {
  return report.stages.some(({ outcome }) => outcome === "failed")
}

/** A line of the table as soon as it is known, for whoever watches. */
export function progressLine({ name, outcome, summary }: StageRecord): string {
  return `${MARKS[outcome]}: ${name}: ${summary}`
}

/** The report in Markdown; its first line says whether anything left the engine. */
export function markdownReport(report: Report): string {
  return written(report, [])
}

/** The same for where diagrams are drawn, with the time line. */
export function drawnReport(report: Report): string {
  return written(report, timeLine(report.stages))
}

/** The same on a page of its own. */
export function pageReport(report: Report): string {
  const { environment, files, install, notes, remarks, stages } = report
  return runPage({
    title: `${report.project} ${report.version.pep440}`,
    headline: headline(report),
    failed: hasFailed(report),
    environment,
    facts: facts(report),
    install,
    stages,
    files,
    comparison: comparisonOf(stages),
    remarks,
    notes,
    next: nextStep(report),
  })
}

function written(report: Report, more: readonly string[]): string {
  return [
    `# ${headline(report)}`,
    ...(report.environment === undefined ? [] : [report.environment]),
    stageTable(report.stages),
    ...more,
    ...failures(report.stages),
    ...comparisons(report.stages),
    ...uploads(report.stages),
    ...fileTable(report),
    ...remarks(report.remarks),
    ...notes(report),
    nextStep(report),
  ].join("\n\n")
}

/** The same report for machines. */
export function jsonReport(report: Report): string {
  return tameJson({ ...report, failed: hasFailed(report) })
}

function headline(report: Report): string {
  const { github, index, project, rehearsal, version } = report
  const where = github ? `${index} and GitHub (${github})` : index
  const what = `${project} ${version.pep440} (\`${version.tag}\`)`
  const failed = hasFailed(report) ? " failed" : ""
  return rehearsal
    ? `Rehearsal${failed}: ${what}, nothing left the engine`
    : `Release${failed}: ${what} to ${where}`
}

function facts({ github, index, started, version }: Report) {
  return [
    ["Tag", `\`${version.tag}\``],
    ["Index", index],
    ...(github === undefined ? [] : ([["GitHub", github]] as const)),
    ["Began", `${started.slice(0, 16).replace("T", " ")} UTC`],
  ] as const
}

export function stageTable(stages: readonly StageRecord[]): string {
  return table(
    ["Stage", "Outcome", "Time", "What happened"],
    stages.map(({ name, outcome, seconds, summary }) => [
      name,
      MARKS[outcome],
      outcome === "blocked" ? "" : `${seconds.toFixed(1)} s`,
      summary,
    ]),
  )
}

export function failures(stages: readonly StageRecord[]): string[] {
  return stages
    .filter(({ details, outcome }) => outcome === "failed" && details)
    .map(({ details, name }) => `## ${name} failed\n\n${details ?? ""}`)
}

/** When each stage ran, for whom that matters. */
export function timeLine(stages: readonly StageRecord[]): string[] {
  return [
    "<details>\n<summary>Time line; marked is the longest chain</summary>",
    `\`\`\`mermaid\n${gantt(stages)}\n\`\`\``,
    "</details>",
  ]
}

/** What is not as it was in the last release. */
export function comparisons(stages: readonly StageRecord[]): string[] {
  const details = comparisonOf(stages)
  return details === "" ? [] : [`## What changed\n\n${details}`]
}

/** The words of the comparison, if there was one. */
export function comparisonOf(stages: readonly StageRecord[]): string {
  return passedDetails("compare", stages)
}

function passedDetails(wanted: string, stages: readonly StageRecord[]): string {
  const found = stages.find(
    ({ name, outcome }) => name === wanted && outcome === "passed",
  )
  return found?.details ?? ""
}

/** Every attempt of every file. */
function uploads(stages: readonly StageRecord[]): string[] {
  const details = passedDetails("publish", stages)
  return details === "" ? [] : [`## Uploads\n\n${details}`]
}

function fileTable({ files, index }: Report): string[] {
  if (files.length === 0) return []
  const rows = files.map(({ name, sha256, size }) => [
    code(name),
    shownSize(size),
    `\`${sha256}\``,
  ])
  return [`## Files for ${index}`, table(["File", "Size", "SHA-256"], rows)]
}

export function remarks(lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  return ["## Remarks", lines.map((line) => `- ${line}`).join("\n")]
}

function notes({ notes: text }: Report): string[] {
  return text ? [`## Release notes\n\n${lowered(text)}`] : []
}

function nextStep(report: Report): string {
  const { called, rehearsal, version } = report
  if (hasFailed(report))
    return "Next: mend what failed and run the same command again; what passed is kept and takes no time."
  const first = report.remarks.some(stopsRelease)
    ? "mend what a release would stop at, as the remarks say; then "
    : ""
  return rehearsal
    ? `Next: ${first}the files are \`${calling(called)} release-directory --tag ${version.tag} export --wipe --path release\`; ${publishing(report)}.`
    : `Next: the files are on ${report.index} and install from there.${promotion(report)}`
}

function publishing({ testIndex }: Report): string {
  return testIndex === undefined
    ? "with `--test-pypi-token` the same command publishes to Test PyPI"
    : `with \`--index-password\` the same command publishes to ${testIndex}`
}

function promotion(report: Report): string {
  const { called, github, promotable, reading = "", testIndex } = report
  const { tag } = report.version
  if (!promotable) return ""
  const tried =
    testIndex === undefined ? "" : ` --test-index ${testIndex}${reading}`
  const command = `promote --tag ${tag}${tried}`
  const how = github
    ? `\`${calling({ ...called, githubRepository: github })} ${command} --pypi-token env://PYPI_API_TOKEN\``
    : `\`${calling(called)} release-directory --tag ${tag} export --wipe --path release\`, then \`dagger call ${command} --release release --pypi-token env://PYPI_API_TOKEN\``
  return ` When they are good, the same bytes go to PyPI: ${how}.`
}
