import { expect, it } from "vitest"

import { alone } from "../../src/git/locate-stage.js"
import {
  committedFiles,
  ignoredHere,
  readTracked,
  uncommitted,
} from "../../src/git/tracked-stage.js"
import { shownCalls } from "../helpers/call-chain.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"

const COMMITTED = ["pyproject.toml", "wren/__init__.py", "wren/sub/"]
const PRESENT = [...COMMITTED, "wren/sub/vend.py", "wren/sub/made.py"]

/** What a commit with a submodule in `wren/sub` is said to have, where the engine's git lists this of it. */
const answers = (listed: unknown, paths = COMMITTED, linked = false) => ({
  "python /tree.py": JSON.stringify({ linked, paths }),
  "python /links.py": JSON.stringify({ meant: {}, broken: {} }),
  "glob **/*": (chain: Parameters<typeof shownCalls>[0]) => {
    const calls = shownCalls(chain).join(" ")
    if (!calls.includes("wren/sub")) return PRESENT
    return calls.includes("asGit") ? listed : ["vend.py", "made.py"]
  },
})

const located = (name: string) => alone(folder(name))

it("of a submodule git tracks what its own commit has, and nothing else that lies there", async () => {
  const { result } = await recordCalls(
    () => readTracked(located("project"), "c0ffee", {}),
    answers(["vend.py", "deep/", "gone.py"]),
  )
  expect(result.submodules).toStrictEqual(["wren/sub/"])
  expect(result.tracked).toStrictEqual([
    "pyproject.toml",
    "wren/__init__.py",
    "wren/sub/vend.py",
  ])
})

it("of a submodule that can't be fetched it tracks what lies there: the preflight says what is wrong", async () => {
  const { result } = await recordCalls(
    () => committedFiles(folder("project"), "c0ffee", {}),
    answers(new Error("no such host")),
  )
  expect(result.paths).toContain("wren/sub/made.py")
})

it("a commit without a submodule is not checked out for it", async () => {
  const { calls } = await recordCalls(
    () => committedFiles(folder("project"), "c0ffee", {}),
    answers([], ["pyproject.toml"]),
  )
  expect(calls.allOf("glob")).toStrictEqual([])
})

it("the links of a project are told with what lies in its repository and git does not track", async () => {
  const links = { "wren/data.txt": "wren/sub/made.py" }
  const { result } = await recordCalls(
    () => readTracked(located("project"), "c0ffee", {}),
    {
      ...answers(["vend.py"]),
      "python /links.py": JSON.stringify({ meant: links, broken: {} }),
    },
  )
  expect(result.links?.prefix).toBe("")
  expect(result.links?.meant).toStrictEqual(new Map(Object.entries(links)))
  expect(result.links?.lacking.has("wren/sub/made.py")).toBe(true)
  expect(result.links?.lacking.has("wren/sub/vend.py")).toBe(false)
})

it.each([
  ["without a link", false, 0],
  ["with one", true, 1],
])(
  "of a commit %s nobody asks more often than needed what links mean",
  async (_, linked, asked) => {
    const { calls } = await recordCalls(
      () => readTracked(located("project"), "c0ffee", {}),
      answers([], ["pyproject.toml"], linked),
    )
    expect(calls.allOf("python /links.py")).toHaveLength(asked)
  },
)

it("a commit whose links all lead nowhere has links", async () => {
  const broken = { "wren/data.txt": "gone.txt" }
  const { result } = await recordCalls(
    () => readTracked(located("project"), "c0ffee", {}),
    {
      ...answers([]),
      "python /links.py": JSON.stringify({ meant: {}, broken }),
    },
  )
  expect(result.links?.broken).toStrictEqual(new Map(Object.entries(broken)))
})

/** What git ignores, where its commit has it, has not, or can't be had. */
it.each([
  ["is committed all the same", true, []],
  ["is in no commit", false, [".env"]],
  [
    "git can't say, as a submodule can't be fetched",
    new Error("ssh"),
    [".env"],
  ],
])(
  "a file that is ignored is of this machine alone unless a commit has it: %s",
  async (_, committed, here) => {
    const { result } = await recordCalls(
      () => ignoredHere(located("project"), [".env"]),
      {
        "exists .git": true,
        "exists .env": (chain: Parameters<typeof shownCalls>[0]) =>
          shownCalls(chain).join(" ").includes("asGit") ? committed : false,
      },
    )
    expect(result).toStrictEqual(here)
  },
)

/** A repository whose commit has this, with what the engine's git lists of a submodule in `vendor`. */
const asked = (files: string[], answer: unknown, listed: unknown = []) =>
  recordCalls(() => uncommitted(folder("project"), files, {}), {
    "exists .git": true,
    "python /tree.py": answer,
    "glob **/*": listed,
  })
const holding = (...paths: string[]) => JSON.stringify({ linked: false, paths })

it("a file is of this machine alone where no commit has it, whatever a .gitignore says", async () => {
  const { result } = await asked([".env", "a.pem"], holding("a.pem"))
  expect(result).toStrictEqual([".env"])
})

it.each([
  ["its own commit has it", ["b.key"], [".env"]],
  ["it can't be fetched", new Error("ssh"), [".env", "vendor/b.key"]],
])("nor in a submodule, where %s", async (_, listed, here) => {
  const paths = holding("a.pem", "vendor/")
  const files = [".env", "a.pem", "vendor/b.key"]
  const { result } = await asked(files, paths, listed)
  expect(result).toStrictEqual(here)
})

it("a file is of this machine alone where there is no commit yet", async () => {
  const { result } = await asked([".env"], new Error("KeyError: b'HEAD'"))
  expect(result).toStrictEqual([".env"])
})

it("nobody is asked for files where none is meant", async () => {
  const { calls } = await asked([], holding())
  expect(calls.allOf("exists")).toStrictEqual([])
})
