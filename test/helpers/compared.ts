import type { About } from "../../src/compare/about.js"
import type { Change } from "../../src/compare/change.js"
import type { Side } from "../../src/compare/comparison.js"
import type { Archive } from "../../src/files/facts.js"
import { entry, wheelFile } from "./files.js"

/** What the plainest wheel says of itself. */
export function about(changes: Partial<About> = {}): About {
  return {
    name: "quayside-1.1.0-py3-none-any.whl",
    version: "1.1.0",
    texts: { "requires-python": ">=3.9", author: "Ann" },
    requirements: [{ what: "fastapi", bounds: ">=0.110" }],
    extras: ["test"],
    classifiers: ["Topic :: Harbours"],
    urls: ["https://example.org/quayside"],
    commands: { quayside: "quayside.cli:main" },
    tops: ["quayside"],
    tags: ["py3-none-any"],
    ...changes,
  }
}

/** An archive with files of these sizes; the same size is the same content. */
export function archiveOf(
  name: string,
  sizes: Readonly<Record<string, number>>,
): Archive {
  const entries = Object.entries(sizes).map(([path, size]) =>
    entry(path, String(size), size),
  )
  return wheelFile({ name, entries, size: 1000 })
}

export function side(
  version: string,
  sizes: Readonly<Record<string, number>>,
  changes: Partial<About> = {},
): Side {
  const name = `quayside-${version}-py3-none-any.whl`
  return {
    version,
    archives: [archiveOf(name, sizes)],
    about: [about({ name, version, ...changes })],
  }
}

export const NO_API = {
  packages: ["quayside"],
  modules: 3,
  objects: 12,
  breaks: [],
  added: [],
  deprecated: [],
  compiled: [],
  unread: [],
}

export function change(changes: Partial<Change> = {}): Change {
  return {
    of: "api",
    what: "`quayside.read` is gone",
    level: "breaking",
    names: ["quayside.read"],
    ...changes,
  }
}
