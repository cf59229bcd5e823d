import { BREAKING_SECTION } from "../compare/acknowledged.js"
import { type Change, type ChangeLevel, LEVELS } from "../compare/change.js"
import type { Comparison } from "../compare/comparison.js"
import { byName } from "../compare/named.js"
import { sentencesOf } from "../compare/sentences.js"
import type { Changelog } from "../notes/changelog.js"
import {
  changelogSections,
  pendingSection,
} from "../notes/changelog-sections.js"
import type { CommitKind } from "../notes/commits.js"
import { labelsIn } from "../notes/labels.js"
import { outlineChangelog } from "../notes/sections.js"

/** What something says of the next version, and by what. */
export interface Evidence {
  /** Where it is from, in words. */
  readonly from: string
  readonly level: ChangeLevel
  readonly what: readonly string[]
}

/** By level, the highest first; without what says nothing. */
function told(
  from: string,
  said: readonly (readonly [level: ChangeLevel, what: string])[],
): Evidence[] {
  return [...LEVELS].reverse().flatMap((level) => {
    const what = said.flatMap(([each, words]) =>
      each === level ? [words] : [],
    )
    return what.length > 0 ? [{ from, level, what: [...new Set(what)] }] : []
  })
}

/** What changed since the last final release; breaks that have a reason ask for nothing. */
export function comparedEvidence(
  { before, changes, origin }: Comparison,
  breaks: ReadonlyMap<string, string>,
): Evidence[] {
  const sure = changes.filter(({ doubtful }) => !doubtful)
  const { others } = byName(sure.filter(isBreaking), breaks)
  const counted = [...others, ...sure.filter((each) => !isBreaking(each))]
  return told(
    `the comparison with ${before} (${origin})`,
    LEVELS.flatMap((level) =>
      sentencesOf(counted.filter((each) => each.level === level)).map(
        (words) => [level, words] as const,
      ),
    ),
  )
}

function isBreaking({ level }: Change): boolean {
  return level === "breaking"
}

/** Keep a Changelog's words, and others that people use; Semantic Versioning counts a deprecation among the features. */
const FEATURE =
  /\b(?:add(?:ed|itions?)|new|features?|enhancements?|changed|deprecat(?:ed|es?|ions?)|minor)\b/i
const BREAKING = /\b(?:breaking|removal|backward|major)\b/i

function levelOfWord(word: string): ChangeLevel {
  if (BREAKING.test(word) || BREAKING_SECTION.test(word)) return "breaking"
  return FEATURE.test(word) ? "feature" : "fix"
}

const BREAKING_LINE =
  /^\s*[-*+]?\s*[*_]*\W?(?:breaking|removed|(?:backwards?[- ])?incompatible)\b/i

/** The sections and labelled lists under what is unreleased, those with something in them; and lines that begin with a break. */
export function changelogEvidence(changelog: Changelog): Evidence[] {
  const { outline, sections } = changelogSections(changelog)
  const pending = pendingSection(sections)
  if (!pending) return []
  const { end, heading } = pending
  const { lines } = outline
  const headings = [...outline.headings, ...labelsIn(outline)].sort(
    (one, other) => one.at - other.at,
  )
  const inside = headings.filter(({ at }) => at >= heading.from && at < end)
  const said = inside.flatMap(({ at, from, text }) => {
    const next = headings.find((each) => each.at > at)?.at ?? end
    const body = lines.slice(from, Math.min(next, end)).join("").trim()
    return body === "" ? [] : [[levelOfWord(text), `\`${text}\``] as const]
  })
  const broken = lines
    .slice(heading.from, end)
    .filter((line) => BREAKING_LINE.test(line))
    .filter((line) => !inside.some(({ text }) => line.includes(text)))
    .map(
      (line) => ["breaking", line.replace(/^\s*[-*+]\s+/, "").trim()] as const,
    )
  return told(`\`${heading.text}\` in \`${changelog.path}\``, [
    ...said,
    ...broken,
  ])
}

/** Something that people wrote of a change, and nobody collected yet. */
export interface Fragment {
  readonly path: string
  readonly text: string
}

/** By towncrier's types in their names, scriv's categories in them, or the bumps at the head of changesets. */
export function fragmentEvidence(fragments: readonly Fragment[]): Evidence[] {
  const said = fragments.flatMap(({ path, text }) => {
    const words = [...typesOf(path), ...categoriesOf(path, text)]
    return words.map((word) => [levelOfWord(word), `\`${path}\``] as const)
  })
  return told("the fragments", said)
}

/** `12.feature.md`, `+some.removal.1.rst`: what stands between. */
function typesOf(path: string): string[] {
  const [, ...parts] = (path.split("/").at(-1) ?? "").split(".")
  return parts.length < 2 && /^(?:md|rst|txt)$/.test(parts[0] ?? "md")
    ? []
    : parts.filter((each) => /^[a-z]{3,}$/i.test(each) && each !== "rst")
}

function categoriesOf(path: string, text: string): string[] {
  const [, head = ""] = /^---\r?\n([^]*?)\r?\n---/.exec(text) ?? []
  const bumps = [...head.matchAll(/:\s*["']?(major|minor|patch)\b/g)]
  return [
    ...bumps.map(([, bump = ""]) => bump),
    ...outlineChangelog(path, text).headings.map((each) => each.text),
  ]
}

/** Commits count where the project writes most of them by the convention. */
export function commitEvidence(
  commits: readonly CommitKind[],
  since: string,
): { readonly evidence: Evidence[]; readonly note: string } {
  const conventional = commits.filter(({ type }) => type !== undefined)
  const counts = `${String(conventional.length)} of ${String(commits.length)} commits ${since} follow Conventional Commits`
  if (conventional.length * 2 < commits.length || conventional.length === 0)
    return { evidence: [], note: `${counts}, so they were not counted` }
  const said = conventional
    .filter(({ breaking, type = "" }) => breaking || COUNTED.includes(type))
    .map(({ breaking, header, type }) => {
      const level: ChangeLevel = breaking
        ? "breaking"
        : type === "feat"
          ? "feature"
          : "fix"
      return [level, header] as const
    })
  return { evidence: told(`the commits ${since}`, said), note: counts }
}

/** What the convention itself gives a level; others change nothing for users. */
const COUNTED = ["feat", "fix", "perf", "revert"]
