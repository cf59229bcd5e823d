import { expect, it } from "vitest"

import { buildTime, builtCommit } from "../../src/git/repository.js"

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
