import { resolveGates } from "../../src/config/gate-config.js"
import type { Archive, Facts } from "../../src/files/facts.js"
import { type Expected, judgeFiles } from "../../src/files/file-gates.js"

const INFO = "quayside-1.2.0.dist-info"

export const METADATA = {
  Name: "quayside",
  Version: "1.2.0",
  "Requires-Python": ">=3.9",
  Classifier: [] as string[],
  "License-File": ["LICENSE"],
  Dynamic: [] as string[],
  "Provides-Extra": [] as string[],
  "Requires-Dist": [] as string[],
}

/** A file inside an archive; the same content has the same hash. */
export function entry(name: string, content = "", size = 10) {
  return { name, size, sha256: `hash of ${content}` }
}

export function wheelFile(changes: Partial<Archive> = {}): Archive {
  const {
    entries = [
      entry("quayside/__init__.py"),
      entry(`${INFO}/METADATA`),
      entry(`${INFO}/licenses/LICENSE`),
    ],
  } = changes
  return {
    name: "quayside-1.2.0-py3-none-any.whl",
    size: 1000,
    metadata: METADATA,
    requires: [],
    record: recordOf(entries),
    ...changes,
    entries,
  }
}

/** What a wheel lists of its entries. */
export function recordOf(
  entries: Archive["entries"],
): Readonly<Record<string, string>> {
  const own = [`${INFO}/RECORD`, ""]
  const listed = entries.map(({ name, sha256 }) => [name, sha256])
  return Object.fromEntries([...listed, own]) as Record<string, string>
}

export function sdistFile(changes: Partial<Archive> = {}): Archive {
  return {
    name: "quayside-1.2.0.tar.gz",
    size: 1000,
    metadata: METADATA,
    requires: [],
    entries: [
      entry("quayside-1.2.0/PKG-INFO"),
      entry("quayside-1.2.0/LICENSE"),
      entry("quayside-1.2.0/src/quayside/__init__.py"),
      entry("quayside-1.2.0/tests/test_berths.py"),
    ],
    ...changes,
  }
}

export function expected(changes: Partial<Expected> = {}): Expected {
  return {
    name: "quayside",
    version: "1.2.0",
    pythons: ["3.9", "3.12"],
    packageDir: "src/quayside",
    backend: "hatchling.build",
    module: "quayside",
    destinations: [],
    licences: ["LICENSE"],
    gates: resolveGates({}, []),
    present: [],
    tracked: [],
    committed: true,
    patterns: [],
    excluded: [],
    frontends: [],
    notShipped: new Map(),
    before: undefined,
    ...changes,
  }
}

/** The archive with more in it. */
export function holding(file: Archive, ...names: string[]): Archive {
  const entries = [...file.entries, ...names.map((name) => entry(name))]
  return { ...file, entries, ...(file.record && { record: recordOf(entries) }) }
}

export function facts(
  files: readonly Archive[] = [wheelFile(), sdistFile()],
  outputs: Facts["outputs"] = [],
): Facts {
  return { files: [...files], outputs }
}

/** Some words of a gate have the next step in them. */
const WITH_NEXT =
  /` fetches the content$|allow it in `\[tool\.shipwheel\.allow\]`/

/** What the gates refuse of the files, each with a next step. */
export function refused(given: Facts, wanted: Expected = expected()): string[] {
  const { advice, refused } = judgeFiles(given, wanted)
  const without = refused.filter((each) => !WITH_NEXT.test(each))
  if (without.length > 0 && advice.length === 0)
    throw new Error(`there is no next step for: ${without.join("; ")}`)
  return [...refused]
}
