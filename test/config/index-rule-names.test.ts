import { expect, it } from "vitest"

import { takenAnywhere } from "../../src/config/index-rule-names.js"

it("what some index takes may pass before an upload, once each", () => {
  expect(
    takenAnywhere([
      { takes: ["summary", "name"] },
      {},
      { takes: ["name", "one-sdist"] },
    ]),
  ).toStrictEqual(["summary", "name", "one-sdist"])
})

it("nothing may pass where no index takes more than PyPI", () => {
  expect(takenAnywhere([{}, { takes: undefined }])).toStrictEqual([])
})
