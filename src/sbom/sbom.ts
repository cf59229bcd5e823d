import { z } from "#zod"

import { type DistributionFile, isWheel } from "../files/distribution.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { plural } from "../text/plural.js"

/** The SBOM among the files of a release. */
export const SBOM = "sbom.cdx.json"

/** A frontend whose packages are listed in a file, or why they are not. */
export interface Listed<File> {
  readonly path: string
  readonly listing: File | { readonly why: string }
}

/** What an SBOM is made from, by where it is in the container. */
export interface SbomPlan {
  readonly wheel: string
  /** The time that it says it was made at. */
  readonly epoch: number
  /** The Python whose dependencies are meant. */
  readonly python: string
  /** The folder that these are installed in. */
  readonly environment?: string
  readonly frontends: readonly {
    readonly path: string
    readonly listing?: string
    readonly why?: string
  }[]
}

/** Where the listing of a frontend is. */
export function listingPath(at: number): string {
  return `/listings/${String(at)}.json`
}

/** Each frontend as the program knows it. */
export function plannedFrontends(
  frontends: readonly Listed<object>[],
): SbomPlan["frontends"] {
  return frontends.map(({ listing, path }, at) =>
    "why" in listing
      ? { path: path || ".", why: listing.why }
      : { path: path || ".", listing: listingPath(at) },
  )
}

const counts = z.object({
  python: z.number(),
  files: z.number(),
  /** Of each frontend; null where its packages are not listed. */
  npm: z.array(
    z.object({
      packages: z.number().nullable(),
      /** There was no other than what only its development needs. */
      development: z.boolean(),
    }),
  ),
})

/** How much an SBOM tells. */
export type SbomCounts = z.infer<typeof counts>

export function parseCounts(json: string): SbomCounts {
  return counts.parse(JSON.parse(json))
}

/** What is in an SBOM, in a few words. */
export function sbomSummary(
  { files, npm, python }: SbomCounts,
  pythonVersion: string,
  inWheel: boolean,
): string {
  const packages = npm.reduce((sum, each) => sum + (each.packages ?? 0), 0)
  const counted = [
    plural(files, "file of the wheel", "files of the wheel"),
    ...(npm.length > 0 ? [plural(packages, "npm package")] : []),
    `${plural(python, "dependency", "dependencies")} on Python ${pythonVersion}`,
  ]
  const where = inWheel ? ", less the dependencies in the wheel as well" : ""
  return `\`${SBOM}\` (CycloneDX 1.6, valid by its schema): ${counted.join(", ")}${where}`
}

/** What an SBOM does not tell, or tells with a doubt. */
export function sbomRemarks(
  frontends: readonly Listed<object>[],
  { npm }: SbomCounts,
): string[] {
  const missing = frontends.flatMap(({ listing, path }) =>
    "why" in listing ? [`\`${path || "."}\`: ${listing.why}`] : [],
  )
  const doubtful = frontends
    .filter((_, at) => npm[at]?.development)
    .map(({ path }) => code(path || "."))
  return [
    ...(missing.length > 0
      ? [`The SBOM does not list the npm packages of ${few(missing)}.`]
      : []),
    ...(doubtful.length > 0
      ? [
          `The SBOM lists all npm packages of ${few(doubtful)}, also what only builds it: its package.json names none under \`dependencies\`.`,
        ]
      : []),
  ]
}

const described = z.object({
  metadata: z.object({
    component: z.object({
      hashes: z.array(z.object({ alg: z.string(), content: z.string() })),
    }),
  }),
})

/** Whether an SBOM says that it is of the wheel among these files, by its bytes. */
export function isSbomOf(
  text: string,
  files: readonly DistributionFile[],
): boolean {
  const { data } = described.safeParse(jsonIn(text))
  const hashes = data?.metadata.component.hashes ?? []
  return files.some(
    ({ name, sha256 }) =>
      isWheel(name) &&
      hashes.some(
        ({ alg, content }) => alg === "SHA-256" && content === sha256,
      ),
  )
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
