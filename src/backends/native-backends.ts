import { toolTexts } from "../reading/pyproject.js"
import { tomlText } from "../text/toml-text.js"
import {
  type Clue,
  refuseSource,
  type VersionSource,
} from "../version/version-source.js"
import type { Described } from "./build-backend.js"

const KEYS = [
  ["package", "version"],
  ["workspace", "package", "version"],
]

/** In the manifest of Cargo, where that has one of its own. */
export function maturinVersion({ pyproject, sources }: Clue): VersionSource {
  const [path = "Cargo.toml"] = toolTexts(pyproject, "maturin", "manifest-path")
  const text = sources.text(path)
  if (text === undefined && sources.wanted.size > 0) return {}
  const key = KEYS.find((each) => tomlText(text ?? "", each))
  return key
    ? { places: [{ kind: "toml", path, key }] }
    : refuseSource(
        `maturin takes the version from \`${path}\`, which ${text === undefined ? "is not there" : "has none"}`,
      )
}

export function maturinLayout({ pyproject }: Described) {
  return { roots: toolTexts(pyproject, "maturin", "python-source") }
}

export function scikitBuildLayout({ pyproject }: Described) {
  const listed = toolTexts(pyproject, "scikit-build", "wheel", "packages")
  return { paths: listed.map((path) => ({ path })) }
}
