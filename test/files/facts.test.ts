import { describe, expect, it } from "vitest"

import {
  innerPath,
  isUnnamed,
  parseFacts,
  paths,
} from "../../src/files/facts.js"
import { facts, sdistFile, wheelFile } from "../helpers/files.js"

describe("the facts of archives", () => {
  it("are read as the program tells them", () => {
    const given = facts(undefined, [{ "index.html": "aa" }])
    expect(parseFacts(JSON.stringify(given))).toStrictEqual(given)
  })

  it("have something unnamed where any kind of it is", () => {
    const unnamed = { requires: [], urls: [], beside: [] }
    expect(isUnnamed({ ...wheelFile(), unnamed })).toBe(false)
    expect(isUnnamed(wheelFile())).toBe(false)
    const told = { ...unnamed, beside: ["Author: Ada"] }
    expect(isUnnamed({ ...wheelFile(), unnamed: told })).toBe(true)
  })

  it("may lack what metadata may lack", () => {
    const files = [{ ...wheelFile(), metadata: {} }]
    const text = JSON.stringify({ files, outputs: [] })
    expect(parseFacts(text).files.map(({ metadata }) => metadata)).toEqual([
      {
        ...{ Classifier: [], Dynamic: [], "License-File": [] },
        ...{ "Provides-Extra": [], "Requires-Dist": [] },
      },
    ])
  })

  it.each(["{}", '{ "files": [{ "name": "a" }], "outputs": [] }'])(
    "are none that tell less: %s",
    (text) => {
      expect(() => parseFacts(text)).toThrow("invalid_type")
    },
  )
})

describe("a path inside an archive", () => {
  it("is as it stands in a wheel, and below the one folder of an sdist", () => {
    expect(innerPath(wheelFile(), "a/b.py")).toBe("a/b.py")
    expect(innerPath(sdistFile(), "quayside-1.2.0/a/b.py")).toBe("a/b.py")
    expect(paths(sdistFile())).toStrictEqual([
      ...["PKG-INFO", "LICENSE", "src/quayside/__init__.py"],
      "tests/test_berths.py",
    ])
  })
})
