import { describe, expect, it } from "vitest"

import type { About } from "../../src/compare/about.js"
import { countedFields, metadataChanges } from "../../src/compare/metadata.js"
import { about } from "../helpers/compared.js"

const told = (before: Partial<About>, after: Partial<About>) =>
  metadataChanges(about(before), about(after)).map(
    ({ level, what }) => `${level}: ${what}`,
  )

describe("the metadata of two releases", () => {
  it("is the same where nothing is said", () => {
    expect(told({}, {})).toEqual([])
    expect(countedFields(about(), about())).toBe(5)
  })

  it("tells bounds that changed, and requirements that came and went", () => {
    expect(
      told(
        {
          requirements: [
            { what: "six", bounds: "" },
            { what: "a", bounds: "" },
          ],
        },
        {
          requirements: [
            { what: "a", bounds: ">=2" },
            { what: "b", bounds: "" },
          ],
        },
      ),
    ).toEqual([
      "fix: `a` was required as not given, and is as `>=2`",
      "fix: requires `b`",
      "fix: no longer requires `six`",
    ])
  })

  it("tells what everybody gets before what an extra asks for", () => {
    const docs = { what: 'a; extra == "docs"', bounds: "" }
    const all = { what: "b", bounds: "" }
    const none = { requirements: [] }
    expect(told(none, { requirements: [docs, all] })).toEqual([
      "fix: requires `b`",
      'fix: requires `a; extra == "docs"`',
    ])
  })

  it("shows what a stranger wrote as code, however many backticks are in it", () => {
    const foreign = "![p](u) `x`\n\n## Passed"
    expect(
      told({ classifiers: [foreign], extras: ["`"] }, { extras: [] }),
    ).toContain("fix: the classifier ``![p](u) `x`\\n\\n## Passed`` is gone")
  })

  it("takes a Python that is left for a feature, because installers keep the release before", () => {
    expect(
      told({}, { texts: { "requires-python": ">=3.11", author: "Ann" } }),
    ).toEqual(["feature: `Requires-Python` was `>=3.9`, and is `>=3.11`"])
  })

  it("takes extras, commands and import packages that are gone for breaks, and new ones for features", () => {
    expect(
      told(
        { extras: ["serve"] },
        {
          extras: ["cli"],
          commands: { berths: "quayside.cli:berths" },
          tops: ["harbour"],
        },
      ),
    ).toEqual([
      "breaking: the extra `serve` is gone",
      "feature: the extra `cli` is new",
      "breaking: the import package `quayside` is gone",
      "feature: the import package `harbour` is new",
      "breaking: the command `quayside` is gone",
      "feature: the command `berths` is new",
    ])
  })

  it("takes extras by which a project is developed for nobody else's concern, and tells what one asked for with it", () => {
    const requirements = [{ what: 'pytest; extra == "test"', bounds: "" }]
    expect(
      told(
        { extras: ["test", "flake8"], requirements },
        { extras: ["docs", "dev"], requirements: [] },
      ),
    ).toEqual([
      "fix: the extra `test` is gone",
      "fix: the extra `flake8` is gone",
      "fix: the extra `docs` is new",
      "fix: the extra `dev` is new",
    ])
  })

  it("tells licence, classifiers and wheel tags", () => {
    expect(
      told(
        { texts: { licence: "MIT" } },
        {
          texts: { licence: "ISC" },
          classifiers: [],
          tags: ["cp312-cp312-linux_x86_64"],
        },
      ),
    ).toEqual([
      "fix: the licence was `MIT`, and is `ISC`",
      "fix: the classifier `Topic :: Harbours` is gone",
      "feature: the wheel tag `py3-none-any` is gone",
      "feature: the wheel tag `cp312-cp312-linux_x86_64` is new",
    ])
  })

  it("takes a licence for the same in the field for texts and in that for expressions", () => {
    expect(
      told({ texts: { "licence-text": "MIT" } }, { texts: { licence: "MIT" } }),
    ).toEqual([])
  })

  it("says nothing of a licence that stands in the classifiers alone now", () => {
    const classifiers = ["License :: OSI Approved :: MIT License"]
    const before = { texts: { "licence-text": "MIT" }, classifiers }
    expect(told(before, { texts: {}, classifiers })).toEqual([])
    expect(told(before, { texts: {}, classifiers: [] })).toContain(
      "fix: the licence was `MIT`, and is not given",
    )
  })

  it("says nothing of commands where an sdist does not tell them", () => {
    const nothing = { commands: null, tops: null, tags: null }
    expect(told(nothing, { commands: {} })).toEqual([])
  })
})
