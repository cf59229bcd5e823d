import type { Config } from "../config/config-schema.js"
import type { Problems } from "../errors.js"
import { hasModules } from "../frontend/output.js"
import { importName, type ImportPackage } from "../reading/import-package.js"
import type { Pyproject } from "../reading/pyproject.js"
import {
  bringsPytest,
  knowsExtra,
  listsNaming,
  requirementName,
  requirementsOf,
  usualTestExtra,
} from "../reading/requirements.js"
import type { Sources } from "../reading/sources.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { djangoTests, settingsByTox } from "./django.js"
import { leftOut } from "./left-out.js"
import { unseenProse } from "./prose.js"
import { type PytestCall, pytestCalls, reaches } from "./pytest-calls.js"
import {
  NO_SETTINGS,
  type PytestSettings,
  pytestSettings,
} from "./pytest-settings.js"
import { testServices } from "./services.js"
import {
  findTestFiles,
  ownTests,
  placesOf,
  type TestFiles,
} from "./test-files.js"
import {
  ownTestCommand,
  testLike,
  type TestSign,
  testSigns,
} from "./test-signs.js"
import { testsAbove } from "./tests-above.js"
import { besideInTox, type ToxList } from "./tox-list.js"

/** What the tests of a project are found by. */
export interface TestClues {
  readonly config: Config
  readonly pyproject: Pyproject
  readonly sources: Sources
  readonly paths: ReadonlySet<string>
  readonly found: ImportPackage | undefined
  /** The folder of the import package. */
  readonly packageDir: string | undefined
  /** Folders whose tests are not Python's. */
  readonly frontends: readonly { readonly path: string }[]
}

/** Which tests there are, and what they need beside the package. */
export interface Tests {
  /** The extras and groups that are taken for them. */
  readonly lists: readonly string[]
  readonly requirements: readonly string[]
  /** Absent when the project has none. */
  readonly unit: readonly string[] | undefined
  readonly integration: readonly string[] | undefined
  readonly reads: readonly string[]
  /** Prose of the project, which they do not see. */
  readonly prose: readonly string[]
  /** Packages of Debian with programs that they call. */
  readonly system: readonly string[]
  /** They run with the newest versions as well. */
  readonly fresh: boolean
  /** Tests that are there and that nothing runs. */
  readonly unrun: Unrun | undefined
  /** Why there are none, or what runs them that no list of the project brings. */
  readonly remark: string | undefined
  /** Which are left out, as their author does. */
  readonly apart: string | undefined
  /** The extra or group by the requirement that it brings, of those that tests don't get. */
  readonly offered: ReadonlyMap<string, string>
  /** What the CI starts beside them. */
  readonly services: readonly string[]
}

/** What shows that there are tests, and the line that would run them. */
export interface Unrun {
  readonly what: string
  readonly next: string
}

/** The reasons for what is skipped are in the output, so that they can be told; before what failed, whose end is shown. */
const PYTEST = ["python", "-m", "pytest", "-p", "no:cacheprovider", "-rsfE"]
/** Where nobody wants pytest, the suite may be unittest's, whose files have more names; pytest runs it all the same. */
const ANY_SUITE = ["-o", "python_files=test*.py *_test.py"]
/** What is run apart, by the names that people give it. */
const INTEGRATION = /^tests\/integration(s|[-_]tests?)?(?=\/)/
const BY_ITSELF =
  "pytest came by itself: no extra, no dependency group and no requirements file of a usual name brings it; `requires` in `[tool.shipwheel.test]` pins it."

/** Finds the tests: as configured, else what pytest takes for tests, wherever a suite usually is. */
export function resolveTests(clues: TestClues, problems: Problems): Tests {
  const { config, pyproject } = clues
  const named = testExtras(clues, problems)
  const requires = config.test?.requires ?? []
  const own = [...requirementsOf(pyproject, named), ...requires]
  const needed = pyproject.project?.dependencies ?? []
  const hasPytest = [...needed, ...own].some(bringsPytest)
  const { apart, integration, ours, reads, unit, unrun } = withConfigured(
    clues,
    pytestCommands(clues, hasPytest, pytestOptions(clues, own)),
  )
  const tox = byTox(clues, unit ?? integration ?? [], own)
  const extras = [...named, ...tox.lists]
  const listed = [...own, ...tox.requirements]
  const byItself = ours && !hasPytest
  const given = config.test?.reads ?? reads
  return {
    lists: extras,
    requirements: [
      ...new Set(byItself ? [...listed, "pytest"] : listed),
    ].sort(),
    unit,
    integration,
    reads: given,
    prose: unseenProse(clues.paths, given),
    system: [...(config.test?.system ?? [])].sort(),
    fresh: config.test?.fresh ?? false,
    unrun,
    remark: byItself ? BY_ITSELF : undefined,
    apart,
    offered: offeredBy(pyproject, extras),
    services: testServices(clues.sources),
  }
}

/** Who names lists knows what is in them; where they are guessed, tox says what they may lack. */
function byTox(
  { config, pyproject, sources }: TestClues,
  command: readonly string[],
  listed: readonly string[],
): ToxList {
  return config.test?.extras === undefined
    ? besideInTox(pyproject, sources, command, listed)
    : { lists: [], requirements: [] }
}

/** What pytest is told where pytest-django is there, whatever brings it. */
function pytestOptions(
  clues: TestClues,
  listed: readonly string[],
): readonly string[] {
  const { requirements } = byTox(clues, ["pytest"], listed)
  return [...listed, ...requirements]
    .map(requirementName)
    .includes("pytest-django")
    ? settingsByTox(clues.sources)
    : []
}

/** The lists that the tests need: as configured, else the usual one. */
function testExtras(
  { config, pyproject }: TestClues,
  problems: Problems,
): readonly string[] {
  const usual = usualTestExtra(pyproject)
  const extras = config.test?.extras ?? (usual === undefined ? [] : [usual])
  for (const each of extras.filter((name) => !knowsExtra(pyproject, name)))
    problems.add(
      "configuration",
      `\`tool.shipwheel.test.extras\` names \`${each}\`, which is no extra and no dependency group`,
      `Add it to \`[project.optional-dependencies]\`, or name one that is there.`,
    )
  return extras
}

interface Found {
  readonly unit?: readonly string[] | undefined
  readonly integration?: readonly string[] | undefined
  readonly reads: readonly string[]
  readonly unrun?: Unrun | undefined
  readonly apart?: string | undefined
}

/** What is configured stands above what is found; an empty list says that there is nothing to run. */
function withConfigured({ config }: TestClues, found: Found) {
  const { integration: ownIntegration, unit: ownUnit } = config.test ?? {}
  const unit = ownUnit ?? found.unit
  const integration = ownIntegration ?? found.integration
  const runs = (command: readonly string[] | undefined) =>
    command && command.length > 0 ? command : undefined
  return {
    reads: found.reads,
    unit: runs(unit),
    integration: runs(integration),
    unrun: ownUnit === undefined ? found.unrun : undefined,
    apart: ownUnit === undefined ? found.apart : undefined,
    ours:
      (ownUnit === undefined && byPytest(found.unit)) ||
      (ownIntegration === undefined && byPytest(found.integration)),
  }
}

function byPytest(command: readonly string[] | undefined): boolean {
  return command?.includes("pytest") ?? false
}

/** Integration tests run apart, because they need the built frontend. */
function pytestCommands(
  clues: TestClues,
  hasPytest: boolean,
  options: readonly string[],
): Found {
  const { frontends, packageDir, paths, pyproject, sources } = clues
  const settings = pytestSettings(pyproject, sources)
  const { folder, testpaths } = settings
  const hasConftest = [...paths].some((path) =>
    /(^|\/)conftest\.py$/.test(path),
  )
  const wanted = hasPytest || settings.configured || hasConftest
  const find = (told: PytestSettings) =>
    findTestFiles(
      paths,
      packageDir,
      frontends
        .map(({ path }) => path)
        .filter((path) => !hasModules(path, packageDir, paths)),
      told,
      wanted,
    )
  const files = find(settings)
  const pytest = [...PYTEST, ...(wanted ? options : ANY_SUITE)]
  const django = wanted ? undefined : djangoTests(sources, pyproject.tool)
  if (django && ownTests(files).length > 0)
    return { reads: testpaths, unit: django }
  const calls = pytestCalls(sources, pyproject.tool)
  if (files.usual.length > 0) {
    const { apart, ignored } = leftOut(files, settings, calls, packageDir)
    return {
      ...usualCommands(pytest, files, folder, ignored),
      reads: testpaths,
      apart,
      ...(folder !== undefined && {
        unrun: unrunBeside(folder, ownTests(find(NO_SETTINGS))),
      }),
    }
  }
  const places = placesOf(files.other, packageDir)
  const unrun =
    unrunFiles(files, places, calls) ??
    (places.length === 0
      ? (unrunAbove(clues) ?? unrunSigns(clues, calls))
      : undefined)
  return {
    reads: testpaths,
    unit: places.length > 0 ? [...pytest, ...places] : undefined,
    unrun,
  }
}

function usualCommands(
  found: readonly string[],
  { usual }: TestFiles,
  folder: string | undefined,
  ignored: readonly string[],
) {
  const without = ignored.map((each) => `--ignore=${each}`)
  const pytest = [...found, ...(folder === undefined ? [] : [folder])]
  const apart = usual.filter((path) => INTEGRATION.test(path))
  if (apart.length === 0) return { unit: [...pytest, ...without] }
  const folders = [
    ...new Set(apart.flatMap((path) => INTEGRATION.exec(path)?.[0] ?? [])),
  ]
  return {
    // pytest fails where it finds nothing to run.
    unit:
      usual.length > apart.length
        ? [...pytest, ...folders.map((each) => `--ignore=${each}`), ...without]
        : undefined,
    integration: [...found, ...folders],
  }
}

function unrunFiles(
  { elsewhere, other }: TestFiles,
  places: readonly string[],
  calls: readonly PytestCall[],
): Unrun | undefined {
  if (elsewhere.length === 0) return undefined
  const own = callForMost(elsewhere, other, calls)
  return {
    what: `nothing runs ${few(elsewhere.map(code))}`,
    next: own
      ? lineThatRuns(own.command)
      : unitLine([...places, ...elsewhere.map(folderOf)]),
  }
}

/** The call of pytest that runs the most of them, and all that would be run without it; one that runs few is for something else. */
function callForMost(
  files: readonly string[],
  others: readonly string[],
  calls: readonly PytestCall[],
): PytestCall | undefined {
  const found = calls
    .filter((call) => others.every((path) => reaches(call, path)))
    .map((call) => ({
      call,
      count: files.filter((path) => reaches(call, path)).length,
    }))
    .sort((one, other) => other.count - one.count)[0]
  return found && found.count * 2 >= files.length ? found.call : undefined
}

/** Where a folder has settings of its own, it is run alone, and no settings are for what is beside it. */
function unrunBeside(
  folder: string,
  files: readonly string[],
): Unrun | undefined {
  const beside = files.filter((path) => !path.startsWith(`${folder}/`))
  return beside.length === 0
    ? undefined
    : {
        what: `the settings of pytest in \`${folder}\` are for that folder alone, and nothing runs ${few(beside.map(code))}`,
        next: unitLine([folder, ...beside.map(folderOf)]),
      }
}

/** Those of a member of a repository may lie beside those of others. */
function unrunAbove({ packageDir, sources }: TestClues): Unrun | undefined {
  const { files, places } = testsAbove(sources, packageDir)
  return files.length === 0
    ? undefined
    : {
        what: `nothing runs ${few(files.map(code))}, which seem to be this project's`,
        next: unitLine(places),
      }
}

/** Where no file looks like a test, what runs tests elsewhere is worth a question. */
function unrunSigns(
  clues: TestClues,
  calls: readonly PytestCall[],
): Unrun | undefined {
  const { packageDir, paths, pyproject, sources } = clues
  const settings = pytestSettings(pyproject, sources)
  const ofPytest = [...paths].find((path) =>
    /(^|\/)conftest\.py$|\/\.?pytest\.(ini|toml)$/.test(path),
  )
  // What developers have at hand is in lists of every kind, also where there are no tests.
  const lists = listsNaming(pyproject, /^pytest(-.+)?$/).filter((list) =>
    /test/i.test(list),
  )
  const like = testLike(sources, packageDir)
  const signs = [
    ...[...testSigns(sources, pyproject.tool), ...like].map(
      ({ path, says }) => `${code(path)} (${code(says)})`,
    ),
    ...lists.map((list) => `the list \`${list}\` (\`pytest\`)`),
    ...(settings.configured ? ["what is set for pytest"] : []),
    ...(ofPytest === undefined ? [] : [`\`${ofPytest}\``]),
  ]
  return signs.length === 0
    ? undefined
    : {
        what: `no file looks like a test, but ${few(signs)} ${signs.length === 1 ? "says" : "say"} that there are some`,
        next: lineThatRuns(
          ownTestCommand(sources, pyproject.tool) ??
            calls.find(({ places }) => places.length > 0)?.command ??
            suiteCommand(like, clues),
        ),
      }
}

/** A suite that starts by itself, else pytest for what looks like one. */
function suiteCommand(
  like: readonly TestSign[],
  { found, packageDir, sources }: TestClues,
): readonly string[] {
  const folders = like.map(({ path }) => path)
  const start = folders.find((path) => sources.has(`${path}/__main__.py`))
  if (start !== undefined) {
    const isInside = found && start.startsWith(`${found.path}/`)
    const root = isInside ? found.root : ""
    return ["python", "-m", importName({ root, path: start })]
  }
  return folders.length > 0
    ? [...BY_PYTEST, "-o", "python_files=*.py", ...folders]
    : [...BY_PYTEST, packageDir ?? "tests"]
}

function folderOf(path: string): string {
  return path.replace(/\/[^/]+$/, "")
}

const BY_PYTEST = ["python", "-m", "pytest"]

function unitLine(places: readonly string[]): string {
  return lineThatRuns([...BY_PYTEST, ...new Set(places)])
}

function lineThatRuns(command: readonly string[]): string {
  const line = command.map((each) => JSON.stringify(each)).join(", ")
  return `Say in \`[tool.shipwheel.test]\` what runs them, such as \`unit = [${line}]\`, or that there are none: \`unit = []\`.`
}

/** What an extra would bring, so that whoever reads of a skipped test learns what it would have run with. */
function offeredBy(
  pyproject: Pyproject,
  taken: readonly string[],
): ReadonlyMap<string, string> {
  const lists = [
    ...Object.keys(pyproject.project?.["optional-dependencies"] ?? {}),
    ...Object.keys(pyproject["dependency-groups"]),
  ].filter((each) => !taken.includes(each))
  return new Map(
    lists.flatMap((list) =>
      requirementsOf(pyproject, [list]).map(
        (each) => [requirementName(each), list] as const,
      ),
    ),
  )
}
