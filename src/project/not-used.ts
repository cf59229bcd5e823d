import { resolveBuildNode } from "../frontend/asks-node.js"
import { findFragments, otherChangelogs } from "../notes/changelog-file.js"
import { inFolder } from "../reading/package-json.js"
import type { Outline } from "./outline.js"
import { unseenFrontends } from "./unseen-frontends.js"

/** What is in many projects, by its path, and why it decides nothing here. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^noxfile\.py$/, "sessions of nox are not run"],
  [
    /(^|\/)package\.json$/,
    "no frontend of the package: it builds nothing, or is a part of one, documentation, an example or a test",
  ],
  [/(^|\/)bun\.lockb?$/, "a lockfile of no package manager that is known"],
  [
    /(^|\/)(Dockerfile|compose\.ya?ml|docker-compose\.ya?ml)$/,
    "no container is built",
  ],
]
const CHANGELOG =
  "another changelog: `tool.shipwheel.changelog` names the one that is meant"
const FRAGMENT = "a note that is not yet in the changelog"
const SHOWN = 20

/** What was seen and is not used, each with the reason. */
export function notUsed(outline: Outline): string[] {
  const { changelog, frontends, paths, pyproject, sources } = outline
  const built = resolveBuildNode(outline)
  const used = new Set([
    changelog,
    ...(built ? [inFolder(built.path, "package.json")] : []),
    // Those are said to stop a release.
    ...unseenFrontends(outline).map(({ path }) =>
      inFolder(path, "package.json"),
    ),
    ...frontends.map(({ path }) => inFolder(path, "package.json")),
  ])
  const others = otherChangelogs(paths, changelog)
  const fragments = findFragments(paths, {
    tool: pyproject.tool,
    towncrier: sources.text("towncrier.toml"),
  })
  return [...paths]
    .filter((path) => !used.has(path) && !/(^|\/)node_modules\//.test(path))
    .sort()
    .flatMap((path) => {
      const why = others.includes(path)
        ? CHANGELOG
        : fragments.includes(path)
          ? FRAGMENT
          : KINDS.find(([pattern]) => pattern.test(path))?.[1]
      return why === undefined ? [] : [`\`${path}\`: ${why}.`]
    })
    .slice(0, SHOWN)
}
