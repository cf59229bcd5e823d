import { describe, expect, it } from "vitest"

import {
  fittingNotes,
  isTooLong,
  leftDrafts,
  replacedWords,
  withComparison,
} from "../../src/forge/github-notes.js"

const ADDRESS = "https://github.example/o/r/releases/download/v1/NOTES.md"
const END = `\n\nThese notes are shortened: [NOTES.md](${ADDRESS}) has all of them.`

describe("notes that GitHub takes", () => {
  it("are those of up to 125,000 characters, as they are", () => {
    const notes = "n".repeat(125_000)
    expect(isTooLong(notes)).toBe(false)
    expect(fittingNotes(notes, ADDRESS)).toBe(notes)
  })

  it("end with a paragraph and a link to the whole where they are longer", () => {
    const paragraph = `${"p".repeat(99)}\n\n`
    const fitting = fittingNotes(paragraph.repeat(2000), ADDRESS)
    expect(fitting.length).toBeLessThanOrEqual(125_000)
    expect(fitting.length).toBeGreaterThan(124_000)
    expect(fitting).toMatch(/p{99}\n\nThese notes are shortened/)
    expect(fitting.endsWith(END)).toBe(true)
  })

  it("are cut anywhere where they are one word", () => {
    const fitting = fittingNotes("n".repeat(125_001), ADDRESS)
    expect(fitting.length).toBeLessThanOrEqual(125_000)
    expect(fitting.endsWith(END)).toBe(true)
  })

  it("leave no code open before the link", () => {
    const fitting = fittingNotes(`~~~\n${"code\n".repeat(30_000)}`, ADDRESS)
    expect(fitting).toMatch(/code\n~~~\n\nThese notes/)
  })

  it("name the file alone where its address is not known", () => {
    expect(fittingNotes("n".repeat(125_001), "")).toMatch(/`NOTES\.md` has all/)
  })
})

describe("what changed below the notes", () => {
  const long = (characters: number) =>
    `${"c".repeat(98)}\n\n`.repeat(characters / 100)
  const shown = (notes: string, comparison: string) =>
    withComparison(notes, comparison, "v1.2.0")

  it("is folded, and all of it where there is room", () => {
    expect(shown("- a board", "**New** (1)\n\n- `board`")).toBe(
      "- a board\n\n<details>\n<summary>What changed since the last release</summary>\n\n**New** (1)\n\n- `board`\n\n</details>",
    )
  })

  it("is shortened before the notes are, says so and is closed all the same", () => {
    const notes = long(100_000)
    const text = shown(notes, `\`\`\`\n${long(50_000)}`)
    expect(text.length).toBeLessThanOrEqual(125_000)
    expect(text.length).toBeGreaterThan(124_000)
    expect(text.startsWith(notes)).toBe(true)
    expect(text).toMatch(
      /c\n```\n\nThis is shortened: `dagger call compare --tag v1\.2\.0` shows all of it\.\n\n<\/details>$/,
    )
  })

  it.each([
    ["there is nothing to tell", "notes", ""],
    ["GitHub takes no more", long(124_900), long(50_000)],
    ["the notes themselves are shortened", "n".repeat(125_000), "short"],
  ])("is left out where %s", (_, notes, comparison) => {
    expect(shown(notes, comparison)).toBe(notes)
  })
})

describe("the words of a draft that people wrote", () => {
  it("are told where others take their place", () => {
    expect(
      replacedWords({ title: "By hand", notes: "Thanks", prerelease: true }),
    ).toEqual({
      remarks: [
        "github: the draft that was there had the title By hand; notes of its own, which are below; the mark of a prerelease. In place of that is what this release says.",
      ],
      details: "The notes that the draft on GitHub had:\n\n```\nThanks\n```",
    })
  })

  it("are not told where there were none", () => {
    expect(replacedWords({})).toEqual({ remarks: [] })
    expect(replacedWords({ title: "By hand" })).not.toHaveProperty("details")
  })
})

describe("a draft that is left", () => {
  it("is told with where it can be deleted", () => {
    expect(leftDrafts([])).toEqual([])
    expect(leftDrafts(["https://example.org/releases/tag/untagged-1"])).toEqual(
      [
        "github: a draft of the same tag is left at https://example.org/releases/tag/untagged-1. Delete it there, unless another run of this release is at work on it.",
      ],
    )
  })
})
