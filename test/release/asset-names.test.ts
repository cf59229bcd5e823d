import { describe, expect, it } from "vitest"

import {
  foreseen,
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

describe("what of a release's files is known before they are made", () => {
  const project = {
    name: "tiny-boat",
    github: { assetNames: "tiny-{{file}}", title: "{{name}}" },
    publicKey: undefined as string | undefined,
    gates: { skip: new Map<string, string>() },
  }
  const known = (changes: Partial<typeof project> = {}, recorded = false) =>
    foreseen({ ...project, ...changes }, version("v1.2.0"), recorded)

  it("is the names of those that it has in any case", () => {
    expect(known().certain).toEqual(["SHA256SUMS", "tiny-sbom.cdx.json"])
    expect(known({}, true).certain).toContain("tiny-release-report.md")
    const skip = new Map([["sbom", "not wanted"]])
    const publicKey = "ssh-ed25519 AAAA"
    expect(known({ publicKey, gates: { skip } }).certain).toEqual([
      "SHA256SUMS",
      "SHA256SUMS.sig",
    ])
  })

  it("is which may be among them, of those that are its own by their names", () => {
    const { isOurs, isPossible } = known()
    const own = {
      "tiny_boat-1.2.0-cp312-cp312-linux_x86_64.whl": true,
      "Tiny.Boat-1.2.0.tar.gz": true,
      "tiny-install.sh": true,
      "tiny_boat-1.1.0.tar.gz": false,
      "SHA256SUMS.minisig": false,
    }
    const names = Object.keys(own)
    expect(names.filter(isOurs)).toEqual(names)
    expect(names.map(isPossible)).toEqual(Object.values(own))
    expect(isOurs("manual.pdf")).toBe(false)
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
