import type { Directory } from "@dagger.io/dagger"

import { runAll } from "../containers/commands.js"
import { chooseDistributions } from "../containers/linux.js"
import { problem } from "../errors.js"
import type { DistributionFile } from "../files/distribution.js"
import { serveIndex } from "../package-index/rehearsal-stage.js"
import { StageFailure } from "../pipeline/failure.js"
import { type Finding, unlessOff, type Work } from "../pipeline/pipeline.js"
import { code } from "../text/code.js"
import type { Version } from "../version/version.js"
import { type Scripted, writeInstallers } from "./scripts-stage.js"
import { available, trialOf } from "./trial-stage.js"

/** What install scripts are made for. */
export interface InstallersInput {
  readonly project: Scripted
  readonly dist: () => Promise<Directory>
  readonly files: () => Promise<readonly DistributionFile[]>
  /** The version that the files carry. */
  readonly carried: () => Promise<Version>
  /** Where everybody will download the files of the release; empty where that is not known. */
  readonly assets: string
}

export function installersWork(input: InstallersInput): Work {
  const { gates } = input.project
  const off = gates.skip.get("installers")
  const where = chooseDistributions(gates.installers)
  return {
    plan: {
      does: `install.sh on ${where.map(({ name }) => name).join(", ")}, from an index with the files, where the wheel has a console script; a corrupted wheel refused; uninstalled`,
      commands: [["sh", "install.sh", "--index", "<index>"]],
    },
    ...unlessOff(off, () => tryInstallers(input)),
  }
}

/** The scripts for whoever asks for them by name. */
export async function installScripts({
  assets,
  dist,
  files,
  project,
}: InstallersInput): Promise<Directory> {
  const { none, scripts } = await writeInstallers(
    await dist(),
    await files(),
    project,
    assets,
  )
  if (none === undefined) return scripts
  throw problem(
    "project",
    `there are no install scripts: ${none}`,
    "Name a command in `[project.scripts]`; where they are switched off, take `installers` out of `tool.shipwheel.skip`.",
  )
}

/** Installs from an index with the files by `install.sh` in each distribution, side by side, and has a corrupted file refused. */
async function tryInstallers({
  assets,
  carried,
  project,
  ...built
}: InstallersInput): Promise<Finding> {
  const dist = await built.dist()
  const files = await built.files()
  const version = await carried()
  const written = await writeInstallers(dist, files, project, assets)
  if (written.none !== undefined)
    return { skipped: true, summary: written.none }
  const index = serveIndex(project.mirrors, dist)
  const { there, remarks } = await available(project)
  if (there.length === 0)
    throw new StageFailure(
      "install.sh could be tried on no distribution",
      [
        remarks.map((each) => `- ${each}`).join("\n"),
        "See that the registry of the images is reached, or name another as `images` in `[tool.shipwheel.mirrors]`; `tool.shipwheel.installers` chooses the distributions.",
      ].join("\n\n"),
    )
  const outcomes = await runAll(
    there.map((each) =>
      trialOf(each, { dist, project, version, index, written }),
    ),
  )
  const where = outcomes.map(({ label }) => label).join(", ")
  return {
    summary: `install.sh on ${where}: installed without root, ${written.commands.map(code).join(", ")}, run again, a corrupted wheel refused, uninstalled`,
    remarks,
  }
}
