import { expect, it } from "vitest"

import {
  buildTime,
  builtCommit,
  lendersIn,
  saysNoCommit,
  whyUnreadable,
} from "../../src/git/repository.js"

const REPOSITORY = { head: "b", tagCommit: "a", dirty: [], shallow: false }

it("the commit that is built is the tag's, else the one checked out, else none", () => {
  expect(builtCommit(REPOSITORY)).toBe("a")
  expect(builtCommit({ ...REPOSITORY, tagCommit: undefined })).toBe("b")
  expect(builtCommit(undefined)).toBeUndefined()
})

it.each([
  [1_700_000_000.9, 1_700_000_000],
  [0, 315_532_800],
  [Number.NaN, 315_532_800],
])("a build at %d says %d, for zip files start in 1980", (given, said) => {
  expect(buildTime(given)).toBe(said)
})

it.each([
  `.git/objects/4b/${"8".repeat(62)}`,
  `.git/objects/pack/pack-${"8".repeat(64)}.idx`,
])("git can't read objects that SHA-256 names: %s", (path) => {
  const { next, reason } = whyUnreadable([path], "no ref HEAD", undefined)
  expect(reason).toContain("SHA-256")
  expect(next).toContain("git archive")
})

it.each([
  `.git/objects/4b/${"8".repeat(38)}`,
  `.git/objects/pack/pack-${"8".repeat(40)}.idx`,
])("git says itself why it can't read others: %s", (path) => {
  expect(whyUnreadable([path], "no ref HEAD", undefined).reason).toBe(
    "no ref HEAD",
  )
})

it("what can't be checked out is no commit, in the words of the engine", () => {
  const says =
    "failed to checkout refs/tags/v1.0.0: failed to checkout remote file:///x/.git: git error: exit status 128"
  expect(saysNoCommit(says)).toBe(true)
})

it.each([
  "failed to checkout remote: failed to update submodules: git error: exit status 128",
  "fatal: refusing to merge unrelated histories",
])("a commit may be there where something else fails: %s", (words) => {
  expect(saysNoCommit(words)).toBe(false)
})

it("a clone borrows from every folder that git would read of its list", () => {
  const list = "# mirrors\n/srv/a/objects\n\n../../b c/.git/objects\n"
  expect(lendersIn(list)).toEqual(["/srv/a/objects", "../../b c/.git/objects"])
  expect(lendersIn("\n# /srv/a/objects\n")).toEqual([])
})

it("a link to a repository that was added inside of this one is told as that", () => {
  const why = whyUnreadable([], "failed to update submodules", undefined)
  expect(why.reason).toContain("is only a link to a commit of another")
  expect(why.next).toContain("`git submodule add`")
})
