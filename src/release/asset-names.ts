import { Problems } from "../errors.js"
import { isDistribution, isOwnFile, SUMS } from "../files/distribution.js"
import type { Foreseen } from "../forge/assets.js"
import type { GithubSettings } from "../forge/forge-settings.js"
import { WHOLE_NOTES } from "../forge/github-notes.js"
import { INSTALLERS } from "../install-scripts/install-scripts.js"
import { fillTemplate } from "../notes/template.js"
import { SBOM } from "../sbom/sbom.js"
import { SIGNATURE_NAMES, signatureName } from "../signature/signature.js"
import type { Version } from "../version/version.js"

/** The records of the run that published a release. */
export const RECORDS = ["release-report.md", "release-report.html"] as const

/** What a release has beside its wheel and its sdist, and the project may name. */
const NAMED = [...INSTALLERS, SBOM, ...RECORDS]

/** What is always called so. */
const GIVEN: readonly string[] = [SUMS, WHOLE_NOTES, ...SIGNATURE_NAMES]

/** What the names and patterns of a release's files depend on. */
export interface Naming {
  readonly name: string
  readonly version: Version
  readonly github: Pick<GithubSettings, "assetNames" | "title">
}

export function namingOf({
  project,
  version,
}: {
  readonly project: { readonly name: string; readonly github: Naming["github"] }
  readonly version: Version
}): Naming {
  return { name: project.name, version, github: project.github }
}

const WHERE = "`tool.shipwheel.github.asset-names`"

/** The name that a file of ours is attached as. */
export function assetName(
  file: string,
  { github, name, version }: Naming,
): string {
  if (isDistribution(file) || file === SUMS) return file
  const variables = { ...placeholders(name, version), file }
  return fillTemplate(github.assetNames, variables, WHERE)
}

export function releaseTitle({ github, name, version }: Naming): string {
  const place = "`tool.shipwheel.github.title`"
  return fillTemplate(github.title, placeholders(name, version), place)
}

function placeholders(name: string, { pep440, semver = "", tag }: Version) {
  return { name, version: pep440, tag: tag.replaceAll("/", "-"), semver }
}

/** The names of all that a release has beside its wheel and its sdist, or a refusal of those that would take another one's place. */
export function ownNames(naming: Naming): string[] {
  const problems = new Problems()
  const names: string[] = [...GIVEN]
  for (const file of NAMED) {
    const name = assetName(file, naming)
    if (names.includes(name) || isOwnFile(naming.name, name))
      problems.add(
        "configuration",
        `${WHERE} calls \`${file}\` \`${name}\`, which is the name of another file of the release`,
        'Put `{{file}}` where it tells them apart: `asset-names = "{{name}}-{{version}}-{{file}}"`.',
      )
    names.push(name)
  }
  problems.throwIfAny()
  return names
}

/** Whether a release of the project may have a file of its own of this name. */
export function isOurs(naming: Naming): Foreseen["isOurs"] {
  const own: readonly string[] = [
    ...INSTALLERS.map((each) => assetName(each, naming)),
    ...SIGNATURE_NAMES,
  ]
  return (name) => isOwnFile(naming.name, name) || own.includes(name)
}

/** What a project says of the files of its releases. */
export interface Attached {
  readonly name: string
  readonly github: Naming["github"]
  readonly publicKey: string | undefined
  readonly gates: { readonly skip: ReadonlyMap<string, string> }
}

/** What of a release's files is known before they are made; whether it has install scripts is not. */
export function foreseen(
  project: Attached,
  version: Version,
  recorded: boolean,
): Foreseen {
  const naming = namingOf({ project, version })
  const { gates, name: own, publicKey } = project
  const named = [
    ...(gates.skip.has("sbom") ? [] : [SBOM]),
    ...(recorded ? RECORDS : []),
  ]
  const signature = publicKey === undefined ? [] : [signatureName(publicKey)]
  const scripts = INSTALLERS.map((each) => assetName(each, naming))
  return {
    certain: [
      SUMS,
      ...signature,
      ...named.map((each) => assetName(each, naming)),
    ],
    isPossible: (name) =>
      isOwnFile(own, name, version.pep440) || scripts.includes(name),
    isOurs: isOurs(naming),
  }
}

/** Whether a further file of this name would be taken for one of the release's own. */
export function isTaken(
  { name: project }: Pick<Naming, "name">,
  own: readonly string[],
): (name: string) => boolean {
  return (name) => own.includes(name) || isOwnFile(project, name)
}

/** How the sdist will be called, which has all of the version in its name that the wheel has. */
export function sdistName({ name, version }: Naming): string {
  return `${name.replace(/[-_.]+/g, "_").toLowerCase()}-${version.pep440}.tar.gz`
}
