import { describe, expect, it } from "vitest"

import { alone } from "../../src/git/locate-stage.js"
import { configured } from "../../src/project/configure.js"
import { describeProject } from "../../src/project/describe.js"
import { surveyProject } from "../../src/project/stage.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"
import { lines, refusal } from "../helpers/refusal.js"

/** The engine that is recorded gives one text for every file: this is a pyproject.toml and, by its comment, a workflow. */
const TEXT = lines(
  "# - run: dagger --silent call gates",
  "[project]",
  'name = "quayside"',
  'version = "1.1.0"',
)
const WORKFLOW = ".github/workflows/ci.yml"

function survey<T>(
  tell: Parameters<typeof surveyProject<T>>[1],
  paths: readonly string[],
  text = TEXT,
) {
  return recordCalls(() => surveyProject(alone(folder("project")), tell), {
    "glob **/*": paths,
    contents: text,
  })
}

describe("a survey", () => {
  it("reads what only the description wants to read", async () => {
    const paths = ["pyproject.toml", "quayside/__init__.py", WORKFLOW]
    const { result } = await survey(describeProject, paths)
    const wrappers = result.facts.find(({ subject }) => subject === "wrappers")
    expect(wrappers?.value).toBe(`\`${WORKFLOW}\``)
    expect(wrappers?.from).toBe("the CI's files")
  })

  it("is told also of what is no project, with what is wrong", async () => {
    const { result } = await survey((seen) => seen, ["README.md"])
    expect(result.outline).toBeUndefined()
    expect(result.problems[0]?.what).toContain("there is no `pyproject.toml`")
  })

  it("names the file that can't be read, such as a link that leads to itself", async () => {
    const paths = ["pyproject.toml", "quayside/__init__.py"]
    const read = recordCalls(
      () => surveyProject(alone(folder("project")), (seen) => seen),
      { "glob **/*": paths, contents: new Error("too many links") },
    )
    await expect(read).rejects.toThrow(
      /project: `pyproject.toml` can't be read: .*\n.*let it lead to a file/,
    )
  })

  it("throws what is refused to whoever asked", async () => {
    const text = `tool.shipwheel = { pythons = ["3.12"] }\n${TEXT}`
    const paths = ["pyproject.toml", "quayside/__init__.py"]
    const step = survey(configured, paths, text)
    const error = await step.catch((reason: unknown) => reason)
    expect(
      refusal(() => {
        throw error
      }),
    ).toContain("add these lines by hand")
  })
})
