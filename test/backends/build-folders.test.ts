import { describe, expect, it } from "vitest"

import { foldersTold } from "../../src/backends/build-folders.js"
import { sources, sourcesIn } from "../helpers/builders.js"

const JS = { "js/package.json": "{}", "ts/package.json": "{}" }

describe("the folders that commands of a build work in", () => {
  it("are those with a package.json, each once, in their order", () => {
    const script = 'run(cwd="ts")\nrun(cwd="js")\nrun(cwd="ts")\nrun(cwd="src")'
    expect(foldersTold([script], sources(JS))).toEqual(["ts", "js"])
    expect(foldersTold(["# cwd='js'"], sources(JS))).toEqual([])
  })

  it("may lie above the project", () => {
    const above = sourcesIn("backend", JS)
    const scripts = ['run(cwd=HERE.parent / "js")', 'run(cwd="../ts")']
    expect(foldersTold(scripts, above)).toEqual(["../js", "../ts"])
  })
})
