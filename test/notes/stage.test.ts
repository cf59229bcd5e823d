import { describe, expect, it } from "vitest"

import { alone } from "../../src/git/locate-stage.js"
import { findNotes, foldersToTell, type Noted } from "../../src/notes/stage.js"
import { version } from "../helpers/builders.js"
import { shownCalls } from "../helpers/call-chain.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"

const TAGS = ["v1.1.0", "v1.2.0"]
const SECTION = "# Changelog\n\n## 1.2.0\n\n- Berths have names.\n"

function noted(notes: Partial<Noted["notes"]> = {}): Noted {
  return {
    name: "quayside",
    notes: {
      changelog: undefined,
      file: undefined,
      template: undefined,
      ...notes,
    },
    github: { repository: undefined },
    limits: { command: 60 },
    mirrors: {},
  }
}

const place = () => ({
  ...alone(folder("source")),
  folder: folder("repository"),
})

/** Finds the notes of v1.2.0 and writes them. */
async function notesOf(
  project: Noted,
  answers: Readonly<Record<string, unknown>>,
  tags: readonly string[] = TAGS,
) {
  const { calls, result } = await recordCalls(async () => {
    const notes = await findNotes(place(), project, version("v1.2.0"), tags)
    return { found: notes.found, notes: await notes.write() }
  }, answers)
  return { calls, ...result }
}

const COMMITS = {
  commit: "c684459b6a90dbea5f84ecb1bd98c25b5a50c427",
  "python /commits.py": JSON.stringify([
    { id: "c684459b6a90", message: "feat: name the berths", reverts: [] },
  ]),
}

describe("notes that a changelog has", () => {
  it("are read once, and no container starts for them", async () => {
    const project = noted({ changelog: "CHANGELOG.md" })
    const { calls, found, notes } = await notesOf(project, {
      contents: SECTION,
    })
    expect(found).toMatchObject({
      text: "- Berths have names.",
      origin: "the section `1.2.0` of `CHANGELOG.md`",
    })
    expect(notes).toBe(found)
    expect(calls.asked.map(shownCalls)).toHaveLength(1)
  })
})

it("a changelog without a section of the version is told with those of the others that have one", async () => {
  const others = ["docs/changelog.md", "docs/history.md", "docs/news.md"]
  const { found } = await notesOf(
    noted({ changelog: "CHANGELOG.md", others }),
    {
      contents: (chain: Parameters<typeof shownCalls>[0]) => {
        const calls = shownCalls(chain).join(" ")
        if (calls.includes("docs/news.md")) return new Error("no such file")
        return calls.includes("docs/changelog.md") ? SECTION : "# Berths\n"
      },
    },
    [],
  )
  expect(found).toStrictEqual({
    text: "",
    heading: undefined,
    seen: ["Berths"],
    elsewhere: ["docs/changelog.md"],
  })
})

describe("a changelog above the project", () => {
  it("is read in its repository", async () => {
    const project = noted({ changelog: "../../docs/wren.md" })
    const { calls } = await recordCalls(
      () =>
        findNotes(
          { ...place(), path: "packages/wren/" },
          project,
          version("v1.2.0"),
          TAGS,
        ),
      { contents: SECTION },
    )
    expect(calls.asked.map(shownCalls)[0]).toEqual([
      "directory",
      "directory repository",
      "file docs/wren.md",
      "contents",
    ])
  })
})

describe("notes in reStructuredText", () => {
  const RST = "Changes\n=======\n\n1.2.0\n-----\n\n- Sings ``loud``.\n"
  const CONVERT = "python /rst.py /notes.rst"

  it("are found as they are written, and become Markdown when they are", async () => {
    const project = noted({ changelog: "CHANGES.rst" })
    const answers = { contents: RST, [CONVERT]: "- Sings `loud`.\n" }
    const { calls, found, notes } = await notesOf(project, answers)
    expect(found.text).toBe("- Sings ``loud``.")
    expect(notes).toMatchObject({
      text: "- Sings `loud`.",
      origin: "the section `1.2.0` of `CHANGES.rst`",
    })
    const given = calls
      .of(CONVERT)
      .find(({ operation }) => operation === "withNewFile")
    expect(given?.args["contents"]).toBe("- Sings ``loud``.")
  })
})

describe("notes that commits tell", () => {
  it("are empty until they are written, and known to be of the commits since the release before", async () => {
    const { calls, found, notes } = await notesOf(noted(), COMMITS)
    const origin = "the commits since `v1.1.0`"
    expect(found).toStrictEqual({ text: "", heading: undefined, origin })
    expect(notes).toStrictEqual({
      text: "### Added\n\n- name the berths (c684459)",
      heading: undefined,
      origin,
    })
    expect(calls.allOf("python /commits.py --since")).toHaveLength(1)
  })

  it("leave out what was reverted", async () => {
    const reverts = [["c684459b6a90"]]
    const { notes } = await notesOf(noted(), {
      ...COMMITS,
      "python /commits.py": JSON.stringify([
        { id: "d47cded", message: "fix: align", reverts: [] },
        { id: "8900c85", message: 'Revert "feat: name"', reverts },
        { id: "c684459b6a90", message: "feat: name", reverts: [] },
      ]),
    })
    expect(notes.text).toBe("### Fixed\n\n- align (d47cded)")
  })

  it("are none without the tag, and nothing is asked of the history", async () => {
    const { calls, notes } = await notesOf(noted(), {}, ["v1.1.0"])
    expect(notes).toStrictEqual({ text: "", heading: undefined })
    expect(calls.asked).toStrictEqual([])
  })

  it("stand in the template of the project", async () => {
    const project = noted({ template: "notes.mustache" })
    const { notes } = await notesOf(project, {
      ...COMMITS,
      exists: true,
      contents: "Since {{previous}}:\n{{changes}}\n",
    })
    expect(notes.text).toBe(
      "Since v1.1.0:\n### Added\n\n- name the berths (c684459)",
    )
  })

  it("are refused with a template that has a variable of its own, before they are written", async () => {
    const project = noted({ template: "notes.mustache" })
    const asked = recordCalls(
      () => findNotes(place(), project, version("v1.2.0"), TAGS),
      { exists: true, contents: "{{berth}}" },
    )
    await expect(asked).rejects.toThrow(
      "`notes.mustache` has no variable `{{berth}}`",
    )
  })
})

describe("the commits that are told", () => {
  const members = ["packages/heron", "packages/wren"]
  it.each([
    [
      "of a member are those in its folder",
      "packages/wren/",
      "wren-",
      ["--inside", "packages/wren/"],
    ],
    [
      "of a member that is released with all others as well",
      "packages/wren/",
      "",
      ["--inside", "packages/wren/"],
    ],
    [
      "of the package at the top are all but those of the members",
      "",
      "flock-",
      ["--outside", "packages/heron/", "--outside", "packages/wren/"],
    ],
    ["of a repository that is released at once are all", "", "", []],
  ])("%s", (_, path, prefix, told) => {
    expect(foldersToTell({ members, path }, { prefix })).toStrictEqual(told)
  })
})
