import type { Container, Directory } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import { type IndexRule, takenAnywhere } from "../config/index-rule-names.js"
import { allOf, settleAll, throwFailed } from "../containers/commands.js"
import { type Mirrors, toolsContainer } from "../containers/images.js"
import { withPrograms } from "../containers/programs.js"
import type { Frontend } from "../frontend/frontend.js"
import type { BuiltFrontend } from "../frontend/stage.js"
import type { Located } from "../git/locate-stage.js"
import { readTracked } from "../git/tracked-stage.js"
import { refusalLine } from "../index-rules/refusals.js"
import { refusedFiles } from "../index-rules/stage.js"
import { StageFailure } from "../pipeline/failure.js"
import type { Finding, Work } from "../pipeline/pipeline.js"
import { code } from "../text/code.js"
import { stamp } from "../version/stage.js"
import type { Version } from "../version/version.js"
import { readPlace } from "../version/version-place.js"
import type { Versioning } from "../version/versioning.js"
import type { DataPattern } from "./data-patterns.js"
import { isWheel } from "./distribution.js"
import { FACTS, type Facts, isUnnamed, parseFacts } from "./facts.js"
import { type Expected, judgeFiles, type Judgement } from "./file-gates.js"
import { CONTENTS, TWINE, withToolAdvice } from "./tool-advice.js"

/** What a project says of how its files must be. */
export interface Checkable {
  readonly name: string
  readonly packageDir: string
  readonly backend: string
  readonly imports: readonly string[]
  readonly pythons: readonly string[]
  readonly gates: Gates
  /** Files that the backend was told to put into the package. */
  readonly dataPatterns: readonly DataPattern[]
  /** What it was told by name to leave out. */
  readonly excluded: readonly string[]
  readonly frontends: readonly Frontend[]
  readonly versioning: Versioning
  /** Where check-wheel-contents is configured, if it is. */
  readonly contentsConfig: string | undefined
  /** Those of its own, which may take what PyPI refuses. */
  readonly indexes: readonly { readonly takes?: readonly IndexRule[] }[]
  readonly mirrors: Mirrors
}

/** What the gates look at. */
export interface Checked {
  readonly dist: Directory
  readonly place: Located
  /** The commit that is built, where there is a repository. */
  readonly commit: string | undefined
  readonly project: Checkable
  readonly version: Version | undefined
  /** What has to be in the files. */
  readonly built: readonly BuiltFrontend[]
}

/** The same before the files are built. */
export interface CheckInput extends Omit<Checked, "built" | "commit" | "dist"> {
  readonly commit: () => Promise<string | undefined>
  readonly dist: () => Promise<Directory>
  readonly frontends: () => Promise<readonly BuiltFrontend[]>
}

export function checkWork({
  commit,
  dist,
  frontends,
  ...input
}: CheckInput): Work {
  return {
    plan: {
      does: "names, metadata, licence, contents and size of the files",
      commands: [["twine", "check", "--strict"], ["check-wheel-contents"]],
    },
    run: async () =>
      checkDistribution({
        ...input,
        built: await frontends(),
        commit: await commit(),
        dist: await dist(),
      }),
  }
}

/** Checks the files themselves: their metadata, their contents, and whether an index will take them. */
async function checkDistribution(checked: Checked): Promise<Finding> {
  const [tools, { passed, remarks }] = await allOf([
    runTools(checked),
    judge(checked),
  ])
  return { summary: [...tools, ...passed].join(", ") + " passed", remarks }
}

async function judge(checked: Checked): Promise<Judgement> {
  const { dist, project } = checked
  const taken = takenAnywhere(project.indexes)
  const [facts, expected, byIndex] = await Promise.all([
    readFacts(checked),
    expectationsOf(checked),
    refusedFiles(dist, taken, project.mirrors),
  ])
  const judgement = judgeFiles(facts, expected)
  const refused = [...judgement.refused, ...byIndex.map(refusalLine)]
  const [first, ...more] = refused
  if (first === undefined)
    return { ...judgement, passed: [...judgement.passed, "index rules"] }
  throw new StageFailure(
    more.length === 0 ? first : `${first}; and ${String(more.length)} more`,
    [refused.map((each) => `- ${each}`).join("\n"), ...judgement.advice].join(
      "\n\n",
    ),
  )
}

/** What is told of the files, by what the project says of them; what its build has around it is asked only where that says too little, since it may be large. */
export async function readFacts(
  checked: Pick<Checked, "built" | "dist" | "place" | "project" | "version">,
): Promise<Facts> {
  const { built, dist, place, project } = checked
  const outputs = built.flatMap((each) => each.outputs)
  const container = outputs.reduce(
    (each, { files }, at) => each.withMountedDirectory(outputPath(at), files),
    withPrograms(toolsContainer(project.mirrors), FACTS)
      .withMountedDirectory("/dist", dist)
      .withMountedDirectory("/source", await sourceOf(checked)),
  )
  const read = async (from: Container, ...around: string[]) => {
    const options = ["--source", "/source", ...around]
    const paths = ["/dist", ...outputs.map((_, at) => outputPath(at))]
    const command = ["python", "/facts.py", ...options, ...paths]
    return parseFacts(await from.withExec(command).stdout())
  }
  const facts = await read(container)
  // What a build was not given, it can't have its words from: a page of docs, another member.
  const around = place.around?.files.filter(NOT_WRITTEN)
  if (!around || !facts.files.some(isUnnamed)) return facts
  const wider = container.withMountedDirectory("/around", around)
  return read(wider, "--around", "/around")
}

/** What nobody wrote for the project. */
const NOT_WRITTEN = { exclude: ["**/.git", "**/node_modules"] }

/** What was built, but for the frontends. */
async function sourceOf({
  place,
  project,
  version,
}: Pick<Checked, "place" | "project" | "version">) {
  const source = place.source.filter(NOT_WRITTEN)
  return version ? stamp(source, project.versioning, version) : source
}

function outputPath(at: number): string {
  return `/outputs/${String(at)}`
}

async function expectationsOf({
  built,
  commit,
  place,
  project,
  version,
}: Checked): Promise<Expected> {
  const { backend, gates, imports, name, packageDir, pythons } = project
  const [module = ""] = imports
  const [top, files, before] = await Promise.all([
    place.source.entries(),
    readTracked(place, commit, project.mirrors),
    writtenVersion(place.source, project.versioning),
  ])
  return {
    name,
    version: version?.pep440,
    pythons,
    packageDir,
    backend,
    module,
    destinations: built
      .flatMap(({ outputs }) => outputs)
      .map(({ destination }) => destination),
    licences: top.filter((each) => /^(licen[cs]e|copying)[^/]*$/i.test(each)),
    gates,
    ...files,
    patterns: project.dataPatterns,
    excluded: project.excluded,
    frontends: project.frontends.map(({ path }) => path),
    notShipped: gates.notShipped,
    before,
  }
}

/** The version that the project's own files say. */
async function writtenVersion(
  source: Directory,
  { places: [place] }: Versioning,
): Promise<string | undefined> {
  if (!place) return undefined
  return readPlace(place, await source.file(place.path).contents())
}

/** twine and check-wheel-contents, each with its own words where it refuses. */
async function runTools(checked: Checked): Promise<string[]> {
  const { dist, project } = checked
  const names = await dist.entries()
  const container = withContentsConfig(
    toolsContainer(project.mirrors)
      .withMountedDirectory("/dist", dist)
      .withWorkdir("/dist"),
    checked,
  )
  const outcomes = await settleAll([
    {
      label: TWINE,
      container,
      command: ["twine", "check", "--strict", ...names],
    },
    ...(project.gates.skip.has("contents")
      ? []
      : [
          {
            label: CONTENTS,
            container,
            command: contentsCommand(names.filter(isWheel), project),
          },
        ]),
  ])
  throwFailed(outcomes.map(withToolAdvice))
  return outcomes.map(({ label }) => code(label))
}

/**
 * A project that did not configure the tool is not held to a layout of one top-level package without copies, nor to
 * names that can be imported: Django's migrations and templates have none. What has to be imported is, on every Python.
 */
function contentsCommand(
  wheels: readonly string[],
  { contentsConfig }: Checkable,
): string[] {
  const options =
    contentsConfig === undefined
      ? ["--no-config", "--ignore", "W002,W004,W009"]
      : ["--config", `/config/${contentsConfig}`]
  return ["check-wheel-contents", ...options, ...wheels]
}

/** With the source beside its settings, where they may name a folder of it to compare the wheel with. */
function withContentsConfig(
  container: Container,
  { place, project }: Checked,
): Container {
  return project.contentsConfig === undefined
    ? container
    : container.withMountedDirectory("/config", place.source)
}
