import { describe, expect, it } from "vitest"

import {
  constraints,
  poetryRequirements,
} from "../../src/reading/poetry-requirements.js"

const requirements = (given: unknown) =>
  poetryRequirements(constraints.parse({ six: given }))

describe("a dependency of poetry is written", () => {
  it.each([
    ["*", "six"],
    ["1.2", "six==1.2"],
    ["==1.2", "six==1.2"],
    [">= 1.2, < 2", "six>=1.2,<2"],
    ["^1.2.3", "six>=1.2.3,<2.0.0"],
    ["^0.2.3", "six>=0.2.3,<0.3.0"],
    ["^0.0.3", "six>=0.0.3,<0.0.4"],
    ["^0", "six>=0,<1"],
    ["~1.2.3", "six>=1.2.3,<1.3.0"],
    ["~1", "six>=1,<2"],
    ["~=1.2", "six~=1.2"],
    ["^1 || ^2", "six"],
  ])("with %s as %s", (version, requirement) => {
    expect(requirements(version)).toStrictEqual([requirement])
    expect(requirements({ version })).toStrictEqual([requirement])
  })

  it("with its extras, and when it is needed", () => {
    const markers = "sys_platform == 'linux' or extra == 'a'"
    const given = { version: "^1", extras: ["a", "b"], python: "^3.9", markers }
    expect(requirements(given)).toStrictEqual([
      `six[a,b]>=1,<2 ; python_version >= '3.9' and python_version < '4.0' and (${markers})`,
    ])
  })

  it("once for each of several constraints", () => {
    expect(
      requirements([{ version: "<2", python: "<3.10" }, ">=2"]),
    ).toStrictEqual(["six<2 ; python_version < '3.10'", "six>=2"])
  })

  it("nowhere, where the table is none of poetry's", () => {
    expect(poetryRequirements(constraints.parse([1]))).toStrictEqual([])
    expect(requirements(1)).toStrictEqual([])
  })
})
