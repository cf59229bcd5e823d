import { describe, expect, it } from "vitest"

import {
  isTaken,
  ownNames,
  releaseTitle,
  sdistName,
} from "../../src/release/asset-names.js"
import { version } from "../helpers/builders.js"

const naming = (assetNames = "{{file}}", title = "{{name}} {{version}}") => ({
  name: "tiny-boat",
  version: version("v1.2.0"),
  github: { assetNames, title },
})

describe("the names of a release's files", () => {
  it("are those that the project gives, beside those that are given", () => {
    const names = ownNames(naming("{{name}}-{{version}}-{{file}}"))
    expect(names).toContain("tiny-boat-1.2.0-install.sh")
    expect(names).toContain("SHA256SUMS")
  })

  it.each([
    ["{{name}}.sh", "calls `install.ps1` `tiny-boat.sh`"],
    ["SHA256SUMS", "calls `install.sh` `SHA256SUMS`"],
    ["NOTES.md", "calls `install.sh` `NOTES.md`"],
    ["{{name}}-{{version}}.tar.gz", "`tiny-boat-1.2.0.tar.gz`, which is the"],
    [
      "{{fil}}",
      "`tool.shipwheel.github.asset-names` has no variable `{{fil}}`",
    ],
  ])("are refused where one takes another's place: %s", (pattern, words) => {
    expect(() => ownNames(naming(pattern))).toThrow(words)
  })

  it("are no further file's, nor are those that a wheel or an sdist may have", () => {
    const taken = isTaken(naming(), ownNames(naming()))
    const names = ["install.sh", "tiny_boat-0.9.tar.gz", "site.tar.gz"]
    expect(names.map(taken)).toEqual([true, true, false])
  })

  it("have the sdist's among them before it is built", () => {
    expect(sdistName(naming())).toBe("tiny_boat-1.2.0.tar.gz")
  })
})

describe("the title of a release", () => {
  it("says what the project wants", () => {
    expect(releaseTitle(naming())).toBe("tiny-boat 1.2.0")
  })

  it("is refused with a variable that there is not", () => {
    expect(() => releaseTitle(naming("", "Boat {{nam}}"))).toThrow(
      "`tool.shipwheel.github.title` has no variable `{{nam}}`",
    )
  })
})
