import { describe, expect, it } from "vitest"

import { missingFiles, submodulePaths } from "../../src/git/missing.js"

describe("what a commit has and its checkout has not", () => {
  it("is each file, once, whoever says so", () => {
    expect(missingFiles(["a.txt", "b/c.txt", "a.txt"], [])).toEqual([
      "a.txt",
      "b/c.txt",
    ])
  })

  it("is a folder in the place of all that was in it", () => {
    expect(missingFiles(["data/", "data/a/", "data/a/b.txt"], [])).toEqual([
      "data/",
    ])
  })

  it("is nothing of what no stage reads", () => {
    expect(missingFiles(["web/node_modules/x.js", ".venv/"], [])).toEqual([])
  })

  it("is nothing of another repository, but what only begins like its folder is", () => {
    const removed = ["vendor/spec/", "vendor/spec/a.md", "vendor/spec-2/b.md"]
    expect(missingFiles(removed, ["vendor/spec"])).toEqual([
      "vendor/spec-2/b.md",
    ])
  })
})

describe("the folders of submodules", () => {
  it("are named by `.gitmodules`, in quotes or not", () => {
    const text =
      '[submodule "one"]\n\tpath = vendor/one\n\turl = ../one\n[submodule "two"]\n  path="vendor/two words"\n'
    expect(submodulePaths(text)).toEqual(["vendor/one", "vendor/two words"])
  })

  it("are not what another key has", () => {
    expect(submodulePaths("[a]\n\turl = path = b\n\tmypath = c\n")).toEqual([])
  })
})
