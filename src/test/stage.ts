import type { Container, Directory } from "@dagger.io/dagger"

import { type Building, inBuilding, withoutNode } from "../build/building.js"
import { withBuilding } from "../build/building-stage.js"
import { leftovers } from "../build/leftovers.js"
import {
  type Withheld,
  withheldIn,
  withheldRemarks,
} from "../build/withheld-secrets.js"
import type { Limits } from "../config/limits.js"
import {
  limited,
  runInTurn,
  settleAll,
  throwFailed,
} from "../containers/commands.js"
import {
  buildPython,
  installing,
  type Mirrors,
  pythonContainer,
  pythonWithMore,
} from "../containers/images.js"
import { program } from "../containers/programs.js"
import { withRead } from "../frontend/build-node-stage.js"
import type { Frontend } from "../frontend/frontend.js"
import { isBelow, isInPlace } from "../frontend/output.js"
import { type BuiltFrontend, withFrontends } from "../frontend/stage.js"
import { type Around, placeWithin, withAround } from "../git/around-stage.js"
import type { Checkout } from "../git/stage.js"
import {
  BOUNDED,
  type Reason,
  StageFailure,
  WATCHED,
} from "../pipeline/failure.js"
import type { Finding, Work } from "../pipeline/pipeline.js"
import type { OwnSource, Tested } from "../reading/own-sources.js"
import {
  constraintsFor,
  type LockedVersions,
  UNLOCKED,
} from "../reading/python-locks.js"
import { code } from "../text/code.js"
import { withoutCommon, withUntagged, withVersion } from "../version/stage.js"
import type { Versioning } from "../version/versioning.js"
import { withDjango } from "./django.js"
import { legsSummary, withoutTests } from "./legs.js"
import { withMissingModules } from "./missing-modules.js"
import {
  withCompiled,
  withMissingPrograms,
  withNamedPrograms,
} from "./missing-programs.js"
import { untold, withVariables } from "./other-builds.js"
import { PROSE, withProse } from "./prose.js"
import { nothingPassed, skippedRemarks } from "./skipped.js"
import { refuseStrangers } from "./strangers.js"
import type { Tests } from "./tests.js"
import { withUnreached } from "./unreached.js"

/** What of a project is tested, and what it takes to install it from its source. */
export interface Testable {
  readonly name: string
  readonly pythons: readonly string[]
  readonly packageDir: string
  readonly dependencies: readonly string[]
  readonly tested: Tested
  /** Which versions of that are installed. */
  readonly locked: LockedVersions
  readonly strangers: readonly OwnSource[]
  readonly imports: readonly string[]
  readonly tests: Tests
  readonly limits: Pick<Limits, "test">
  readonly frontends: readonly Frontend[]
  /** The readme that the metadata names; without it nothing builds. */
  readonly readme: string | undefined
  /** The build reads texts that a static `[project]` does not name, so tests can't do without them. */
  readonly readsProse: boolean
  /** What its install leaves out, because it does not read that. */
  readonly unread: readonly string[]
  readonly versioning: Versioning
  readonly building: Building
  readonly mirrors: Mirrors
  /** What it refers to outside of its folder. */
  readonly around?: Around | undefined
  readonly withheld: Withheld
}

/** One Python version with the project installed from its source, ready for tests. */
export function testContainer(
  place: Checkout,
  project: Testable,
  python: string,
  built: readonly BuiltFrontend[] = [],
  command: readonly string[] = project.tests.unit ?? VERSION,
): Container {
  const { dependencies, locked, mirrors, name, tested, versioning } = project
  const { requirements } = tested
  const constraints = constraintsFor(locked, requirements)
  return pythonWithMore(
    python,
    mirrors,
    dependencies,
    requirements,
    constraints,
    project.tests.system,
  )
    .with(withProject(place, project, built))
    .with(withoutCommon(untold(command, versioning), name))
    .withMountedFile("/to_the_end.py", program("containers/to_the_end.py"))
    .withMountedFile("/imports.py", program("test/imports.py"))
    .withNewFile("/root/.gitconfig", IDENTITY)
    .withoutEnvVariable(OVERRIDES)
}

/** Whoever runs tests by hand has one, and its CI says one; what tests set themselves comes before it. */
const IDENTITY = "[user]\n\tname = Tests\n\temail = tests@example.org\n"

/** Requests believes it before what a test tells a session; what else is told of authorities gives way. */
const OVERRIDES = "REQUESTS_CA_BUNDLE"

/**
 * Installs the project from its source, without what it depends on. What the install does not read comes after it,
 * the frontends too, so that a change of that installs nothing again.
 */
export function withProject(
  { folder, source }: Checkout,
  project: Testable,
  built: readonly BuiltFrontend[] = [],
): (container: Container) => Container {
  const { around, building, mirrors, tested, withheld } = project
  const whole = withFrontends(testTree(source, project), built)
  const exclude = project.unread
  // What lies around it may be part of its build.
  const apart = exclude.length > 0 && around === undefined
  const surroundings = withSurroundings(folder, project)
  const tree = building.node ? withMade(whole, surroundings, project) : whole
  const members = tested.members.map((each) => `/src/${each}`)
  // Those in the project's own folder are in its tree.
  const own = placeWithin("/src", around)
  const beside = tested.members.filter((each) => !isBelow(`/src/${each}`, own))
  const install = editable(
    building.node ? withoutNode(building) : building,
    members,
  )
  return (container) => {
    const installed = beside
      .reduce(
        (each, member) =>
          each.withDirectory(`/src/${member}`, folder.directory(member), {
            exclude: [...leftovers(), ...withheldIn(withheld, `${member}/`)],
          }),
        container.with(surroundings),
      )
      .withDirectory(".", apart ? testTree(source, project, exclude) : tree)
      .with(withUntagged(project.versioning))
      .withExec(installing(install, mirrors))
    return apart ? installed.withDirectory(".", tree) : installed
  }
}

/** What is around the source, wherever it is installed. */
function withSurroundings(
  folder: Directory,
  { around, building, mirrors, versioning, withheld }: Testable,
) {
  return (container: Container) =>
    container
      .with(withVersion(versioning))
      .with(withBuilding(building, mirrors))
      .with(
        withAround(
          "/src",
          withRead(around, folder, building.node, withheld.secrets),
        ),
      )
}

function editable(building: Building, members: readonly string[] = []) {
  return inBuilding(building, [
    ...["uv", "pip", "install", "--quiet", "--no-deps", "--no-sources"],
    ...[".", ...members].flatMap((each) => ["--editable", each]),
  ])
}

/**
 * The tree with what a build that calls Node made in it, once for all Pythons, as in the checkout of its author. Where
 * it is installed again that is there, and those who call Node are told so: others compare the times of files.
 */
function withMade(
  whole: Directory,
  surroundings: ReturnType<typeof withSurroundings>,
  project: Testable,
): Directory {
  const { building, mirrors, pythons } = project
  const made = pythonContainer(buildPython(pythons), mirrors)
    .with(surroundings)
    .withDirectory(".", whole)
    .with(withUntagged(project.versioning))
    .withExec(installing(editable(building), mirrors))
    .directory(".")
  return made.filter({ exclude: ["**/node_modules"] })
}

/** The tree that the tests see: the package, the tests and their settings. */
function testTree(
  source: Directory,
  { frontends, packageDir, readme, readsProse, tests, withheld }: Testable,
  without: readonly string[] = [],
): Directory {
  const exclude = leftovers(packageDir)
  if (!readsProse) exclude.push(...PROSE)
  for (const { outputs, path, withModules } of frontends) {
    const apart = outputs.filter((each) => !isInPlace(each))
    const places = apart.map(({ destination }) => destination)
    const own = withModules ? [] : [path]
    // A frontend in the project's own folder leaves nothing out with it, nor does one beside that.
    exclude.push(
      ...[...own, ...places].filter((each) => each && !each.startsWith("..")),
    )
  }
  const kept = tests.reads.map((path) => `!${path}`)
  // One filter of the source: what it leaves out changes nothing of what comes of it, a second one would not see to that.
  const apart = [
    ...withheldIn(withheld, withheld.path, tests.reads),
    ...without,
  ]
  const tree = source.filter({ exclude: [...exclude, ...kept, ...apart] })
  // A backend refuses to build without the readme that the metadata names.
  return readme && !readsProse && !tests.reads.includes(readme)
    ? tree.withNewFile(readme, "")
    : tree
}

/** What a test stage works on. */
export interface TestInput {
  readonly place: Checkout
  readonly project: Testable
}

/** The same with the frontends in the package. */
export interface IntegrationInput extends TestInput {
  readonly frontends: () => Promise<readonly BuiltFrontend[]>
}

export function testWork({ place, project }: TestInput): Work {
  const { unit } = project.tests
  return {
    plan: {
      does: `imports and unit tests on ${pythonsInWords(project)}`,
      commands: unit ? [unit] : [],
    },
    run: () => runTests(place, project),
  }
}

export function integrationWork({
  frontends,
  place,
  project,
}: IntegrationInput): Work {
  const { integration } = project.tests
  return {
    plan: {
      does: `integration tests on ${pythonsInWords(project)}, with the frontend in the package`,
      commands: integration ? [integration] : [],
    },
    ...(integration
      ? {
          run: async () =>
            runIntegration(place, project, await frontends(), integration),
        }
      : { skip: "there are none" }),
  }
}

function inCode(names: readonly string[]): string {
  return names.map(code).join(", ")
}

function pythonsInWords({ pythons }: Testable): string {
  return `Python ${pythons.join(", ")}`
}

/** Runs the unit tests on each Python, after the imports that must work there. */
export async function runTests(
  place: Checkout,
  project: Testable,
): Promise<Finding> {
  const { apart, remark, unit, unrun } = project.tests
  if (unrun) throw new StageFailure(unrun.what, unrun.next)
  refuseStrangers(project.strangers)
  const { remarks, summary } = await runLegs(place, project, unit ?? VERSION)
  const imported = inCode(project.imports) || "nothing, there is no module"
  return unit
    ? {
        summary,
        details: `Imports ${imported}.`,
        remarks: [
          ...[remark, apart].filter((each) => each !== undefined),
          ...withheldRemarks(project.withheld, project.tests.reads),
          ...remarks,
        ],
      }
    : { summary: `imports ${imported}; there are no unit tests` }
}

/** Runs the integration tests on each Python, with the built frontends in the package. */
async function runIntegration(
  place: Checkout,
  project: Testable,
  built: readonly BuiltFrontend[],
  command: readonly string[],
): Promise<Finding> {
  return runLegs(place, project, command, built)
}

/** Every Python with the versions that the project has decided on, and where that is wanted with the newest, which users install. */
function runsOf({ locked, pythons, tests }: Testable) {
  const decided = pythons.map((python) => ({ label: python, locked, python }))
  const newest = pythons.map((python) => ({
    ...{ label: `${python} with the newest versions`, python },
    locked: UNLOCKED,
  }))
  return tests.fresh ? [...decided, ...newest] : decided
}

/** What is known of a failure, before the words of the tests. */
function withAdvice(
  reason: Reason,
  { imports, tests, versioning, withheld }: Testable,
  command: readonly string[],
): Reason {
  const withheldTold = withheldRemarks(withheld, tests.reads)
  if (reason.unbuilt)
    return withLines(
      withCompiled(withProse(reason, tests), tests.system),
      withheldTold,
    )
  const key = command === tests.integration ? "integration" : "unit"
  const all: readonly ((told: Reason) => Reason)[] = [
    (told) => withoutTests(told, key),
    (told) => withMissingModules(told, tests.offered, imports),
    (told) => withProse(told, tests, reason.said),
    withDjango,
    withMissingPrograms,
    (told) => withNamedPrograms(told, tests.system),
    (told) => withUnreached(told, tests.services),
    (told) => withVariables(told, versioning, command, key),
    (told) => withLines(told, withheldTold),
  ]
  return all.reduce((told, tell) => tell(told), reason)
}

function withLines(told: Reason, lines: readonly string[]): Reason {
  return { ...told, details: [...lines, told.details].join("\n\n") }
}

/** Asks nothing of the package but what comes before it. */
const VERSION = ["python", "--version"]

/** Runs a command on each Python; where one fails, what the others said is told all the same. */
async function runLegs(
  place: Checkout,
  project: Testable,
  command: readonly string[],
  built: readonly BuiltFrontend[] = [],
): Promise<Finding & { readonly remarks: readonly string[] }> {
  const runs = runsOf(project)
  const outcomes = await settleAll(
    runs.map(({ label, locked, python }) =>
      runInTurn(
        `Python ${label}`,
        testContainer(place, { ...project, locked }, python, built, command)
          .withMountedFile("/bounded.py", program("containers/bounded.py"))
          .withMountedFile("/ran.py", program("test/ran.py")),
        [
          ["python", "/imports.py", ...project.imports],
          limited([...BOUNDED, ...WATCHED, ...command], project.limits, "test"),
        ],
      ),
    ),
  )
  const { offered } = project.tests
  const legs = outcomes.map((each, at) => ({
    ...each,
    reason: each.reason && withAdvice(each.reason, project, command),
    python: runs[at]?.label ?? "",
  }))
  const fine = legs.filter(({ reason }) => !reason)
  const passed = legsSummary(fine)
  throwFailed(legs, ...(passed ? [passed] : []))
  const remarks = skippedRemarks(fine, offered)
  if (fine.every(({ output }) => nothingPassed(output)))
    throw new StageFailure(
      `no test passed: ${passed}`,
      remarks.map((each) => `- ${each}`).join("\n"),
    )
  const { from } = project.locked
  const by = from.length > 0 ? `; versions by ${inCode(from)}` : ""
  return { summary: `${passed}${by}`, remarks }
}
