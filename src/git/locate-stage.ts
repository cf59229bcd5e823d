import type { Directory } from "@dagger.io/dagger"

import type { Mirrors } from "../containers/images.js"
import { problem } from "../errors.js"
import { exactly } from "../reading/path-patterns.js"
import { isSecret } from "../reading/secrets.js"
import { mirrorsIn } from "../reading/written-mirrors.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { type Around, lookAround } from "./around-stage.js"
import { refuseDefaults } from "./defaults-stage.js"
import {
  accessOf,
  type Checkout,
  hasRepository,
  refuseSilent,
  tagsInSight,
} from "./stage.js"
import { possiblePlaces } from "./tracked.js"
import { ignoredHere } from "./tracked-stage.js"
import { NOWHERE, type Whereabouts, whereaboutsOf } from "./whereabouts.js"

/** A project's folder, and where in its repository that is. */
export interface Located extends Checkout, Whereabouts {
  /** Absent at the top of a repository, where nothing is around it. */
  readonly around?: Around | undefined
}

/** Looks where in its repository a project is, and what of that it refers to; its links that leave it are followed. */
export async function locate(
  checkout: Checkout,
  tag?: string,
): Promise<Located> {
  const { folder, source } = checkout
  const [repository, own, tags] = await Promise.all([
    folder.glob("**/*"),
    source.glob("**/*"),
    tagsInSight({ folder, source }),
  ])
  await Promise.all([
    refuseDefaults(source, own),
    refuseDefaults(folder, repository),
  ])
  if (repository.includes(".gitmodules") && (await hasRepository(folder)))
    await refuseSilent(folder)
  const all = tag === undefined ? tags : [...tags, tag]
  const files = repository.filter((each) => !each.startsWith(".git/"))
  const named = files.filter((each) => isSecret(each) && !each.endsWith("/"))
  const secrets = await ignoredHere({ folder, path: "" }, named)
  const path = await placeIn(checkout, possiblePlaces(files, new Set(own)))
  const found = whereaboutsOf(files, { path, secrets, tags: all })
  const access = { ...accessOf(checkout), folder }
  if (found.path === "") return { source, ...access, ...found }
  const mirrors = await writtenMirrors(source)
  const given = folder.filter({ exclude: [".git", ...exactly(secrets)] })
  const seen = await lookAround({ folder: given, source }, found.path, mirrors)
  return { ...access, ...found, ...seen }
}

/** Of folders whose files are called alike the one that is the project's by what is in them. */
async function placeIn(
  { folder, source }: Checkout,
  possible: readonly string[],
): Promise<string> {
  if (possible.length < 2) return possible[0] ?? ""
  const own = await source.digest()
  const found = await Promise.all(
    possible.map(async (path) => {
      const there = path === "" ? folder : folder.directory(path)
      return (await there.filter({ exclude: [".git"] }).digest()) === own
    }),
  )
  const place = possible.find((_, at) => found[at])
  if (place !== undefined) return place
  const shown = possible.map((each) => code(each || "."))
  throw problem(
    "project",
    `${few(shown)} of \`--repository\` have files of the same names, and none has those of \`--source\``,
    "Name the project's own folder in that repository: `--source packages/wren --repository .`.",
  )
}

/** What is needed before the rest of the settings is looked at. */
async function writtenMirrors(source: Directory): Promise<Mirrors> {
  const path = "pyproject.toml"
  return (await source.exists(path))
    ? mirrorsIn(await source.file(path).contents())
    : {}
}

/** A folder that is looked at for itself. */
export function alone(source: Directory): Located {
  return { ...NOWHERE, folder: source, source }
}
