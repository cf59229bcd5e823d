import { describe, expect, it } from "vitest"

import { stayedBehind } from "../../src/files/stayed-behind.js"
import { entry, facts, sdistFile, wheelFile } from "../helpers/files.js"

/** What is said of a wheel with a file that states a version, after 1.1.0 became 1.2.0. */
function said(path: string, ...versions: string[]): string[] {
  const wheel = wheelFile()
  const more = { ...entry(path), versions }
  const files = [wheelFile({ entries: [...wheel.entries, more] }), sdistFile()]
  return stayedBehind(facts(files), { before: "1.1.0", version: "1.2.0" })
}

describe("a version that the tag did not reach", () => {
  it.each([
    ["quayside/harbour/__init__.py", "1.1.0"],
    ["quayside/frontend/package.json", "1.1.0"],
    ["quayside/template/pyproject.toml", "0.0.1"],
  ])("in %s is named: %s", (path, version) => {
    expect(said(path, version)).toStrictEqual([
      `A version that the tag did not reach is in \`${path}\` (${version}): let it come from \`importlib.metadata.version(…)\`, or from the place that is written.`,
    ])
  })

  it.each([
    ["quayside/_vendor/six.py", "1.16.0"],
    ["quayside/harbour/__init__.py", "1.2.0"],
  ])("is not that of %s, %s", (path, version) => {
    expect(said(path, version)).toStrictEqual([])
  })

  it("is named once for all files that have it", () => {
    const more = ["quayside/a.py", "quayside/b.py"].map((path) => ({
      ...entry(path),
      versions: ["1.1.0"],
    }))
    const files = [wheelFile({ entries: more }), sdistFile()]
    const [first, ...others] = stayedBehind(facts(files), {
      before: "1.1.0",
      version: "1.2.0",
    })
    expect(others).toStrictEqual([])
    expect(first).toContain("`quayside/a.py` (1.1.0), `quayside/b.py` (1.1.0)")
  })

  it("is asked only where a tag gives one, and not in the sdist", () => {
    const more = { ...entry("quayside/a.py"), versions: ["1.1.0"] }
    const built = { before: "1.1.0", version: undefined }
    expect(
      stayedBehind(facts([wheelFile({ entries: [more] })]), built),
    ).toEqual([])
    const sdist = sdistFile({ entries: [more] })
    const tagged = { before: "1.1.0", version: "1.2.0" }
    expect(stayedBehind(facts([wheelFile(), sdist]), tagged)).toEqual([])
  })
})
