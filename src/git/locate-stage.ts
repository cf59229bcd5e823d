import type { Directory } from "@dagger.io/dagger"

import type { Mirrors } from "../containers/images.js"
import { problem } from "../errors.js"
import { exactly } from "../reading/path-patterns.js"
import { PROJECT_FILES } from "../reading/pyproject.js"
import { isOftenSecret } from "../reading/secrets.js"
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
import { uncommitted } from "./tracked-stage.js"
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
  const [repository, own, tags, mirrors] = await Promise.all([
    folder.glob("**/*"),
    source.glob("**/*"),
    tagsInSight({ folder, source }),
    writtenMirrors(source),
  ])
  await Promise.all([
    refuseDefaults(source, own),
    refuseDefaults(folder, repository),
  ])
  if (repository.includes(".gitmodules") && (await hasRepository(folder)))
    await refuseSilent(folder)
  const all = tag === undefined ? tags : [...tags, tag]
  const files = repository.filter((each) => !each.startsWith(".git/"))
  const named = files.filter(
    (each) => isOftenSecret(each) && !each.endsWith("/"),
  )
  const secrets = await uncommitted(folder, named, mirrors)
  const mark = PROJECT_FILES.find((name) => own.includes(name)) ?? ""
  const places = possiblePlaces(files, new Set(own))
  const path = await placeIn(checkout, places, { mark, mirrors })
  const found = whereaboutsOf(files, { path, secrets, tags: all })
  const access = { ...accessOf(checkout), folder }
  if (found.path === "") return { source, ...access, ...found }
  const given = folder.filter({ exclude: [".git", ...exactly(secrets)] })
  const seen = await lookAround({ folder: given, source }, found.path, mirrors)
  return { ...access, ...found, ...seen }
}

/** The file that makes a folder the project, and where what reads git is from. */
interface Marked {
  readonly mark: string
  readonly mirrors: Mirrors
}

/** Of folders whose files are called alike the one that is the project's by what is in them. */
async function placeIn(
  { folder, source }: Checkout,
  possible: readonly string[],
  marked: Marked,
): Promise<string> {
  if (possible.length < 2) return possible[0] ?? ""
  const own = await source.digest()
  const found = await Promise.all(
    possible.map(async (path) => {
      const there = path === "" ? folder : folder.directory(path)
      return (await there.filter({ exclude: [".git"] }).digest()) === own
    }),
  )
  const same = possible.filter((_, at) => found[at])
  const [place, ...more] = await inEachClone(folder, same, marked)
  if (place !== undefined && more.length === 0) return place
  throw same.length === 0 ? noneOf(possible) : manyOf(same)
}

/** A copy that no commit has, such as a second work tree, is the own matter of who has it. */
async function inEachClone(
  folder: Directory,
  places: readonly string[],
  { mark, mirrors }: Marked,
): Promise<readonly string[]> {
  if (places.length < 2) return places
  const marks = places.map((path) => path + mark)
  const alone = await uncommitted(folder, marks, mirrors)
  return places.filter((path) => !alone.includes(path + mark))
}

function noneOf(possible: readonly string[]): Error {
  return problem(
    "project",
    `${shown(possible)} of \`--repository\` have files of the same names, and none has those of \`--source\``,
    "Name the project's own folder in that repository: `--source packages/wren --repository .`.",
  )
}

/** Whoever brings a copy of a project shall not have the releases made from it. */
function manyOf(same: readonly string[]): Error {
  return problem(
    "project",
    `${shown(same)} of \`--repository\` have the same files as \`--source\`, so which of them is meant can't be told`,
    "Take the copy away, or change a file in it: a word in its README is enough.",
  )
}

function shown(paths: readonly string[]): string {
  return few(paths.map((each) => code(each || ".")))
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
