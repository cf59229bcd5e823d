import type { Outcome } from "./pipeline.js"

/** How an outcome is shown. */
export const MARKS: Record<Outcome, string> = {
  passed: "✓ passed",
  failed: "✗ failed",
  skipped: "– skipped",
  blocked: "– not run",
}
