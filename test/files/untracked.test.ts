import { describe, expect, it } from "vitest"

import { resolveGates } from "../../src/config/gate-config.js"
import { type Expected, judgeFiles } from "../../src/files/file-gates.js"
import {
  entry,
  expected,
  facts,
  holding,
  sdistFile,
  wheelFile,
} from "../helpers/files.js"

const OWN = "src/quayside/__init__.py"

/** What is said of files with these more in them, of a folder where git tracks none of them. */
function judged(more: readonly string[], changes: Partial<Expected> = {}) {
  const wheel = holding(
    wheelFile(),
    ...more.map((path) => path.replace(/^src\//, "")),
  )
  const sdist = holding(
    sdistFile(),
    ...more.map((path) => `quayside-1.2.0/${path}`),
  )
  const has = { tracked: [OWN], present: [OWN, ...more], ...changes }
  return judgeFiles(facts([wheel, sdist]), expected(has))
}

const about = ({ refused }: { refused: readonly string[] }) =>
  refused.filter((each) => each.startsWith("tracked"))

describe("a file that git does not track", () => {
  it("is refused where it was built in, with the line that allows it", () => {
    const found = judged(["src/quayside/local_settings.py"])
    expect(about(found)).toStrictEqual([
      "tracked: git does not track a file that was built in, so no other clone has it: `src/quayside/local_settings.py`",
    ])
    expect(found.advice.join("\n")).toContain(
      '[tool.shipwheel.allow]\n"src/quayside/local_settings.py" = "the reason"',
    )
  })

  it("has its line beside those of others", () => {
    const { advice } = judged(["src/quayside/a.py", "src/quayside/b.py"])
    expect(advice.join("\n")).toContain(
      '"src/quayside/a.py" = "the reason"\n"src/quayside/b.py" = "the reason"',
    )
  })

  it.each(["conversion", "inversion", "versioned_api", "version_check"])(
    "is refused though its name has a version in it: %s",
    (name) => {
      expect(about(judged([`src/quayside/${name}.py`]))).toHaveLength(1)
    },
  )

  it.each(["version", "__version__", "_version_info"])(
    "is let pass where backends write it: %s",
    (name) => {
      expect(about(judged([`src/quayside/${name}.py`]))).toEqual([])
    },
  )

  it.each(["api_versions", "migrations/add_version", "db_version"])(
    "is refused under the name of somebody's version, unless the build wrote it or it says one: %s",
    (name) => {
      const path = `src/quayside/${name}.py`
      expect(about(judged([path]))).toHaveLength(1)
      for (const more of [{ unlike: "changed" }, { versions: ["1.2.0"] }]) {
        const written = { ...entry(`quayside-1.2.0/${path}`), ...more }
        const entries = [...sdistFile().entries, written as never]
        const has = { tracked: [OWN], present: [OWN, path] }
        const files = [wheelFile(), sdistFile({ entries })]
        expect(about(judgeFiles(facts(files), expected(has)))).toEqual([])
      }
    },
  )

  it("is refused where it does more than say a version", () => {
    const path = "src/quayside/_version.py"
    const acting = { ...entry(`quayside-1.2.0/${path}`), acts: true }
    const entries = [...sdistFile().entries, acting]
    const has = { tracked: [OWN], present: [OWN, path] }
    const files = [wheelFile(), sdistFile({ entries })]
    expect(about(judgeFiles(facts(files), expected(has)))).toHaveLength(1)
  })

  it("is let pass where a reason says so, and the reason is told", () => {
    const allow = { "src/quayside/berth_pb2.py": "made by protoc" }
    const gates = resolveGates({ allow }, [])
    const found = judged(["src/quayside/berth_pb2.py"], { gates })
    expect(about(found)).toStrictEqual([])
    expect(found.remarks).toContain(
      "`src/quayside/berth_pb2.py` is let into the files: made by protoc.",
    )
  })

  it.each([
    ["what the backend writes anew", "src/quayside/_version.py", {}],
    ["metadata", "src/quayside.egg-info/SOURCES.txt", {}],
    [
      "a frontend's output",
      "src/quayside/static/app.js",
      { destinations: ["src/quayside/static"] },
    ],
  ])("is nothing to speak of where it is %s", (_, path, changes) => {
    expect(about(judged([path], changes))).toStrictEqual([])
  })

  it("is nothing to speak of where it is in neither file", () => {
    const has = { tracked: [OWN], present: [OWN, "notes.txt"] }
    expect(about(judgeFiles(facts(), expected(has)))).toStrictEqual([])
  })
})

/** What is said of a link, where git has some files and lacks others. */
function judgedLink(
  path: string,
  to: string,
  changes: Partial<Expected> = {},
  lacking: readonly string[] = [to],
) {
  const links = {
    ...{ prefix: "", broken: new Map(), meant: new Map([[path, to]]) },
    lacking: new Set(lacking),
  }
  const inside = `quayside-1.2.0/${path}`
  const has = { tracked: [OWN, path], present: [OWN, path], links, ...changes }
  const sdist = holding(sdistFile(), inside)
  return judgeFiles(facts([wheelFile(), sdist]), expected(has))
}

describe("what a link leads to that git does not track", () => {
  it.each(["README.rst", "src/quayside/data.txt", "docs/index.md"])(
    "is refused by both names, with what to do: %s",
    (path) => {
      const found = judgedLink(path, ".env")
      expect(about(found)).toStrictEqual([
        `tracked: a link has what git does not track built in, which is on this machine alone and may be a secret: \`${path}\` leads to \`.env\``,
      ])
      expect(found.advice.join("\n")).toContain("Take the link out, or let it")
    },
  )

  it("is refused in a wheel alone", () => {
    const links = {
      ...{
        prefix: "",
        broken: new Map(),
        meant: new Map([["src/quayside/a.txt", ".env"]]),
      },
      lacking: new Set([".env"]),
    }
    const wheel = holding(wheelFile(), "quayside/a.txt")
    const has = { tracked: [OWN], present: [OWN], links }
    const found = judgeFiles(facts([wheel, sdistFile()]), expected(has))
    expect(about(found).join("\n")).toContain("`.env`")
  })

  it.each([
    ["src/quayside/a.txt", ".env"],
    ["src/quayside/a.txt", "src/quayside/a.txt"],
  ])("is let pass where a reason says so: %s, %s", (path, allowed) => {
    const gates = resolveGates({ allow: { [allowed]: "a demo" } }, [])
    const found = judgedLink(path, ".env", { gates })
    expect(about(found)).toStrictEqual([])
    expect(found.remarks).toContain(
      `\`${allowed}\` is let into the files: a demo.`,
    )
  })

  it("is nothing to speak of where it is a frontend's output, or git tracks it", () => {
    const path = "src/quayside/app.js"
    const destinations = ["web/dist"]
    for (const found of [
      judgedLink(path, "web/dist/app.js", { destinations }),
      judgedLink(path, "web/app.js", {}, []),
    ])
      expect(about(found)).toStrictEqual([])
  })

  it("is not in an sdist that has the link itself", () => {
    const links = {
      ...{ prefix: "", broken: new Map(), meant: new Map([["a.txt", ".env"]]) },
      lacking: new Set([".env"]),
    }
    const link = { ...entry("quayside-1.2.0/a.txt"), link: true as const }
    const sdist = sdistFile({ entries: [...sdistFile().entries, link] })
    const has = { tracked: [OWN, "a.txt"], present: [OWN, "a.txt"], links }
    expect(
      about(judgeFiles(facts([wheelFile(), sdist]), expected(has))),
    ).toEqual([])
  })
})
