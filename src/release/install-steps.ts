import { PYPI } from "../config/index-names.js"
import { type DistributionFile, isWheel } from "../files/distribution.js"
import type { IndexAddress } from "../package-index/indexes.js"
import type { InstallStep } from "../page/page.js"
import { type CalledWith, calling } from "../text/command-line.js"
import type { Version } from "../version/version.js"

/** What was released, and where it can be had. */
export interface Installable {
  readonly project: string
  readonly version: Version
  readonly files: readonly DistributionFile[]
  readonly index: Pick<IndexAddress, "name" | "option" | "simpleUrl"> & {
    readonly rehearsal: boolean
  }
  /** Where the files of the release on GitHub are; empty where there is none. */
  readonly assets: string
  /** The install script among them. */
  readonly script: string | undefined
  /** What the caller said of where his GitHub is. */
  readonly called?: CalledWith
}

/** How people get what was released, from each place that has it. */
export function installSteps(released: Installable): InstallStep[] {
  const { assets, files, index, project, script, version } = released
  const wheel = files.find(({ name }) => isWheel(name))?.name
  if (wheel === undefined) return []
  const pinned = `${project}==${version.pep440}`
  return [
    ...(index.rehearsal
      ? []
      : [
          index.option === PYPI ? fromPypi(pinned) : from(index, pinned, wheel),
        ]),
    ...(assets === "" ? [] : [fromGithub(assets, script, wheel)]),
    ...(index.rehearsal && assets === "" ? [fromFiles(released, wheel)] : []),
  ]
}

function fromPypi(pinned: string): InstallStep {
  return { what: "From PyPI:", commands: [`python -m pip install ${pinned}`] }
}

/** Of an index that is not the usual one, the package alone: whatever else it has of the same names is not meant. */
function from(
  { name, simpleUrl }: Installable["index"],
  pinned: string,
  wheel: string,
): InstallStep {
  return {
    what: `From ${name}, and what it requires from the usual index:`,
    commands: [
      `python -m pip download --no-deps --only-binary :all: --index-url ${simpleUrl} ${pinned}`,
      `python -m pip install ./${wheel}`,
    ],
  }
}

function fromGithub(
  assets: string,
  script: string | undefined,
  wheel: string,
): InstallStep {
  const commands =
    script === undefined
      ? [`python -m pip install ${assets}${wheel}`]
      : [`curl -fsSLO ${assets}${script}`, `sh ${script}`]
  return { what: "From the release on GitHub:", commands }
}

function fromFiles(
  { called, version: { tag } }: Installable,
  wheel: string,
): InstallStep {
  return {
    what: "Nothing left the engine; the same files on your disk:",
    commands: [
      `${calling(called)} release-directory --tag ${tag} export --wipe --path release`,
      `python -m pip install ./release/${wheel}`,
    ],
  }
}
