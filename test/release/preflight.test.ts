import { describe, expect, it } from "vitest"

import { resolveGates } from "../../src/config/gate-config.js"
import { unreadable } from "../../src/git/repository.js"
import { judge, type Preflight } from "../../src/release/preflight.js"
import { parseTag } from "../../src/version/version.js"

const HEAD = "c684459b6a90dbea5f84ecb1bd98c25b5a50c427"
const REPOSITORY = { head: HEAD, tagCommit: HEAD, dirty: [], shallow: false }
const PROJECT: NonNullable<Preflight["project"]> = {
  notes: { changelog: "CHANGELOG.md", file: undefined, template: undefined },
  gates: resolveGates({}, []),
  leftOut: [],
  tests: { unrun: undefined },
}
const NOTES = {
  heading: "[1.2.0] - 2026-06-15",
  text: "- Berths have names.",
  origin: "the section `[1.2.0] - 2026-06-15` of `CHANGELOG.md`",
}

function facts(changes: Partial<Preflight> = {}): Preflight {
  return {
    version: parseTag("v1.2.0"),
    project: PROJECT,
    repository: REPOSITORY,
    notes: NOTES,
    ...changes,
  }
}

const problems = (changes: Partial<Preflight>) =>
  judge(facts(changes), false).problems.map(
    ({ next, owner, what }) => `${owner}: ${what}. ${next}`,
  )
const repository = (changes: Partial<NonNullable<Preflight["repository"]>>) =>
  problems({ repository: { ...REPOSITORY, ...changes } })

describe("a preflight", () => {
  it("of a tagged, clean tree has nothing against a release", () => {
    expect(judge(facts(), false)).toStrictEqual({
      problems: [],
      remarks: [
        "The notes are the section `[1.2.0] - 2026-06-15` of `CHANGELOG.md`.",
      ],
    })
  })

  it("refuses a repository that git can't read, and a rehearsal says so", () => {
    const repository = unreadable("HEAD names no commit")
    expect(problems({ repository })).toStrictEqual([
      "project: git can't read the repository: HEAD names no commit. Commit at least once, and see that `git status` works there.",
    ])
    expect(judge(facts({ repository }), true).problems).toStrictEqual([])
  })

  it("refuses a tag that is not there", () => {
    expect(repository({ tagCommit: undefined })).toStrictEqual([
      "tag: `v1.2.0` is not a tag of this repository. Make it with `git tag v1.2.0`, or fetch it with `git fetch --tags`.",
    ])
  })

  it("names the shallow clone that a tag may be missing from, and its remedy", () => {
    expect(repository({ tagCommit: undefined, shallow: true })).toStrictEqual([
      "tag: `v1.2.0` is not a tag of this repository, which is a shallow clone. Fetch what the clone left out: `git fetch --unshallow --tags`.",
    ])
  })

  it("refuses a tag of another commit than the one checked out", () => {
    expect(repository({ tagCommit: "a".repeat(40) })).toStrictEqual([
      "tag: `v1.2.0` is at commit `aaaaaaaaaaaa`, and `c684459b6a90` is checked out. Build what was tagged: `git checkout v1.2.0`.",
    ])
  })

  it("refuses a tree with changes, and lists their files", () => {
    const [said = ""] = repository({ dirty: ["README.md", "src/a.py"] })
    expect(said).toMatch(
      /^project: 2 files are not as they were committed: `README\.md`, `src\/a\.py`\. Commit them/,
    )
  })

  it("lists twenty files, and counts the rest", () => {
    const dirty = Array.from({ length: 25 }, (_, at) => `${String(at)}.py`)
    expect(repository({ dirty })[0]).toContain("`19.py` and 5 more")
  })

  it("refuses a changelog without a word on this version", () => {
    const [said = ""] = problems({ notes: { heading: undefined, text: "" } })
    expect(said).toMatch(
      /^project: `CHANGELOG\.md` has no section for 1\.2\.0 and none that is unreleased/,
    )
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

  const DIRTY =
    "project: 1 file is not as it was committed: `a`. Commit them, put them away with `git stash --include-untracked`, or list them in `.gitignore`."

  it("says all at once, also beside a tag or a project that was refused", () => {
    expect(
      problems({
        repository: { ...REPOSITORY, tagCommit: undefined, dirty: ["a"] },
        notes: { heading: undefined, text: "" },
      }),
    ).toStrictEqual([
      "tag: `v1.2.0` is not a tag of this repository. Make it with `git tag v1.2.0`, or fetch it with `git fetch --tags`.",
      DIRTY,
      expect.stringMatching(
        /^project: `CHANGELOG.md` has no section for 1.2.0/,
      ),
    ])
    const without = { version: undefined, project: undefined, notes: undefined }
    const dirty = { repository: { ...REPOSITORY, dirty: ["a"] } }
    expect(problems({ ...without, ...dirty })).toStrictEqual([DIRTY])
  })

  it("lets a rehearsal go on before the tag, and says what would stop a release", () => {
    const repository = { ...REPOSITORY, tagCommit: undefined, dirty: ["a"] }
    const { problems, remarks } = judge(facts({ repository }), true)
    expect(problems).toStrictEqual([])
    expect(remarks.slice(0, 2)).toStrictEqual([
      expect.stringMatching(
        /^A release would stop here: `v1\.2\.0` is not a tag/,
      ),
      expect.stringMatching(
        /^A release would stop here: 1 file is not as it was/,
      ),
    ])
  })

  it("says what could not be compared: no repository, a shallow one", () => {
    const of = (changes: Partial<Preflight>) => judge(facts(changes), false)
    expect(of({ repository: undefined }).remarks[0]).toMatch(
      /no git repository/,
    )
    const shallow = { ...REPOSITORY, shallow: true }
    expect(of({ repository: shallow }).problems).toStrictEqual([])
    expect(of({ repository: shallow }).remarks[0]).toMatch(/shallow clone/)
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

describe("a tag of the same version", () => {
  const asked = (tag: string, tagCommit: string | undefined, tags: string[]) =>
    judge(
      facts({
        version: parseTag(tag),
        repository: { ...REPOSITORY, tagCommit, tags },
      }),
      false,
    )

  it.each([
    ["1.2", "v1.2.0"],
    ["v1.2.0-rc.1", "v1.2.0rc1"],
    ["1.2.0", "v1.2.0"],
    ["staging/v1.2", "staging/v1.2.0"],
  ])(
    "is what %s may have meant, and never the advice to make another",
    (tag, twin) => {
      const { problems } = asked(tag, undefined, ["v1.1.0", twin, "nightly"])
      expect(problems).toHaveLength(1)
      expect(problems[0]?.next).toMatch(/^Did you mean `/)
      expect(problems[0]?.next).toContain(`\`${twin}\`?`)
      expect(problems[0]?.next).not.toContain("git tag")
    },
  )

  it.each([
    ["v1.2.0", ["v1.2.1", "v1.20", "v1.2.0-rc.1"]],
    ["v1.2.0", ["staging/v1.2.0"]],
    ["v1.2.0", ["wren-v1.2.0"]],
  ])("of %s is none of %j", (tag, tags) => {
    const [first] = asked(tag, undefined, tags).problems
    expect(first?.next).toContain(`git tag ${tag}`)
  })

  it("is remarked where both are there", () => {
    expect(asked("v1.2.0", HEAD, ["v1.2.0", "1.2"]).remarks).toContain(
      "`1.2` is a tag of the same version: an index takes only one of them.",
    )
  })
})

describe("what git's settings do to a file", () => {
  it("is remarked, and stops nothing", () => {
    const settings = [
      { path: "a.bin", by: "the filter of git LFS" },
      { path: "b.py", by: "line ends" },
      { path: "c.py", by: "line ends" },
    ]
    const seen = judge(
      facts({ repository: { ...REPOSITORY, settings } }),
      false,
    )
    expect(seen.problems).toStrictEqual([])
    expect(seen.remarks.slice(0, 2)).toStrictEqual([
      "Not as committed but for the filter of git LFS, as git's settings may have it: `a.bin`.",
      "Not as committed but for line ends, as git's settings may have it: `b.py`, `c.py`.",
    ])
  })
})
