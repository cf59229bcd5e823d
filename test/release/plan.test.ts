import { expect, it } from "vitest"

import type { Stage } from "../../src/pipeline/pipeline.js"
import { jsonPlan, markdownPlan, planOf } from "../../src/release/plan.js"
import { parseTag } from "../../src/version/version.js"

const run = () => Promise.reject(new Error("a plan runs nothing"))
const STAGES: Stage[] = [
  {
    name: "test",
    needs: [],
    plan: { does: "unit tests", commands: [["python", "-m", "pytest"]] },
    run,
  },
  {
    name: "frontend",
    needs: [],
    plan: { does: "the production build" },
    skip: "the package has no frontend",
  },
  {
    name: "publish",
    needs: ["test", "frontend"],
    plan: {
      does: "upload to Test PyPI",
      commands: [["twine", "upload"]],
      credential: "a token",
      lasting: "a name is used up",
    },
    run,
  },
]
const PLAN = {
  project: "quayside",
  version: parseTag("v1.2.0"),
  stages: STAGES.map(planOf),
  remarks: ["The tree is clean."],
  command: "dagger call release --tag v1.2.0",
}

it("a plan says of each stage what it would do, or why nothing", () => {
  expect(markdownPlan(PLAN))
    .toBe(`# Plan: quayside 1.2.0 (\`v1.2.0\`), nothing was started

| Stage | Would | After | What it does | Commands |
| --- | --- | --- | --- | --- |
| test | run |  | unit tests | \`python -m pytest\` |
| frontend | – skipped |  | the package has no frontend |  |
| publish | run | test, frontend | upload to Test PyPI | \`twine upload\` |

## Credentials

- publish: a token

## What can't be undone

- publish: a name is used up

## Remarks

- The tree is clean.

Next: \`dagger call release --tag v1.2.0\` runs it.`)
})

it("a plan for machines says the same", () => {
  expect(JSON.parse(jsonPlan(PLAN))).toMatchObject({
    project: "quayside",
    stages: [{ name: "test" }, { skip: "the package has no frontend" }, {}],
  })
})
