import { posix } from "node:path"

import { type Container, dag, type Directory } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import type { Limits } from "../config/limits.js"
import { allOf, limited } from "../containers/commands.js"
import type { Mirrors } from "../containers/images.js"
import { Problems } from "../errors.js"
import type { Checkout } from "../git/stage.js"
import { reasonOf, StageFailure } from "../pipeline/failure.js"
import { type Finding, unless, type Work } from "../pipeline/pipeline.js"
import { inFolder } from "../reading/package-json.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import type { BuildNode } from "./asks-node.js"
import {
  frontendContainer,
  PROJECT,
  PYTHON_CODE,
  treeOf,
  visibleFiles,
} from "./container-stage.js"
import { chooseFrontends, type Frontend } from "./frontend.js"
import { changedRemark, judgeWritten } from "./judged-stage.js"
import { NOT_TAKEN, whyNotTaken } from "./lockfile.js"
import { checkNodes } from "./node-stage.js"
import { isBelow, isInPackage, isInPlace, type Output } from "./output.js"
import { installCommand, rowOf, runCommand } from "./package-manager.js"
import { fromTop, pathFromProject } from "./place.js"
import {
  givenRemark,
  missedFiles,
  namesWithheld,
  withheldRemark,
} from "./withheld.js"
import {
  isCode,
  type Moved,
  movedBy,
  outputsOf,
  type Written,
} from "./written.js"

/** What of a project its frontends are built from. */
export interface WithFrontends {
  readonly frontends: readonly Frontend[]
  readonly limits: Pick<Limits, "build">
  /** With the Node that the build of the package calls by itself. */
  readonly building: { readonly node: BuildNode | undefined }
  readonly gates: Pick<Gates, "allow">
  readonly mirrors: Mirrors
}

/** A frontend with what its production build wrote, and where each of it goes in the project. */
export interface BuiltFrontend {
  readonly frontend: Frontend
  readonly outputs: readonly BuiltOutput[]
  /** What of the source it wrote over with something else. */
  readonly changed?: readonly string[]
}

export interface BuiltOutput {
  readonly destination: string
  readonly files: Directory
}

/** What is no output of a build: what it works with, and what it keeps for the next one. */
const SCRATCH = ["**/node_modules", "**/.*", "**/*.tsbuildinfo", "**/coverage"]

/** Builds every frontend; the first problem of each is told. */
export function buildFrontends(
  place: Checkout,
  project: WithFrontends,
): Promise<BuiltFrontend[]> {
  return allOf(
    project.frontends.map((frontend) =>
      buildFrontend(place, frontend, project),
    ),
  )
}

/**
 * Begins the installs, which the longest chain of a release starts with. What
 * goes wrong is told by the build, which asks for the same again; a token goes
 * nowhere before a release may begin.
 */
export async function beginFrontends(
  place: Checkout,
  { frontends, mirrors }: WithFrontends,
): Promise<void> {
  if (place.npmToken) return
  const begin = async (frontend: Frontend) =>
    frontendContainer(place, frontend, mirrors).sync()
  await Promise.allSettled(frontends.map(begin))
}

async function buildFrontend(
  place: Checkout,
  frontend: Frontend,
  { gates, limits, mirrors }: WithFrontends,
): Promise<BuiltFrontend> {
  const before = frontendContainer(place, frontend, mirrors)
  const built = withBuild(before, frontend, limits)
  const files = await writtenFiles(before, built).catch(
    async (error: unknown) => {
      throw await failedIn(place, frontend, error)
    },
  )
  const seen = fromTop(frontend)
  const written = outputsOf(seen, files)
  if (!("outputs" in written)) throw noOutput(seen, written)
  const moved = movedBy(written.outputs, files)
  const early = await codeBefore(built, written.outputs, files)
  const judged = [...moved, ...early]
  const changed = await judgeWritten(
    place,
    frontend,
    built,
    judged,
    gates.allow,
  )
  const outputs = written.outputs.map(({ destination, from }) => ({
    destination: pathFromProject(frontend.prefix, destination),
    files: built.directory(posix.join(PROJECT, from)),
  }))
  return { frontend, outputs, changed }
}

/** The same after the production build. */
export function withBuild(
  container: Container,
  { manager, script, variables }: Frontend,
  limits: Pick<Limits, "build">,
): Container {
  // Set for the build alone: some values would make npm leave out what builds.
  return Object.entries(variables)
    .reduce(
      (each, [name, value]) => each.withEnvVariable(name, value),
      container,
    )
    .withExec(limited(runCommand(manager, script), limits, "build"))
}

/** What is new in the project after a build, or was written again. */
function writtenFiles(before: Container, built: Container): Promise<string[]> {
  const projectOf = (container: Container) =>
    container.directory(PROJECT).filter({ exclude: SCRATCH })
  return filesIn(projectOf(before).diff(projectOf(built)))
}

/** Code in the outputs beyond what the build is known to have written: scripts of an install may have, or the build below what is scratch elsewhere. */
async function codeBefore(
  built: Container,
  outputs: readonly Output[],
  files: readonly string[],
): Promise<Moved[]> {
  const written = new Set(files)
  const all = await allOf(
    outputs.map(async ({ from }) => {
      const inside = await filesIn(built.directory(posix.join(PROJECT, from)))
      return inside.map((each) => posix.join(from, each))
    }),
  )
  const early = all.flat().filter((each) => isCode(each) && !written.has(each))
  return movedBy(outputs, early).map((each) => ({ ...each, early: true }))
}

async function filesIn(directory: Directory): Promise<string[]> {
  const paths = await directory.glob("**/*")
  return paths.filter((path) => !path.endsWith("/"))
}

/** Builds one of several frontends, or all of them, and looks whether they are there. */
export async function frontendDirectory(
  place: Checkout,
  project: WithFrontends,
  path: string | undefined,
): Promise<Directory> {
  const chosen = chooseFrontends(project.frontends, path)
  const problems = new Problems()
  await checkNodes(chosen, project.mirrors, problems)
  problems.throwIfAny()
  return oneDirectory(
    await buildFrontends(place, { ...project, frontends: chosen }),
  )
}

/** What one frontend writes, or of several outputs each where it goes in the project. */
export function oneDirectory(built: readonly BuiltFrontend[]): Directory {
  const [only, ...more] = built.flatMap(({ outputs }) => outputs)
  return only && more.length === 0
    ? only.files
    : withFrontends(dag.directory(), built)
}

/** Patterns of what a frontend's output takes the place of: all but Python code, which no frontend is. */
export function placesOf(built: readonly BuiltFrontend[]): string[] {
  return built
    .flatMap(({ outputs }) => outputs)
    .flatMap(({ destination }) => [
      destination,
      ...PYTHON_CODE.map((each) => `!${destination}/${each}`),
    ])
}

/** The tree with each frontend's output where it goes. */
export function withFrontends(
  tree: Directory,
  built: readonly BuiltFrontend[],
): Directory {
  return built
    .flatMap(({ outputs }) => outputs)
    .reduce(
      (each, { destination, files }) => each.withDirectory(destination, files),
      tree,
    )
}

const NO_FRONTEND = "the package has no frontend"

export function frontendWork({
  frontends: built,
  project,
}: {
  readonly frontends: () => Promise<readonly BuiltFrontend[]>
  readonly project: WithFrontends
}): Work {
  const { building, frontends } = project
  const none = building.node
    ? `the build of the package makes it by itself: ${building.node.why}`
    : NO_FRONTEND
  return {
    plan: {
      does: buildsInWords(frontends),
      commands: frontends.flatMap(({ manager, script }) => [
        installCommand(manager),
        runCommand(manager, script),
      ]),
    },
    ...unless(frontends.length > 0 ? undefined : none, async () =>
      frontendFinding(await built()),
    ),
  }
}

function buildsInWords(frontends: readonly Frontend[]): string {
  return frontends.length > 1
    ? `the production builds of the frontends ${frontends.map(({ path }) => code(path)).join(", ")}`
    : "the production build of the frontend"
}

/** How many files each frontend brings, and where they go. */
export async function frontendFinding(
  built: readonly BuiltFrontend[],
): Promise<Finding> {
  const summaries = await allOf(
    built.flatMap(({ frontend, outputs }) =>
      outputs.map(async ({ destination, files: output }) => {
        const { length: count } = await filesIn(output)
        const [files, go] = count === 1 ? ["file", "goes"] : ["files", "go"]
        return `${count} ${files} of \`${shownBuild(frontend)}\` ${go} into \`${destination}\``
      }),
    ),
  )
  const remarks = built.flatMap(({ changed, frontend }) => [
    ...withheldRemark(frontend),
    ...givenRemark(frontend),
    ...changedRemark(frontend, changed),
  ])
  return {
    summary: summaries.join("; "),
    ...(remarks.length > 0 && { remarks }),
  }
}

/** The command alone does not say which of several frontends it was, nor what it was not given. */
async function failedIn(
  place: Checkout,
  frontend: Frontend,
  error: unknown,
): Promise<StageFailure> {
  const { details, said = details, summary } = reasonOf(error)
  if (NOT_TAKEN.test(said)) {
    const why = await whyLockfileFailed(place, frontend)
    if (why) return why
  }
  const [tree, seen] = [treeOf(place, frontend), visibleFiles(place, frontend)]
  const missed = await allOf(
    missedFiles(details, PROJECT, fromTop(frontend).path).map(async (path) =>
      (await tree.exists(path)) && !(await seen.exists(path)) ? path : "",
    ),
  )
  const reads = missed
    .filter(Boolean)
    .map((path) => pathFromProject(frontend.prefix, path))
  const advice = [...missedAdvice(frontend, reads), details].join("\n\n")
  // What was withheld is what it misses where its words say so, and may be otherwise.
  const remark = withheldRemark(frontend, details)
  return new StageFailure(
    `\`${frontend.path || "."}\`: ${summary}`,
    (namesWithheld(details, frontend)
      ? [...remark, advice]
      : [advice, ...remark]
    ).join("\n\n"),
  )
}

/** npm's own words for a lockfile that it can't read are its usage. */
async function whyLockfileFailed(
  place: Checkout,
  frontend: Frontend,
): Promise<StageFailure | undefined> {
  const { root } = fromTop(frontend)
  const tree = treeOf(place, frontend)
  const { lockfiles } = rowOf(frontend.manager)
  const there = await allOf(
    lockfiles.map(async (name) =>
      (await tree.exists(inFolder(root, name))) ? name : "",
    ),
  )
  const name = there.filter(Boolean).at(-1)
  if (name === undefined) return undefined
  const text = await tree.file(inFolder(root, name)).contents()
  const [what, next] = whyNotTaken(root, name, text)
  return new StageFailure(
    `\`${frontend.path || "."}\`: \`${installCommand(frontend.manager).join(" ")}\` failed: ${what}`,
    next,
  )
}

/** What is taken for an earlier output is not given by `reads` either. */
function missedAdvice(
  { outputs }: Frontend,
  missed: readonly string[],
): string[] {
  const emptied = outputs
    .filter((each) => !isInPlace(each))
    .flatMap(({ destination, from }) => [from, destination])
  const isEmptied = (path: string) =>
    emptied.some((each) => isBelow(path, each))
  const taken = missed.filter(isEmptied)
  const reads = missed.filter((each) => !isEmptied(each))
  return [
    ...(taken.length === 0
      ? []
      : [
          `The build is not given ${few(taken.map(code))}: what lies in ${emptied.map(code).join(" and ")} is taken for an earlier output. Move it, or name folders for the output alone as \`output\` and \`destination\` in \`[tool.shipwheel.frontend]\`.`,
        ]),
    ...(reads.length === 0
      ? []
      : [
          `A frontend is not given Python code, prose, docs and tests of the project. Name what it reads of them in \`[tool.shipwheel.frontend]\`: \`reads = ${JSON.stringify(reads)}\`.`,
        ]),
  ]
}

function shownBuild({ manager, script }: Frontend): string {
  return runCommand(manager, script).join(" ")
}

function noOutput(
  frontend: Frontend,
  written: Exclude<Written, { outputs: unknown }>,
): StageFailure {
  const { outputs, path, place } = frontend
  const build = `\`${shownBuild(frontend)}\``
  const [expected = ""] = outputs.map(({ from }) => from)
  if ("either" in written)
    return new StageFailure(
      `${build} wrote into ${inWords(written.either)}, and it can't be told which of these the package needs`,
      `Name it, relative to \`${path || "."}\`, in \`tool.shipwheel.frontend.output\`: ${keyLine(path, written.either[0] ?? "")}.`,
    )
  const [one] = written.elsewhere
  return one === undefined
    ? new StageFailure(
        `${build} wrote nothing into \`${expected}\`, nor elsewhere in the project`,
        "Name the script that builds in `tool.shipwheel.frontend.script`, or make the build write there.",
      )
    : new StageFailure(
        `${build} wrote nothing into \`${expected}\`, but into ${inWords(written.elsewhere)}`,
        isBelow(path, one.replace(/^\.$/, "")) && !isInPackage(one, place)
          ? 'Let it write into a folder of its own, and name that in `[tool.shipwheel.frontend]`: `output = "dist"`.'
          : `If the package needs that, say so in \`[tool.shipwheel.frontend]\`: ${keyLine(path, one)}.`,
      )
}

function inWords(folders: readonly string[]): string {
  return few(folders.map(code))
}

function keyLine(path: string, folder: string): string {
  return `\`output = ${JSON.stringify(posix.relative(path, folder) || ".")}\``
}
