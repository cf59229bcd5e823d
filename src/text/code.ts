import { tame } from "./tame.js"

/** What others wrote, as code in Markdown: one line with as many backticks around it as it takes, so that nothing in it ends it. */
export function code(text: string): string {
  const line = tame(text).replaceAll("\n", "\\n") || " "
  const runs = line.match(/`+/g) ?? []
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1)
  // One blank at each end is Markdown's own.
  const pad = /^[` ].*[` ]$|^`|`$/.test(line) && line.trim() !== "" ? " " : ""
  return fence + pad + line + pad + fence
}
