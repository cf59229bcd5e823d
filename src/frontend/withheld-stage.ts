import type { Mirrors } from "../containers/images.js"
import type { Located } from "../git/locate-stage.js"
import { commitToBuild } from "../git/stage.js"
import { pathsBelow } from "../git/tracked.js"
import { committedFiles } from "../git/tracked-stage.js"
import type { Frontend } from "./frontend.js"
import { fromTop } from "./place.js"
import { givenOf, type SeenFiles, withheldFrom } from "./withheld.js"

/** Frontends with what git ignores of the files around them, of which nothing goes into a build. */
export function withWithheld(
  place: Located,
  frontends: readonly Frontend[],
  mirrors: Mirrors,
): Promise<Frontend[]> {
  return Promise.all(
    frontends.map(async (frontend) => {
      const seen = await seenFiles(place, frontend, mirrors)
      const withheld = withheldFrom(fromTop(frontend), seen)
      const given = givenOf(fromTop(frontend), seen)
      return {
        ...frontend,
        ...(withheld.length > 0 && { withheld }),
        ...(given.length > 0 && { given }),
      }
    }),
  )
}

async function seenFiles(
  place: Located,
  { prefix }: Frontend,
  mirrors: Mirrors,
): Promise<SeenFiles> {
  // Files that say what is ignored may lie above the project.
  const at = prefix === "" ? place.path : ""
  const top = at === "" && prefix === "" ? place.source : place.folder
  const [present = [], unignored = []] = await Promise.all(
    [top, top.filter({ gitignore: true })].map((tree) =>
      (at === "" ? tree : tree.directory(at)).glob("**/*"),
    ),
  )
  // Whoever sends a change writes what git ignores.
  const secrets = new Set(pathsBelow(at, place.secrets))
  const clean = new Set(unignored.filter((path) => !secrets.has(path)))
  const ignored = present.filter(
    (path) => !clean.has(path) && !/(^|\/)\.git\/|\/$/.test(path),
  )
  if (ignored.length === 0) return { ignored, kept: [] }
  const tracked = new Set(await trackedBelow(place, at, mirrors))
  return {
    ignored: ignored.filter((path) => !tracked.has(path)),
    kept: [...clean].filter((path) => !path.endsWith("/")).concat([...tracked]),
  }
}

/** What was committed although it is ignored. */
async function trackedBelow(
  place: Located,
  at: string,
  mirrors: Mirrors,
): Promise<string[]> {
  const commit = await commitToBuild(place, undefined)
  if (commit === undefined) return []
  const { paths } = await committedFiles(place.folder, commit, mirrors)
  return pathsBelow(at, paths)
}
