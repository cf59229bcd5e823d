import { posix } from "node:path"

import { backendNamed } from "../backends/backends.js"
import type { LinesOfFile } from "../backends/build-backend.js"
import { isBelow } from "../frontend/output.js"
import { code } from "../text/code.js"

/** Where a frontend goes, and what builds the files that it has to be in. */
export interface Inclusion {
  /** The build backend, as `pyproject.toml` names it. */
  readonly backend: string
  /** The import package, such as `quayside`, and its folder. */
  readonly module: string
  readonly packageDir: string
}

/** An output that an archive lacks something of. */
export interface Lacked {
  readonly destination: string
  /** What is lacking, relative to that. */
  readonly files: readonly string[]
}

/** Tells the lines that put a missing frontend into wheel and sdist, in the words of the project's own backend. */
export function howToInclude(
  inclusion: Inclusion,
  lacked: readonly Lacked[],
): string {
  const { backend, module, packageDir } = inclusion
  const destinations = lacked.map(({ destination }) => destination || ".")
  const outside = destinations.filter((each) => !isBelow(each, packageDir))
  if (outside.length > 0)
    return `A wheel holds the package: choose a \`destination\` in \`${packageDir}\` instead of ${outside.map(code).join(", ")}.`
  const data = backendNamed(backend)?.data
  if (!data || "unknown" in data)
    return `Tell \`${backend}\` to put ${destinations.map(code).join(", ")} into sdist and wheel.`
  const parts = lacked
    .flatMap((each) => partsOf(each, packageDir))
    .map((each) => ({
      ...each,
      inner: posix.relative(packageDir, each.path),
      packageDir,
    }))
  return [
    `To include it: ${data.why}.`,
    ...data.lines(parts, module).map(inMarkdown),
  ].join("\n\n")
}

/** All of the package's folder is more than the output where it goes straight into that. */
function partsOf({ destination, files }: Lacked, packageDir: string) {
  if (destination !== packageDir) return [{ path: destination, isFolder: true }]
  const parts = files.map((each) => {
    const [top = "", inner] = each.split("/")
    const { ext } = posix.parse(top)
    return {
      top: inner === undefined && ext ? `*${ext}` : top,
      isFolder: inner !== undefined,
    }
  })
  const tops = new Map(parts.map(({ top, isFolder }) => [top, isFolder]))
  return [...tops]
    .sort()
    .map(([top, isFolder]) => ({ path: posix.join(packageDir, top), isFolder }))
}

function inMarkdown({ file, lines }: LinesOfFile): string {
  return [`In \`${file}\`:`, "", "```", ...lines, "```"].join("\n")
}
