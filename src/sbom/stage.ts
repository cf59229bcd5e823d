import { posix } from "node:path"

import type { Container, Directory, File } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import {
  buildPython,
  installing,
  type Mirrors,
  pythonContainer,
  toolsContainer,
} from "../containers/images.js"
import { program } from "../containers/programs.js"
import { problem } from "../errors.js"
import { isWheel } from "../files/distribution.js"
import { manifestsContainer } from "../frontend/container-stage.js"
import type { Frontend } from "../frontend/frontend.js"
import { listingOf, type PackageListing } from "../frontend/package-manager.js"
import { withYarnPlugin } from "../frontend/yarn-plugin-stage.js"
import type { Checkout } from "../git/stage.js"
import { type Finding, unlessOff, type Work } from "../pipeline/pipeline.js"
import type { OwnSource } from "../reading/own-sources.js"
import { refuseStrangers } from "../test/strangers.js"
import {
  type Listed,
  listingPath,
  parseCounts,
  plannedFrontends,
  SBOM,
  type SbomPlan,
  sbomRemarks,
  sbomSummary,
} from "./sbom.js"

/** What of a project an SBOM tells. */
export interface Inventoried {
  readonly pythons: readonly string[]
  readonly dependencies: readonly string[]
  /** What an index would have of those, where the author has it from elsewhere. */
  readonly unreleased: readonly OwnSource[]
  readonly frontends: readonly Frontend[]
  readonly gates: Pick<Gates, "sbomInWheel" | "skip">
  readonly mirrors: Mirrors
}

/** What an SBOM is of, and what it is made from. */
export interface SbomInput {
  readonly project: Inventoried
  readonly dist: Directory
  /** The time of the build. */
  readonly epoch: number
  /** The packages of each frontend. */
  readonly listed: readonly Listed<File>[]
}

/** An SBOM, and what there is to say of it. */
export interface Sbom {
  readonly file: File
  readonly finding: Finding
}

/** A project, and its SBOM once somebody asks for it. */
export interface Stocked {
  readonly project: Inventoried
  readonly sbom: () => Promise<Sbom>
}

export function sbomWork({ project, sbom }: Stocked): Work {
  const off = project.gates.skip.get("sbom")
  return {
    plan: {
      does: "an SBOM of what is shipped: the wheel's files, the packages of the frontend, the dependencies",
      commands: [
        ["cyclonedx-py", "environment"],
        ...project.frontends.flatMap((each) => {
          const listing = listingOf(each.manager, "")
          return "command" in listing ? [[...listing.command]] : []
        }),
      ],
    },
    ...unlessOff(off, async () => (await sbom()).finding),
  }
}

/** The SBOM for whoever asks for it by name. */
export async function sbomAlone({ project, sbom }: Stocked): Promise<File> {
  const off = project.gates.skip.get("sbom")
  if (off === undefined) return (await sbom()).file
  throw problem(
    "configuration",
    `there is no SBOM: it is switched off: ${off}`,
    "Take `sbom` out of `tool.shipwheel.skip`.",
  )
}

/** What each frontend's package manager says of its lockfile; nothing is installed for it. */
export function listPackages(
  place: Checkout,
  { frontends, mirrors }: Pick<Inventoried, "frontends" | "mirrors">,
): Listed<File>[] {
  return frontends.map((frontend) => {
    const { manager, path, root } = frontend
    const listing = listingOf(manager, posix.relative(root, path))
    if ("why" in listing) return { path, listing }
    const lister = { ...frontend, manager: listing.manager, node: undefined }
    const listed = manifestsContainer(place, lister, mirrors)
      .with(withLister(listing, mirrors))
      .withExec(installing(listing.command, mirrors), {
        redirectStdout: "/listing.json",
      })
    return { path, listing: listed.file("/listing.json") }
  })
}

/** What a listing takes besides the package manager. */
function withLister(
  { folder = "", plugin = false, rewrite }: PackageListing,
  mirrors: Mirrors,
) {
  return (container: Container) => {
    const rewritten = rewrite
      ? container.withExec(installing(rewrite, mirrors))
      : container
    const placed = folder === "" ? rewritten : rewritten.withWorkdir(folder)
    return plugin ? placed.with(withYarnPlugin(mirrors)) : placed
  }
}

/** The SBOM of a wheel, with the dependencies as they are installed today. */
export async function writeSbom(input: SbomInput): Promise<Sbom> {
  const { listed, project } = input
  refuseStrangers(project.unreleased)
  const done = (await describing(input, withEnvironment(project))).withExec([
    ...["python", "/sbom.py", "/plan.json", `/${SBOM}`],
  ])
  const counts = parseCounts(await done.stdout())
  const python = buildPython(project.pythons)
  return {
    file: done.file(`/${SBOM}`),
    finding: {
      summary: sbomSummary(counts, python, project.gates.sbomInWheel),
      remarks: sbomRemarks(listed, counts),
    },
  }
}

/** The files with the SBOM in the wheel, where that is wanted: of it what follows from the source, so that the same source still gives the same bytes. */
export async function withSbom(
  input: SbomInput,
  surroundings: Readonly<Record<string, string>> = {},
): Promise<Directory> {
  if (!input.project.gates.sbomInWheel) return input.dist
  const ready = (await describing(input))
    .withMountedFile("/embed.py", program("sbom/embed.py"))
    .withEnvVariable("SOURCE_DATE_EPOCH", String(input.epoch))
  const done = Object.entries(surroundings)
    .reduce((each, [name, value]) => each.withEnvVariable(name, value), ready)
    .withExec(["python", "/embed.py", "/plan.json", "/dist", "/embedded"])
  await done.sync()
  return done.directory("/embedded")
}

/** Where the programs find what they tell of. */
async function describing(
  { dist, epoch, listed, project }: SbomInput,
  environment?: Directory,
): Promise<Container> {
  const wheel = (await dist.entries()).find(isWheel)
  if (wheel === undefined)
    throw problem(
      "project",
      "there is no wheel to write an SBOM of",
      "Let the build make one; `dagger call build` shows what it makes.",
    )
  const python = buildPython(project.pythons)
  const plan: SbomPlan = {
    wheel: `/dist/${wheel}`,
    epoch,
    python,
    ...(environment && { environment: "/environment" }),
    frontends: plannedFrontends(listed),
  }
  const ready = toolsContainer(project.mirrors)
    .withMountedFile("/sbom.py", program("sbom/sbom.py"))
    .withMountedFile("/packages.py", program("sbom/packages.py"))
    .withMountedDirectory("/dist", dist)
    .withNewFile("/plan.json", JSON.stringify(plan))
  const described = environment
    ? ready.withMountedDirectory("/environment", environment)
    : ready
  return listed.reduce(
    (each, { listing }, at) =>
      "why" in listing ? each : each.withMountedFile(listingPath(at), listing),
    described,
  )
}

/** The very packages that the wheel is installed beside on the newest Python. */
function withEnvironment({
  dependencies,
  mirrors,
  pythons,
}: Inventoried): Directory | undefined {
  if (dependencies.length === 0) return undefined
  const python = buildPython(pythons)
  return pythonContainer(python, mirrors, dependencies).directory(
    `/usr/local/lib/python${python}/site-packages`,
  )
}
