import { describe, expect, it } from "vitest"

import { resolveGates } from "../../src/config/gate-config.js"
import { chooseDistributions } from "../../src/containers/linux.js"

const names = (asked: readonly string[] | undefined) =>
  chooseDistributions(asked).map(({ name }) => name)

describe("the install scripts are tried", () => {
  it("in every distribution of the table", () => {
    const { installers } = resolveGates({}, [])
    expect(names(installers)).toEqual([
      ...["debian", "debian-uv", "alpine", "fedora"],
    ])
  })

  it("in those that the configuration names", () => {
    const { installers } = resolveGates({ installers: ["alpine"] }, [])
    expect(names(installers)).toEqual(["alpine"])
  })

  it("on the project's own Python, which a distribution without one installs", () => {
    const [fedora] = chooseDistributions(["fedora"])
    const [debian] = chooseDistributions(["debian"])
    expect(fedora?.prepare("3.11")[0]?.at(-1)).toBe("python3.11")
    expect(debian?.image("3.11")).toBe("python:3.11-slim")
    expect(debian?.prepare("3.11")).toEqual([])
  })
})
