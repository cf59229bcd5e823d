import { describe, expect, it } from "vitest"

import { leftovers } from "../../src/build/leftovers.js"

describe("what earlier builds left", () => {
  it.each([undefined, "src/quayside", "src/build"])(
    "is left out beside the package %j",
    (packageDir) => {
      expect(leftovers(packageDir)).toStrictEqual([
        ...["build", "dist", "**/*.egg-info", "PKG-INFO"],
      ])
    },
  )

  it.each(["build", "build/inner"])("is not the package %s itself", (path) => {
    expect(leftovers(path)).toStrictEqual([
      ...["dist", "**/*.egg-info", "PKG-INFO"],
    ])
  })
})
