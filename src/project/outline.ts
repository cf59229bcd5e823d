import { posix } from "node:path"

import { nameElsewhere, packageLayout } from "../backends/backend-answers.js"
import { refuseForgotten } from "../build/forgotten-frontends.js"
import { parseConfig, soundPart } from "../config/config.js"
import type { Config, FrontendConfig } from "../config/config-schema.js"
import { problem, type Problems } from "../errors.js"
import { buildsItself, resolveBuildNode } from "../frontend/asks-node.js"
import { pathFromTop } from "../frontend/place.js"
import { findChangelogFile } from "../notes/changelog-file.js"
import { followChangelog } from "../notes/changelog-pointer.js"
import type { BuildClues } from "../reading/build-scripts.js"
import {
  type ImportPackage,
  type PackageLayout,
  packagesSeen,
} from "../reading/import-package.js"
import { inFolder } from "../reading/package-json.js"
import {
  isProjectFile,
  parsePyproject,
  type Pyproject,
  withHatch,
} from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { code } from "../text/code.js"
import { commandLine } from "../text/command-line.js"
import { few } from "../text/few.js"
import { iniSections } from "../text/ini-text.js"
import { forgettable, frontendsBeside } from "./frontends-beside.js"
import { frontendsInside } from "./frontends-inside.js"
import { configuredShape, findShape } from "./import-shape.js"
import { isForAuthors, refuseUnseen } from "./unseen-frontends.js"

/** What a first look at the project tells: where things are, and what to read next. */
export interface Outline {
  readonly sources: Sources
  readonly paths: ReadonlySet<string>
  readonly pyproject: Pyproject
  readonly config: Config
  readonly name: string
  readonly found: ImportPackage | undefined
  /** The folder of the import package, such as `backend/quayside`. */
  readonly packageDir: string | undefined
  /** The folders with a frontend, and what is configured of each. */
  readonly frontends: readonly FrontendConfig[]
  readonly changelog: string | undefined
}

const FRONTEND_FOLDERS = ["frontend", "web", "ui", "client"]

/** A module is given its own folder by Dagger 1.0, and by `-m`, where nothing else is said. */
const ELSEWHERE =
  "This is the folder of a Dagger module: point `--source` at your project's. With Dagger 1.0, `dagger settings shipwheel source .` does so for every call."
const isModule = (sources: Sources) =>
  sources.has("dagger.json") && sources.has("src/index.ts")

/** Finds the parts of a project among its files; a folder that is no Python project is refused. */
export function outlineProject(sources: Sources, problems: Problems): Outline {
  if (!sources.has("pyproject.toml") && !hasSetuptoolsFile(sources))
    throw problem(
      "project",
      sources.has("setup.cfg")
        ? "there is no `pyproject.toml` in the source, and no `setup.py`; `setup.cfg` has no `[metadata]`, so it has settings of tools alone"
        : "there is no `pyproject.toml` in the source, and no `setup.py` or `setup.cfg`",
      isModule(sources)
        ? ELSEWHERE
        : (projectsBelow(sources) ??
            "Run in the project's folder, or point `--source` at it."),
    )
  const pyproject = readPyproject(sources)
  const config =
    problems.attempt(() => parseConfig(pyproject.tool["shipwheel"])) ??
    soundPart(pyproject.tool["shipwheel"])
  const name = requireName(sources, pyproject)
  const found = requirePackage(sources, pyproject, config, name, problems)
  const { paths } = sources
  const frontends = findFrontends(
    { pyproject, sources },
    found?.path,
    config,
    problems,
  )
  const clues = { sources, pyproject, config, frontends }
  refuseUnseen(clues, problems)
  refuseForgotten(forgettable({ ...clues, packageDir: found?.path }), problems)
  return {
    sources,
    paths,
    pyproject,
    config,
    name,
    found,
    packageDir: found?.path,
    frontends,
    changelog: findChangelog(sources, config, name, problems),
  }
}

function readPyproject(sources: Sources): Pyproject {
  const pyproject = parsePyproject(sources.text("pyproject.toml") ?? "")
  const hatch = sources.text("hatch.toml")
  return hatch === undefined ? pyproject : withHatch(pyproject, hatch)
}

/** The backend that PEP 517 gives to a project that names none. */
function hasSetuptoolsFile(sources: Sources): boolean {
  return sources.has("setup.py") || tellsOfProject(sources, "setup.cfg")
}

/** A setup.cfg may have settings of tools alone. */
function tellsOfProject(sources: Sources, path: string): boolean {
  if (posix.basename(path) !== "setup.cfg") return sources.has(path)
  const sections = iniSections(sources.text(path) ?? "")
  return ["metadata", "options"].some((each) => sections.includes(each))
}

function requireName(sources: Sources, pyproject: Pyproject): string {
  const name = pyproject.project?.name ?? nameElsewhere({ pyproject, sources })
  if (name !== undefined) return name
  throw problem("project", ...namelessWords(sources, pyproject))
}

/** A `[project]` table beside a setup.py or a table of another tool would decide more than the name, or contradict it. */
function namelessWords(
  sources: Sources,
  { project, tool }: Pyproject,
): [what: string, next: string] {
  const setup = ["setup.cfg", "setup.py"].filter((each) =>
    tellsOfProject(sources, each),
  )
  if ("poetry" in tool && !project)
    return [
      "`[tool.poetry]` in `pyproject.toml` has no `name`",
      "Add it there.",
    ]
  if (setup.length > 0 && !project)
    return [
      `no plain name of the project is in ${setup.map(code).join(" or ")}`,
      'Write it there as plain text: `name = quayside` in `[metadata]` of setup.cfg, or `setup(name="quayside")`.',
    ]
  return [
    "`pyproject.toml` has no `[project]` table with a `name`",
    projectsBelow(sources) ??
      "Add `[project]` with `name` and `version` (PEP 621).",
  ]
}

/** What nobody publishes comes last. */
const TRIED = /(?:^|[/_-])(?:demo|sample|playground|sandbox)s?(?:[/_-]|$)/i

/** At the top of a repository of several projects: where they are, and what reads one of them with what is around it. */
function projectsBelow(sources: Sources): string | undefined {
  const folders = [...sources.paths]
    .filter((path) => isProjectFile(path) && !isForAuthors(path))
    .filter(
      (path) => posix.dirname(path) !== "." && tellsOfProject(sources, path),
    )
    .map((path) => posix.dirname(path))
  const found = [...new Set(folders)]
    .filter((each) => !folders.some((one) => each.startsWith(`${one}/`)))
    .sort()
    .sort((one, other) => Number(TRIED.test(one)) - Number(TRIED.test(other)))
  const [first] = found
  return first === undefined
    ? undefined
    : `Projects are in ${few(found.map(code))}: name the one that is meant, and the repository around it: \`--source ${commandLine([first])} --repository .\`.`
}

function requirePackage(
  sources: Sources,
  pyproject: Pyproject,
  { imports = [], package: path }: Config,
  name: string,
  problems: Problems,
): ImportPackage | undefined {
  const layout = packageLayout({ pyproject, sources })
  const found =
    path === undefined
      ? findShape(sources, layout, name)
      : configuredShape(sources, layout, name, path, imports)
  if (found || sources.wanted.size > 0) return found
  if (path === undefined)
    problems.add(
      "project",
      `no import package was found for \`${name}\``,
      `${seenPackages(sources, layout, name)} in \`[tool.shipwheel]\`. A package without any, which only requires others, is not what Shipwheel releases.`,
    )
  else
    problems.add(
      "configuration",
      `\`tool.shipwheel.package\` names \`${path}\`, which is not there`,
      "Correct the path, or leave it out to have it found.",
    )
  return undefined
}

/** What of several is meant, only its author knows. */
function seenPackages(
  sources: Sources,
  layout: PackageLayout,
  name: string,
): string {
  const [first, ...more] = packagesSeen(sources, layout, name)
  if (first === undefined) return 'Say where it is: `package = "src/<name>"`'
  const seen = few([first, ...more].map(code))
  return `Seen ${more.length > 0 ? "were" : "was"} ${seen}: say which it is, such as \`package = "${first}"\``
}

function findFrontends(
  clues: BuildClues,
  packageDir: string | undefined,
  config: Config,
  problems: Problems,
): readonly FrontendConfig[] {
  const { sources } = clues
  const isFrontend = (dir: string) => sources.has(inFolder(dir, "package.json"))
  const configured = config.frontend?.map((each) => ({
    ...each,
    path: each.path.replace(/^\.$/, ""),
  }))
  if (configured === undefined) {
    const named = FRONTEND_FOLDERS.filter(
      (each) =>
        isFrontend(each) &&
        !buildsItself(resolveBuildNode(clues), each, sources),
    )
    const seen = [
      ...frontendsInside({ ...clues, packageDir }),
      ...frontendsBeside({ ...clues, packageDir }).leading,
    ]
    return [...new Set([...named, ...seen.map((each) => each.path)])].map(
      (path) => ({ path }),
    )
  }
  for (const { path } of configured.filter((each) => !isFrontend(each.path)))
    problems.add(
      "frontend",
      `\`${path}/package.json\` is not there, but \`tool.shipwheel.frontend.path\` is \`${path}\``,
      pathFromTop(sources.at, path).startsWith("..")
        ? "It is outside of what Shipwheel was given: name the folder with `.git` as `--repository`."
        : "Commit the frontend, or correct the path; a package without a frontend has no `[tool.shipwheel.frontend]`.",
    )
  return configured
}

function findChangelog(
  sources: Sources,
  config: Config,
  name: string,
  problems: Problems,
): string | undefined {
  const configured = config.changelog
  const usual = findChangelogFile(sources.paths)
  if (configured === undefined)
    return usual && followChangelog(sources, usual, name)
  if (!sources.has(configured))
    problems.add(
      "configuration",
      `\`tool.shipwheel.changelog\` names \`${configured}\`, which is not there`,
      configured.startsWith("../")
        ? "Correct the path; what is above the project is seen where `--repository` names the folder of its repository."
        : "Correct the path, or leave it out to use `CHANGELOG.md`.",
    )
  return configured
}
