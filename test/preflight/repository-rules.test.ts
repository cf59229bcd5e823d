import { describe, expect, it } from "vitest"

import {
  borrowing,
  unreadable,
  whyUnreadable,
} from "../../src/git/repository.js"
import { judge } from "../../src/preflight/preflight.js"
import type { Preflight } from "../../src/preflight/preflight-rule.js"
import { parseTag } from "../../src/version/version.js"
import { facts, HEAD, problems, REPOSITORY } from "../helpers/preflight.js"

const repository = (changes: Partial<NonNullable<Preflight["repository"]>>) =>
  problems({ repository: { ...REPOSITORY, ...changes } })

const MODULES = `[submodule "songs"]
\tpath = tiny/songs
\turl = https://me:hunter2@git.example/songs.git
[submodule "maps"]
\tpath = tiny/maps
\turl = git@git.example:maps.git
\tignore = all
`

describe("a preflight of the repository", () => {
  it("refuses a repository that git can't read, and a rehearsal says so", () => {
    const repository = unreadable(
      whyUnreadable(
        [".git/objects/4b/825dc6"],
        "HEAD names no commit",
        undefined,
      ),
    )
    expect(problems({ repository })).toStrictEqual([
      "project: git can't read the repository: HEAD names no commit. Commit at least once, and see that `git status` works there.",
    ])
    expect(judge(facts({ repository }), true).problems).toStrictEqual([])
    expect(
      problems({
        repository: unreadable(
          whyUnreadable([], "failed to update submodules", MODULES),
        ),
      }),
    ).toStrictEqual([
      "project: git can't read the repository: failed to update submodules. To compare the folder with its commit, submodules are fetched: `tiny/songs` from `https://git.example/songs.git`, `tiny/maps` from `git@git.example:maps.git`. See that these addresses are reached from where the engine runs, without a key or a password. Where they can't be, give it a copy of the folder without `.git`: then neither the tag nor the tree is compared with a commit.",
    ])
  })

  it("refuses a clone that borrows its objects, in a rehearsal as well", () => {
    const repository = borrowing(["/srv/mirrors/wren/objects"])
    for (const rehearsal of [false, true]) {
      const { problems, remarks } = judge(facts({ repository }), rehearsal)
      expect(problems.map(({ what }) => what).join()).toMatch(
        /^the clone borrows objects from `\/srv\/mirrors\/wren\/objects`/,
      )
      expect(remarks.join()).not.toMatch(/repository|tag/)
    }
  })

  it("refuses a tag that is not there", () => {
    expect(repository({ tagCommit: undefined })).toStrictEqual([
      "tag: `v1.2.0` is not a tag of this repository. Make it with `git tag v1.2.0`, or fetch it with `git fetch --tags`.",
    ])
  })

  it.each([
    ["wren-v1.2.0", "wren-"],
    ["packages/wren@1.2.0", "packages/wren@"],
    ["wren_v1.2", "wren_"],
  ])(
    "says of a tag that only %s has the version, and how that is a release",
    (tag, prefix) => {
      const tags = ["v1.1.0", tag, "wren-v1.2.1"]
      expect(repository({ tagCommit: undefined, tags })).toStrictEqual([
        `tag: \`v1.2.0\` is not a tag of this repository; \`${tag}\` is. If that is this project's, name what its tags begin with in \`[tool.shipwheel]\`: \`tag-prefix = "${prefix}"\`, and release \`${tag}\`; else make the tag with \`git tag v1.2.0\`.`,
      ])
    },
  )

  it("tells who has files that git does not track what it can't see", () => {
    const both = { dirty: ["new.txt"], untracked: ["new.txt"] }
    expect(repository(both)[0]).toMatch(
      /or list them in `\.gitignore`; .*What only your own excludes name \(`core\.excludesFile`\) is not known here: `\.git\/info\/exclude` is read\.$/,
    )
  })

  it("says of which files a filter hides whether they are as committed", () => {
    const filtered = [
      { path: "a.ipynb", by: "nbstripout" },
      { path: "b.ipynb", by: "nbstripout" },
    ]
    const { problems, remarks } = judge(
      facts({ repository: { ...REPOSITORY, filtered } }),
      false,
    )
    expect(problems).toStrictEqual([])
    expect(remarks[0]).toBe(
      "Nothing tells whether these are as they were committed: `a.ipynb`, `b.ipynb`; `.gitattributes` or `.git/info/attributes` gives them to the filter `nbstripout`, which is not run here.",
    )
  })

  it.each([
    "src/wren/song.py",
    "wren/song.pyi",
    "pyproject.toml",
    "setup.cfg",
    "frontend/package.json",
    "requirements/test.txt",
    "constraints.txt",
    "wren/static/app.js",
  ])(
    "refuses what a filter hides where it is code or decides on the build: %s",
    (path) => {
      const hidden = [{ path, by: "whatever" }]
      expect(repository({ filtered: hidden })).toStrictEqual([
        `project: nothing tells whether these are as they were committed, and they are code or decide on the build: \`${path}\`; \`.gitattributes\` or \`.git/info/attributes\` gives them to the filter \`whatever\`, which is not run here. Release from a clone for which that filter is not set up, where files are as they were committed, or take the filter from these in \`.gitattributes\`: \`*.py -filter\`.`,
      ])
    },
  )

  it.each(["a.ipynb", "wren/locale/de.po", "data.csv", "secrets/a.key"])(
    "refuses nothing that a filter hides where it is data: %s",
    (path) => {
      const hidden = [{ path, by: "whatever" }]
      expect(repository({ filtered: hidden })).toStrictEqual([])
    },
  )

  it("names the shallow clone that a tag may be missing from, and its remedy", () => {
    expect(repository({ tagCommit: undefined, shallow: true })).toStrictEqual([
      "tag: `v1.2.0` is not a tag of this repository, which is a shallow clone. Fetch what the clone left out: `git fetch --unshallow --tags`.",
    ])
  })

  it("refuses a tag of another commit than the one checked out", () => {
    expect(repository({ tagCommit: "a".repeat(40) })).toStrictEqual([
      "tag: `v1.2.0` is at commit `aaaaaaaaaaaa`, and `c684459b6a90` is checked out. Build what was tagged: `git checkout tags/v1.2.0`. Where that has no `dagger.json` yet, make a clone of it, `git clone --branch v1.2.0 . ../v1.2.0`, and name that: `--source ../v1.2.0`.",
    ])
  })

  it("refuses a tag of what is no commit, and never says to check that out", () => {
    const tagged = { tagCommit: "a".repeat(40), tagsOther: true }
    expect(repository(tagged)).toStrictEqual([
      "tag: `v1.2.0` is on no commit that could be checked out. If it is on a tree or on a file, put it on the commit that is meant: `git tag --force v1.2.0 COMMIT`. If it is on a commit that this clone lacks, fetch that: `git fetch --tags`.",
    ])
  })

  it("says of a repository that was added inside of another what it is, and how it is taken out", () => {
    const why = whyUnreadable([], "failed to update submodules", undefined)
    const [said = ""] = problems({ repository: unreadable(why) })
    expect(said).toContain(
      "a folder of it is only a link to a commit of another repository, and no `.gitmodules` says where that is",
    )
    expect(said).toContain("`git rm --cached FOLDER`")
  })

  it("refuses a tree with changes, and lists their files", () => {
    const [said = ""] = repository({ dirty: ["README.md", "src/a.py"] })
    expect(said).toMatch(
      /^project: 2 files are not as they were committed: `README\.md`, `src\/a\.py`\. Commit them/,
    )
  })

  it("lists twenty files, and counts the rest", () => {
    const [mine = ""] = repository({ dirty: ["a.py", "dagger.json"] })
    expect(mine).toContain(
      "Commit `dagger.json`, by which Shipwheel is called here, with what else is meant, and put the tag on that commit; what",
    )
    expect(mine).not.toContain("git stash")
    const dirty = Array.from({ length: 25 }, (_, at) => `${String(at)}.py`)
    expect(repository({ dirty })[0]).toContain("`19.py` and 5 more")
  })

  it("says of a link that git made a plain file of where there is a better clone", () => {
    const links = { dirty: ["alias.py"], unlinked: ["alias.py"] }
    expect(repository(links).join()).toMatch(
      /`alias\.py` is a link in the commit: git writes its own text .* release from a clone where it is true\.$/,
    )
    expect(repository({ dirty: ["alias.py"] }).join()).not.toMatch(/is a link/)
  })

  it("refuses objects that git shows others in the place of, and a rehearsal says so", () => {
    const replaced = ["e9f74ec3f5be13a096234f5817e74c00189d82a3"]
    expect(repository({ replaced })).toStrictEqual([
      "project: git shows other objects in the place of what was committed: `e9f74ec3f5be` is replaced by `refs/replace`. No other clone has that. Take it away (`git replace --delete e9f74ec3f5be13a096234f5817e74c00189d82a3`; `git replace --list` names all), or release from a clone, which gets none.",
    ])
    expect(repository({ replaced: [] })).toStrictEqual([])
    const seen = facts({ repository: { ...REPOSITORY, replaced } })
    expect(judge(seen, true).problems).toStrictEqual([])
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
    ["v1.2.7", "v1.02.7"],
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
