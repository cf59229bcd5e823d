import type { Directory } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import { limited } from "../containers/commands.js"
import { toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { StageFailure } from "../pipeline/failure.js"
import { type Finding, unlessOff, type Work } from "../pipeline/pipeline.js"
import { few } from "../text/few.js"
import { buildFailure } from "./build-failure.js"
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
  readonly project: { readonly gates: Pick<Gates, "skip"> }
  readonly input: () => Promise<BuildInput>
  readonly dist: () => Promise<Directory>
  readonly finished: Finished
}

/** What is done to files that were built before they are what goes out; the surroundings are those of another machine. */
export type Finished = (
  built: Directory,
  surroundings?: Readonly<Record<string, string>>,
) => Promise<Directory>

export function reproduceWork({
  dist,
  finished,
  input,
  project,
}: ReproduceInput): Work {
  const off = project.gates.skip.get("reproduce")
  return {
    plan: { does: "a second build elsewhere, compared bit by bit" },
    ...unlessOff(off, async () =>
      reproduce(await input(), await dist(), finished),
    ),
  }
}

/** Builds a second time, as somebody else would elsewhere, and compares bit by bit. */
export async function reproduce(
  input: BuildInput,
  dist: Directory,
  finished: Finished,
): Promise<Finding> {
  const other = await finished(await rebuild(input), ELSEWHERE)
  const compared = await toolsContainer(input.mirrors)
    .withMountedFile("/compare.py", program("build/compare.py"))
    .withMountedDirectory("/one", dist)
    .withMountedDirectory("/other", other)
    .withExec(["python", "/compare.py", "/one", "/other"])
    .stdout()
  const differences = parseDifferences(compared)
  if (differences.length > 0) throw notReproducible(differences, input.python)
  return {
    summary:
      "a second build elsewhere (other folder, file times, order and modes, time zone, locale, hash seed) gave the same bytes",
  }
}

/** The second build shares no layer with the first: all of it runs, whatever the engine remembers of the other. */
async function rebuild(input: BuildInput): Promise<Directory> {
  const built = Object.entries(ELSEWHERE)
    .reduce(
      (container, [name, value]) => container.withEnvVariable(name, value),
      buildContainer(input),
    )
    .withMountedFile("/elsewhere.py", program("build/elsewhere.py"))
    .withMountedDirectory("/tree", input.tree)
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
    throw buildFailure("the second build failed", error, { requires })
  }
  return built.directory("/dist")
}

function notReproducible(
  differences: ReturnType<typeof parseDifferences>,
  python: string,
): StageFailure {
  return new StageFailure(
    `a second build gave other bytes for ${few(differences.map(({ file }) => `\`${file}\``))}`,
    [
      ...describeDifferences(differences),
      `Both builds ran on Python ${python} with the same \`SOURCE_DATE_EPOCH\`. Make the build write the same each time, or switch the comparison off with a reason: \`skip = { reproduce = "..." }\` in \`[tool.shipwheel]\`.`,
    ].join("\n\n"),
  )
}
