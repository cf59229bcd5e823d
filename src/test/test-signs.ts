import type { Sources } from "../reading/sources.js"

/** What shows that there are tests, although no file of them is found. */
export interface TestSign {
  readonly path: string
  readonly says: string
}

const RUNNERS =
  /\b(pytest|py\.test|unittest|nosetests|nose2|setup\.py test|hatch test)\b/
const SESSION = /^\s*def (tests?|unit|unit_?tests?)\(session\b/m

const CI_FILES =
  /^(\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.circleci\/config\.yml|\.travis\.yml|azure-pipelines\.yml|appveyor\.yml|Jenkinsfile|\.woodpecker(\.ya?ml|\/[^/]+\.ya?ml)|\.buildkite\/[^/]+\.ya?ml)$/

/** Reads what runs the tests of a project: tox, nox, a Makefile, a CI. */
export function testSigns(sources: Sources): TestSign[] {
  const files = [
    ...["tox.ini", "noxfile.py", "Makefile", "justfile"].filter((path) =>
      sources.has(path),
    ),
    ...[...sources.paths].filter((path) => CI_FILES.test(path)).sort(),
  ]
  return files.flatMap((path) => {
    const text = withoutComments(sources.text(path) ?? "")
    const session = path === "noxfile.py" ? SESSION.exec(text) : null
    const found = RUNNERS.exec(text) ?? session
    return found ? [{ path, says: found[0].trim() }] : []
  })
}

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, "")
}
