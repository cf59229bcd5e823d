import { describe, expect, it } from "vitest"

import { inlineHtml, lowered, markdownHtml } from "../../src/page/markdown.js"

describe("foreign Markdown", () => {
  it.each([
    ["<script>alert(1)</script>", /&lt;script&gt;alert\(1\)&lt;\/script&gt;/],
    ['<img src=x onerror="alert(1)">', /&lt;img src=x onerror=&quot;/],
    ["`<b>`", /<code>&lt;b&gt;<\/code>/],
    ["```html\n</code><script>\n```", /&lt;\/code&gt;&lt;script&gt;/],
    ['```x" onclick="y\nz\n```', /class="language-x&quot;"/],
    ["<!-- gone? -->", /&lt;!-- gone\? --&gt;/],
  ])("shows the HTML of %j as text", (text, shown) => {
    expect(markdownHtml(text, 2)).toMatch(shown)
    expect(markdownHtml(text, 2)).not.toMatch(/<(script|img|b)\b/)
  })

  it.each([
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&colon;alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](vbscript:x)",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](file:///etc/passwd)",
    "[a](//example.org)",
    "[a](docs/notes.md)",
    "[a](#top)",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
  ])("makes no link of %j", (text) => {
    expect(markdownHtml(text, 2)).not.toContain("href")
  })

  it("keeps links to the web, which are not told where they were followed from", () => {
    expect(inlineHtml("[a](https://example.org/?a&b)")).toBe(
      '<a href="https://example.org/?a&amp;b" rel="noreferrer">a</a>',
    )
    expect(inlineHtml("https://example.org")).toContain('href="https://')
    expect(inlineHtml("quayside.py and ann@example.org")).not.toContain("href")
  })

  it("has no image, and shows what stands for it", () => {
    expect(inlineHtml("![a <b>](https://example.org/a.png)")).toBe(
      "a &lt;b&gt;",
    )
  })

  it.each([
    ["# A\n\n## B\n\n# C", 2, ["h3", "h4", "h3"]],
    ["### A\n\n##### B\n\n#### C", 2, ["h3", "h4", "h4"]],
    ["#### A\n\n# B\n\n## C", 1, ["h2", "h2", "h3"]],
    [
      "# A\n\n## B\n\n### C\n\n#### D\n\n##### E",
      2,
      ["h3", "h4", "h5", "h6", "h6"],
    ],
  ])("has its headings below those of the page: %j", (text, below, levels) => {
    const found = markdownHtml(text, below).match(/(?<=<)h\d/g)
    expect(found).toEqual(levels)
  })

  it("has tables that the keyboard moves where they are too wide", () => {
    expect(markdownHtml("| a |\n| - |\n| b |", 2)).toMatch(
      /^<div class="wide" role="group" aria-label="table" tabindex="0"><table>[^]*<\/table><\/div>$/,
    )
  })
})

describe("Markdown below a heading of ours", () => {
  it("has its headings one level lower, and its code as it was", () => {
    const code = ["```sh", "# once", "pip install p", "#!/bin/sh", "```"]
    const text = ["# 1.2.0", "", ...code, "", "### Fixed", "", "#7 is fixed"]
    expect(lowered(text.join("\n")).split("\n")).toEqual([
      ...["## 1.2.0", "", ...code, "", "#### Fixed", "", "#7 is fixed"],
    ])
  })
})
