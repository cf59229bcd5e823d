import { expect, it } from "vitest"

import { plural } from "../../src/text/plural.js"

it("one thing is one", () => {
  expect([
    plural(1, "file"),
    plural(2, "file"),
    plural(0, "fly", "flies"),
  ]).toEqual(["1 file", "2 files", "0 flies"])
})
