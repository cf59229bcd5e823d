import { describe, expect, it } from "vitest"

import { testServices } from "../../src/test/services.js"
import { withUnreached } from "../../src/test/unreached.js"
import { sources } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const WORKFLOW = ".github/workflows/test.yml"
const workflow = (run: string) =>
  lines(
    "jobs:",
    "  build:",
    "    services:",
    "      rabbitmq:",
    "        image: rabbitmq",
    "    steps:",
    "      - uses: actions/checkout@v6",
    `      - run: ${run}`,
  )

describe("what the CI starts beside its tests", () => {
  it("is named by the job that runs them", () => {
    const texts = { [WORKFLOW]: workflow("tox -- --cov") }
    expect(testServices(sources(texts))).toStrictEqual(["rabbitmq"])
  })

  it("is an image in GitLab", () => {
    const text = lines(
      "test:",
      "  services: [postgres:16, { name: redis }]",
      "  script: [pytest]",
    )
    expect(testServices(sources({ ".gitlab-ci.yml": text }))).toStrictEqual([
      "postgres",
      "redis",
    ])
  })

  it.each([
    ["of a job that runs none", workflow("make docs")],
    ["where the file can't be read", `${workflow("tox")}\n\t- {`],
    ["where there is none", "jobs: { build: { steps: [{ run: tox }] } }"],
  ])("is nothing %s", (_, text) => {
    expect(testServices(sources({ [WORKFLOW]: text }))).toStrictEqual([])
  })

  it("is told of tests that failed, whatever for", () => {
    const reason = { summary: "pytest exited with 1", details: "1 failed" }
    expect(withUnreached(reason, ["rabbitmq"]).details).toMatch(
      /^The CI starts `rabbitmq` beside its tests, and here is nothing of that\. Tests that need .+`integration = \[\]`\.\n\n1 failed$/,
    )
  })
})
