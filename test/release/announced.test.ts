import { expect, it } from "vitest"

import type { RemoteAsset } from "../../src/forge/assets.js"
import type { ForgeRelease } from "../../src/forge/forge.js"
import { onGithub } from "../../src/release/announced.js"
import { sdist, wheel } from "../helpers/builders.js"

const RELEASE = { url: "https://forge.example/v1", immutable: true }
const [WHEEL, SDIST] = [wheel(), sdist()]

const LINES = [WHEEL, SDIST].map(({ name, sha256 }) => `${sha256}  ${name}\n`)

function seen(...assets: readonly Partial<RemoteAsset>[]) {
  return seenWith(LINES.join(""), ...assets)
}

function seenWith(
  sums: string | undefined,
  ...assets: readonly Partial<RemoteAsset>[]
) {
  const release = RELEASE as ForgeRelease
  const remotes = assets.map((each) => ({ id: 1, complete: true, ...each }))
  const there = {
    where: "a/b",
    release,
    sums,
    assets: remotes as RemoteAsset[],
  }
  const { missing, other } = onGithub(there, [WHEEL, SDIST]).published ?? {}
  return { missing, other }
}

it("a release on GitHub is whole where it has the files that are meant", () => {
  expect(seen(WHEEL, SDIST)).toEqual({ missing: [], other: [] })
})

it("is compared by the size alone where no hash is told", () => {
  const untold = { ...WHEEL, sha256: undefined }
  expect(seen(untold, SDIST).other).toEqual([])
  expect(seen({ ...untold, size: 1 }, SDIST).other).toEqual([WHEEL.name])
})

it("lacks what is not there or was left unfinished, and has others", () => {
  expect(seen({ ...WHEEL, complete: false })).toEqual({
    missing: [SDIST.name, WHEEL.name],
    other: [],
  })
  const other = { ...WHEEL, sha256: "c".repeat(64) }
  expect(seen(other, SDIST).other).toEqual([WHEEL.name])
})

it("has other bytes of SHA256SUMS where that says of a file what is not so", () => {
  const [wheelLine = "", sdistLine = ""] = LINES
  const twice = `${LINES.join("")}${"0".repeat(64)}  ${WHEEL.name}\n`
  for (const sums of [wheelLine, twice, sdistLine, "", "nonsense"])
    expect(seenWith(sums, WHEEL, SDIST).other).toEqual(["SHA256SUMS"])
})

it("has other bytes of what lies beside the files, where SHA256SUMS says so", () => {
  const [script, sha256] = ["install.sh", "c".repeat(64)]
  const sums = `${LINES.join("")}${"d".repeat(64)}  ${script}\n`
  const beside = { name: script, size: 1, sha256 }
  expect(seenWith(sums, WHEEL, SDIST, beside).other).toEqual([script])
  const same = { ...beside, sha256: "d".repeat(64) }
  expect(seenWith(sums, WHEEL, SDIST, same).other).toEqual([])
  const untold = { ...beside, sha256: undefined }
  expect(seenWith(sums, WHEEL, SDIST, untold).other).toEqual([])
  expect(seenWith(LINES.join(""), WHEEL, SDIST, beside).other).toEqual([])
})

it("lacks what SHA256SUMS names beside the files, as long as an upload of it is unfinished, too", () => {
  const [script, sha256] = ["install.sh", "c".repeat(64)]
  const sums = `${LINES.join("")}${sha256}  ${script}\n`
  const lacks = { missing: [script], other: [] }
  expect(seenWith(sums, WHEEL, SDIST)).toEqual(lacks)
  const half = { name: script, size: 1, sha256, complete: false }
  expect(seenWith(sums, WHEEL, SDIST, half)).toEqual(lacks)
})

it("lacks SHA256SUMS, by which a promotion and people check the others", () => {
  expect(seenWith(undefined, WHEEL, SDIST)).toEqual({
    missing: ["SHA256SUMS"],
    other: [],
  })
})

it("is not there, or not known", () => {
  const none = { where: "a/b", assets: [] }
  expect(onGithub(none, [WHEEL]).published).toBeUndefined()
  expect(onGithub({ ...none, failure: "503" }, [WHEEL]).failure).toBe("503")
})
