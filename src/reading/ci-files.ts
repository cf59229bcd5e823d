/** Where each CI reads what it runs, and `release.sh` of the shells. */
const PLACES = [
  /^\.github\/workflows\/[^/]+\.ya?ml$/,
  /^\.gitlab-ci\.yml$/,
  /^Jenkinsfile$/,
  /^\.circleci\/config\.yml$/,
  /^\.buildkite\/[^/]+\.ya?ml$/,
  /^\.woodpecker(\.ya?ml|\/[^/]+\.ya?ml)$/,
  /^\.drone\.ya?ml$/,
  /^\.travis\.yml$/,
  /^\.cirrus\.yml$/,
  /^azure-pipelines\.yml$/,
  /^bitbucket-pipelines\.yml$/,
  /^\.?appveyor\.yml$/,
  /^release\.sh$/,
]

/** The files by which a CI runs something, in one order. */
export function ciFiles(paths: ReadonlySet<string>): string[] {
  return [...paths].filter(isCiFile).sort()
}

export function isCiFile(path: string): boolean {
  return PLACES.some((place) => place.test(path))
}
