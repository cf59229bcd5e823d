import { expect, it } from "vitest"

import type { RemoteAsset } from "../../src/forge/assets.js"
import type { ForgeRelease } from "../../src/forge/forge.js"
import { onGithub } from "../../src/release/announced.js"
import { sdist, wheel } from "../helpers/builders.js"

const RELEASE = { url: "https://forge.example/v1", immutable: true }
const [WHEEL, SDIST] = [wheel(), sdist()]

function seen(...assets: readonly Partial<RemoteAsset>[]) {
  const release = RELEASE as ForgeRelease
  const remotes = assets.map((each) => ({ id: 1, complete: true, ...each }))
  const there = { where: "a/b", release, assets: remotes as RemoteAsset[] }
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

it("is not there, or not known", () => {
  const none = { where: "a/b", assets: [] }
  expect(onGithub(none, [WHEEL]).published).toBeUndefined()
  expect(onGithub({ ...none, failure: "503" }, [WHEEL]).failure).toBe("503")
})
