import { toolTexts } from "../reading/pyproject.js"
import { statedVersions } from "../version/stated-version.js"
import {
  type Clue,
  refuseSource,
  type VersionSource,
} from "../version/version-source.js"
import {
  allOf,
  type DataPatterns,
  type Described,
  inPyproject,
  type SdistLine,
  type SdistPart,
  tomlList,
} from "./build-backend.js"

/** The reader of a backend that reads `__version__` from the package as text. */
export function statedIn(backend: string) {
  return ({ found, name, sources }: Clue): VersionSource => {
    const [place] = statedVersions(sources, found)
    return place || !found
      ? { places: place ? [place] : [] }
      : refuseSource(
          `${backend} takes the version of \`${name}\` from \`__version__\` in \`${found.path}\`, and that is computed there or missing`,
        )
  }
}

export function flitLayout({ pyproject }: Described) {
  return {
    modules: [
      ...toolTexts(pyproject, "flit", "module", "name"),
      ...toolTexts(pyproject, "flit", "metadata", "module"),
    ],
  }
}

/** Before `[project]` there was a table of flit's own. */
export function flitName({ pyproject }: Described): string | undefined {
  const [name] = [
    ...toolTexts(pyproject, "flit", "metadata", "dist-name"),
    ...toolTexts(pyproject, "flit", "metadata", "module"),
  ]
  return name
}

export const flitIncludes: DataPatterns = {
  why: "flit takes every file of the package's folder, unless `exclude` names it",
  lines: (parts) => [
    inPyproject("[tool.flit.sdist]", `include = ${tomlList(parts.map(allOf))}`),
  ],
}

export const flitSdist = (part: SdistPart): SdistLine => ({
  place: "[tool.flit.sdist]",
  line: `include = ${tomlList([allOf(part)])}`,
})
