import { Problems } from "../errors.js"

const WHERE = "`tool.shipwheel.github.extra`"

/** Names the further files of a release by the last part of their paths, or refuses what matches nothing and what would take another file's name. */
export function nameExtras(
  found: ReadonlyMap<string, readonly string[]>,
  isTaken: (name: string) => boolean,
): Map<string, string> {
  const problems = new Problems()
  const named = new Map<string, string>()
  for (const [pattern, paths] of found) {
    if (paths.length === 0)
      problems.add(
        "configuration",
        `\`${pattern}\` of ${WHERE} matches no file`,
        "Correct the pattern, or commit the file.",
      )
    for (const path of paths) {
      const name = path.replace(/^.*\//, "")
      const other = named.get(name)
      const used = isTaken(name)
      if (used || (other !== undefined && other !== path))
        problems.add(
          "configuration",
          `\`${path}\` of ${WHERE} has the name of ${used ? `the release's own \`${name}\`` : `\`${other ?? ""}\``}, and a release has one file of a name`,
          "Rename one of them, or narrow the pattern.",
        )
      else named.set(name, path)
    }
  }
  problems.throwIfAny()
  return named
}
