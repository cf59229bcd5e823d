import { type Allowed, isAllowed } from "../config/allowed.js"
import { isBelow } from "../frontend/output.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { isWheel } from "./distribution.js"
import {
  type Archive,
  type EntryPoint,
  type Facts,
  paths,
  pointPath,
} from "./facts.js"
import { installed } from "./forbidden.js"
import { installedPath } from "./frontend-manifest.js"
import {
  addedToSdist,
  changedIn,
  changedOnTheWay,
  type Has,
  isCompiled,
  isRun,
  madeFiles,
  madeLinks,
  madeSettings,
  versionsThatAct,
} from "./made.js"
import { endsWith, isCommand, sourcesOf } from "./origins.js"
import { isWritten } from "./untracked.js"

/** What a build had before it. */
type Origin = Has & { readonly backend: string }

/** What a file of a release has by its build alone, and how that is told. */
interface Alone {
  readonly file: string
  readonly path: string
}

const BUILT_ALONE: readonly {
  readonly find: (facts: Facts, own: Origin) => Alone[]
  readonly tell: (file: string, paths: string) => string
}[] = [
  {
    find: changedModules,
    tell: (sdist, paths) =>
      `\`${sdist}\` has ${paths} with other bytes than the project: its build changed what was tested`,
  },
  {
    find: (facts, own) => inSdist(facts, madeLinks(facts, own)),
    tell: (sdist, paths) =>
      `\`${sdist}\` has ${paths}, links that the project does not have as the same ones: what a build from there takes for its files may be others`,
  },
  {
    find: addedSettings,
    tell: (sdist, paths) =>
      `\`${sdist}\` has ${paths}, which the project does not have: its build decides on what an install from there runs`,
  },
  {
    find: changedIn,
    tell: (wheel, paths) =>
      `\`${wheel}\` has ${paths} with other bytes than the sdist that it is made from: its build changed what was tested`,
  },
  {
    find: foreignModules,
    tell: (wheel, paths) =>
      `\`${wheel}\` has ${paths}, which the project has, and the sdist that it is made from has not: its build took something else for it`,
  },
  {
    find: versionsThatAct,
    tell: (file, paths) =>
      `\`${file}\` has ${paths}, which its build made, and which does more than say a version`,
  },
  {
    find: compiledFiles,
    tell: (file, paths) =>
      `\`${file}\` has compiled code, which its build added, and which Python takes before the source of that name: ${paths}`,
  },
  {
    find: unaskedPlatforms,
    tell: (wheel, tags) =>
      `\`${wheel}\` is not for every platform, and no settings of the project ask for that, so that all others get the sdist alone: ${tags}`,
  },
  {
    find: unaskedPlatlib,
    tell: (wheel, said) =>
      `\`${wheel}\` is for every platform by its name, and says in its WHEEL that it is for one, which no settings of the project ask for: ${said}`,
  },
  {
    find: hidingPackages,
    tell: (file, paths) =>
      `\`${file}\` has a package beside a module of that name, which only its build can have made, and which Python takes before the module: ${paths}`,
  },
  {
    find: addedCommands,
    tell: (wheel, paths) =>
      `\`${wheel}\` brings commands of which the project has no file by that name outside of tests, docs and examples: ${paths}`,
  },
  {
    find: addedElsewhere,
    tell: (wheel, paths) =>
      `\`${wheel}\` puts into the environment, beside its packages, what the project does not have by that name: ${paths}`,
  },
  {
    find: addedPoints,
    tell: (wheel, paths) =>
      `\`${wheel}\` has entry points that no settings in the sdist name: ${paths}`,
  },
  {
    find: ({ files }) => unnamedIn(files, "requires"),
    tell: (file, names) =>
      `\`${file}\` requires what no file of the project names: ${names}`,
  },
  {
    find: ({ files }) => unnamedIn(files, "urls"),
    tell: (file, urls) =>
      `\`${file}\` leads to what no file of the project names: ${urls}`,
  },
  {
    find: ({ files }) => unnamedIn(files, "beside"),
    tell: (file, lines) =>
      `\`${file}\` says in its metadata what no file of the project names: ${lines}`,
  },
]

/** What runs of an sdist, and its settings, that the project has otherwise. */
function changedModules(facts: Facts, own: Origin): Alone[] {
  return inSdist(facts, changedOnTheWay(facts, own).deciding)
}

/** An install from an sdist reads them before anything else. */
function addedSettings(facts: Facts, { backend }: Origin): Alone[] {
  return inSdist(facts, madeSettings(facts, backend))
}

function inSdist({ files }: Facts, found: readonly string[]): Alone[] {
  const [file = ""] = files
    .map(({ name }) => name)
    .filter((name) => !isWheel(name))
  return found.map((path) => ({ file, path }))
}

/** Compiled code that the project does not have: one that has it built does not come this far. */
function compiledFiles(facts: Facts, own: Origin): Alone[] {
  return [
    ...inSdist(facts, addedToSdist(facts, own).compiled),
    ...madeFiles(facts, own, "project").filter(({ path }) => isCompiled(path)),
  ]
}

/** How settings ask for a wheel of one platform, or leave it to code of the project. */
const FOR_PLATFORM =
  /plat[-_]?name|bdist_wheel|root_is_pure|distclass|_modules|\.hooks\.|\.build\]\s*script|^\s*build\s*=/m

/** The tags of wheels that are for a platform of their own accord. */
function unaskedPlatforms({ files }: Facts): Alone[] {
  const settings = files.find(({ name }) => !isWheel(name))?.settings ?? ""
  return FOR_PLATFORM.test(settings)
    ? []
    : files.flatMap(({ name }) => {
        const tags = /-([^-]+-[^-]+-[^-]+)\.whl$/.exec(name)?.[1]
        return tags === undefined || tags.endsWith("-none-any")
          ? []
          : [{ file: name, path: tags }]
      })
}

/** How settings ask for that alone. */
const AS_FOR_PLATFORM = /purelib|platlib|pure_python/

/** Wheels that an installer puts where compiled code goes, of their own accord. */
function unaskedPlatlib({ files }: Facts): Alone[] {
  const settings = files.find(({ name }) => !isWheel(name))?.settings ?? ""
  return FOR_PLATFORM.test(settings) || AS_FOR_PLATFORM.test(settings)
    ? []
    : files
        .filter(({ name, platlib }) => platlib && name.endsWith("-any.whl"))
        .map(({ name }) => ({ file: name, path: "Root-Is-Purelib: false" }))
}

/** What runs and a build left out of the sdist, so that there is nothing there to hold the wheel's to. */
function foreignModules({ files }: Facts, own: Origin): Alone[] {
  const sdist = files.find(({ name }) => !isWheel(name))
  if (!sdist) return []
  const { byEnd } = sourcesOf(sdist)
  const tracked = own.tracked.filter(
    (path) => !own.destinations.some((each) => isBelow(path, each)),
  )
  const theirs = new Set(
    tracked.map((path) => installedPath(path, own.packageDir)),
  )
  return files
    .filter(({ name }) => isWheel(name))
    .flatMap((wheel) =>
      paths(wheel)
        .map(installed)
        .filter((path) => isRun(path, own) && !isWritten(path))
        .filter((path) => theirs.has(path) && !byEnd.has(path))
        .map((path) => ({ file: wheel.name, path })),
    )
}

/** Packages in the place of a module that neither the project nor, where a wheel has it, its sdist has so: whatever their bytes are. */
function hidingPackages(facts: Facts, own: Origin): Alone[] {
  const sdist = facts.files.find(({ name }) => !isWheel(name))
  const theirs = [...own.present, ...own.tracked]
  return facts.files.flatMap((file) => {
    const known =
      isWheel(file.name) && sdist ? [...theirs, ...paths(sdist)] : theirs
    const inside = new Set(paths(file).map(installed))
    return [...inside]
      .filter((path) => inside.has(hiddenBy(path)))
      .filter((path) => !known.some((each) => endsWith(each, path)))
      .map((path) => ({ file: file.name, path }))
  })
}

/** The module that Python does not see for a file. */
function hiddenBy(path: string): string {
  const folder = /^(.+)\/__init__\.[^/]+$/.exec(path)?.[1]
  return folder === undefined ? "" : `${folder}.py`
}

/** A backend may write the first line of a script anew, or call it otherwise: it is known by either. */
function addedCommands(facts: Facts, own: Origin): Alone[] {
  return madeFiles(facts, own, "project").filter(({ path }) => isCommand(path))
}

/** Such as settings of pip, which are for all that is installed there. */
function addedElsewhere(facts: Facts, own: Origin): Alone[] {
  return madeFiles(facts, own, "project").filter(
    ({ anywhere, path }) => anywhere && !isCommand(path),
  )
}

/** Entry points of which nothing that a project is configured by says what they lead to. */
function addedPoints({ files }: Facts): Alone[] {
  const settings = files.find(({ name }) => !isWheel(name))?.settings
  if (settings === undefined) return []
  const written = settings.replace(/[^\S\n]/g, "")
  // Python reads two texts behind one another as one; of TOML they are two lines.
  const read = [written, written.replace(/(["'])\n+\1/g, "")]
  return files.flatMap((wheel) =>
    (wheel.entryPoints ?? [])
      .filter((point) => !read.some((said) => isNamed(point, said)))
      .map((point) => ({ file: wheel.name, path: pointPath(point) })),
  )
}

/** What a build may have brought by itself where no `[project]` says all of it. */
function unnamedIn(
  files: readonly Archive[],
  what: "requires" | "urls" | "beside",
): Alone[] {
  return files.flatMap(({ name, unnamed }) =>
    (unnamed?.[what] ?? []).map((path) => ({ file: name, path })),
  )
}

/** In a line of TOML, of an INI file or of Python, or in a table of its own; without what extras it asks for. */
function isNamed({ name, value }: EntryPoint, settings: string): boolean {
  const [called, leads] = [name, value.replace(/\[.*$/, "")].map((each) =>
    each.replace(/\s/g, "").replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
  )
  return [
    `(?:^|[^\\w-])${called}["']?[=:](?:[^\\n]{0,80}[^\\w.])?${leads}(?![\\w.])`,
    `\\.["']?${called}["']?\\]\\n[^[]{0,200}(?:reference|callable)=["']${leads}(?![\\w.])`,
  ].some((pattern) => new RegExp(pattern, "m").test(settings))
}

/** What is not as in the sdist, by each wheel and by each way. */
export function refuseAlone(
  facts: Facts,
  own: Origin,
  allowed: Allowed,
): string[] {
  return BUILT_ALONE.flatMap(({ find, tell }) => {
    const found = find(facts, own).filter(
      ({ path }) => !isAllowed(allowed, path),
    )
    const files = [...new Set(found.map(({ file }) => file))]
    return files.map((file) => {
      const shown = found
        .filter((each) => each.file === file)
        .map(({ path }) => code(path))
      return `${tell(file, few(shown))}. If that is meant, allow it in \`[tool.shipwheel.allow]\` with its reason`
    })
  })
}

/** What is refused of a wheel's build unless it is allowed. */
export function foundAlone(facts: Facts, own: Origin): string[] {
  return BUILT_ALONE.flatMap(({ find }) => find(facts, own)).map(
    ({ path }) => path,
  )
}
