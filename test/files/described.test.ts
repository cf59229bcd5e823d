import { describe, expect, it } from "vitest"

import type { Archive, Facts } from "../../src/files/facts.js"
import { judgeFiles } from "../../src/files/file-gates.js"
import { expected, facts, sdistFile, wheelFile } from "../helpers/files.js"

describe("what the wheel requires", () => {
  const REQUIRED = { "Requires-Dist": ["fastapi>=0.110"] }
  const redescribed = (
    ofWheel: Partial<Archive["metadata"]>,
    ofSdist: Partial<Archive["metadata"]> = {},
  ) => {
    const metadata = { ...wheelFile().metadata, "Metadata-Version": "2.4" }
    const wheel = wheelFile({ metadata: { ...metadata, ...ofWheel } })
    const sdist = sdistFile({ metadata: { ...metadata, ...ofSdist } })
    const { refused } = judgeFiles(facts([wheel, sdist]), expected())
    return refused.filter((each) => each.includes("dynamic"))
  }

  it("is what the sdist says, or it is refused with what differs", () => {
    expect(redescribed(REQUIRED, REQUIRED)).toEqual([])
    expect(redescribed({ "Requires-Dist": ["six"] }, REQUIRED)).toEqual([
      "metadata: `Requires-Dist` of `quayside-1.2.0-py3-none-any.whl` is not that of the sdist, which does not call it dynamic (PEP 643): added `six`; gone `fastapi>=0.110`",
    ])
    expect(redescribed({ "Requires-Python": ">=3.8" })).toEqual([
      "metadata: `Requires-Python` of `quayside-1.2.0-py3-none-any.whl` is not that of the sdist, which does not call it dynamic (PEP 643): added `>=3.8`; gone `>=3.9`",
    ])
  })

  it("may differ where the sdist calls it dynamic, or is too old to do so", () => {
    expect(redescribed(REQUIRED, { Dynamic: ["requires-dist"] })).toEqual([])
    expect(redescribed(REQUIRED, { "Metadata-Version": "2.1" })).toEqual([])
  })
})

describe("what a static `[project]` says", () => {
  const judgedWith = (more: Partial<Archive>, stated: Facts["stated"]) => {
    const { refused } = judgeFiles(
      { ...facts([wheelFile(more), sdistFile()]), stated },
      expected(),
    )
    return refused.filter((each) => each.includes("PEP 621"))
  }
  const POINT = {
    group: "console_scripts",
    name: "quay",
    value: "quayside:main",
  }

  it("is all that the files require", () => {
    const more = { requires: ["evil", "fastapi >=0.1"] }
    expect(judgedWith(more, { requires: ["fastapi >=0.1"] })).toEqual([
      "metadata: `quayside-1.2.0-py3-none-any.whl` requires `evil`, which `[project]` does not say and does not call dynamic (PEP 621)",
    ])
    expect(judgedWith(more, { requires: more.requires })).toEqual([])
  })

  it("is what they require, and what people read in them", () => {
    expect(judgedWith({}, { requires: ["idna >=3.7"] })).toEqual([
      "metadata: `quayside-1.2.0-py3-none-any.whl` does not require `idna >=3.7`, which `[project]` says and does not call dynamic (PEP 621)",
    ])
    expect(judgedWith({ otherwise: ["Project-URL"] }, {})).toEqual([
      "metadata: `quayside-1.2.0-py3-none-any.whl` says otherwise `Project-URL`, which `[project]` says and does not call dynamic (PEP 621)",
    ])
  })

  it("keeps what is private so, whoever says that", () => {
    const more = { opened: ["Private :: Do Not Upload"] }
    const { refused } = judgeFiles(
      facts([wheelFile(more), sdistFile()]),
      expected(),
    )
    expect(refused).toEqual([
      "metadata: `quayside-1.2.0-py3-none-any.whl` lacks the classifiers `Private :: Do Not Upload`, which the project's settings say, and with which no index would take it",
    ])
  })

  it("is all that they are found by", () => {
    const more = { entryPoints: [POINT] }
    expect(judgedWith(more, { entryPoints: [] })).toEqual([
      "metadata: `quayside-1.2.0-py3-none-any.whl` has the entry points `console_scripts: quay = quayside:main`, which `[project]` does not say and does not call dynamic (PEP 621)",
    ])
    const spaced = { ...POINT, value: "quayside : main" }
    expect(judgedWith(more, { entryPoints: [spaced] })).toEqual([])
  })

  it("is as much where it stands in the table of poetry, which is named then", () => {
    const { refused } = judgeFiles(
      {
        ...facts([wheelFile({ requires: ["evil"] }), sdistFile()]),
        stated: { table: "[tool.poetry]", requires: [] },
      },
      expected(),
    )
    expect(refused).toContain(
      "metadata: `quayside-1.2.0-py3-none-any.whl` requires `evil`, which `[tool.poetry]` does not say",
    )
  })

  it("is nothing where it is dynamic, or where there is none", () => {
    const more = { requires: ["evil"], entryPoints: [POINT] }
    expect(judgedWith(more, {})).toEqual([])
    expect(judgedWith(more, undefined)).toEqual([])
  })
})
