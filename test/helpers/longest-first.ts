import { BaseSequencer, type TestSpecification } from "vitest/node"

/** The files that take longest, the longest first: begun last, each would run alone while a processor has nothing to do. */
export const LONGEST = [
  "test/e2e/sources.test.ts",
  "test/e2e/projects.test.ts",
  "test/e2e/faults.test.ts",
  "test/e2e/readme.test.ts",
  "test/engine/killed.test.ts",
  "test/e2e/layers.test.ts",
  "test/e2e/installed.test.ts",
  "test/e2e/real.test.ts",
  "test/e2e/wrappers.test.ts",
  "test/e2e/gates.test.ts",
  "test/e2e/traps.test.ts",
  "test/e2e/release.test.ts",
  "test/e2e/github.test.ts",
  "test/e2e/frontends.test.ts",
  "test/e2e/stages.test.ts",
  "test/e2e/promote.test.ts",
]

/** Those first, then the rest in the runner's own order: what failed or took long the last time, else the largest file. */
export default class LongestFirst extends BaseSequencer {
  override async sort(
    files: TestSpecification[],
  ): Promise<TestSpecification[]> {
    const rest = await super.sort(files)
    const first = LONGEST.flatMap((name) =>
      rest.filter(({ moduleId }) => moduleId.endsWith(`/${name}`)),
    )
    return [...first, ...rest.filter((each) => !first.includes(each))]
  }
}
