import { describe, expect, it } from "vitest"

import { LINKED } from "../../src/git/repository.js"
import {
  commitToBuild,
  readRepository,
  refuseSilent,
  tagsOf,
} from "../../src/git/stage.js"
import { checkout, folder, recordCalls } from "../helpers/recorded-engine.js"

const HEAD = "c684459b6a90dbea5f84ecb1bd98c25b5a50c427"
const ANSWERS = {
  "exists a.txt SYMLINK_TYPE": false,
  "exists large.bin SYMLINK_TYPE": false,
  "exists .git": true,
  "exists .git/shallow": false,
  "exists .git/objects/info/alternates": false,
  "exists .git/info/attributes": false,
  "exists .git/refs/replace": false,
  "exists .git/packed-refs": false,
  "exists .gitmodules": false,
  "glob **/.gitattributes": [],
  commit: HEAD,
  tags: ["v1.2.0"],
  addedPaths: [],
  modifiedPaths: [],
  removedPaths: [],
}

/** What git is said to say of a folder. */
async function read(answers: Readonly<Record<string, unknown>> = {}) {
  const all = { ...ANSWERS, ...answers }
  return recordCalls(() => readRepository(folder("project"), "v1.2.0"), all)
}

describe("a repository", () => {
  it("that is elsewhere, of which only a file is here, can't be read", async () => {
    const { result } = await recordCalls(
      () => readRepository(folder("project"), "v1.2.0"),
      { "exists .git DIRECTORY_TYPE": false, "exists .git": true },
    )
    expect(result?.unreadable).toBe(LINKED)
  })

  it("is read with its commit, its tag and all tags", async () => {
    const { result } = await read()
    expect(result).toMatchObject({
      head: HEAD,
      tagCommit: HEAD,
      tags: ["v1.2.0"],
      dirty: [],
      shallow: false,
    })
  })

  it("is none where the folder has none", async () => {
    const { calls, result } = await read({ "exists .git": false })
    expect(result).toBeUndefined()
    expect(calls.asked).toHaveLength(2)
  })

  it("that git can't read says why", async () => {
    const error = new Error("HEAD names no commit")
    const { result } = await read({ commit: error, glob: [] })
    expect(result?.head).toBeUndefined()
    expect(result?.unreadable?.reason).not.toBe("")
    expect(result?.unreadable?.next).toContain("Commit at least once")
  })

  it("that has a submodule whose server never answers is refused, with where it is fetched from", async () => {
    const url = "https://git.example/songs.git"
    const answers = {
      sync: () => new Promise<never>(() => undefined),
      contents: `[submodule "songs"]\npath = songs\nurl = ${url}\n`,
    }
    const silent = recordCalls(
      () => refuseSilent(folder("project"), 0.01),
      answers,
    )
    await expect(silent).rejects.toThrow(
      `project: its submodules were not fetched within 0.01 s\n   To compare the folder with its commit, submodules are fetched: \`songs\` from \`${url}\`. See that these addresses are reached`,
    )
  })

  it.each([
    ["that comes", "1"],
    ["that is refused, which the preflight tells", new Error("no host")],
  ])("is not kept by a submodule %s", async (_, sync) => {
    const { result } = await recordCalls(
      () => refuseSilent(folder("project"), 600),
      { sync },
    )
    expect(result).toBeUndefined()
  })

  const BORROWING = {
    ...ANSWERS,
    "exists .git/objects/info/alternates": true,
    contents: "/srv/mirrors/wren/objects\n",
  }

  it("that borrows its objects is not read, but named with what it borrows from", async () => {
    const { calls, result } = await read(BORROWING)
    expect(result).toMatchObject({
      head: undefined,
      lenders: ["/srv/mirrors/wren/objects"],
    })
    expect(calls.allOf("commit")).toStrictEqual([])
  })

  it.each([
    ["commit", () => commitToBuild(checkout("project"), "v1.2.0")],
    ["tags", () => tagsOf(checkout("project"))],
  ] as const)(
    "that borrows its objects is refused by whoever asks for its %s, with what makes it whole",
    async (_, ask) => {
      await expect(recordCalls<unknown>(ask, BORROWING)).rejects.toThrow(
        "project: the clone borrows objects from `/srv/mirrors/wren/objects`, as `.git/objects/info/alternates` says: they are not given to the engine, so that the commits can't be read\n   Make the clone whole, `git repack -a -d && rm .git/objects/info/alternates`, or clone anew",
      )
      const whole = { ...BORROWING, contents: "# /srv/mirrors\n" }
      const { result } = await recordCalls<unknown>(ask, whole)
      expect([result].flat()[0]).toMatch(/^(?:c684459b|v1\.2\.0)/)
    },
  )

  it("of a clean tree asks for the content of no file, and for no attributes", async () => {
    const { calls } = await read()
    for (const each of ["contents", "digest", "glob"])
      expect(calls.allOf(each)).toStrictEqual([])
  })

  const OTHER = "e9f74ec3f5be13a096234f5817e74c00189d82a3"

  it("is read with the objects that it has replacements of, as single refs and as packed ones", async () => {
    const { result } = await read({
      "exists .git/refs/replace": true,
      "exists .git/packed-refs": true,
      glob: [`.git/refs/replace/${OTHER}`],
      contents: `# pack-refs with: peeled\n${OTHER} refs/replace/${HEAD}\n${HEAD} refs/tags/v1.2.0\n`,
    })
    expect(result?.replaced).toStrictEqual([OTHER, HEAD])
  })

  it("whose file differs by its line ends alone is clean", async () => {
    const texts = ["a\n", "a\r\n"]
    let digests = 0
    const { result } = await read({
      modifiedPaths: ["wren/", "wren/a.txt"],
      digest: () => `sha256:${String((digests += 1))}`,
      size: 3,
      contents: () => texts.shift() ?? "",
    })
    expect(result).toMatchObject({
      dirty: [],
      settings: [{ path: "wren/a.txt", by: "line ends" }],
    })
  })

  it("whose file has another content is not clean, nor is one with a file more or less", async () => {
    const texts = ["a\n", "b\n"]
    let digests = 0
    const { result } = await read({
      addedPaths: ["new/", "new/file.txt"],
      modifiedPaths: ["a.txt"],
      removedPaths: ["gone.txt", "web/node_modules/x.js"],
      digest: () => `sha256:${String((digests += 1))}`,
      size: 2,
      contents: () => texts.shift() ?? "",
    })
    expect(result?.dirty).toStrictEqual(["a.txt", "gone.txt", "new/file.txt"])
    expect(result?.untracked).toStrictEqual(["new/file.txt"])
  })

  it("whose link is a plain file, as git makes one where it may make no links, says so", async () => {
    let asked = 0
    const changes = {
      modifiedPaths: ["alias.py", "a.py"],
      digest: () => `sha256:${String((asked += 1))}`,
      size: 2,
      contents: () => String((asked += 1)),
    }
    const isLink = ["exists alias.py SYMLINK_TYPE", "exists a.py SYMLINK_TYPE"]
    const [alias = "", plain = ""] = isLink
    const seen = [true, false]
    const { result } = await read({
      ...changes,
      [alias]: () => seen.shift() ?? false,
      [plain]: false,
    })
    expect(result?.unlinked).toStrictEqual(["alias.py"])
    const { result: links } = await read({
      ...changes,
      [alias]: true,
      [plain]: false,
    })
    expect(links?.unlinked).toStrictEqual([])
  })

  it("does not say of a file that a filter stands before whether it is clean", async () => {
    const texts = ["{}", "{ }", "* filter=nbstripout\n"]
    let digests = 0
    const { result } = await read({
      modifiedPaths: ["a.ipynb"],
      "glob **/.gitattributes": [".gitattributes"],
      digest: () => `sha256:${String((digests += 1))}`,
      size: 2,
      contents: () => texts.pop() ?? "",
    })
    expect(result?.dirty).toStrictEqual([])
    expect(result?.filtered).toStrictEqual([
      { path: "a.ipynb", by: "nbstripout" },
    ])
  })

  it("does not read a large file, which is compared by its digest", async () => {
    let digests = 0
    const { calls, result } = await read({
      modifiedPaths: ["large.bin"],
      digest: () => `sha256:${String((digests += 1))}`,
      size: 2 ** 21,
    })
    expect(result?.dirty).toStrictEqual(["large.bin"])
    expect(calls.allOf("contents")).toStrictEqual([])
  })
})
