import { describe, expect, it } from "vitest"

import type { FrontendConfig } from "../../src/config/config-schema.js"
import { Problems } from "../../src/errors.js"
import { isInPlace, resolveOutputs } from "../../src/frontend/output.js"
import { readPackageJson } from "../../src/reading/package-json.js"
import { Sources } from "../../src/reading/sources.js"
import { accepted, refusal } from "../helpers/refusal.js"

const PLACE = {
  path: "frontend",
  packageDir: "src/quayside",
  usual: "src/quayside/frontend",
}

/** Where the output of a frontend comes from, and where it goes. */
function outputs(config: Partial<FrontendConfig>, place = PLACE) {
  const texts = new Map([["package.json", "{}"]])
  const sources = new Sources(new Set(texts.keys()), texts)
  const manifest = readPackageJson("", sources, new Problems())
  return (problems: Problems) =>
    manifest &&
    resolveOutputs({ path: place.path, ...config }, place, manifest, problems)
}

describe("the output of a frontend", () => {
  it.each<[Partial<FrontendConfig>, [string, string][]]>([
    [{}, [["frontend/dist", "src/quayside/frontend"]]],
    [{ output: "www/" }, [["frontend/www", "src/quayside/frontend"]]],
    [
      { output: "../src/quayside/static" },
      [["src/quayside/static", "src/quayside/static"]],
    ],
    [
      { output: "../build", destination: "src/quayside/site" },
      [["build", "src/quayside/site"]],
    ],
    [
      { output: ["../src/quayside/static", "dist"] },
      [
        ["src/quayside/static", "src/quayside/static"],
        ["frontend/dist", "src/quayside/frontend"],
      ],
    ],
    [
      { output: ["dist", "ssr"] },
      [
        ["frontend/dist", "src/quayside/frontend/dist"],
        ["frontend/ssr", "src/quayside/frontend/ssr"],
      ],
    ],
  ])("with %j goes where it belongs", (config, expected) => {
    expect(accepted(outputs(config))).toEqual(
      expected.map(([from, destination]) => ({ from, destination })),
    )
  })

  it("stays where it is, of a frontend inside the package", () => {
    const place = { ...PLACE, path: "src/quayside/web" }
    const found = accepted(outputs({}, place)) ?? []
    expect(found).toEqual([
      { from: "src/quayside/web/dist", destination: "src/quayside/web/dist" },
    ])
    expect(found.map(isInPlace)).toEqual([true])
  })

  it.each(["../..", "../../other", ".."])(
    "is refused as %s, which is no folder inside the project",
    (output) => {
      expect(refusal(outputs({ output }))).toBe(
        `configuration: \`tool.shipwheel.frontend.output\` is \`${output}\`, which is not a folder inside the project\n   Write a path relative to the frontend's folder, such as \`dist\`, or \`../quayside/static\` for a build that writes into the package.`,
      )
    },
  )
})
