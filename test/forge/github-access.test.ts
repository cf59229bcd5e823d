import { describe, expect, it } from "vitest"

import { refuseAccess, unfitForGithub } from "../../src/forge/github-access.js"
import { refusal } from "../helpers/refusal.js"

const LIMIT = 2 * 1024 ** 3
const file = (name: string, size = 1) => ({ name, size, sha256: "" })

describe("a file that GitHub takes", () => {
  it.each(["a-1.0.tar.gz", "_a+b.whl", "SHA256SUMS"])("is %s", (name) => {
    expect(unfitForGithub([file(name, LIMIT - 1)])).toStrictEqual([])
  })
})

describe("a file that GitHub would not take", () => {
  it.each([
    [
      "a",
      LIMIT,
      `\`a\` has ${LIMIT} bytes, and GitHub takes less than ${LIMIT} for a file`,
    ],
    ["a", 0, "`a` is empty, which GitHub refuses"],
    [".a", 1, "`.a` is a name that GitHub would change"],
    ["a b", 1, "`a b` is a name that GitHub would change"],
    ["a.", 1, "`a.` is a name that GitHub would change"],
  ])("is %j of %i bytes", (name, size, said) => {
    expect(unfitForGithub([file(name, size)])).toStrictEqual([said])
  })

  it("is one of more than a release may have", () => {
    const many = Array.from({ length: 1001 }, (_, at) => file(`f${at}`))
    expect(unfitForGithub(many.slice(1))).toStrictEqual([])
    expect(unfitForGithub(many)).toStrictEqual([
      "there are 1001, and GitHub takes 1000 for a release",
    ])
  })

  it("is not one whose size is not known yet", () => {
    expect(unfitForGithub([{ name: "install.sh" }])).toStrictEqual([])
  })

  it("is one whose name another has", () => {
    expect(unfitForGithub([file("a"), file("b"), file("a")])).toStrictEqual([
      "`a` is the name of two files",
    ])
  })
})

describe("a repository and a token", () => {
  const refused = (changes: Partial<Parameters<typeof refuseAccess>[0]>) =>
    refusal(() => {
      refuseAccess({
        where: "octo-org/quayside",
        archived: false,
        private: false,
        mayPush: true,
        scopes: undefined,
        ...changes,
      })
    })

  it.each([
    ["without scopes that are told", {}],
    ["with `repo`", { private: true, scopes: "gist, repo" }],
    ["with `public_repo` in public", { scopes: "public_repo" }],
    ["whose right to push is not told", { mayPush: undefined }],
  ])("%s will do", (_, changes) => {
    expect(refused(changes)).toBe("")
  })

  it.each([
    [
      { archived: true },
      "github: `octo-org/quayside` is archived\n   Unarchive it, or correct `--github-repository`.",
    ],
    [
      { mayPush: false },
      "credential: the token's owner may not write to `octo-org/quayside`\n   Ask for write access to the repository, or use a token of somebody who has it.",
    ],
    [
      { scopes: "" },
      "credential: the token lacks the scope `repo` or `public_repo` for `octo-org/quayside`; it has `none`\n   Add the scope to the token, or make a fine-grained one with the permission `Contents: write`.",
    ],
    [
      { private: true, scopes: "public_repo" },
      "credential: the token lacks the scope `repo` for `octo-org/quayside`; it has `public_repo`\n   Add the scope to the token, or make a fine-grained one with the permission `Contents: write`.",
    ],
  ])("%j are refused", (changes, said) => {
    expect(refused(changes)).toBe(said)
  })
})
