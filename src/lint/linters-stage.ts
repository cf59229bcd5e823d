import type { Container } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import { installing, type Mirrors } from "../containers/images.js"
import {
  pythonContainer,
  toolsContainer,
  withNpmRegistry,
} from "../containers/images.js"
import { buildPython } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { fault } from "../errors.js"
import { withAround } from "../git/around-stage.js"
import type { Checkout } from "../git/stage.js"
import { commandFailure, reasonOf } from "../pipeline/failure.js"
import { constraintsFor, UNLOCKED } from "../reading/python-locks.js"
import { withMissingModules } from "../test/missing-modules.js"
import { type Testable, withProject } from "../test/stage.js"
import { endedEarly } from "./ended-early.js"
import { AS_ITS_HOOK, isIdle, leftOutBy, type Linted } from "./lint-report.js"
import { LINT_FILES } from "./linter-table.js"
import type { Linter, Linting } from "./linters.js"
import { parseRuns, type Run } from "./runs.js"

/** What of a project is linted: type checkers see it as its tests do. */
export interface Lintable extends Testable {
  readonly linting: Linting
  readonly gates: Pick<Gates, "skip">
}

/** What linters look at, and what tells them how. */
const LINTED = [
  ...["**/*.py", "**/*.pyi", "**/*.ipynb"],
  ...["**/*ruff.toml", "**/pyproject.toml", "**/.gitignore"],
  ...LINT_FILES,
]

/** Runs every linter of a project to its end: those that share an environment in one go, the environments side by side. */
export async function runLinters(
  place: Checkout,
  project: Lintable,
): Promise<Linted[]> {
  const { linters } = project.linting
  const environments = [
    linters.filter(({ requirements }) => requirements.length === 0),
    linters.filter(
      ({ apart, requirements, types }) =>
        requirements.length > 0 && !types && !apart,
    ),
    ...linters.filter(({ apart }) => apart).map((each) => [each]),
    linters.filter(({ types }) => types),
  ]
  const linted = await Promise.all(
    environments
      .flatMap((each) => onePythonEach(each, project))
      .map((each) => runTogether(place, project, each)),
  )
  return linted.flat()
}

/** The linters of an environment, apart where they run on different Pythons. */
function onePythonEach(
  linters: readonly Linter[],
  project: Lintable,
): Linter[][] {
  const all = new Set(linters.map((each) => pythonOf(each, project)))
  return [...all].map((python) =>
    linters.filter((each) => pythonOf(each, project) === python),
  )
}

function pythonOf({ python }: Linter, { pythons }: Lintable): string {
  return python ?? buildPython(pythons)
}

/** A type checker sees what the tests have, and misses what they do not bring. */
function withLists(linted: Linted, { imports, tests }: Lintable): Linted {
  const { linter, reason } = linted
  if (reason === undefined) return linted
  const told = linter.apart
    ? { ...reason, details: `${reason.details}\n\n${AS_ITS_HOOK}` }
    : withMissingModules(reason, tests.offered, imports)
  const details = `${told.details}\n\n${leftOutBy(linter.name)}`
  return { ...linted, reason: { ...told, details } }
}

async function runTogether(
  place: Checkout,
  project: Lintable,
  linters: readonly Linter[],
): Promise<Linted[]> {
  const asked = linters.flatMap((linter) =>
    linter.commands.map((command) => ({ linter, command })),
  )
  const commands = JSON.stringify(asked.map(({ command }) => command))
  try {
    const runs = await environment(place, project, linters)
      .withMountedFile("/lint.py", program("lint/lint.py"))
      // The files of a hook may be more than one argument can hold.
      .withNewFile("/commands.json", commands)
      .withExec(["python", "/lint.py", "/runs.json", "/commands.json"])
      .file("/runs.json")
      .contents()
    const found = parseRuns(runs)
    return asked.map(({ command, linter }, at) =>
      withLists(judged(linter, command, found[at]), project),
    )
  } catch (error) {
    // What keeps their environment from being made keeps all of them from running.
    const reason = reasonOf(error)
    return linters.map((linter) => ({
      ...{ linter, label: linter.name, output: "", version: "", reason },
    }))
  }
}

function judged(
  linter: Linter,
  command: readonly string[],
  run: Run | undefined,
): Linted {
  if (!run) throw fault(`${linter.name} left no result`)
  const { exitCode, stderr, stdout, version } = run
  const reason =
    exitCode === 0
      ? endedEarly(linter, command, run)
      : commandFailure({ cmd: command, exitCode, stdout, stderr })
  const idle = !reason && isIdle(linter.name, `${stdout}\n${stderr}`)
  const label = labelOf(command)
  return { linter, version, label, output: stdout, reason, idle }
}

/** `ruff format`, and `mypy` whatever it is asked to look at. */
function labelOf([program = "", what = ""]: readonly string[]): string {
  return program === "ruff" ? `${program} ${what}` : program
}

/** Where linters run: Shipwheel's own tools, the project's linters alone, or the package as its tests have it. */
function environment(
  place: Checkout,
  project: Lintable,
  linters: readonly Linter[],
): Container {
  const own = linters.flatMap(({ requirements }) => requirements)
  // To a hook it is no matter what the project has decided on.
  const isApart = linters.some(({ apart }) => apart)
  const known = isApart ? { ...project, locked: UNLOCKED } : project
  const [first] = linters
  const python = first ? pythonOf(first, project) : buildPython(project.pythons)
  if (linters.some(({ types }) => types)) {
    return onPython(python, project, [...project.tested.requirements, ...own])
      .with(withPyright(linters, project.mirrors))
      .with(withProject(place, project))
  }
  const container =
    own.length === 0
      ? toolsContainer(project.mirrors)
      : onPython(python, known, own)
  return container
    .with(withAround("/src", project.around))
    .withDirectory(".", place.source.filter({ include: LINTED }))
}

function onPython(
  python: string,
  { locked, mirrors }: Lintable,
  requirements: readonly string[],
): Container {
  const sorted = [...new Set(requirements)].sort()
  const constraints = constraintsFor(locked, sorted)
  return pythonContainer(python, mirrors, sorted, constraints)
}

/** Some versions of pyright fetch the rest of themselves when they first run: not anew for each change of the source. */
function withPyright(linters: readonly Linter[], mirrors: Mirrors) {
  return (container: Container) =>
    linters.some(({ name }) => name === "pyright")
      ? container
          .with(withNpmRegistry(mirrors))
          .withEnvVariable("PYRIGHT_PYTHON_IGNORE_WARNINGS", "1")
          .withExec(installing(["pyright", "--version"], mirrors))
      : container
}
