import type { Directory } from "@dagger.io/dagger"

import { allOf, type CommandOutcome, runAll } from "../containers/commands.js"
import { isWheel } from "../files/distribution.js"
import {
  askInstalled,
  installedBy,
  ownCommands,
  shownCommands,
} from "../install/questions-stage.js"
import { servedSummary, serving } from "../install/serve-stage.js"
import type { Installed } from "../install/stage.js"
import { reasonOf, StageFailure } from "../pipeline/failure.js"
import type { Finding, Work } from "../pipeline/pipeline.js"
import {
  sdistFrom,
  wheelFrom,
  wheelRequirements,
} from "./index-install-stage.js"
import {
  isComplete,
  type ListedFile,
  type Listing,
  type OtherFile,
  otherFiles,
  othersRemark,
  placeFiles,
  placesTable,
  whyIncomplete,
} from "./index-state.js"
import {
  fetchFiles,
  type IndexInput,
  misledBy,
  readListing,
  type Shown,
  type Sought,
  soughtBy,
} from "./listing-stage.js"
import { provenance } from "./provenance-stage.js"
import { attests, type PackageIndex } from "./stage.js"

/** What of a project is installed from an index, and how long that may take to show it. */
export interface Verified extends Installed {
  /** Seconds that an index may take to show what was uploaded. */
  readonly indexWait: number
  /** Who should have published it. */
  readonly github: { readonly repository?: string | undefined }
}

export function verifyWork(input: IndexInput<Verified>): Work {
  const { dist, index, project, shown } = input
  const { gates, pythons } = project
  return {
    plan: {
      does: `install from ${index.name} with the built hash on Python ${pythons.join(", ")}`,
      commands: [
        ...ownCommands(project),
        ...(gates.serve ? [gates.serve.command] : []),
      ],
    },
    run: async () =>
      verify(project, await dist(), await soughtBy(input), index, shown),
  }
}

/** Installs the released files from the index on each Python, runs what the project calls its smoke commands, and on the newest asks for its page. */
export async function verify(
  project: Verified,
  dist: Directory,
  sought: Sought,
  index: PackageIndex,
  shown: Shown = {},
): Promise<Finding> {
  const listing =
    shown.listing ?? (await readListing(index, sought, project.indexWait))
  const { listed, others } = complete(sought, index, listing)
  if (!index.rehearsal)
    refuseMisleading(index, await misledBy(index, sought, dist))
  const requirements = await wheelRequirements(
    dist,
    sought.files,
    index.mirrors,
  )
  // Who may not read an index without a password installs what a program of ours fetched from there.
  const fetched = index.reader ? fetchFiles(index, sought) : undefined
  const release = { sought, index, dist, requirements, fetched }
  const { serve } = project.gates
  const [newest = ""] = project.pythons.slice(-1)
  const onNewest = wheelFrom(newest, release)
  const wheels = project.pythons.map((python) =>
    askInstalled(
      `Python ${python}`,
      python === newest ? onNewest : wheelFrom(python, release),
      project,
      sought.version,
      python === newest && serve !== undefined,
    ),
  )
  const sdists = listed
    .filter(({ name }) => !isWheel(name))
    .map((file) =>
      askInstalled(
        `the sdist on Python ${newest}`,
        sdistFrom(newest, release, file, project.building),
        project,
        sought.version,
      ),
    )
  const pages = serve
    ? [serving(installedBy(onNewest), serve, project.limits)]
    : []
  const beside = othersRemark(index.name, others)
  const [outcomes, proven] = await closedBy(beside, () =>
    allOf([
      runAll([...wheels, ...sdists, ...pages]),
      provenance(
        sought,
        index,
        project.github.repository,
        attests(index, project.gates),
      ),
    ]),
  )
  const served = outcomes.splice(wheels.length + sdists.length)
  const summary = verifySummary(project, index, outcomes, served)
  return {
    summary: [summary, ...(proven.summary ? [proven.summary] : [])].join("; "),
    remarks: [...beside, ...proven.remarks],
  }
}

function refuseMisleading({ name }: PackageIndex, told: readonly string[]) {
  if (told.length === 0) return
  throw new StageFailure(
    `what ${name} says of the files is not what they say: ${told.join("; ")}`,
    "Nothing was installed. Installers believe the index before they have a file: they would stop, or install what the files do not ask for. Run the same command again; if it stays so, ask whoever runs the index about its metadata (PEP 658).",
  )
}

/** What an installer says of a file that it took before ours does not say where that came from. */
async function closedBy<T>(
  remarks: readonly string[],
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step()
  } catch (error) {
    const { details, summary } = reasonOf(error)
    throw new StageFailure(summary, [details, ...remarks].join("\n\n"))
  }
}

function verifySummary(
  project: Verified,
  index: PackageIndex,
  installs: readonly CommandOutcome[],
  served: readonly CommandOutcome[],
): string {
  const where = installs.map(({ label }) => label).join(", ")
  const commands = shownCommands(project).join(", ")
  // No installer was shown the listing of an index that takes a password.
  const how = index.reader
    ? `fetched from ${index.name}, and installed`
    : `installed from ${index.name}`
  return [
    `${how} with the built hash on ${where}`,
    ...(commands ? [commands] : []),
    ...served.map(servedSummary),
  ].join("; ")
}

/** Exactly what was built, or why the index does not list that. */
function complete(
  sought: Sought,
  index: PackageIndex,
  listing: Listing,
): { listed: ListedFile[]; others: OtherFile[] } {
  const placed = placeFiles(sought.files, listing)
  if (isComplete(placed))
    return {
      listed: placed.flatMap(({ listed }) => listed ?? []),
      others: otherFiles(placed, listing),
    }
  throw new StageFailure(
    `${index.name} does not offer the release after ${listing.waited} s: ${whyIncomplete(placed, listing) ?? "the files changed"}`,
    [
      placesTable(placed),
      "Nothing was installed; the table says what is where. What is only late comes with the same command once more, which keeps what is there; an index that is slow gets more time by `tool.shipwheel.index-wait`.",
    ].join("\n\n"),
  )
}
