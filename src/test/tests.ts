import type { Config } from "../config/config.js"
import type { Problems } from "../errors.js"
import type { Pyproject } from "../reading/pyproject.js"
import {
  knowsExtra,
  requirementName,
  requirementsOf,
  usualTestExtra,
} from "../reading/requirements.js"

/** What the tests of a project are found by. */
export interface TestClues {
  readonly config: Config
  readonly pyproject: Pyproject
  readonly paths: ReadonlySet<string>
  /** The folder of the import package. */
  readonly packageDir: string | undefined
}

/** Which tests there are, and what they need beside the package. */
export interface Tests {
  readonly requirements: readonly string[]
  /** Absent when the project has none. */
  readonly unit: readonly string[] | undefined
  readonly integration: readonly string[] | undefined
  readonly reads: readonly string[]
}

const PYTEST = ["python", "-m", "pytest", "-p", "no:cacheprovider"]
const INTEGRATION = "tests/integration"

/** Finds the tests: as configured, else pytest in the usual extra and folder. */
export function resolveTests(clues: TestClues, problems: Problems): Tests {
  const { config, pyproject } = clues
  const usual = usualTestExtra(pyproject)
  const extras = config.test?.extras ?? (usual ? [usual] : [])
  for (const each of extras.filter((name) => !knowsExtra(pyproject, name)))
    problems.add(
      "configuration",
      `\`tool.shipwheel.test.extras\` names \`${each}\`, which is no extra and no dependency group`,
      `Add it to \`[project.optional-dependencies]\`, or name one that is there.`,
    )
  const requires = config.test?.requires ?? []
  const requirements = [
    ...new Set([...requirementsOf(pyproject, extras), ...requires]),
  ].sort()
  const hasPytest = requirements.map(requirementName).includes("pytest")
  const found = hasPytest ? pytestCommands(clues) : {}
  return {
    requirements,
    unit: config.test?.unit ?? found.unit,
    integration: config.test?.integration ?? found.integration,
    reads: config.test?.reads ?? [],
  }
}

/** Integration tests run apart, because they need the built frontend. */
function pytestCommands({ packageDir, paths }: TestClues): {
  unit?: string[]
  integration?: string[]
} {
  const all = [...paths].filter(isTest)
  const tests = all.filter((path) => /^tests?\//.test(path))
  const inside = `${packageDir ?? ""}/tests`
  if (tests.length === 0)
    // Elsewhere in the tree may be what pytest should not collect.
    return all.some((path) => path.startsWith(`${inside}/`))
      ? { unit: [...PYTEST, inside] }
      : {}
  const apart = tests.filter((path) => path.startsWith(`${INTEGRATION}/`))
  // pytest fails where it finds nothing to run.
  const hasUnit = tests.length > apart.length
  if (apart.length === 0) return { unit: PYTEST }
  return {
    ...(hasUnit && { unit: [...PYTEST, `--ignore=${INTEGRATION}`] }),
    integration: [...PYTEST, INTEGRATION],
  }
}

function isTest(path: string): boolean {
  return /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path)
}
