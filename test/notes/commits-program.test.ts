import { execFileSync } from "node:child_process"

import { beforeAll, describe, expect, it } from "vitest"

import { newFolder, runProgram } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

beforeAll(installLinters, 300_000)

/** Runs git in a new repository; what is committed is read from `input`. */
function repository(input: Buffer) {
  const folder = newFolder()
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      ...{ cwd: folder, encoding: "utf8" },
      // Whoever does not read it may have closed the pipe before it is written.
      ...(args.includes("--stdin") || args.includes("commit") ? { input } : {}),
      stdio: ["pipe", "pipe", "ignore"],
      env: {
        ...{ ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" },
        ...{ GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.org" },
        ...{ GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "a@example.org" },
      },
    }).trim()
  git("init", "--quiet")
  return { folder, git }
}

/** What a release reads of one commit whose message is kept in an encoding. */
function read(message: Buffer, encoding?: string): unknown {
  const { folder, git } = repository(message)
  const named = encoding ? ["-c", `i18n.commitEncoding=${encoding}`] : []
  const commit = [...named, "commit", "--quiet", "--allow-empty"]
  git(...commit, "--cleanup=verbatim", "--file=-")
  const id = git("rev-parse", "HEAD")
  return JSON.parse(runProgram("notes/commits.py", folder, id))
}

describe("the message of a commit", () => {
  it.each([
    ["in UTF-8, where it names no other", "utf8", undefined],
    ["in the encoding that it names", "latin1", "ISO-8859-1"],
    ["in UTF-8, where nobody knows the one that it names", "utf8", "klingon"],
  ] as const)("is read %s", (_, kept, encoding) => {
    const message = "fix: name Äußere Häfen"
    expect(read(Buffer.from(message, kept), encoding)).toStrictEqual([
      { id: expect.any(String) as string, message, reverts: [] },
    ])
  })

  it.each(["punycode", "idna", "unicode_escape"])(
    "is read in UTF-8, where the encoding that it names is none that people write in: %s",
    (encoding) => {
      const message = "fix: xn--bcher-kva and \\x41"
      expect(read(Buffer.from(message), encoding)).toMatchObject([{ message }])
    },
  )
})

it.each([
  "Ada <ada@example.org 1700000000 +0000",
  "Ada <ada@example.org> Thu Jun 9 2005 +0000",
])("a commit is read whose time nobody can read: %s", (who) => {
  const tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
  const head = [`tree ${tree}`, `author ${who}`, `committer ${who}`]
  const text = [...head, "", "fix: a board", ""].join("\n")
  const { folder, git } = repository(Buffer.from(text))
  const id = git("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
  expect(JSON.parse(runProgram("notes/commits.py", folder, id))).toStrictEqual([
    { id, message: "fix: a board\n", reverts: [] },
  ])
})

describe("what a message says that it reverts is read", () => {
  const id = "d47cded".padEnd(40, "0")
  const other = "c0ffee1".padEnd(40, "1")
  it.each([
    ["as git writes it", `This reverts commit ${id}.`, [[id]]],
    [
      "as git writes it by `revert.reference`",
      "This reverts commit d47cded (feat!: q (x), 2026-11-29).",
      [["d47cded"]],
    ],
    [
      "of several that became one commit",
      `* Revert "a"\n\nThis reverts commit ${id}.\n\n* Revert "b"\n\nThis reverts commit ${other}`,
      [[id], [other]],
    ],
    [
      "with a reason behind it",
      `This reverts commit ${id}. It broke the berths.`,
      [[id]],
    ],
    ["as GitHub writes it", "Reverts harbour/quayside#12", [["#12"]]],
    ["and is nothing of a part", `This reverts commit ${id} in part.`, []],
    [
      "and is nothing where some of it stays",
      `This reverts commit ${id}, but for the tests.`,
      [],
    ],
    [
      "and is nothing that is known of a merge which is not there",
      `This reverts commit ${id}, reversing\nchanges made to ${other}.`,
      [[]],
    ],
  ])("%s", (_, body, reverts) => {
    const message = `Revert "feat!: q"\n\n${body}\n`
    expect(read(Buffer.from(message))).toMatchObject([{ reverts }])
  })

  it("of a merge, with what that brought", () => {
    const { folder, git } = repository(Buffer.from(""))
    const commit = (message: string) => {
      git("commit", "--quiet", "--allow-empty", "-m", message)
      return git("rev-parse", "HEAD")
    }
    commit("start")
    git("switch", "--quiet", "--create", "berths")
    const brought = commit("feat!: berths")
    git("switch", "--quiet", "-")
    const parent = commit("fix: align")
    git("merge", "--quiet", "--no-ff", "--no-edit", "berths")
    const merge = git("rev-parse", "HEAD")
    const body = `This reverts commit ${merge}, reversing\nchanges made to ${parent}.`
    const last = commit(`Revert "Merge branch 'berths'"\n\n${body}`)
    const [newest] = JSON.parse(
      runProgram("notes/commits.py", "--since", merge, folder, last),
    ) as { reverts: string[][] }[]
    expect(newest?.reverts).toStrictEqual([[merge, brought]])
  })
})
