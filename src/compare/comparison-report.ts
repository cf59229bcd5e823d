import { shownSize } from "../files/distribution.js"
import { code } from "../text/code.js"
import { plural } from "../text/plural.js"
import { table } from "../text/table.js"
import { type Change, isBreak } from "./change.js"
import type { Comparison, Counted } from "./comparison.js"
import { type FileChanges, grownBy, grownMost } from "./file-changes.js"
import { sentencesOf } from "./sentences.js"
import type { VersionVerdict } from "./version-check.js"

const SHOWN = 20
/** Whoever releases has to see them all. */
const BREAKS_SHOWN = 100

/** A comparison in one line. */
export function comparisonSummary(comparison: Comparison): string {
  const { before, changes, counted, files, origin } = comparison
  const breaks = changes.filter(isBreak)
  const news = changes.filter(({ level }) => level === "feature")
  return [
    `since ${before} (${origin}): ${plural(breaks.length, "break")}, ${plural(news.length, "new thing")}, ${plural(changes.length - breaks.length - news.length, "other change")}`,
    ...files.map(sizes),
    `compared ${shownCount(counted)}`,
  ].join("; ")
}

/** What was compared, in numbers. */
export function shownCount(counted: Counted): string {
  const { commands, fields, files, modules, objects, options, packages } =
    counted
  const where = codes(packages)
  return [
    plural(files, "file"),
    plural(fields, "field of metadata", "fields of metadata"),
    options === 0
      ? plural(commands, "command")
      : `${plural(commands, "command")} with ${plural(options, "option")}`,
    objects === 0
      ? "no Python API"
      : `${plural(objects, "public name")} in ${plural(modules, "module")} of ${where}`,
  ].join(", ")
}

/** A comparison in Markdown: the breaks, what is new, what it says of itself, and the files that grew most. */
export function comparisonMarkdown(
  comparison: Comparison,
  noted: readonly string[] = [],
): string {
  const { changes, counted, files, ignored, left, names } = comparison
  const of = (wanted: (change: Change) => boolean) => changes.filter(wanted)
  const breaks = of(isBreak)
  const isOpen = ({ what }: Change) => !noted.includes(what)
  return [
    `Compared with ${codes(names)} of ${comparison.origin}: ${shownCount(counted)}.`,
    ...list("Not compared", left),
    ...changed("Breaks", breaks.filter(isOpen), BREAKS_SHOWN),
    ...changed(
      "Breaks that the release notes name",
      breaks.filter((each) => !isOpen(each)),
      BREAKS_SHOWN,
    ),
    ...changed(
      "May break somebody",
      of(({ doubtful }) => doubtful === true),
    ),
    ...changed(
      "New",
      of(({ level, of }) => level === "feature" && of !== "metadata"),
    ),
    ...changed(
      "What it says of itself",
      of((each) => each.of === "metadata" && !isBreak(each)),
    ),
    ...list(
      "Ignored",
      ignored.map(
        ({ change, name, reason }) =>
          `${change.what}: ${code(name)} is ignored: ${reason}`,
      ),
    ),
    ...files.flatMap(fileSection),
  ].join("\n\n")
}

/** What the changes say of the version. */
export function verdictMarkdown({
  acknowledged,
  least,
  level,
  problems,
  rule,
  scheme,
}: VersionVerdict): string {
  const fits = least === undefined ? "any version fits" : `${least} would fit`
  return [
    `**Version**: the changes are \`${level}\`; by ${scheme} ${fits}: ${rule}.`,
    ...list("The version does not fit", problems),
    ...list("Acknowledged", acknowledged),
  ].join("\n\n")
}

function fileSection(changes: FileChanges): string[] {
  const { added, changed, gone, kind, same } = changes
  const moved = changed.filter(({ from }) => from !== undefined).length
  const grown = grownMost(changes)
  const parts = [
    plural(added.length, "file is", "files are") + " new",
    `${String(gone.length)} gone`,
    `${String(changed.length)} changed${moved > 0 ? ` (${String(moved)} under a new hashed name)` : ""}`,
    `${String(same)} the same`,
  ]
  return [
    `**${kind === "wheel" ? "Wheel" : "Sdist"}**: ${sizes(changes)}; ${parts.join(", ")}.`,
    ...list(
      "Gone",
      gone.map(({ path }) => code(path)),
    ),
    ...(grown.length === 0
      ? []
      : [
          table(
            ["Grew most", "Before", "After", "By"],
            grown.map((each) => [
              code(each.path),
              each.before === undefined ? "new" : shownSize(each.before),
              shownSize(each.after),
              shownSize(grownBy(each)),
            ]),
          ),
        ]),
  ]
}

function sizes({ kind, size }: FileChanges): string {
  return `${kind} ${shownSize(size.before)} → ${shownSize(size.after)}`
}

/** Changes under a title, counted one by one. */
function changed(
  title: string,
  changes: readonly Change[],
  most?: number,
): string[] {
  return list(title, sentencesOf(changes), most, changes.length)
}

function list(
  title: string,
  lines: readonly string[],
  most = SHOWN,
  count = lines.length,
): string[] {
  if (lines.length === 0) return []
  const more = lines.length - most
  const shown = [
    ...lines.slice(0, most).map((line) => `- ${line}`),
    ...(more > 0 ? [`- and ${String(more)} more`] : []),
  ]
  return [`**${title}** (${String(count)})\n\n${shown.join("\n")}`]
}

function codes(names: readonly string[]): string {
  return names.map(code).join(", ")
}
