import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const read = (path: string) => readFileSync(join(ROOT, path), "utf8")

interface Settings {
  readonly sdk: object
  readonly include: readonly string[]
}
const settings = JSON.parse(read("dagger.json")) as Settings
const [nothing, ...loaded] = settings.include

const tracked = execFileSync("git", ["ls-files", "-z"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .split("\0")
  .filter(Boolean)

// Whatever is loaded makes the module another one when it changes: its types are read and it is made ready anew.
describe("of this repository, an engine loads", () => {
  it("nothing that is not named", () => {
    expect(nothing).toBe("!*")
  })

  it("the sources, what they are installed and run by, and what `dagger develop` adds to", () => {
    expect(loaded).toEqual([
      ".gitattributes",
      ".gitignore",
      ".npmrc",
      "dagger.json",
      "package-lock.json",
      "package.json",
      "src",
      "tsconfig.json",
    ])
    expect(
      loaded.filter((each) => !tracked.some((path) => path.startsWith(each))),
    ).toEqual([])
  })
})

describe("dagger.json", () => {
  it("has what Dagger 0.21 and 1.0 both read: of each key the form that neither replaces", () => {
    const known = ["name", "engineVersion", "sdk", "include"]
    expect(Object.keys(settings)).toEqual(known)
    expect(settings.sdk).toEqual({ source: "typescript" })
  })
})
