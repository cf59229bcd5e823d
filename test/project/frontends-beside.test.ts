import { describe, expect, it } from "vitest"

import { Problems } from "../../src/errors.js"
import { resolveFrontends } from "../../src/frontend/frontend.js"
import { frontendsBeside } from "../../src/project/frontends-beside.js"
import { outlineProject } from "../../src/project/outline.js"
import { resolveProject } from "../../src/project/project.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { MATRIX, sourcesIn } from "../helpers/builders.js"
import { accepted, lines, refusal } from "../helpers/refusal.js"

const BUILDS = JSON.stringify({ scripts: { build: "vite build" } })
const PYPROJECT = lines("[project]", 'name = "wren"', 'version = "1.0"')
const VITE = 'export default { build: { outDir: "../backend/wren/static" } }'
const NONE = parsePyproject("")

/** A repository with a project in `backend`. */
function repository(texts: Record<string, string>, toml: string[] = []) {
  return sourcesIn("backend", {
    "backend/pyproject.toml": lines(PYPROJECT, ...toml),
    "backend/wren/__init__.py": "",
    ...texts,
  })
}

function beside(texts: Record<string, string>) {
  const sources = repository({ "frontend/package.json": BUILDS, ...texts })
  return frontendsBeside({ sources, pyproject: NONE, packageDir: "wren" })
}

describe("a frontend beside the project", () => {
  it.each([
    ["vite.config.ts", VITE],
    ["vite.config.js", 'resolve(__dirname, "..", "backend", "wren", "static")'],
    ["build.mjs", "const to = `${here}/../backend/wren/static`"],
    ["angular.json", '{ "outputPath": "../backend/wren/static" }'],
  ])("is the package's where %s leads into that", (name, text) => {
    expect(beside({ [`frontend/${name}`]: text }).leading).toEqual([
      { path: "../frontend", leads: `../frontend/${name}`, script: "build" },
    ])
  })

  it.each([
    ["nothing leads there", "vite.config.ts", "export default {}"],
    [
      "a file of the package is read",
      "vite.config.ts",
      '"../backend/wren/openapi.json"',
    ],
    ["another package is meant", "vite.config.ts", '"../backend/wren2/static"'],
  ])("is nobody's where %s", (_, name, text) => {
    const { leading, others } = beside({ [`frontend/${name}`]: text })
    expect(leading).toEqual([])
    expect(others).toEqual([
      { path: "../frontend", leads: undefined, script: "build" },
    ])
  })

  it("is built once where a hook of the backend builds it", () => {
    const kwargs = "[tool.hatch.build.hooks.jupyter-builder.build-kwargs]"
    const texts = {
      "frontend/package.json": BUILDS,
      "frontend/vite.config.ts": VITE,
      "apps/package.json": BUILDS,
    }
    const found = (path: string) => {
      const pyproject = parsePyproject(lines(kwargs, `path = "${path}"`))
      const clues = { sources: repository(texts), pyproject }
      return frontendsBeside({ ...clues, packageDir: "wren" })
    }
    expect(found("..")).toEqual({ leading: [], others: [] })
    expect(found("../apps").leading).toHaveLength(1)
    expect(found("../apps").others).toEqual([])
  })

  it("of another Python project is not looked at", () => {
    const found = beside({
      "frontend/vite.config.ts": VITE,
      "frontend/pyproject.toml": "",
    })
    expect(found).toEqual({ leading: [], others: [] })
  })

  it("is its member of a workspace, and not the workspace that builds it as well", () => {
    const { leading } = beside({
      "frontend/vite.config.ts": VITE,
      "package.json": JSON.stringify({
        scripts: {
          build: "npm run build -w frontend -- --outDir backend/wren/static",
        },
      }),
    })
    expect(leading.map(({ path }) => path)).toEqual(["../frontend"])
  })

  it("is the top of the repository where that builds into the package", () => {
    const top = {
      "package.json":
        '{"scripts":{"build":"vite build --outDir backend/wren/static"}}',
    }
    const sources = repository(top)
    expect(
      frontendsBeside({ sources, pyproject: NONE, packageDir: "wren" }).leading,
    ).toEqual([{ path: "..", leads: "../package.json", script: "build" }])
  })

  it("is found by itself, with the lockfile of the workspace above and its members", () => {
    const sources = repository({
      "frontend/package.json": BUILDS,
      "frontend/vite.config.ts": VITE,
      "package.json": '{ "workspaces": ["*"] }',
      "package-lock.json": "{}",
      "tokens/package.json": '{ "name": "tokens" }',
      ".nvmrc": "20",
    })
    const [found] = accepted((problems) =>
      resolveFrontends(outlineProject(sources, problems), problems),
    )
    expect(found).toMatchObject({
      path: "../frontend",
      prefix: "backend",
      root: "..",
      members: ["frontend", "tokens"],
      node: { range: ">=20.0.0 <21.0.0-0" },
      place: { packageDir: "wren" },
    })
  })

  it("is what its table says, whatever leads where", () => {
    const sources = repository(
      {
        "apps/site/package.json": BUILDS,
        "apps/site/package-lock.json": "{}",
      },
      [
        "[tool.shipwheel.frontend]",
        'path = "../apps/site"',
        'reads = ["../api.py"]',
      ],
    )
    const [found] = accepted((problems) =>
      resolveFrontends(outlineProject(sources, problems), problems),
    )
    expect(found).toMatchObject({
      path: "../apps/site",
      reads: ["../api.py"],
      outputs: [{ from: "../apps/site/dist", destination: "wren/frontend" }],
    })
  })

  it("that is outside of what was given names the option that gives it", () => {
    const toml = ["[tool.shipwheel.frontend]", 'path = "../../frontend"']
    const told = refusal((problems) =>
      outlineProject(repository({}, toml), problems),
    )
    expect(told).toContain("`../../frontend/package.json` is not there")
    expect(told).toContain("`--repository`")
  })
})

describe("a frontend in the project", () => {
  it("may have its lockfile in a workspace above the project", () => {
    const sources = repository({
      "backend/web/package.json": BUILDS,
      "pnpm-workspace.yaml": "packages: ['backend/web']",
      "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
      "package.json": "{}",
    })
    const problems = new Problems()
    const outline = outlineProject(sources, problems)
    const [found] = resolveFrontends(outline, problems)
    expect(problems.all).toEqual([])
    expect(found).toMatchObject({
      path: "web",
      root: "..",
      manager: { tool: "pnpm" },
      members: ["backend/web"],
    })
  })
})

describe("a project beside which something is built", () => {
  const nowhere = (...toml: string[]) => {
    const sources = repository({ "web/package.json": BUILDS }, toml)
    return accepted((problems) =>
      resolveProject(
        outlineProject(sources, problems),
        undefined,
        MATRIX,
        problems,
      ),
    ).leadingNowhere
  }

  it("knows of what leads nowhere, unless it names its frontends", () => {
    expect(nowhere()).toStrictEqual(["../web"])
    expect(nowhere("[tool.shipwheel]", "frontend = []")).toStrictEqual([])
  })
})
