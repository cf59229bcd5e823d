import { describe, expect, it } from "vitest"

import { isOwnFile } from "../../src/files/distribution.js"
import {
  type Asset,
  isLatest,
  planAssets,
  type RemoteAsset,
  strays,
} from "../../src/forge/assets.js"
import { version } from "../helpers/builders.js"

const ASSET: Asset = { name: "a.whl", size: 1, sha256: "aa" }
const REMOTE = { id: 1, ...ASSET, complete: true }
const NOTHING = { keep: [], upload: [], replace: [], conflicts: [] }

const plan = (asset: Asset, remote: RemoteAsset, out: boolean) =>
  planAssets([asset], [remote], out, new Set([REMOTE.id]))

describe("a file of a release", () => {
  it.each([false, true])("with these bytes is kept, published: %j", (out) => {
    expect(plan(ASSET, REMOTE, out)).toStrictEqual({
      ...NOTHING,
      keep: [ASSET],
    })
  })

  it.each([false, true])("that is missing is sent, published: %j", (out) => {
    const other = { ...REMOTE, name: "b.whl" }
    expect(plan(ASSET, other, out)).toStrictEqual({
      ...NOTHING,
      upload: [ASSET],
    })
  })

  it.each([{ sha256: "bb" }, { size: 2 }, { sha256: undefined }])(
    "with other bytes is replaced in a draft, and a stop once published: %j",
    (changes) => {
      const remote = { ...REMOTE, ...changes }
      const differing = [{ asset: ASSET, remote }]
      expect(plan(ASSET, remote, false)).toStrictEqual({
        ...NOTHING,
        replace: differing,
      })
      expect(plan(ASSET, remote, true)).toStrictEqual({
        ...NOTHING,
        conflicts: differing,
      })
    },
  )

  it("that a broken upload left is replaced, even once published", () => {
    const remote = { ...REMOTE, complete: false }
    expect(plan(ASSET, remote, true).replace).toStrictEqual([
      { asset: ASSET, remote },
    ])
  })

  it("that records a run stays what the run that published it wrote", () => {
    const record = { ...ASSET, record: true }
    const remote = { ...REMOTE, sha256: "bb" }
    expect(plan(record, remote, true).keep).toStrictEqual([record])
    expect(plan(record, remote, false).keep).toStrictEqual([])
  })
})

describe("the record of a run that goes on at the same time", () => {
  const record = { ...ASSET, record: true }
  const since = { ...REMOTE, id: 2, sha256: "bb" }

  it("stays in a draft, once it is whole", () => {
    expect(plan(record, since, false).keep).toStrictEqual([record])
    const half = { ...since, complete: false }
    expect(plan(record, half, false).replace).toHaveLength(1)
  })

  it("is no other file with other bytes", () => {
    expect(plan(ASSET, since, false).replace).toHaveLength(1)
  })
})

describe("what a draft holds of another run", () => {
  const remotes = (...names: string[]) =>
    names.map((name, id) => ({ ...REMOTE, name, id }))

  const isOurs = (name: string) =>
    isOwnFile("boat", name) || name === "install.sh"

  it("is a wheel, an sdist, and what has a name of ours, that the release does not have", () => {
    const [old, older] = ["boat-0.9-py3-none-any.whl", "boat-0.9.tar.gz"]
    const there = remotes("a.whl", old, older, "install.sh", "c.txt")
    expect(strays(["a.whl"], there, isOurs)).toStrictEqual([
      ...[old, older, "install.sh"],
    ])
  })

  it("is nothing where all of that is the release's own, or an archive that somebody attached", () => {
    const there = remotes("boat-1.0.tar.gz", "install.sh", "site.tar.gz")
    const own = ["boat-1.0.tar.gz", "install.sh"]
    expect(strays(own, there, isOurs)).toStrictEqual([])
  })
})

describe("the latest release", () => {
  it.each([
    ["v1.2.0", ["v1.1.0", "v1.2.0"]],
    ["v1.2.0", ["v2.0.0-rc.1", "staging/v3.0.0", "nightly"]],
    ["v1.10.0", ["v1.9.0"]],
    ["v1.2.0", []],
  ])("is %s beside %j", (tag, published) => {
    expect(isLatest(version(tag), published)).toBe(true)
  })

  it.each([
    ["v1.2.0", ["v1.10.0"]],
    ["v2.0.0-rc.1", []],
    ["staging/v2.0.0", []],
  ])("is not %s beside %j", (tag, published) => {
    expect(isLatest(version(tag), published)).toBe(false)
  })
})
