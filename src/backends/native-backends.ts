import { toolTexts } from "../reading/pyproject.js"
import { refuseSource, type VersionReader } from "../version/version-source.js"
import type { Described } from "./build-backend.js"

/** For a backend that has the version in a file which is not written to. */
export function versionElsewhere(backend: string, file: string): VersionReader {
  return () =>
    refuseSource(
      `${backend} takes the version from \`${file}\`, and Shipwheel can't write it there`,
    )
}

export function maturinLayout({ pyproject }: Described) {
  return { roots: toolTexts(pyproject, "maturin", "python-source") }
}

export function scikitBuildLayout({ pyproject }: Described) {
  const listed = toolTexts(pyproject, "scikit-build", "wheel", "packages")
  return { paths: listed.map((path) => ({ path })) }
}
