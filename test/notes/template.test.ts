import { describe, expect, it } from "vitest"

import { fillTemplate, variablesOf } from "../../src/notes/template.js"
import { parseTag } from "../../src/version/version.js"

const variables = variablesOf(
  "quayside",
  parseTag("v2.0.0-beta.1"),
  "octo-org/quayside",
  "v1.2.0",
  { text: "- A <b>board</b> & more" },
)
const fill = (template: string) =>
  fillTemplate(template, variables, "`notes.md`")

describe("a template", () => {
  it("knows the release, and takes text as it is", () => {
    expect(
      fill(
        "{{name}} {{version}} ({{tag}}, {{semver}}) since {{previous}}: {{changes}}",
      ),
    ).toBe(
      "quayside 2.0.0b1 (v2.0.0-beta.1, 2.0.0-beta.1) since v1.2.0: - A <b>board</b> & more",
    )
  })

  it("has parts that only some releases show", () => {
    expect(
      fill(
        "{{#prerelease}}Try it.{{/prerelease}}{{^prerelease}}Enjoy.{{/prerelease}}",
      ),
    ).toBe("Try it.")
  })

  it("with a variable that does not exist is refused", () => {
    expect(() => fill("{{verison}}")).toThrow(
      /`notes\.md` has no variable `\{\{verison\}\}`\n.*`\{\{version\}\}`/,
    )
  })

  it.each(["{{constructor}}", "{{#toString}}a{{/toString}}", "{{> other}}"])(
    "with what is a variable of no release is refused: %s",
    (template) => {
      expect(() => fill(template)).toThrow(/has no variable/)
    },
  )

  it("that can't be read is refused", () => {
    expect(() => fill("{{#prerelease}}")).toThrow(
      /can't be read: Unclosed section/,
    )
  })
})
