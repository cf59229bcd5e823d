import { describe, expect, it } from "vitest"

import { foreign } from "../../src/text/foreign.js"

describe("foreign words", () => {
  it.each(["3 passed, 1 skipped", "could not import 'num_py': no (module)"])(
    "stand as they are where Markdown makes nothing of them: %s",
    (text) => {
      expect(foreign(text)).toBe(text)
    },
  )

  it.each([
    ["a <script>b</script>", "`a <script>b</script>`"],
    ["needs `numpy` | [x](y) @z", "``needs `numpy` | [x](y) @z``"],
    ["a\n\n# b", "`a # b`"],
    ["\u001B[31mred\u001B[0m", "red"],
  ])("are shown as code where it would: %j", (text, told) => {
    expect(foreign(text)).toBe(told)
  })

  it("are cut where they are long", () => {
    expect(foreign("z".repeat(2_000_000))).toBe(`${"z".repeat(200)}…`)
  })
})
