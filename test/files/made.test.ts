import { describe, expect, it } from "vitest"

import { resolveGates } from "../../src/config/gate-config.js"
import { type Expected, judgeFiles } from "../../src/files/file-gates.js"
import {
  entry,
  expected,
  facts,
  sdistFile,
  wheelFile,
} from "../helpers/files.js"

/** What is said of a wheel that has these more, each with content of its own. */
function judged(
  more: readonly string[],
  sources: readonly string[] = [],
  changes: Partial<Expected> = {},
) {
  const [wheel, sdist] = [wheelFile(), sdistFile()]
  const built = wheelFile({
    entries: [...wheel.entries, ...more.map((path) => entry(path, path))],
  })
  const from = sdistFile({
    entries: [
      ...sdist.entries,
      ...sources.map((path) => entry(`quayside-1.2.0/${path}`, path)),
    ],
  })
  const { refused, remarks } = judgeFiles(
    facts([built, from]),
    expected(changes),
  )
  return {
    refused: refused.filter((each) => each.includes("only its build")),
    remarks: remarks.filter((each) => each.startsWith("The build makes")),
    allowed: remarks.filter((each) => each.startsWith("`requests/`")),
  }
}

const NOTHING = { refused: [], remarks: [], allowed: [] }

describe("a package of the wheel of which the sdist has nothing", () => {
  it("is refused by its name, with how to allow it", () => {
    const { refused } = judged(["requests/__init__.py", "requests/api.py"])
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatch(
      /brings `requests`, of which the project has noth/,
    )
    expect(refused[0]).toContain("`[tool.shipwheel.allow]`")
  })

  it("is refused where the installer moves it to the others", () => {
    const path = "quayside-1.2.0.data/purelib/requests.py"
    expect(judged([path]).refused[0]).toContain("`requests.py`")
  })

  it("is let pass with a reason", () => {
    const gates = resolveGates({ allow: { "requests/": "vendored" } }, [])
    const { allowed, refused } = judged(["requests/__init__.py"], [], { gates })
    expect(refused).toEqual([])
    expect(allowed).toEqual(["`requests/` is let into the files: vendored."])
  })

  it.each([
    ["is there under another folder", ["berths/a.py"], ["lib/berths/a.py"]],
    ["is there by its content", ["quayside/b.py"], []],
    ["is the project's own", ["quayside/__init__.py"], []],
    ["only describes the wheel", ["quayside-1.2.0.data/scripts/run"], []],
    ["is a translation", ["quayside/de.mo"], ["quayside/de.po"]],
  ])("is no such thing where it %s", (_, more, sources) => {
    expect(judged(more, sources).refused).toEqual([])
  })
})

describe("a package that a backend gives another name than its folder has", () => {
  const same = entry("wren/a.py", "the code")
  const empty = entry("wren/__init__.py", "", 0)
  const source = entry("quayside-1.2.0/lib/a.py", "the code")
  const refused = (
    more: readonly ReturnType<typeof entry>[],
    from = source,
    settings = "",
  ) =>
    judgeFiles(
      facts([
        wheelFile({ entries: [...wheelFile().entries, ...more] }),
        sdistFile({ entries: [...sdistFile().entries, from], settings }),
      ]),
      expected({ module: "lib", packageDir: "lib" }),
    ).refused.filter((each) => each.includes("`wren`"))
  const from = (path: string) => entry(`quayside-1.2.0/${path}`, "the code")

  it("is the project's, with its files that have nothing in them", () => {
    expect(refused([same, empty])).toEqual([])
  })

  it("is a stranger's where the sdist has nothing of it", () => {
    expect(refused([empty])).toHaveLength(1)
  })

  it("is a stranger's whatever its bytes are, unless it was moved as a whole", () => {
    expect(refused([same], from("lib/fake.py"))).toHaveLength(1)
    expect(refused([same], from("tests/fakes/a.py"))).toHaveLength(1)
    const kept = entry("lib/a.py", "the code")
    expect(refused([same, kept])).toHaveLength(1)
    const more = ["b", "c"].map((each) => entry(`wren/${each}.py`, each))
    expect(refused([same, ...more])).toHaveLength(1)
  })

  it("is the project's where its settings put something there", () => {
    const settings = '"lib/fake.py" = "wren/a.py"'
    expect(refused([same], from("lib/fake.py"), settings)).toEqual([])
    const required = 'dependencies = ["wren"]'
    expect(refused([same], from("lib/fake.py"), required)).toHaveLength(1)
  })
})

describe("code that only the build makes", () => {
  it.each(["evil.py", "static/evil.js", "static/index.html"])(
    "is told, in the project's own package: %s",
    (path) => {
      expect(judged([`quayside/${path}`])).toEqual({
        ...NOTHING,
        remarks: [
          `The build makes code that is in the wheel and not in the sdist: \`quayside/${path}\`.`,
        ],
      })
    },
  )

  it("is not spoken of where the sdist has it, at whatever place", () => {
    expect(judged(["quayside/a.py"], ["src/quayside/a.py"])).toEqual(NOTHING)
  })
})
