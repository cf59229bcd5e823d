import { posix } from "node:path"

import { describe, expect, it } from "vitest"

import type { Problems } from "../../src/errors.js"
import {
  chooseFrontends,
  type Frontend,
  resolveFrontends,
} from "../../src/frontend/frontend.js"
import { outline, PACKAGE } from "../helpers/builders.js"
import { usualFrontend } from "../helpers/frontends.js"
import { accepted, refusal } from "../helpers/refusal.js"

const LOCK = "frontend/package-lock.json"

/** Resolves a frontend from its package.json and more of pyproject.toml. */
function frontend(manifest: unknown, ...toml: string[]) {
  const json =
    typeof manifest === "string" ? manifest : JSON.stringify(manifest)
  return from({ "frontend/package.json": json, [LOCK]: "{}" }, toml)
}

function from(texts: Record<string, string>, toml: string[] = []) {
  const looked = outline({ texts, toml, paths: [PACKAGE] })
  return (problems: Problems): Frontend | undefined =>
    resolveFrontends(looked, problems)[0]
}

const PLAIN = { scripts: { build: "vite build" } }

describe("a frontend", () => {
  it("is built by its script and goes into the package", () => {
    const from = "frontend/dist"
    const outputs = [{ from, destination: "src/quayside/frontend" }]
    expect(accepted(frontend(PLAIN))).toStrictEqual(usualFrontend({ outputs }))
  })

  it("is as configured", () => {
    const settings = accepted(
      frontend(
        { scripts: { export: "next build", lint: "eslint ." } },
        "[tool.shipwheel.frontend]",
        'path = "frontend"',
        'output = "export"',
        'destination = "src/quayside/static"',
        'script = "export"',
      ),
    )
    expect(settings).toMatchObject({
      path: "frontend",
      outputs: [
        { from: "frontend/export", destination: "src/quayside/static" },
      ],
      guessed: false,
      script: "export",
      scripts: ["export", "lint"],
      variables: {},
      checks: ["lint"],
    })
  })

  it.each([
    [["build", "build:prod"], "build:prod"],
    [["build", "build:dev", "build:prd"], "build:prd"],
    [["build:production"], "build:production"],
    [["build", "build:lib", "build:profile"], "build"],
  ])("with %j is built by %s", (names, script) => {
    const scripts = Object.fromEntries(names.map((each) => [each, "webpack"]))
    expect(accepted(frontend({ scripts }))?.script).toBe(script)
  })

  it("is built by the script that is named, whatever is there for production", () => {
    const scripts = { build: "webpack", "build:prod": "docker build ." }
    const toml = ["[tool.shipwheel.frontend]", 'path = "frontend"']
    const named = [...toml, 'script = "build"']
    expect(accepted(frontend({ scripts }, ...named))?.script).toBe("build")
  })

  it("is absent where no folder has a package.json", () => {
    expect(accepted(from({}))).toBeUndefined()
  })

  it.each([
    "husky",
    "husky install",
    "husky frontend/.husky",
    "cd .. && husky frontend/.husky || true",
    "git config core.hooksPath .hooks",
    "lefthook install || true",
  ])(
    "is installed from its manifests where its script only sets up hooks: %s",
    (prepare) => {
      const scripts = { build: "vite build", prepare }
      expect(accepted(frontend({ scripts }))?.installsByScript).toBe(false)
    },
  )

  it.each(["husky && node scripts/make.mjs", "cd tokens && npm run build"])(
    "is installed with its files where its script may read them: %s",
    (prepare) => {
      const scripts = { build: "vite build", prepare }
      expect(accepted(frontend({ scripts }))?.installsByScript).toBe(true)
    },
  )

  it("is checked by the scripts that look for mistakes, in one order", () => {
    const scripts = {
      typecheck: "tsc",
      start: "vite",
      "type-check": "tsc",
      lint: "eslint .",
      build: "vite build",
    }
    expect(accepted(frontend({ scripts }))?.checks).toStrictEqual([
      "lint",
      "type-check",
      "typecheck",
    ])
  })
})

describe("several frontends", () => {
  const folder = (path: string) => ({
    [`${path}/package.json`]: JSON.stringify(PLAIN),
    [`${path}/package-lock.json`]: "{}",
  })
  const both = { ...folder("frontend"), ...folder("web") }
  const tables = (...destinations: string[]) =>
    destinations.flatMap((destination, at) => [
      "[[tool.shipwheel.frontend]]",
      `path = "${at === 0 ? "frontend" : "web"}"`,
      `destination = "${destination}"`,
    ])
  const all = (toml: string[] = []) => {
    const looked = outline({ texts: both, toml, paths: [PACKAGE] })
    return (problems: Problems) => resolveFrontends(looked, problems)
  }

  const placesOf = (found: readonly Frontend[]) =>
    found.flatMap(({ outputs }) =>
      outputs.map(({ destination }) => destination),
    )

  it("each go into the package under the name of their folder", () => {
    expect(placesOf(accepted(all()))).toStrictEqual([
      "src/quayside/frontend",
      "src/quayside/web",
    ])
  })

  it.each([
    ["src/quayside/a", "src/quayside/b"],
    ["src/quayside/a", "src/quayside/ab"],
  ])("may go into %s and %s", (one, other) => {
    expect(placesOf(accepted(all(tables(one, other))))).toStrictEqual([
      one,
      other,
    ])
  })

  it.each([
    ["src/quayside/a", "src/quayside/a"],
    ["src/quayside/a/b", "src/quayside/a"],
    ["src/quayside/a", "./src//quayside/a/b"],
  ])("are refused in %s and %s, where one replaces the other", (one, other) => {
    expect(refusal(all(tables(one, other)))).toBe(
      `configuration: the frontends \`frontend\` and \`web\` go into the same place: \`${posix.normalize(one)}\` and \`${posix.normalize(other)}\`\n   Give each a folder of its own as \`destination\` in \`[[tool.shipwheel.frontend]]\`.`,
    )
  })

  it("are chosen by their folder, or all of them", () => {
    const found = accepted(all())
    expect(chooseFrontends(found, undefined)).toStrictEqual(found)
    expect(chooseFrontends(found, "web")).toStrictEqual([found[1]])
    expect(refusal(() => chooseFrontends(found, "ui"))).toBe(
      "project: `ui` is no frontend of this project\n   Its frontends are in `frontend`, `web`.",
    )
    expect(refusal(() => chooseFrontends([], undefined))).toContain(
      "project: this project has no frontend\n",
    )
  })
})

describe("a frontend whose output would take its own folder away", () => {
  const configured = (...lines: string[]) =>
    frontend(PLAIN, "[tool.shipwheel.frontend]", 'path = "frontend"', ...lines)

  it.each([".", "./", "../frontend", "dist/.."])(
    "is refused with the output %s",
    (output) => {
      expect(refusal(configured(`output = "${output}"`))).toBe(
        "configuration: `tool.shipwheel.frontend.output` is `.`, and the frontend `frontend` lies in it: it would be taken away with the earlier output before a build\n   Let the build write into a folder of its own, and name that, such as `dist`.",
      )
    },
  )

  it.each([
    [".", "."],
    ["./", "."],
    ["frontend/", "frontend"],
  ])("is refused with the destination %s", (destination, shown) => {
    const lines = [`destination = "${destination}"`, 'output = "dist"']
    expect(refusal(configured(...lines))).toBe(
      `configuration: \`tool.shipwheel.frontend.destination\` is \`${shown}\`, and the frontend \`frontend\` lies in it: it would be taken away with the earlier output before a build\n   Name a folder of the package for the output alone, such as \`src/quayside/frontend\`.`,
    )
  })

  it("is accepted where it writes among its own files in the package", () => {
    const path = "src/quayside/static"
    const looked = outline({
      texts: {
        [`${path}/package.json`]: JSON.stringify(PLAIN),
        [`${path}/package-lock.json`]: "{}",
      },
      toml: ["[tool.shipwheel.frontend]", `path = "${path}"`, 'output = "."'],
      paths: [PACKAGE],
    })
    const found = accepted((problems) => resolveFrontends(looked, problems))
    expect(found[0]?.outputs).toEqual([{ from: path, destination: path }])
  })
})

describe("the output of a frontend", () => {
  it.each([
    [{ dependencies: { next: "16" } }, "out"],
    [{ devDependencies: { next: "16" } }, "out"],
    [{ devDependencies: { vite: "8" } }, "dist"],
    [{ dependencies: { "react-scripts": "5" } }, "build"],
    [{ dependencies: { next: "16" }, devDependencies: { vite: "8" } }, "out"],
    [{ devDependencies: { webpack: "5" } }, "dist"],
    [{}, "dist"],
  ])("with %j is the folder %s", (tools, output) => {
    const found = accepted(frontend({ ...PLAIN, ...tools }))
    expect(found?.outputs).toEqual([
      { from: `frontend/${output}`, destination: "src/quayside/frontend" },
    ])
  })
})

describe("a frontend is refused", () => {
  it("without the script that builds it", () => {
    expect(refusal(frontend({ scripts: { start: "vite" } }))).toBe(
      "frontend: `frontend/package.json` has no script `build`\n   Add it, or name the one that builds in `tool.shipwheel.frontend.script`.",
    )
  })

  it.each([
    ["webpack", "webpack"],
    ["ci-build-release", "rm -rf ../static && vite build"],
  ])("with the one that seems to build named: %s", (name, command) => {
    const scripts = { dev: "webpack --watch", [name]: command }
    expect(refusal(frontend({ scripts }))).toContain(
      `What builds seems to be \`${name}\`: write \`path = "frontend"\` and \`script = "${name}"\` in`,
    )
  })

  it("without the script that the configuration names", () => {
    const table = ["[tool.shipwheel.frontend]", 'path = "frontend"']
    expect(refusal(frontend(PLAIN, ...table, 'script = "export"'))).toContain(
      "frontend: `frontend/package.json` has no script `export`\n",
    )
  })

  it("without a lockfile", () => {
    const texts = { "frontend/package.json": JSON.stringify(PLAIN) }
    expect(refusal(from(texts))).toBe(
      "frontend: `frontend/package-lock.json` is not there\n   Run `npm install` in that folder and commit the lockfile: a release installs what it names.",
    )
  })

  it("for both at once", () => {
    expect(refusal(from({ "frontend/package.json": "{}" }))).toMatch(
      /^2 problems, nothing was started:\n\n1\. .*no script `build`\n.*\n\n2\. .*package-lock\.json` is not there\n/,
    )
  })

  it.each([
    ["null", "`frontend/package.json`", "an object, `{ … }`"],
    ["[]", "`frontend/package.json`", "an object, `{ … }`"],
    ['"text"', "`frontend/package.json`", "an object, `{ … }`"],
    [
      '{ "scripts": "build" }',
      "`scripts` in `frontend/package.json`",
      "an object, `{ … }`",
    ],
    [
      '{ "scripts": { "build": 1 } }',
      "`scripts.build` in `frontend/package.json`",
      "a text",
    ],
  ])("for a package.json such as %s, with its place", (text, place, wanted) => {
    expect(refusal(frontend(text))).toBe(
      `frontend: ${place} is not what npm takes\n   Write ${wanted}.`,
    )
  })

  it("for a package.json that is not JSON, with the parser's words", () => {
    expect(refusal(frontend("{ scripts: }"))).toMatch(
      /^frontend: `frontend\/package\.json` is not JSON: .*JSON.*\n {3}Mend it at that place\.$/,
    )
  })
})
