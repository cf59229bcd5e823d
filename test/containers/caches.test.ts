import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { dag } from "@dagger.io/dagger"
import { describe, expect, test } from "vitest"

import { buildContainer } from "../../src/build/stage.js"
import {
  installing,
  pythonContainer,
  toolsContainer,
} from "../../src/containers/images.js"
import { frontendContainer } from "../../src/frontend/container-stage.js"
import type { Tool } from "../../src/frontend/package-manager-table.js"
import { NOWHERE } from "../../src/git/whereabouts.js"
import { commandsInTurn, inTurn } from "../../src/pipeline/in-turn.js"
import { project } from "../helpers/builders.js"
import { usualFrontend } from "../helpers/frontends.js"

const SRC = fileURLToPath(new URL("../../src", import.meta.url))

interface Step {
  readonly operation: string
  readonly args?: { readonly args?: readonly string[] }
}

/** What a chain would ask of the engine, without one. */
function stepsOf(chain: object): readonly Step[] {
  const { _ctx } = chain as unknown as { _ctx: { _queryTree: Step[] } }
  return _ctx._queryTree
}

function commandsOf(chain: object): string[] {
  return stepsOf(chain)
    .filter(({ operation }) => operation === "withExec")
    .map(({ args }) => (args?.args ?? []).join(" "))
}

test("nothing outlives a command but layers, which no other command can change", () => {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  const sources = files.filter((file) => file.endsWith(".ts"))
  expect(sources.length).toBeGreaterThan(50)
  expect(
    sources.filter((file) =>
      /cacheVolume|withMountedCache/i.test(
        readFileSync(join(SRC, file), "utf8"),
      ),
    ),
  ).toEqual([])
})

test("the tools are installed by their hashes, and nothing of them is built", () => {
  const [commands = "", ...more] = commandsOf(toolsContainer({}))
  const [byPip = "", byUv = "", ...others] = commandsInTurn(
    commands.split(" "),
  ).map((each) => each.join(" "))
  expect(byPip).toContain("--require-hashes --only-binary :all:")
  expect(byUv).toContain("--require-hashes --no-build")
  expect([...others, ...more]).toEqual(["python /compile_tools.py"])
})

describe("a package manager of npm's registry", () => {
  test.each<[Tool, string]>([
    ["npm", "npm@10.9.9"],
    ["pnpm", "pnpm@10.9.9"],
    ["yarn", "yarn@10.9.9"],
    ["berry", "@yarnpkg/cli-dist@10.9.9"],
  ])(
    "is installed before anything of the project is there: %s",
    (tool, wanted) => {
      const nothing = { source: dag.directory(), folder: dag.directory() }
      const steps = stepsOf(frontendContainer(nothing, frontend(tool), {}))
      const at = steps.findIndex(({ args }) => args?.args?.includes(wanted))
      expect(at).toBeGreaterThan(0)
      const before = steps.slice(0, at).map(({ operation }) => operation)
      expect(before).not.toContain("withDirectory")
      expect(before).not.toContain("withExec")
    },
  )
})

test("both builds start from a Python in which nothing ran", () => {
  const { versioning } = project()
  const input = {
    tree: dag.directory(),
    epoch: 0,
    mirrors: {},
    python: "3.12",
    prefix: "",
    withheld: NOWHERE,
    hasGit: false,
    building: { node: undefined, variables: {}, pure: false },
    limit: 3600,
  }
  const built = buildContainer({ ...input, versioning, version: undefined })
  expect(commandsOf(built)).toEqual([])
  expect(commandsOf(pythonContainer("3.12", {}, ["six"]))).toEqual([
    inTurn([
      installing(["uv", "pip", "install", "--quiet", "--", "six"], {}),
      ["python", "/compile_few.py"],
    ]).join(" "),
  ])
})

function frontend(tool: Tool) {
  return usualFrontend({ manager: { tool, version: "10.9.9" } })
}
