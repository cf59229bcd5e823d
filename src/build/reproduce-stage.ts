import type { Directory } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import { allOf, limited } from "../containers/commands.js"
import { type Mirrors, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import type { BuiltFrontend } from "../frontend/stage.js"
import type { Located } from "../git/locate-stage.js"
import { readTracked } from "../git/tracked-stage.js"
import { StageFailure } from "../pipeline/failure.js"
import { type Finding, unlessOff, type Work } from "../pipeline/pipeline.js"
import { exactly } from "../reading/path-patterns.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import type { Versioning } from "../version/versioning.js"
import { buildFailure } from "./build-failure.js"
import { onlyHere, onlyHereAdvice } from "./only-here.js"
import { describeDifferences, parseDifferences } from "./reproduce.js"
import {
  buildCommand,
  buildContainer,
  type BuildInput,
  projectIn,
  requiredToBuild,
} from "./stage.js"

/** What another machine would have otherwise, and no file may show. */
const ELSEWHERE = {
  HOME: "/var/tmp/somebody",
  LANG: "C",
  LC_ALL: "C",
  PYTHONHASHSEED: "271828",
  // Local time is 14 hours on, so that most of the time even the day differs.
  TZ: "ELSEWHERE-14",
}

/** What is built a second time, and why it may not be. */
export interface ReproduceInput {
  readonly project: {
    readonly gates: Pick<Gates, "allow" | "skip">
    readonly mirrors: Mirrors
    readonly versioning: Versioning
  }
  readonly place: Located
  /** The commit that is built, where there is a repository. */
  readonly commit: () => Promise<string | undefined>
  readonly frontends: () => Promise<readonly BuiltFrontend[]>
  readonly input: () => Promise<BuildInput>
  readonly dist: () => Promise<Directory>
  readonly finished: Finished
}

/** What is done to files that were built before they are what goes out; the surroundings are those of another machine. */
export type Finished = (
  built: Directory,
  surroundings?: Readonly<Record<string, string>>,
) => Promise<Directory>

export function reproduceWork(asked: ReproduceInput): Work {
  const { dist, finished, input, project } = asked
  const off = project.gates.skip.get("reproduce")
  return {
    plan: { does: "a second build elsewhere, compared bit by bit" },
    ...unlessOff(off, async () => {
      const [first, built, without] = await allOf([
        input(),
        dist(),
        absentElsewhere(asked),
      ])
      return reproduce(first, built, finished, without)
    }),
  }
}

async function absentElsewhere({
  commit,
  frontends,
  place,
  project: { gates, mirrors, versioning },
}: ReproduceInput): Promise<string[]> {
  const outputs = (await frontends()).flatMap((each) => each.outputs)
  return onlyHere(await readTracked(place, await commit(), mirrors), {
    allowed: gates.allow,
    destinations: outputs.map(({ destination }) => destination),
    places: versioning.places.map(({ path }) => path),
  })
}

/** Builds a second time, as somebody else would elsewhere, and compares bit by bit. */
export async function reproduce(
  input: BuildInput,
  dist: Directory,
  finished: Finished,
  without: readonly string[] = [],
): Promise<Finding> {
  const other = await finished(await rebuild(input, without), ELSEWHERE)
  const compared = await toolsContainer(input.mirrors)
    .withMountedFile("/compare.py", program("build/compare.py"))
    .withMountedDirectory("/one", dist)
    .withMountedDirectory("/other", other)
    .withExec(["python", "/compare.py", "/one", "/other"])
    .stdout()
  const differences = parseDifferences(compared)
  if (differences.length > 0)
    throw notReproducible(differences, input.python, without)
  return {
    summary:
      "a second build elsewhere (other folder, file times, order and modes, time zone, locale, hash seed) gave the same bytes",
  }
}

/** The second build shares no layer with the first: all of it runs, whatever the engine remembers of the other. */
async function rebuild(
  input: BuildInput,
  without: readonly string[],
): Promise<Directory> {
  const exclude = exactly(without.map((each) => input.prefix + each))
  const tree = exclude.length > 0 ? input.tree.filter({ exclude }) : input.tree
  const built = Object.entries(ELSEWHERE)
    .reduce(
      (container, [name, value]) => container.withEnvVariable(name, value),
      buildContainer(input),
    )
    .withMountedFile("/elsewhere.py", program("build/elsewhere.py"))
    .withMountedDirectory("/tree", tree)
    .withExec(
      limited(
        [
          ...["python", "/elsewhere.py", "/tree", "/var/tmp/else/where"],
          input.prefix || ".",
          ...buildCommand(input),
        ],
        { build: input.limit },
        "build",
      ),
    )
  try {
    await built.sync()
  } catch (error) {
    const requires = await requiredToBuild(projectIn(input))
    const advice = () => onlyHereAdvice(without)
    throw buildFailure("the second build failed", error, { requires, advice })
  }
  return built.directory("/dist")
}

function notReproducible(
  differences: ReturnType<typeof parseDifferences>,
  python: string,
  without: readonly string[],
): StageFailure {
  const advice = onlyHereAdvice(without)
  return new StageFailure(
    `a second build gave other bytes for ${few(differences.map(({ file }) => code(file)))}`,
    [
      ...describeDifferences(differences, without),
      ...(advice === undefined ? [] : [advice]),
      `Both builds ran on Python ${python} with the same \`SOURCE_DATE_EPOCH\`. Make the build write the same each time, or switch the comparison off with a reason: \`skip = { reproduce = "..." }\` in \`[tool.shipwheel]\`.`,
    ].join("\n\n"),
  )
}
