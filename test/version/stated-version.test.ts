import { describe, expect, it } from "vitest"

import { originOf, statedVersions } from "../../src/version/stated-version.js"
import { sources } from "../helpers/builders.js"

type Texts = Readonly<Record<string, string>>

const PACKAGE = { root: "src", path: "src/quay" }
const INIT = "src/quay/__init__.py"
const PLAIN = '__version__ = "1"\n'
const place = (path: string, name = "__version__") => ({
  kind: "assignment",
  path,
  name,
})
const origin = (texts: Texts, name = "__version__") =>
  originOf(sources(texts), "src", INIT, name)

describe("a stated version", () => {
  it.each([
    "__init__.py",
    "_version.py",
    "__version__.py",
    "__about__.py",
    "version.py",
  ])("is a plain `__version__` in %s", (name) => {
    const path = `src/quay/${name}`
    const files = sources({ [INIT]: "", [path]: PLAIN })
    expect(statedVersions(files, PACKAGE)).toStrictEqual([place(path)])
  })

  it("is that of a package of one file", () => {
    const files = sources({ "quay.py": PLAIN })
    expect(statedVersions(files, { root: "", path: "quay.py" })).toEqual([
      place("quay.py"),
    ])
  })

  it.each([
    ["computed", "__version__ = read()\n"],
    ["of another name", 'version = "1"\n'],
    ["absent", ""],
  ])("is none where it is %s", (_, text) => {
    expect(statedVersions(sources({ [INIT]: text }), PACKAGE)).toEqual([])
  })

  it("is none where there is no package", () => {
    expect(statedVersions(sources({ [INIT]: PLAIN }), undefined)).toEqual([])
  })
})

describe("the origin of a name", () => {
  it.each([
    ["from .data import __version__", "src/quay/data.py"],
    ["from .deep.data import __version__", "src/quay/deep/data.py"],
    ["from .deep import __version__", "src/quay/deep/__init__.py"],
    ["from ..other import __version__", "src/other.py"],
    ["from quay.data import __version__", "src/quay/data.py"],
  ])("is followed through `%s`", (line, path) => {
    expect(origin({ [INIT]: `${line}\n`, [path]: PLAIN })).toStrictEqual(
      place(path),
    )
  })

  it("may have another name there, and be more than one step away", () => {
    const texts = {
      [INIT]: "from .a import V as __version__\n",
      "src/quay/a.py": "from .b import number as V\n",
      "src/quay/b.py": 'number = "1"\n',
    }
    expect(origin(texts)).toStrictEqual(place("src/quay/b.py", "number"))
  })

  it.each<[string, Texts]>([
    ["outside the project", { [INIT]: "from six import __version__\n" }],
    [
      "in a circle",
      {
        [INIT]: "from .a import __version__\n",
        "src/quay/a.py": "from . import __version__\n",
      },
    ],
    ["in no file", {}],
  ])("is unknown %s", (_, texts) => {
    expect(origin(texts)).toBeUndefined()
  })
})
