import { few } from "../text/few.js"
import { isWheel } from "./distribution.js"
import { type Facts, innerPath } from "./facts.js"

/** The version before the tag's was written, and the one after. */
export interface Restamped {
  /** Absent where the project writes none down. */
  readonly before: string | undefined
  readonly version: string | undefined
}

/** Files of the package that still say the version that was there before, and a second pyproject.toml with any. */
export function stayedBehind(
  { files }: Facts,
  { before, version }: Restamped,
): string[] {
  if (version === undefined) return []
  const found = files
    .filter(({ name }) => isWheel(name))
    .flatMap((file) =>
      file.entries.flatMap(({ name, versions = [] }) => {
        const path = innerPath(file, name)
        const second = path.endsWith("/pyproject.toml")
        const old = versions.find(
          (each) => each !== version && (second || each === before),
        )
        return old === undefined ? [] : [`\`${path}\` (${old})`]
      }),
    )
  return found.length === 0
    ? []
    : [
        `A version that the tag did not reach is in ${few(found)}: let it come from \`importlib.metadata.version(…)\`, or from the place that is written.`,
      ]
}
