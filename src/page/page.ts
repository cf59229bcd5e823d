import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"

import Mustache from "mustache"

import { type DistributionFile, shownSize } from "../files/distribution.js"
import { MARKS } from "../pipeline/marks.js"
import type { StageRecord } from "../pipeline/pipeline.js"
import { timelineOf } from "../pipeline/timeline.js"
import { tamed } from "../text/tame.js"
import { barsOf, timeInWords } from "./bars.js"
import { inlineHtml, markdownHtml } from "./markdown.js"
import { proofsOf } from "./proofs.js"

const FOLDER = new URL("templates/", import.meta.url)

/** A way to install what was released. */
export interface InstallStep {
  readonly what: string
  readonly commands: readonly string[]
}

/** What a page tells of a run; texts are Markdown, and whoever wrote them. */
export interface RunTold {
  /** What it was a run of: the project and its version, or the ref. */
  readonly title: string
  /** What became of it, in a sentence. */
  readonly headline: string
  readonly failed: boolean
  readonly environment?: string | undefined
  readonly facts: readonly (readonly [term: string, text: string])[]
  readonly install: readonly InstallStep[]
  readonly stages: readonly StageRecord[]
  readonly files: readonly DistributionFile[]
  /** How it differs from the release before. */
  readonly comparison: string
  readonly remarks: readonly string[]
  readonly notes: string
  readonly next: string
}

/** A run on one page, which needs nothing beside it. */
export function runPage(run: RunTold): string {
  const told = tamed(run) as RunTold
  const timeline = timelineOf(told.stages)
  return filled("run", {
    title: told.title,
    failed: told.failed,
    headline: inlineHtml(told.headline),
    environment: inlineHtml(told.environment ?? ""),
    facts: told.facts.map(([term, text]) => ({ term, text: inlineHtml(text) })),
    install: listed(told.install),
    proofs: listed(
      proofsOf(told.stages).map((each) => ({
        ...each,
        said: inlineHtml(each.said),
      })),
    ),
    time: timeInWords(timeline),
    bars: listed(barsOf(told.stages, timeline)),
    stages: told.stages.map(wordsOf),
    files: listed(
      told.files.map((each) => ({ ...each, size: shownSize(each.size) })),
    ),
    comparison: markdownHtml(told.comparison, 2),
    remarks: listed(told.remarks.map(inlineHtml)),
    notes: markdownHtml(told.notes, 2),
    next: markdownHtml(told.next, 2),
  })
}

/** What a stage says; what changed has a place of its own, and so have remarks. */
function wordsOf({ details = "", name, outcome, summary }: StageRecord) {
  return {
    name,
    outcome,
    mark: MARKS[outcome],
    summary: inlineHtml(summary),
    details: name === "compare" ? "" : markdownHtml(details, 3),
  }
}

/** Any other text in Markdown, which begins with its title, on such a page. */
export function textPage(text: string): string {
  const [, title = "", rest = ""] = /^# (.*)\n*([^]*)$/.exec(text) ?? []
  return filled("text", {
    title: title.replaceAll("`", ""),
    heading: inlineHtml(title),
    text: markdownHtml(rest, 1),
  })
}

/** What a section is made of; without anything there is no section. */
function listed<T>(items: readonly T[]) {
  return items.length > 0 ? { items } : false
}

/** All that the page may load is its own style, which its hash names. */
function filled(name: string, values: object): string {
  const style = template("page.css")
  const hash = createHash("sha256").update(style).digest("base64")
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  const body = Mustache.render(template(`${name}.mustache`), values)
  return Mustache.render(template("page.mustache"), {
    ...values,
    body,
    policy,
    style,
  })
}

function template(name: string): string {
  return readFileSync(new URL(name, FOLDER), "utf8")
}
