import { describe, expect, it } from "vitest"

import {
  compareFiles,
  grownMost,
  withoutHash,
} from "../../src/compare/file-changes.js"
import { archiveOf } from "../helpers/compared.js"

type Sizes = Readonly<Record<string, number>>

const compared = (before: Sizes, after: Sizes) =>
  compareFiles(
    "wheel",
    archiveOf("quayside-1.1.0-py3-none-any.whl", before),
    archiveOf("quayside-1.2.0-py3-none-any.whl", after),
  )

describe("the files of two releases", () => {
  it("are new, gone, changed, or the same", () => {
    expect(
      compared(
        { "q/a.py": 1, "q/b.py": 2, "q/c.py": 3 },
        { "q/a.py": 1, "q/b.py": 20, "q/d.py": 4 },
      ),
    ).toMatchObject({
      counted: 4,
      added: [{ path: "q/d.py", size: 4 }],
      gone: [{ path: "q/c.py", size: 3 }],
      changed: [{ path: "q/b.py", before: 2, after: 20 }],
      same: 1,
    })
  })

  it("are the same in a folder that is called after the version", () => {
    const found = compared(
      { "quayside-1.1.0.dist-info/METADATA": 5 },
      { "quayside-1.2.0.dist-info/METADATA": 6 },
    )
    expect(found.changed).toEqual([
      { path: "*.dist-info/METADATA", before: 5, after: 6, same: false },
    ])
  })

  it("are paired by what they are, whatever hash they are called after", () => {
    const found = compared(
      {
        "q/out/chunks/page-4f2c9a8b7c6d5e4f.js": 100,
        "q/out/chunks/main-4f2c9a8b7c6d5e4f.js": 300,
        "q/out/0aZbX-k3_9dkeiUdjwq21/manifest.js": 7,
        "q/out/chunks/0123456789abcdef.js": 50,
        "q/out/chunks/fedcba9876543210.js": 500,
      },
      {
        "q/out/chunks/page-aaaa9a8b7c6d5e4f.js": 150,
        "q/out/chunks/main-bbbb9a8b7c6d5e4f.js": 300,
        "q/out/Kd8sXXk3_9dkeiUdjwq99/manifest.js": 7,
        "q/out/chunks/1111111111111111.js": 510,
        "q/out/chunks/2222222222222222.js": 50,
      },
    )
    expect(found).toMatchObject({ added: [], gone: [], same: 3 })
    expect(found.changed.map(({ after, before }) => [before, after])).toEqual([
      [100, 150],
      [500, 510],
    ])
  })

  it("that grew most are told first, new ones among them, and none that hardly grew", () => {
    const found = compared(
      { "q/a.py": 10, "q/b.py": 9000, "q/c.py": 5, "q/e.py": 10 },
      {
        "q/a.py": 4000,
        "q/b.py": 90,
        "q/d.py": 9000,
        "q/c.py": 6,
        "q/e.py": 3000,
      },
    )
    expect(grownMost(found, 2)).toEqual([
      { path: "q/d.py", before: undefined, after: 9000 },
      { path: "q/a.py", before: 10, after: 4000 },
    ])
    expect(grownMost(found).map(({ path }) => path)).not.toContain("q/c.py")
  })
})

describe("a path without its hash", () => {
  it.for([
    ["assets/index-DiwrgT9a.js", "assets/index-*.js"],
    ["assets/index-DiwrgTda.js", "assets/index-*.js"],
    ["chunks/4f2c9a8b7c6d5e4f.js", "chunks/*.js"],
    ["main.4f2c9a8b.chunk.css", "main.*.chunk.css"],
    ["0aZbX-k3_9dkeiUdjwq21/x.js", "*/x.js"],
  ])("is told of %s", ([path = "", expected]) => {
    expect(withoutHash(path)).toBe(expected)
  })

  it.for([
    "quayside/deadbeef01.py",
    "static/harbour-master.js",
    "a/feedface.txt",
  ])("is %s itself", (path) => {
    expect(withoutHash(path)).toBe(path)
  })
})
