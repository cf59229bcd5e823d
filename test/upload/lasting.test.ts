import { describe, expect, it } from "vitest"

import { lastingUpload } from "../../src/upload/lasting.js"

const upload = (option: string, name: string, rehearsal = false) =>
  lastingUpload({ option, name, rehearsal })

describe("what lasts of an upload", () => {
  it.each([
    ["pypi", "PyPI", /^on PyPI .* yanked$/],
    ["testpypi", "Test PyPI", /^on Test PyPI .* can delete/],
    ["company", "company", /^whether company ever takes/],
  ])("is told of the index that is meant: %s", (option, name, said) => {
    expect(upload(option, name)).toMatch(said)
  })

  it("is nothing of a rehearsal", () => {
    expect(upload("rehearsal", "the rehearsal index", true)).toBeUndefined()
  })
})
