import { posix } from "node:path"

import { allowLines } from "../config/allowed.js"
import { isBelow } from "../frontend/output.js"
import { pathsBelow } from "../git/tracked.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import type { DataPattern } from "./data-patterns.js"
import type { Facts } from "./facts.js"
import {
  emptyPatterns,
  endOf,
  isNeeded,
  missingFiles,
  packageDirs,
  type Possessions,
} from "./missing-files.js"

/** What builds the package, and the name it is imported by. */
interface Builder {
  readonly backend: string
  readonly module: string
}

interface DataAdvice {
  readonly backend: string
  readonly why: string
  readonly lines: (
    patterns: readonly string[],
    builder: Builder & { readonly packageDir: string },
  ) => readonly string[]
  /** What decides on the folders whose Python files it takes. */
  readonly code: string
}

const list = (items: readonly string[]) =>
  `[${items.map((each) => `"${each}"`).join(", ")}]`

/** Where each backend is told of more files; patterns are relative to the package's folder. */
const ADVICE: readonly DataAdvice[] = [
  {
    backend: "setuptools",
    why: "setuptools puts only Python files into a wheel unless it is told more",
    lines: (patterns, { module }) => [
      "[tool.setuptools.package-data]",
      `"${module}" = ${list(patterns)}`,
    ],
    code: "see that its list of packages has their folders; `[tool.setuptools.packages.find]` finds them all",
  },
  {
    backend: "hatchling",
    why: "hatchling leaves out what `.gitignore` or `exclude` names, though git tracks it, unless it is an artifact; a target with `artifacts` of its own (in `[tool.hatch.build.targets.wheel]` or `[tool.hatch.build.targets.sdist]`) goes by those alone",
    lines: (patterns, { packageDir }) => [
      "[tool.hatch.build]",
      `artifacts = ${list(patterns.map((each) => `/${packageDir}/${each}`))}`,
    ],
    code: "see that `packages` of `[tool.hatch.build.targets.wheel]` names the package's folder, and that neither `exclude` nor `.gitignore` takes theirs",
  },
  {
    backend: "poetry",
    why: "poetry-core leaves out what `.gitignore` or `exclude` names, unless it is included for both formats",
    lines: (patterns, { packageDir }) => [
      "[tool.poetry]",
      `include = [${patterns.map((each) => `{ path = "${packageDir}/${each}", format = ["sdist", "wheel"] }`).join(", ")}]`,
    ],
    code: "see that `packages` of `[tool.poetry]` names the package's folder, and that neither `exclude` nor `.gitignore` takes theirs",
  },
  {
    backend: "pdm",
    why: "pdm-backend takes what `includes` names, less what `excludes` does",
    lines: (_, { packageDir }) => [
      "[tool.pdm.build]",
      `includes = ${list([packageDir])}`,
    ],
    code: "see that `includes` of `[tool.pdm.build]` has their folders, and `excludes` has not",
  },
]

/** What stands for bytes that are no letter. */
const NO_LETTER = "\uFFFD"

/** Tells the lines that put lost files into the package, and those that say that they are not for it. */
export function howToComplete(
  { files }: Facts,
  has: Possessions,
  builder: Builder,
): string | undefined {
  const { lost } = missingFiles(files, has)
  const empty = emptyPatterns(files, has).filter(isNeeded)
  if (lost.length === 0 && empty.length === 0) return undefined
  const replaced = lost.filter((path) => destinationOf(path, has) !== undefined)
  const linked = lost.filter((path) => endOf(path, has) !== undefined)
  const misnamed = lost.filter((path) => path.includes(NO_LETTER))
  return [
    ...(misnamed.length > 0
      ? [
          `Rename what has a name that is not in UTF-8, as names in a wheel are: ${few(misnamed.map(code))}. \`git ls-files\` shows its bytes, and \`git mv\` gives it another.`,
        ]
      : []),
    ...(linked.length > 0
      ? [
          `Let a link lead to a file that git tracks, put that file in its place, or take the link out: ${few(linked.map(code))}.`,
        ]
      : []),
    ...walkedOnce(lost, has, builder),
    ...has.destinations
      .filter((each) => replaced.some((path) => isBelow(path, each)))
      .map(
        (each) =>
          `The frontend's output takes the place of \`${each}\`. What the project has there of its own goes where the frontend's build copies it from (such as its \`public\` folder), or into a folder of the package that is its own.`,
      ),
    ...packageDirs(files, has).flatMap((packageDir) => {
      const inside = lost.filter(
        (path) =>
          path.startsWith(`${packageDir}/`) &&
          !replaced.includes(path) &&
          !linked.includes(path) &&
          !misnamed.includes(path),
      )
      return inside.length > 0
        ? [linesFor(inside, packageDir, within(builder, has, packageDir))]
        : []
    }),
    ...(empty.length > 0
      ? [
          `What a step before the build makes is in no clone: let that step run before this in the folder that is released, and allow what it makes in \`pyproject.toml\`:`,
          allowLines(...empty.map((each) => pathOf(each, has))),
        ]
      : []),
    `What nobody who installs the package needs is named with the reason in \`pyproject.toml\`:`,
    fenced([
      "[tool.shipwheel.not-shipped]",
      ...[...excused(lost, has), ...empty.map(({ pattern }) => pattern)].map(
        (each) => `"${each}" = "the reason"`,
      ),
    ]),
  ].join("\n\n")
}

/** The backend that takes what a link leads to for the link's, and then misses it in its own place. */
function walkedOnce(
  lost: readonly string[],
  { links }: Possessions,
  { backend }: Builder,
): string[] {
  if (links === undefined || !backend.startsWith("hatchling")) return []
  const { meant, prefix } = links
  const leading = [...meant].filter(([path, to]) =>
    lost.some((each) => !isBelow(each, path) && isBelow(prefix + each, to)),
  )
  const found = pathsBelow(
    prefix,
    leading.map(([path]) => path),
  )
  return found.length === 0
    ? []
    : [
        `hatchling walks each folder once, and may have come to what is missing by a link: ${few(found.map(code))}. Leave that out of the sdist in \`pyproject.toml\`:`,
        fenced([
          "[tool.hatch.build.targets.sdist]",
          `exclude = ${list(found)}`,
        ]),
      ]
}

/** Where a file would lie that a backend is told of. */
function pathOf(
  { module, pattern }: DataPattern,
  { packageDir }: Possessions,
): string {
  const root = packageDir.replace(/[^/]*$/, "")
  const folder = module?.replaceAll(".", "/")
  // From the top of the project, as `.gitignore` has it.
  return folder === undefined
    ? pattern.replace(/^\//, "")
    : `${root}${folder}/${pattern}`
}

/** What decides in each backend's settings which packages a wheel has, by the words that are there, and how those leave out more. */
const WITHOUT: readonly {
  readonly backend: string
  readonly asked: RegExp
  readonly place: string
  readonly lines: (tops: readonly string[], packageDir: string) => string[]
}[] = [
  {
    backend: "setuptools",
    asked: /\bfind_(?:namespace_)?packages\(/,
    place: "Where `setup.py` looks for packages",
    lines: (tops) => [`packages=find_packages(exclude=${list(below(tops))})`],
  },
  {
    backend: "setuptools",
    asked: /^\s*packages\s*=\s*find(?:_namespace)?:/m,
    place: "In `setup.cfg`",
    lines: (tops) => [
      ...["[options.packages.find]", "exclude ="],
      ...below(tops).map((each) => `    ${each}`),
    ],
  },
  {
    backend: "setuptools",
    asked: /packages\.find|packages\s*=\s*\{\s*find/,
    place: "In `pyproject.toml`",
    lines: (tops) => [
      "[tool.setuptools.packages.find]",
      `exclude = ${list(below(tops))}`,
    ],
  },
  {
    backend: "hatchling",
    asked: /^/,
    place: "In `pyproject.toml`",
    lines: (_, packageDir) => [
      "[tool.hatch.build.targets.wheel]",
      `packages = ${list([packageDir])}`,
    ],
  },
  {
    backend: "poetry",
    asked: /^/,
    place: "In `pyproject.toml`, in `packages` or `include`",
    lines: (tops) =>
      tops.map((top) => `{ include = "${top}", format = "sdist" }`),
  },
  {
    backend: "pdm",
    asked: /^/,
    place: "In `pyproject.toml`",
    lines: (tops) => ["[tool.pdm.build]", `source-includes = ${list(tops)}`],
  },
]

/** A package and all that it holds. */
function below(tops: readonly string[]): string[] {
  return tops.flatMap((top) => [top, `${top}.*`])
}

/** Tells the lines by which a wheel goes without folders that an sdist may have. */
export function howToLeaveOut(
  tops: readonly string[],
  settings: string,
  {
    backend,
    packageDir,
  }: Pick<Possessions, "packageDir"> & { backend: string },
): string {
  const row = WITHOUT.find(
    (each) => backend.startsWith(each.backend) && each.asked.test(settings),
  )
  const shown = tops.map((top) => code(`${top}/`)).join(", ")
  return row === undefined
    ? `What is for those who work on the package is left out of the wheel: take ${shown} out of what \`${backend}\` is told to put there.`
    : `What is for those who work on the package is left out of the wheel. ${row.place}:\n\n${fenced(row.lines(tops, packageDir))}`
}

function destinationOf(
  path: string,
  { destinations }: Possessions,
): string | undefined {
  return destinations.find((each) => isBelow(path, each))
}

/** A package beside the project's own is imported by its folder's name. */
function within(
  builder: Builder,
  own: Possessions,
  packageDir: string,
): Builder {
  return packageDir === own.packageDir
    ? builder
    : { ...builder, module: posix.basename(packageDir) }
}

function linesFor(
  lost: readonly string[],
  packageDir: string,
  builder: Builder,
): string {
  const modules = lost.filter((path) => path.endsWith(".py"))
  const po = lost.filter((path) => path.endsWith(".po"))
  const data = lost.filter(
    (path) => !/\.pyi?$|\.po$/.test(path) || isTyped(path),
  )
  const advice = ADVICE.find(({ backend }) =>
    builder.backend.startsWith(backend),
  )
  const patterns = patternsOf(data, packageDir)
  return [
    ...(data.length === 0
      ? []
      : advice
        ? [
            `To include them: ${advice.why}. In \`pyproject.toml\`:`,
            fenced(advice.lines(patterns, { ...builder, packageDir })),
          ]
        : [
            `Tell \`${builder.backend}\` to put ${patterns.map((each) => `\`${packageDir}/${each}\``).join(", ")} into sdist and wheel.`,
          ]),
    ...(modules.length > 0
      ? [
          `For Python files, ${advice?.code ?? `see that \`${builder.backend}\` is not told to leave out their folders`}.`,
        ]
      : []),
    ...(po.length > 0
      ? [
          "Translations are read as `.mo`: compile them before the build (`pybabel compile`, `msgfmt`), or in it.",
        ]
      : []),
  ].join("\n\n")
}

function isTyped(path: string): boolean {
  return path.endsWith(".pyi")
}

/** One pattern for the files of a kind in a folder. */
function patternsOf(files: readonly string[], packageDir: string): string[] {
  const patterns = files.map((path) => {
    const inner = path.slice(packageDir.length + 1)
    const { dir, ext } = posix.parse(inner)
    return ext ? posix.join(dir, `*${ext}`) : inner
  })
  return [...new Set(patterns)].sort()
}

/** A folder stands for all that is in it. */
function excused(lost: readonly string[], has: Possessions): string[] {
  const names = lost.map((path) => {
    const folder = posix.dirname(path)
    return folder === has.packageDir || destinationOf(path, has) !== undefined
      ? path
      : `${folder}/`
  })
  return [...new Set(names)]
    .filter((name) => !names.some((each) => isInside(name, each)))
    .sort()
}

function isInside(path: string, folder: string): boolean {
  return path !== folder && folder.endsWith("/") && path.startsWith(folder)
}

function fenced(lines: readonly string[]): string {
  return ["```", ...lines, "```"].join("\n")
}
