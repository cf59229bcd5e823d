import { backendNamed } from "../backends/backends.js"
import type { LinesOfFile } from "../backends/build-backend.js"
import { code } from "../text/code.js"

/** Where a frontend goes, and what builds the files that it has to be in. */
export interface Inclusion {
  /** The build backend, as `pyproject.toml` names it. */
  readonly backend: string
  /** The import package, such as `quayside`, and its folder. */
  readonly module: string
  readonly packageDir: string
}

/** Tells the lines that put a missing frontend into wheel and sdist, in the words of the project's own backend. */
export function howToInclude(
  inclusion: Inclusion,
  destinations: readonly string[],
): string {
  const { backend, module, packageDir } = inclusion
  const prefix = `${packageDir}/`
  const outside = destinations.filter((each) => !each.startsWith(prefix))
  if (outside.length > 0)
    return `A wheel holds the package: choose a \`destination\` in \`${packageDir}\` instead of ${outside.map(code).join(", ")}.`
  const data = backendNamed(backend)?.data
  if (!data || "unknown" in data)
    return `Tell \`${backend}\` to put ${destinations.map(code).join(", ")} into sdist and wheel.`
  const folders = destinations.map((path) => ({
    path,
    inner: path.slice(prefix.length),
    packageDir,
  }))
  return [
    `To include it: ${data.why}.`,
    ...data.lines(folders, module).map(inMarkdown),
  ].join("\n\n")
}

function inMarkdown({ file, lines }: LinesOfFile): string {
  return [`In \`${file}\`:`, "", "```", ...lines, "```"].join("\n")
}
