import { describe, expect, it } from "vitest"

import { isStranger, parseAbout } from "../../src/compare/about.js"
import { about } from "../helpers/compared.js"
import { runProgram, wheelOf } from "../helpers/programs.js"

const INFO = "quayside-1.2.0.dist-info"
const METADATA = [
  "Metadata-Version: 2.4",
  "Name: quayside",
  "Version: 1.2.0",
  "Requires-Python: >=3.9",
  "License-Expression: MIT",
  "Author: Ann",
  "Project-URL: Home, https://example.org/quayside",
  "Requires-Dist: Fast_API >=0.110, <1",
  'Requires-Dist: httpx; extra == "test"',
  "Provides-Extra: test",
  "Classifier: Topic :: Harbours",
  "",
  "",
].join("\n")

describe("what a wheel says of itself", () => {
  it("is read from its metadata, its entry points and its tags", () => {
    const { wheel } = wheelOf({
      "quayside/__init__.py": "",
      "harbour.py": "",
      [`${INFO}/METADATA`]: METADATA,
      [`${INFO}/WHEEL`]: "Wheel-Version: 1.0\nTag: py3-none-any\n",
      [`${INFO}/entry_points.txt`]:
        "[console_scripts]\nquayside = quayside.cli:main\n",
    })
    expect(parseAbout(runProgram("compare/about.py", wheel))).toEqual([
      {
        name: "quayside-1.2.0-py3-none-any.whl",
        version: "1.2.0",
        texts: { "requires-python": ">=3.9", licence: "MIT", author: "Ann" },
        requirements: [
          { what: "fast-api", bounds: "<1,>=0.110" },
          { what: 'httpx; extra == "test"', bounds: "" },
        ],
        extras: ["test"],
        classifiers: ["Topic :: Harbours"],
        urls: ["https://example.org/quayside"],
        commands: { quayside: "quayside.cli:main" },
        tops: ["harbour", "quayside"],
        tags: ["py3-none-any"],
      },
    ])
  })
})

describe("what can be imported of a wheel", () => {
  it("has a name", () => {
    const { wheel } = wheelOf({
      "quayside-stubs/__init__.pyi": "",
      "quay/__init__.py": "",
      "no name/x.py": "",
      "..`/x.py": "",
      [`${INFO}/METADATA`]: METADATA,
    })
    const [read] = parseAbout(runProgram("compare/about.py", wheel))
    expect(read?.tops).toEqual(["quay", "quayside-stubs"])
  })
})

describe("a project of the same name", () => {
  const page = (url: string) => about({ texts: {}, urls: [url] })

  it.for([
    ["https://github.com/harbour/quayside", "http://www.github.com/harbour/q2"],
    ["https://example.org/old", "https://example.org/new"],
  ])("is the same where %s became %s", ([old = "", now = ""]) => {
    expect(isStranger(page(old), page(now))).toBe(false)
  })

  it("is the same where its people are, and not known to be where one says nothing of that", () => {
    const ann = (url: string) =>
      about({ texts: { "author-email": "Ann <ann@example.org>" }, urls: [url] })
    expect(
      isStranger(ann("https://one.example"), ann("https://two.example")),
    ).toBe(false)
    expect(isStranger(about({ texts: {}, urls: [] }), about())).toBe(true)
  })

  it("is not known to be the same by its page on an index", () => {
    const listed = (name: string) =>
      page(`https://index.example.org/project/${name}/`)
    expect(isStranger(listed("quayside"), listed("quayside"))).toBe(true)
  })

  it("is another where neither people nor addresses are the same", () => {
    const [one, other] = ["one", "other"].map((owner) =>
      page(`https://github.com/${owner}/quayside`),
    )
    expect(one && other && isStranger(one, other)).toBe(true)
  })
})
