import { textPage } from "../page/page.js"
import {
  drawnGates,
  type GateReport,
  jsonGates,
  markdownGates,
  pageGates,
} from "./gate-report.js"
import { jsonPlan, markdownPlan, type Plan } from "./plan.js"
import {
  drawnReport,
  hasFailed,
  jsonReport,
  markdownReport,
  pageReport,
  type Report,
} from "./report.js"

/** The form of a report. */
export enum ReportFormat {
  /** For people. */
  Markdown = "markdown",
  /** For people, where a forge draws diagrams, such as the summary of a run on GitHub: with the time line. */
  Summary = "summary",
  /** One page that needs nothing beside it. */
  Html = "html",
  /** For machines. */
  Json = "json",
}

/** How the same is written in each form. */
export interface Forms {
  readonly markdown: () => string
  readonly json: () => string
  /** Where it has more to draw than Markdown shows. */
  readonly summary?: () => string
  /** Where it is more than its Markdown on a page. */
  readonly html?: () => string
}

export function inForm(format: ReportFormat, forms: Forms): string {
  const { html = () => textPage(forms.markdown()), json, markdown } = forms
  const { summary = markdown } = forms
  return { html, json, markdown, summary }[format]()
}

export function writtenPlan(plan: Plan, format: ReportFormat): string {
  return inForm(format, {
    markdown: () => markdownPlan(plan),
    json: () => jsonPlan(plan),
  })
}

export function writtenReport(report: Report, format: ReportFormat): string {
  return orFailed(report, format, {
    markdown: () => markdownReport(report),
    json: () => jsonReport(report),
    summary: () => drawnReport(report),
    html: () => pageReport(report),
  })
}

export function writtenGates(report: GateReport, format: ReportFormat): string {
  return orFailed(report, format, {
    markdown: () => markdownGates(report),
    json: () => jsonGates(report),
    summary: () => drawnGates(report),
    html: () => pageGates(report),
  })
}

/** The report, as the error where something failed: that is read in a terminal or a log, where nobody reads HTML. */
function orFailed(
  report: Pick<Report, "stages">,
  format: ReportFormat,
  forms: Forms,
): string {
  if (!hasFailed(report)) return inForm(format, forms)
  if (format === ReportFormat.Json) throw new Error(forms.json())
  const shown = format === ReportFormat.Html ? ReportFormat.Markdown : format
  // A heading is one only at the start of a line, and the CLI writes `Error: ` before it.
  throw new Error(`\n\n${inForm(shown, forms)}`)
}
