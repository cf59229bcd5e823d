import { Problems } from "../errors.js"
import {
  type BuildNode,
  buildsItself,
  resolveBuildNode,
} from "../frontend/asks-node.js"
import { findFragments, otherChangelogs } from "../notes/changelog-file.js"
import {
  buildScript,
  inFolder,
  readPackageJson,
} from "../reading/package-json.js"
import { covers } from "../reading/path-patterns.js"
import type { Outline } from "./outline.js"
import { isForOthers, unseenFrontends } from "./unseen-frontends.js"

/** What is in many projects, by its path, and why it decides nothing here. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^noxfile\.py$/, "sessions of nox are not run"],
  [/(^|\/)bun\.lockb?$/, "a lockfile of no package manager that is known"],
  [
    /(^|\/)(Dockerfile|compose\.ya?ml|docker-compose\.ya?ml)$/,
    "no container is built",
  ],
]
const CHANGELOG =
  "another changelog: `tool.shipwheel.changelog` names the one that is meant"
const FRAGMENT = "a note that is not yet in the changelog"
const MANIFEST = /(^|\/)package\.json$/
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
          : MANIFEST.test(path)
            ? `no frontend of the package: ${whyNoFrontend(path, outline, built)}`
            : KINDS.find(([pattern]) => pattern.test(path))?.[1]
      return why === undefined ? [] : [`\`${path}\`: ${why}.`]
    })
    .slice(0, SHOWN)
}

/** Why a `package.json` is none that Shipwheel builds. */
function whyNoFrontend(
  path: string,
  { config, sources }: Outline,
  built: BuildNode | undefined,
): string {
  const folder = path.replace(/\/?package\.json$/, "")
  if (isForOthers(path, sources))
    return "documentation, an example, a template or a test"
  if (
    Object.keys(config["not-shipped"] ?? {}).some((each) => covers(each, path))
  )
    return "`tool.shipwheel.not-shipped` says so"
  if (config.frontend?.length === 0)
    return "`tool.shipwheel.frontend` says that there is none"
  if (buildsItself(built, folder, sources))
    return "what it makes is left to the build, which calls Node itself"
  const manifest = readPackageJson(folder, sources, new Problems())
  return manifest && buildScript(manifest)
    ? "it is a part of another one, or documentation"
    : "it builds nothing"
}
