import { describe, expect, it } from "vitest"

import { outputsOf } from "../../src/frontend/written.js"
import { usualFrontend } from "../helpers/frontends.js"

const USUAL = {
  from: "frontend/out",
  destination: "src/quayside/frontend",
}
const inPlace = (from: string) => ({ from, destination: from })

describe("what a build wrote", () => {
  it.each<[string, string[], object[]]>([
    ["its tool's folder", ["frontend/out/a/b.js"], [USUAL]],
    [
      "a folder of the package",
      ["src/quayside/static/index.html", "src/quayside/static/js/a.js"],
      [inPlace("src/quayside/static")],
    ],
    [
      "two folders of the package",
      ["src/quayside/static/a.js", "src/quayside/templates/a.html"],
      [inPlace("src/quayside/static"), inPlace("src/quayside/templates")],
    ],
    [
      "a folder of the package, as a copy of its tool's",
      ["frontend/out/a.js", "src/quayside/static/a.js"],
      [inPlace("src/quayside/static")],
    ],
    [
      "one folder of another name",
      ["frontend/public/build/a.js"],
      [{ from: "frontend/public", destination: "src/quayside/frontend" }],
    ],
    [
      "its tool's folder, and another that it works with",
      ["frontend/out/a.js", "frontend/generated/routes.ts"],
      [USUAL],
    ],
  ])("into %s is its output", (_, files, outputs) => {
    expect(outputsOf(usualFrontend(), files)).toEqual({ outputs })
  })

  it.each<[string, string[], object]>([
    ["nothing", [], { elsewhere: [] }],
    [
      "two folders of other names",
      ["frontend/one/a.js", "frontend/two/b/c.js"],
      { elsewhere: ["frontend/one", "frontend/two/b"] },
    ],
    ["a folder outside of both", ["public/a.js"], { elsewhere: ["public"] }],
    [
      "its tool's folder and something else in the package",
      ["frontend/out/a.js", "src/quayside/static/b.js"],
      { either: ["frontend/out", "src/quayside/static"] },
    ],
  ])("leaves it open where that is %s", (_, files, written) => {
    expect(outputsOf(usualFrontend(), files)).toEqual(written)
  })

  it("is what the configuration says, if all of that was written", () => {
    const outputs = [USUAL, inPlace("src/quayside/static")]
    const frontend = usualFrontend({ guessed: false, outputs })
    const site = "frontend/out/a.js"
    const both = [site, "src/quayside/static/b.js", "public/c.js"]
    expect(outputsOf(frontend, both)).toEqual({ outputs })
    expect(outputsOf(frontend, [site])).toEqual({ elsewhere: ["frontend/out"] })
  })

  it("beside the sources of a frontend inside the package is no output", () => {
    const from = "src/quayside/web/dist"
    const frontend = usualFrontend({
      path: "src/quayside/web",
      outputs: [inPlace(from)],
    })
    const files = [`${from}/a.js`, "src/quayside/web/src/routes.ts"]
    expect(outputsOf(frontend, files)).toEqual({ outputs: [inPlace(from)] })
  })
})
