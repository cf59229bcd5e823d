import { table } from "../text/table.js"
import type { Description } from "./describe.js"

/** The description in Markdown. */
export function markdownDescription({
  facts,
  notUsed,
  problems,
  project,
}: Description): string {
  return [
    `# ${project || "No project"}, as Shipwheel sees it`,
    ...(facts.length === 0
      ? []
      : [
          table(
            ["What", "Is", "Because of", "Change it in"],
            facts.map(({ from, key, subject, value }) => [
              subject,
              value,
              from,
              key && `\`${key}\``,
            ]),
          ),
        ]),
    ...section(
      "What stops a release",
      problems.map(
        ({ next, owner, what }) =>
          `- ${owner}: ${what}\n\n  ${next.replaceAll("\n", "\n  ")}`,
      ),
    ),
    ...section(
      "Seen and not used",
      notUsed.map((each) => `- ${each}`),
    ),
    "Next: `dagger call configure` offers the lines that leave nothing to be guessed, `dagger call ci --provider GITHUB` what makes a CI run it.",
  ].join("\n\n")
}

/** The same for machines. */
export function jsonDescription(description: Description): string {
  return JSON.stringify(description, undefined, 2)
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.join("\n")]
}
