import { describe, expect, it } from "vitest"

import {
  manifestVersion,
  namedVersion,
} from "../../src/version/named-version.js"
import { placeName } from "../../src/version/version-place.js"
import { sources } from "../helpers/builders.js"

const FILE = "quay/data.py"
const named = (script: string, text: string) => {
  const found = { root: "", path: "quay" }
  const texts = { "setup.py": script, [FILE]: text, "quay/__init__.py": "" }
  const place = namedVersion(sources(texts), found, "setup.py")
  return place && placeName(place)
}

describe("the version in a module that a script names", () => {
  it.each([
    ["runs", "exec(open('quay/data.py').read(), ns)\nns['VERSION']"],
    ["runs by its parts", "exec(open(join(HERE, 'quay', 'data.py'), 'r'))"],
    ["runs by folders", "exec((HERE / 'quay' / \"data.py\").read_text())"],
    ["names from its package", "get_version(join(PACKAGE, 'data.py'))"],
    ["imports", "from quay.data import get"],
    ["imports whole", "import quay.data\nquay.data.VERSION"],
    ["searches", "re.search('VERSION = \"(.*)\"', open('./quay/data.py'))"],
  ])("is found where that %s it", (_, script) => {
    const place = "`VERSION` in `quay/data.py`"
    expect(named(script, 'VERSION = "1.0"\n')).toBe(place)
  })

  it.each([
    ['__version__ = "1.0"\nVERSION = "2.0"', "__version__"],
    ["_version = '1.0'", "_version"],
    ["VERSION = '1.0'\n__version__ = VERSION", "VERSION"],
    ["v = (1, 0)\n__version__ = '.'.join(map(str, v))", "v"],
    ["v = (1, 0, 0)\n__version__ = '%s.%s' % (v[0], v[1])", "v"],
    ['v = (1, 0, 0)\n__version__ = f"{v[0]}.{v[1]}.{v[2]}"', "v"],
  ])("in %j is `%s`", (text, name) => {
    const script = "import quay.data\nquay.data._version"
    expect(named(script, text)).toBe(`\`${name}\` in \`quay/data.py\``)
  })

  it.each([
    ["names another", "exec(open('quay/other.py').read())", "VERSION = '1'"],
    ["reads no version", "import quay.data", "VERSION = 'none'"],
    ["asks another name", "import quay.data", "MIN_VERSION = '1.0'"],
    ["computes", "import quay.data", "VERSION = made()"],
    ["has no more of", "import quay.data", "def f():\n    VERSION = '1'"],
  ])("is unknown where that %s", (_, script, text) => {
    expect(named(script, text)).toBeUndefined()
  })
})

it("a module beside the package that a script imports has a version of its own", () => {
  const texts = {
    "setup.py": "from setupbase import get",
    "setupbase.py": "__version__ = '0.1'",
  }
  const found = { root: "", path: "quay" }
  expect(namedVersion(sources(texts), found, "setup.py")).toBeUndefined()
})

describe("the version of a manifest", () => {
  const READ = "json.loads((HERE / 'package.json').read_text())"
  const manifest = (script: string, text: string) =>
    manifestVersion(
      sources({ "setup.py": script, "package.json": text }),
      "setup.py",
    )

  it("is one that a script reads", () => {
    expect(
      manifest(`version = ${READ}["version"]`, '{"version": "1.0.0-rc.1"}'),
    ).toStrictEqual({ kind: "json", path: "package.json", key: ["version"] })
  })

  it.each([
    ["its name alone is asked", `${READ}["name"]`, '{"version": "1.0.0"}'],
    ["it has none", `${READ}["version"]`, "{}"],
    ["nothing names it", 'data["version"]', '{"version": "1.0.0"}'],
  ])("is unknown where %s", (_, script, text) => {
    expect(manifest(script, text)).toBeUndefined()
  })
})
