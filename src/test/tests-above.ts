import { posix } from "node:path"

import { foldersAbove } from "../reading/package-json.js"
import { isPythonProject } from "../reading/pyproject.js"
import { repositorySources, type Sources } from "../reading/sources.js"
import { FOREIGN } from "./test-files.js"

/** Tests outside of a project's folder that are named after it. */
interface TestsAbove {
  readonly files: readonly string[]
  /** The fewest folders and files that hold them. */
  readonly places: readonly string[]
}

/**
 * The tests above a member of a repository that carry its name: `../tests/wren/test_song.py`, `../tests/test_wren.py`.
 * What another project of the repository has is that one's.
 */
export function testsAbove(
  sources: Sources,
  packageDir: string | undefined,
): TestsAbove {
  const { at, outside } = sources
  if (at === "") return { files: [], places: [] }
  const names = new Set([
    posix.basename(at),
    ...(packageDir ? [posix.basename(packageDir, ".py")] : []),
  ])
  const found = [...outside].sort().flatMap((path) => {
    const place = placeOf(path, names)
    return place !== undefined && isOwn(path, sources) ? [{ path, place }] : []
  })
  return {
    files: found.map(({ path }) => path),
    places: [...new Set(found.map(({ place }) => place))],
  }
}

/** The folder of tests that has one of the names, or the file. */
function placeOf(path: string, names: ReadonlySet<string>): string | undefined {
  const parts = path.split("/")
  const file = parts.pop() ?? ""
  const [, before, after] = /^(?:test_(.+)|(.+)_test)\.py$/.exec(file) ?? []
  const tested = before ?? after
  // What leads up is no hidden folder.
  const isForeign = FOREIGN.test(path.replace(/^(?:\.\.\/)+/, ""))
  if (tested === undefined || isForeign) return undefined
  const tests = parts.findIndex((each) => /^tests?$/.test(each))
  if (tests < 0) return undefined
  const named = parts.findIndex((each, at) => at > tests && names.has(each))
  if (named >= 0) return parts.slice(0, named + 1).join("/")
  return names.has(tested) ? path : undefined
}

function isOwn(path: string, sources: Sources): boolean {
  const tree = repositorySources(sources)
  return !foldersAbove(posix.join(sources.at, path)).some(
    (folder) => folder !== "" && isPythonProject(folder, tree),
  )
}
