import { describe, expect, it } from "vitest"

import { withToolAdvice } from "../../src/files/tool-advice.js"

const UNSAID =
  "WARNING  `long_description_content_type` missing. defaulting to `text/x-rst`."
const told = (label: string, details: string) =>
  withToolAdvice({ label, reason: { summary: "it exited with 1", details } })
    .reason.details

describe("what a tool refuses", () => {
  it.each([
    ["twine check --strict", UNSAID, "as `long_description_content_type` in"],
    ["check-wheel-contents", "W001: .pyc", '`ignore = ["W001"]`'],
  ])("is told with what to do: %s: %s", (label, said, advice) => {
    expect(told(label, said).startsWith(`${said}\n\n`)).toBe(true)
    expect(told(label, said)).toContain(advice)
  })

  it("is told alone where it says that itself", () => {
    const said = "ERROR `long_description` has syntax errors in markup"
    expect(told("twine check --strict", said)).toBe(said)
  })

  it("is nothing where it refuses nothing", () => {
    const passed = { label: "check-wheel-contents", reason: undefined }
    expect(withToolAdvice(passed)).toBe(passed)
  })
})
