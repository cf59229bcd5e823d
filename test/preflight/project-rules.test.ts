import { describe, expect, it } from "vitest"

import { resolveGates } from "../../src/config/gate-config.js"
import { resolveEnvironments } from "../../src/environments/environments.js"
import { Problems } from "../../src/errors.js"
import { judge } from "../../src/preflight/preflight.js"
import { parseTag } from "../../src/version/version.js"
import { facts, problems, PROJECT } from "../helpers/preflight.js"

describe("a preflight of the project", () => {
  it("refuses a changelog without a word on this version", () => {
    const [said = ""] = problems({ notes: { heading: undefined, text: "" } })
    expect(said).toMatch(
      /^project: `CHANGELOG\.md` has no section for 1\.2\.0 and none that is unreleased/,
    )
  })

  it("refuses a changelog in another encoding as that, and not as one without headings", () => {
    const notes = { heading: undefined, text: "", encoded: true }
    expect(problems({ notes })).toStrictEqual([
      "project: `CHANGELOG.md` is not UTF-8, so none of its headings is seen. Save it as UTF-8.",
    ])
  })

  it("refuses notes with bytes that are no letters", () => {
    const origin = "the section `1.2.0` of `CHANGELOG.md`"
    const text = "- Berths.\n- By Andr\uFFFD.\n"
    expect(
      problems({ notes: { heading: "1.2.0", text, origin } }),
    ).toStrictEqual([
      `project: ${origin} has bytes that are not UTF-8: \`- By Andr\uFFFD.\`. Save it as UTF-8; where \`\uFFFD\` itself is meant, write \`&#xFFFD;\`.`,
    ])
  })

  it("tells of a section that says nothing", () => {
    const origin = "the section `1.2.0` of `CHANGELOG.md`"
    const notes = { heading: "1.2.0", text: "", origin }
    const { problems, remarks } = judge(facts({ notes }), false)
    expect(problems).toStrictEqual([])
    expect(remarks).toContain(
      `The notes are ${origin}, which is empty: say there what has changed.`,
    )
  })

  it.each([
    [undefined, "There are no notes: no changelog was found."],
    ["all commits", "The notes are all commits."],
  ])(
    "names what looks like a changelog and is not read: %s",
    (origin, said) => {
      const notes = {
        ...{ changelog: undefined, file: undefined, template: undefined },
        others: ["docs/about/changelog.md"],
      }
      const { problems, remarks } = judge(
        facts({
          project: { ...PROJECT, notes },
          notes: { heading: undefined, text: "", ...(origin && { origin }) },
        }),
        false,
      )
      expect(problems).toStrictEqual([])
      expect(remarks).toStrictEqual([
        `${said} What looks like a changelog is not read: \`docs/about/changelog.md\`; \`changelog\` in \`[tool.shipwheel]\` names the one that is meant.`,
      ])
    },
  )

  it.each([
    [125_000, 0],
    [125_001, 1],
  ])("says of notes of %i characters what GitHub shows", (length, said) => {
    const notes = { heading: "1.2.0", text: "n".repeat(length) }
    const { remarks } = judge(facts({ notes }), false)
    expect(
      remarks.filter((each) =>
        each.includes("125001 characters, more than GitHub takes"),
      ),
    ).toHaveLength(said)
  })

  it("refuses compiled code, and says of what is left out that it is", () => {
    const [said] = problems({
      project: {
        ...PROJECT,
        compiled: { what: "it compiles", next: "Don't." },
      },
    })
    expect(said).toBe("project: it compiles. Don't.")
    const compiled = { remark: "The wheel is for every platform." }
    const { problems: none, remarks } = judge(
      facts({ project: { ...PROJECT, compiled } }),
      false,
    )
    expect(none).toStrictEqual([])
    expect(remarks).toContain(compiled.remark)
  })

  it("refuses a frontend that a hook of the backend would build, and does not", () => {
    const unbuilt = { what: "a hook is off", next: "Switch it on." }
    expect(problems({ project: { ...PROJECT, unbuilt } })).toEqual([
      "frontend: a hook is off. Switch it on.",
    ])
  })

  it("tells of what is built beside the project and goes nowhere", () => {
    const told = (leadingNowhere: string[]) =>
      judge(facts({ project: { ...PROJECT, leadingNowhere } }), false).remarks
    const said = "Beside the project something is built"
    expect(told(["../web", "../site"]).join("\n")).toContain(
      `${said} that nothing leads into the package: \`../web\`, \`../site\`. If the package needs it, name it: \`frontend = { path = "../web"`,
    )
    expect(told([]).join("\n")).not.toContain(said)
  })

  it("says of a skipped changelog why", () => {
    const gates = resolveGates({ skip: { changelog: "a first release" } }, [])
    const { problems, remarks } = judge(
      facts({
        project: { ...PROJECT, gates },
        notes: { heading: undefined, text: "" },
      }),
      false,
    )
    expect(problems).toStrictEqual([])
    expect(remarks[0]).toMatch(/\(a first release\)\.$/)
  })
})

describe("what is not found", () => {
  const missing = { heading: undefined, text: "", seen: ["Changelog", "1.1.0"] }

  it("of a changelog is told with the headings that were seen, and is a remark of a rehearsal", () => {
    const what =
      "`CHANGELOG.md` has no section for 1.2.0 and none that is unreleased; its headings are `Changelog`, `1.1.0`"
    expect(problems({ notes: missing })[0]).toContain(what)
    const verdict = judge(facts({ notes: missing }), true)
    expect(verdict.problems).toStrictEqual([])
    expect(verdict.remarks[0]).toContain(`A release would stop here: ${what}`)
  })

  it.each([
    ["1.4.0rc1", "1.4.0rc1"],
    ["curlew-v0.3.0-rc.1", "0.3.0-rc.1"],
    ["v2026.07.08", "2026.07.08"],
    ["staging/v1.2.0", "1.2.0"],
  ])(
    "of a changelog for %s is to be headed %s, as the tag has it",
    (tag, heading) => {
      const version = parseTag(tag)
      expect(problems({ notes: missing, version }).join("\n")).toContain(
        `Add the heading \`${heading}\` with`,
      )
    },
  )

  it("of a changelog is told with another that has its section, to which it may only lead", () => {
    const others = ["docs/changelog.rst", "docs/history.rst"]
    const project = { ...PROJECT, notes: { ...PROJECT.notes, others } }
    const notes = { ...missing, elsewhere: ["docs/changelog.rst"] }
    expect(problems({ project, notes })[0]).toMatch(
      /named by `changelog`, such as `changelog = "docs\/changelog\.rst"`\.$/,
    )
    expect(problems({ project, notes: missing })[0]).toMatch(
      /another file is named by `changelog`\.$/,
    )
  })

  it("of tests stops a release and a rehearsal, unless the environment leaves tests out", () => {
    const unrun = { what: "nothing runs `a/test_b.py`", next: "Say so." }
    const project = { ...PROJECT, tests: { unrun } }
    for (const rehearsal of [true, false])
      expect(judge(facts({ project }), rehearsal).problems).toStrictEqual([
        { owner: "project", ...unrun },
      ])
    const skipped = new Map([["test", "they ran before"]])
    expect(problems({ project, skipped })).toStrictEqual([])
  })

  it("of fragments is remarked", () => {
    const notes = { ...PROJECT.notes, fragments: ["newsfragments/1.fix"] }
    const { remarks } = judge(facts({ project: { ...PROJECT, notes } }), false)
    expect(remarks).toContain(
      "Not collected into the changelog yet: `newsfragments/1.fix`.",
    )
  })
})

describe("a dependency that its author has from elsewhere", () => {
  it("stops a release, and a rehearsal as well", () => {
    const key = "tool.uv.sources"
    const source = { name: "core", from: "`../core`", key, folder: undefined }
    const project = { ...PROJECT, unreleased: [source] }
    expect(problems({ project })[0]).toMatch(
      /^project: `core` comes from `\.\.\/core` for you/,
    )
    expect(judge(facts({ project }), true).problems).toHaveLength(1)
  })
})

describe("the index of an environment", () => {
  const indexOf = (index: string, ...names: string[]) =>
    problems({
      project: {
        ...PROJECT,
        environments: resolveEnvironments(
          { production: { index } },
          [],
          new Problems(),
        ),
        indexes: names.map((name) => ({ name, url: "", publishUrl: "" })),
      },
    })

  it("is refused where none has its name, before a release goes there", () => {
    expect(indexOf("quarry", "harbour")).toEqual([
      "configuration: `tool.shipwheel.environments.production.index` names `quarry`, and no `[[tool.shipwheel.index]]` has that name. There is `harbour`. Name one of those, or add it with its `name` and its `url`.",
    ])
  })

  it("may be one of the project, or a public one", () => {
    expect(indexOf("harbour", "harbour")).toEqual([])
    expect(indexOf("testpypi")).toEqual([])
  })
})
