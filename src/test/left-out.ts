import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { type PytestCall, reaches } from "./pytest-calls.js"
import type { PytestSettings } from "./pytest-settings.js"
import { ownTests, type TestFiles } from "./test-files.js"

/** What pytest does not run of all that it would find. */
interface RunApart {
  /** The fewest folders and files. */
  readonly ignored: readonly string[]
  /** The same in words, where they are somebody's tests. */
  readonly apart?: string
}

/**
 * Beside a usual suite pytest would also run what is elsewhere. Whoever runs that suite without it had a reason, such
 * as a browser that it needs; what is nobody's own is run only where that is said.
 */
export function leftOut(
  files: TestFiles,
  { folder, testpaths }: PytestSettings,
  calls: readonly PytestCall[],
  packageDir: string | undefined,
): RunApart {
  if (folder !== undefined || testpaths.length > 0) return { ignored: [] }
  const main = calls.filter((call) =>
    files.usual.some((path) => reaches(call, path)),
  )
  const isRun = (path: string) => main.some((call) => reaches(call, path))
  const [first] = main
  const apart = first ? files.elsewhere.filter((path) => !isRun(path)) : []
  const foreign = files.foreign.filter((path) => !isRun(path))
  const left = [...apart, ...foreign]
  const kept = [
    ...[...ownTests(files), ...files.foreign].filter(
      (path) => !left.includes(path),
    ),
    ...(packageDir === undefined ? [] : [`${packageDir}/__init__.py`]),
  ]
  const tops = (paths: readonly string[]) => [
    ...new Set(paths.map((path) => topOf(path, kept))),
  ]
  return {
    ignored: tops(left).sort(),
    ...(first && apart.length > 0 && { apart: inWords(tops(apart), first) }),
  }
}

/** The highest folder with nothing in it that is run, else the file. */
function topOf(path: string, kept: readonly string[]): string {
  const parts = path.split("/")
  return (
    parts
      .map((_, at) => parts.slice(0, at + 1).join("/"))
      .find((each) => !kept.some((one) => one.startsWith(`${each}/`))) ?? path
  )
}

function inWords(tops: readonly string[], { path }: PytestCall): string {
  return `${code(path)} runs the tests without ${few(tops.map(code))}, and so does this; \`unit\` in \`[tool.shipwheel.test]\` says otherwise.`
}
