import { createHash } from "node:crypto"

import { describe, expect, it } from "vitest"

import { runPage, type RunTold, textPage } from "../../src/page/page.js"
import { ran, record, sdist, wheel } from "../helpers/builders.js"

const TOLD: RunTold = {
  title: "quayside 1.2.0",
  headline: "Rehearsal: quayside 1.2.0 (`v1.2.0`), nothing left the engine",
  failed: false,
  environment: "Environment: Production.",
  facts: [["Tag", "`v1.2.0`"]],
  install: [{ what: "From PyPI:", commands: ["pip install quayside==1.2.0"] }],
  stages: [ran("build", 0, 2), ran("reproduce", 2, 5, ["build"])],
  files: [wheel(), sdist()],
  comparison: "### Since 1.1.0\n\n**New** (1)\n\n- `berths` is new",
  remarks: ["`a` is old."],
  notes: "## Added\n\n- A board.",
  next: "Next: `dagger call promote`.",
}

const page = (changes: Partial<RunTold> = {}) =>
  runPage({ ...TOLD, ...changes })
const sections = (html: string) =>
  [...html.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id)
const ALL = [
  "install",
  "proofs",
  "time",
  "stages",
  "files",
  "changes",
  "remarks",
  "notes",
  "next",
]

describe("the page of a run", () => {
  it("has a section for all that there is, and a link to each", () => {
    expect(sections(page())).toStrictEqual(ALL)
    const links = [...page().matchAll(/<a href="#(\w+)"/g)].map(([, to]) => to)
    expect(links).toStrictEqual(ALL.slice(0, -1))
  })

  it("has none for what there is nothing of", () => {
    const nothing = {
      install: [],
      files: [],
      remarks: [],
      comparison: "",
      notes: "",
    }
    const html = page({ ...nothing, stages: [record({ end: 0 })] })
    expect(sections(html)).toStrictEqual(["stages", "next"])
    expect(html.match(/<a href="#/g)).toHaveLength(1)
  })

  it("has the files with their sizes and hashes", () => {
    const text = page().replace(/<[^>]+>/g, "")
    for (const { name, sha256 } of TOLD.files) {
      expect(text).toContain(`${name} `)
      expect(text).toContain(`SHA-256 ${sha256}`)
    }
    expect(text).toContain("20.0 KiB")
  })

  it("has the words of each stage; what changed has a place of its own, and so have remarks", () => {
    const said = {
      summary: "in `7` s",
      details: "<b> *all*",
      remarks: ["Old."],
    }
    const stages = [record(said), record({ ...said, name: "compare" })]
    const html = page({ stages, remarks: [], comparison: "" })
    expect(html.match(/<p>in <code>7<\/code> s<\/p>/g)).toHaveLength(2)
    expect(html).toMatch(
      /<h3>test <span class="mark passed">✓ passed<\/span><\/h3>[^]*<details><summary>More of test<\/summary>\n<div class="text"><p>&lt;b&gt; <em>all<\/em><\/p>/,
    )
    expect(html.match(/<details>/g)).toHaveLength(1)
    expect(html).not.toContain("Old.")
  })

  it("needs nothing beside it: no script, no address but those of links", () => {
    const html = page()
    expect(html).not.toMatch(/<(script|img|iframe|link|object|embed|form)\b/i)
    expect(html).not.toMatch(/\b(src|style|on\w+)=|url\(|@import/)
  })

  it("lets a browser apply its own style, and load nothing else", () => {
    const html = page()
    const [, style = ""] = /<style>([^]*?)<\/style>/.exec(html) ?? []
    const hash = createHash("sha256").update(style).digest("base64")
    const [, policy] =
      /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? []
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    )
  })
})

describe("whatever is told by others", () => {
  const EVIL = `</code><script>alert(1)</script><a href="javascript:alert(1)" onclick='x'>{{{title}}}`
  const hostile = page({
    title: EVIL,
    headline: EVIL,
    environment: EVIL,
    facts: [[EVIL, EVIL]],
    install: [{ what: EVIL, commands: [EVIL] }],
    stages: [
      ran("reproduce", 0, 1),
      record({ name: EVIL, summary: EVIL, details: EVIL, remarks: [EVIL] }),
      record({ name: "compare", details: `| ${EVIL} |\n| - |` }),
    ],
    files: [wheel({ name: EVIL, sha256: EVIL })],
    comparison: EVIL,
    remarks: [EVIL],
    notes: `# ${EVIL}\n\n[a](javascript:alert(1))\n\n\`\`\`${EVIL}\n${EVIL}\n\`\`\``,
    next: EVIL,
  })

  it("is text, wherever it stands", () => {
    expect(hostile).not.toMatch(/<script|<a href="javascript|<[^>]*\bonclick=/)
    expect(hostile.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(15)
    expect(hostile).toContain("{{{title}}}")
  })

  it("moves no terminal, and turns no text around", () => {
    const html = page({ notes: "a\u001B[2Jb\u202Ec" })
    expect(html).not.toMatch(/[\u001B\u202E]/)
    expect(html).toContain("ab\uFFFDc")
  })
})

describe("the page of any other text", () => {
  const html = textPage(
    "# Plan: `quayside`\n\nEnvironment.\n\n## Remarks\n\n- <b>",
  )

  it("has the title of the text, and its headings below that", () => {
    expect(html).toContain("<title>Plan: quayside</title>")
    expect(html).toContain("<h1>Plan: <code>quayside</code></h1>")
    expect(html).toContain("<h2>Remarks</h2>")
    expect(html).toContain("<li>&lt;b&gt;</li>")
  })
})
