import { explain } from "@renovatebot/pep440"

/** A file that a release is made of. */
export interface DistributionFile {
  readonly name: string
  readonly size: number
  readonly sha256: string
}

/** The file of a release that has the hash of every other one. */
export const SUMS = "SHA256SUMS"

/** Reads the output of `sha256sum`, which is also the form of SHA256SUMS. */
export function parseChecksums(text: string): Map<string, string> {
  // A checkout on Windows ends lines in its own way, and some tools write letters in capitals.
  const stated = new Map<string, string>()
  for (const line of text.trim().split(/\r?\n/)) {
    const [, hash = "", name = ""] =
      /^([0-9a-f]{64}) [ *](.+)$/i.exec(line) ?? []
    const [before, sha256] = [stated.get(name), hash.toLowerCase()]
    // Who checks by such a list finds one of two hashes wrong, whichever is right.
    const twice = before !== undefined && before !== sha256
    stated.set(name, twice ? `${before} and ${sha256}` : sha256)
  }
  return stated
}

/** What such a list says of a file in the place of the hash that it has. */
export function saidOtherwise(
  { name, sha256 }: Pick<DistributionFile, "name" | "sha256">,
  stated: ReadonlyMap<string, string>,
): string | undefined {
  const said = stated.get(name)
  return said === sha256 ? undefined : said
}

/** A requirement (PEP 508) that only these very bytes satisfy. */
export function pinnedRequirement(
  name: string,
  version: string,
  files: readonly DistributionFile[],
): string {
  const hashes = files.map(({ sha256 }) => `--hash=sha256:${sha256}`)
  return [`${name}==${version}`, ...hashes].join(" ") + "\n"
}

export function isWheel(name: string): boolean {
  return name.endsWith(".whl")
}

export function isDistribution(name: string): boolean {
  return isWheel(name) || name.endsWith(".tar.gz")
}

/** Whether a wheel or an sdist is a project's own by its name (PEP 427, PEP 625), of any version or of one: an archive of another name is somebody's file, and none that an index would take as the project's. */
export function isOwnFile(project: string, name: string, of?: string): boolean {
  const { named, version } = carriedBy(name)
  return (
    named === normalName(project) &&
    (of === undefined ? explain(version) !== null : version === of)
  )
}

/** The project and the version in the name of a wheel or an sdist. */
function carriedBy(name: string) {
  const [, stem = "", version = ""] =
    /^(.+?)-([^-]+)(?:-.*\.whl|\.tar\.gz)$/.exec(name) ?? []
  return { named: normalName(stem), version }
}

function normalName(name: string): string {
  return name.replace(/[-_.]+/g, "_").toLowerCase()
}

/** An installer that looks between two uploads then never has to build an sdist. */
export function wheelsFirst(one: string, other: string): number {
  return Number(isWheel(other)) - Number(isWheel(one)) || (one < other ? -1 : 1)
}

/** A size for people: binary units, as file managers show them. */
export function shownSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ["KiB", "MiB", "GiB"]
  let value = bytes / 1024
  let at = 0
  for (; value >= 1024 && at < units.length - 1; at++) value /= 1024
  return `${value.toFixed(1)} ${units[at] ?? ""}`
}

/** Says which files of a distribution don't carry its name and version (PEP 427, PEP 625), or are missing. */
export function misnamedFiles(
  names: readonly string[],
  project: string,
  version: string | undefined,
): string[] {
  const wrong = ["wheel", "sdist"]
    .filter(
      (kind) => !names.some((name) => isWheel(name) === (kind === "wheel")),
    )
    .map((kind) => `there is no ${kind}`)
  for (const name of names) {
    const found = carriedBy(name)
    if (found.named !== normalName(project))
      wrong.push(`\`${name}\` is not named after \`${project}\``)
    else if (version && found.version !== version)
      wrong.push(
        `\`${name}\` carries version ${found.version}, the tag says ${version}`,
      )
  }
  return wrong
}

/** The version in the name of the wheel among some files. */
export function wheelVersion(names: readonly string[]): string {
  return names.find(isWheel)?.split("-")[1] ?? ""
}
