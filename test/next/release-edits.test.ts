import { describe, expect, it } from "vitest"

import { releaseEdits, type Writable } from "../../src/next/release-edits.js"
import type { VersionPlace } from "../../src/version/version-place.js"
import { sources, version } from "../helpers/builders.js"

const PYPROJECT: VersionPlace = {
  kind: "toml",
  path: "pyproject.toml",
  key: ["project", "version"],
}
const FILES = {
  "pyproject.toml": '[project]\nversion = "1.2.0"\n',
  "uv.lock":
    '[[package]]\nname = "wren"\nversion = "1.2.0"\nsource = { editable = "." }\n',
  "web/package.json": '{"version": "1.2.0"}',
  "CHANGELOG.md": "## Unreleased\n\n- Masts.\n\n## 1.2.0\n",
}
const PROJECT: Writable = {
  name: "wren",
  versioning: { places: [PYPROJECT] },
  frontends: [{ path: "web", root: "web" }],
  notes: { changelog: "CHANGELOG.md" },
}

function edits(tag: string, changes: Partial<Writable> = {}, files = FILES) {
  const next = { version: version(tag), date: "2026-11-27", previous: "v1.2.0" }
  const { section, texts, told } = releaseEdits(
    sources(files),
    { ...PROJECT, ...changes },
    next,
  )
  return { section, told, texts: Object.fromEntries(texts) }
}

describe("what a release writes", () => {
  it("is its version wherever it is kept, and its section", () => {
    const { texts, told } = edits("v1.3.0")
    expect(texts).toEqual({
      "pyproject.toml": FILES["pyproject.toml"].replace("1.2.0", "1.3.0"),
      "uv.lock": FILES["uv.lock"].replace("1.2.0", "1.3.0"),
      "web/package.json": '{"version": "1.3.0"}',
      "CHANGELOG.md": "## Unreleased\n\n## 1.3.0\n\n- Masts.\n\n## 1.2.0\n",
    })
    expect(told).toEqual([
      "`project.version` in `pyproject.toml`: 1.2.0 → 1.3.0",
      "the entry of `wren` in `uv.lock`: 1.2.0 → 1.3.0",
      "`version` in `web/package.json`: 1.2.0 → 1.3.0",
      "`CHANGELOG.md`: what is unreleased becomes 1.3.0",
    ])
  })

  it("is told with the version that the changelog had in its place", () => {
    const text = "## 2.0.0 (unreleased)\n\n- Masts.\n\n## 1.2.0\n"
    const { told } = edits("v1.3.0", {}, { ...FILES, "CHANGELOG.md": text })
    expect(told).toContain("`CHANGELOG.md`: `2.0.0 (unreleased)` becomes 1.3.0")
  })

  it("is spelled as each tool has it", () => {
    const { texts } = edits("v2.0.0rc1")
    expect([texts["pyproject.toml"], texts["web/package.json"]]).toEqual([
      '[project]\nversion = "2.0.0rc1"\n',
      '{"version": "2.0.0-rc.1"}',
    ])
  })

  it("is spelled in Cargo.toml as a build spells it there", () => {
    const path = "Cargo.toml"
    const text = '[package]\nversion = "1.2.0"\n'
    const place = { kind: "toml", path, key: ["package", "version"] } as const
    const { texts } = releaseEdits(
      sources({ [path]: text }),
      { ...PROJECT, versioning: { places: [place] }, frontends: [] },
      {
        version: version("v2.0.0rc1"),
        date: "2026-11-27",
        previous: undefined,
      },
    )
    expect(texts.get(path)).toBe('[package]\nversion = "2.0.0-rc.1"\n')
  })

  it("leaves to npm what it has no word for", () => {
    expect(Object.keys(edits("v1.2.0.post1").texts)).toEqual([
      ...["pyproject.toml", "uv.lock", "CHANGELOG.md"],
    ])
  })

  it("is no section where another tool writes it", () => {
    const collector = {
      tool: "scriv",
      where: "setup.cfg",
      requirements: [],
    } as const
    const notes = { changelog: "CHANGELOG.md", collector }
    const { section, texts } = edits("v1.3.0", { notes })
    expect(section).toBeUndefined()
    expect(Object.keys(texts)).not.toContain("CHANGELOG.md")
  })

  it("is nothing where all of it is there", () => {
    const project = {
      versioning: { places: [] },
      notes: { changelog: undefined },
    }
    expect(edits("v1.2.0", { ...project, frontends: [] }).texts).toEqual({})
  })
})
