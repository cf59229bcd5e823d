import { describe, expect, it } from "vitest"

import {
  duplicates,
  mislabelled,
  misrecorded,
  remarkNames,
  renaming,
  shutOut,
} from "../../src/files/entries.js"
import {
  entry,
  facts,
  holding,
  recordOf,
  sdistFile,
  wheelFile,
} from "../helpers/files.js"

const NAME = "quayside-1.2.0-py3-none-any.whl"
const FILES = [entry("quayside/__init__.py"), entry("quayside/berths.py", "b")]
const wheel = (entries: typeof FILES, record = recordOf(FILES)) =>
  misrecorded(wheelFile({ entries, record }))

describe("a wheel", () => {
  it("holds what its RECORD lists, and its signatures", () => {
    const info = "quayside-1.2.0.dist-info/RECORD"
    const own = ["", ".jws", ".p7s"].map((end) => entry(`${info}${end}`))
    expect(wheel([...FILES, ...own])).toStrictEqual([])
  })

  it("must have a RECORD", () => {
    expect(misrecorded({ ...wheelFile(), record: undefined })).toStrictEqual([
      `\`${NAME}\` has no RECORD`,
    ])
  })

  it("is refused with all that differs", () => {
    const entries = [entry("quayside/berths.py", "c"), entry("extra.py")]
    expect(wheel(entries)).toStrictEqual([
      `\`${NAME}\` holds what its RECORD does not list: \`extra.py\``,
      `\`${NAME}\` holds other bytes than its RECORD says: \`quayside/berths.py\``,
      `\`${NAME}\` lacks what its RECORD lists: \`quayside/__init__.py\``,
    ])
  })
})

describe("what a wheel says of itself beside its name", () => {
  it("is refused where its name does not say it", () => {
    expect(mislabelled(wheelFile())).toEqual([])
    const said = { mislabelled: ["Tag: cp39-cp39-win32", "Build: 7"] }
    expect(mislabelled(wheelFile(said))).toEqual([
      expect.stringContaining(
        "says in its WHEEL what its name does not say, or what no installer reads: `Tag: cp39-cp39-win32`, `Build: 7`",
      ),
    ])
  })

  it("is refused where it lacks what installers ask for", () => {
    const said = { unlabelled: ["Wheel-Version"] }
    expect(mislabelled(wheelFile(said))).toEqual([
      expect.stringContaining(
        "has no WHEEL that says what installers ask for: it lacks `Wheel-Version`",
      ),
    ])
  })

  it("is for every Python that is tested, by its name", () => {
    const named = (tag: string) =>
      shutOut(wheelFile({ name: `quayside-1.2.0-${tag}-none-any.whl` }), [
        "3.9",
        "3.12",
      ])
    for (const tag of ["py3", "py2.py3", "py39"]) expect(named(tag)).toEqual([])
    expect(named("py312")).toEqual([
      "`quayside-1.2.0-py312-none-any.whl` is for Python 3.12 and later by its name: Python 3.9 would get the sdist alone",
    ])
  })
})

describe("an sdist", () => {
  it("has no RECORD to hold it to", () => {
    expect(misrecorded(sdistFile())).toStrictEqual([])
  })
})

describe("names that are one on macOS and Windows", () => {
  const twins = (file = wheelFile()) =>
    holding(file, "quayside/Mod.py", "quayside/mod.py")

  it("are refused in a wheel, of which an install there would lose one", () => {
    expect(duplicates(twins())).toStrictEqual([
      `on macOS and Windows an install of \`${NAME}\` keeps only one of each of these: \`quayside/Mod.py\` and \`quayside/mod.py\``,
    ])
    const same = holding(wheelFile(), "quayside/K.py", "quayside/\u212A.py")
    expect(duplicates(same).join()).toContain(
      "`quayside/K.py` and `quayside/\u212A.py` (`quayside/\\u{212a}.py`)",
    )
    expect(renaming(facts([twins()]))).toMatch(
      /^Give files names that differ by more .* `skip = \{ duplicates = "for Linux alone" \}` in `\[tool\.shipwheel\]`\.$/,
    )
  })

  it("are no matter of a wheel for Linux", () => {
    const name = "quayside-1.2.0-py3-none-manylinux_2_28_x86_64.whl"
    expect(duplicates(twins(wheelFile({ name })))).toStrictEqual([])
  })

  it("are remarked of an sdist, which is unpacked on the way to a wheel", () => {
    expect(duplicates(twins(sdistFile()))).toStrictEqual([])
    expect(renaming(facts([twins(sdistFile())]))).toBeUndefined()
    expect(remarkNames(twins(sdistFile()))).toStrictEqual([
      "macOS and Windows keep only one of each of these where `quayside-1.2.0.tar.gz` is unpacked: `Mod.py` and `mod.py`.",
    ])
  })
})

describe("names that Windows can't have", () => {
  it("are remarked of each file that holds them", () => {
    const odd = ["quayside/con.txt", "quayside/dot."]
    expect(remarkNames(holding(wheelFile(), ...odd))).toStrictEqual([
      `Windows can't have files of these names, or has them by others: \`quayside/con.txt\`, \`quayside/dot.\` of \`${NAME}\`.`,
    ])
    expect(remarkNames(wheelFile())).toStrictEqual([])
  })
})
