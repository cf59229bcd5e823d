import { describe, expect, it } from "vitest"

import { toolsContainer } from "../../src/containers/images.js"
import {
  checksums,
  describeDistribution,
} from "../../src/files/distribution-stage.js"
import { sdist, wheel } from "../helpers/builders.js"
import { beyond } from "../helpers/call-chain.js"
import { chainOf, folder, recordCalls } from "../helpers/recorded-engine.js"

const WHEEL = wheel()
const SDIST = sdist()
const line = ({ name, sha256 }: typeof WHEEL) => `${sha256}  ${name}\n`

describe("what goes out", () => {
  it("is the wheel and the sdist with size and hash, and nothing that lies beside them", async () => {
    const { result } = await recordCalls(
      () => describeDistribution(folder("dist"), {}),
      {
        entries: [SDIST.name, "NOTES.md", WHEEL.name],
        [`sha256sum -- ${WHEEL.name} ${SDIST.name}`]: line(WHEEL) + line(SDIST),
        size: 7,
      },
    )
    expect(result).toStrictEqual([
      { ...WHEEL, size: 7 },
      { ...SDIST, size: 7 },
    ])
  })

  it("is nothing where there is neither, and nothing is hashed", async () => {
    const { calls, result } = await recordCalls(
      () => describeDistribution(folder("dist"), {}),
      { entries: ["NOTES.md"] },
    )
    expect(result).toStrictEqual([])
    expect(calls.allOf("sha256sum")).toStrictEqual([])
  })
})

describe("SHA256SUMS", () => {
  it("has the hashes that the distribution was uploaded with, and hashes only what lies beside it", async () => {
    const others = `${"c".repeat(64)}  install.sh\n`
    const { calls, result } = await recordCalls(
      () => checksums(folder("release"), [WHEEL, SDIST], {}),
      { entries: ["install.sh", WHEEL.name, SDIST.name], sha256sum: others },
    )
    expect(result).toBe(line(WHEEL) + line(SDIST) + others)
    const base = await chainOf(() => toolsContainer({}))
    expect(beyond(base, calls.of("sha256sum"))).toEqual([
      "withMountedDirectory /dist <directory release>",
      "withWorkdir /dist",
      "withExec sha256sum -- install.sh",
      "stdout",
    ])
  })
})
