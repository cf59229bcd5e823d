import { inTime } from "../text/in-time.js"

/** Whether a git ref fits a pattern: `*` stands for anything but a slash, `**` for anything, `[0-9]` for one digit. */
export function matches(ref: string, pattern: string): boolean {
  const expression = new RegExp(`^${regularExpression(pattern)}$`, "s")
  return inTime(pattern, () => expression.test(ref))
}

/** The pattern as a regular expression, in the part of its language that every CI understands. */
export function regularExpression(pattern: string): string {
  return pattern.replace(/\*\*|\*|\[0-9\]|[^A-Za-z0-9_/-]/g, (part) => {
    if (part === "**") return ".*"
    if (part === "*") return "[^/]*"
    return part === "[0-9]" ? part : `\\${part}`
  })
}
