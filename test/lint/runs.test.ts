import { expect, it } from "vitest"

import { parseRuns } from "../../src/lint/runs.js"

const RUN = { exitCode: 1, stdout: "a", stderr: "", version: "0.12.0" }

it("what commands left is read as the program tells it", () => {
  expect(parseRuns(JSON.stringify([RUN]))).toStrictEqual([RUN])
})

it("what tells less is no answer", () => {
  expect(() => parseRuns('[{ "exitCode": 1 }]')).toThrow("stdout")
})
