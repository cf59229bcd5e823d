import { describe, expect, it } from "vitest"

import { look, outline, PACKAGE } from "../helpers/builders.js"
import { accepted, lines, refusal } from "../helpers/refusal.js"

const SHIPWHEEL = "[tool.shipwheel]"
const BUILDS = { scripts: { build: "node build.cjs" } }

/** A project with these manifests, each by its folder. */
function withManifests(
  manifests: Readonly<Record<string, object>>,
  toml: readonly string[] = [],
) {
  const texts = Object.fromEntries(
    Object.entries(manifests).map(([folder, manifest]) => [
      `${folder ? `${folder}/` : ""}package.json`,
      JSON.stringify(manifest),
    ]),
  )
  return { toml, texts, paths: [PACKAGE] }
}

function refused(...args: Parameters<typeof withManifests>): string {
  return refusal((problems) => look(withManifests(...args), problems))
}

describe("a package.json that builds something", () => {
  it("and is no frontend stops, with the lines that make it one and those that say it is none", () => {
    expect(refused({ webapp: BUILDS })).toBe(
      [
        "frontend: `webapp/package.json` builds something (`build`: `node build.cjs`), and no frontend is named for it",
        "   If the package needs what it writes, write into `pyproject.toml`:",
        "",
        "       [[tool.shipwheel.frontend]]",
        '       path = "webapp"',
        "",
        "   If the package has no frontend, `frontend = []` in `[tool.shipwheel]` says so.",
      ].join("\n"),
    )
  })

  it("passes where it does no more than to build what the backend builds as well", () => {
    const shortcut = { scripts: { "web:build": "cd web/app && yarn build" } }
    const source = withManifests({ "": shortcut, "web/app": BUILDS })
    const script = 'run("yarn build", cwd="web/app")'
    const texts = { ...source.texts, "setup.py": script }
    const { frontends } = outline({ ...source, texts })
    expect(frontends).toEqual([])
  })

  it("beside a frontend that was found keeps that one, and needs a reason to be left out", () => {
    expect(refused({ frontend: BUILDS, "apps/admin": BUILDS })).toBe(
      [
        "frontend: `apps/admin/package.json` builds something (`build`: `node build.cjs`), and no frontend is named for it",
        "   If the package needs what it writes, write into `pyproject.toml`:",
        "",
        "       [[tool.shipwheel.frontend]]",
        '       path = "frontend"',
        "       [[tool.shipwheel.frontend]]",
        '       path = "apps/admin"',
        "",
        '   If not, `not-shipped = { "apps/admin/package.json" = "the reason" }` in `[tool.shipwheel]` says so.',
      ].join("\n"),
    )
  })

  it("and others like it are told at once, with the lines for all of them, which can be written so", () => {
    expect(refused({ "": BUILDS, "apps/a": BUILDS })).toBe(
      [
        "frontend: `package.json` (`build`: `node build.cjs`), `apps/a/package.json` (`build`: `node build.cjs`) build something, and no frontend is named for them",
        "   If the package needs what they write, write into `pyproject.toml`, without those that it does not need:",
        "",
        "       [[tool.shipwheel.frontend]]",
        '       path = "."',
        "       [[tool.shipwheel.frontend]]",
        '       path = "apps/a"',
        "",
        "   If the package has no frontend, `frontend = []` in `[tool.shipwheel]` says so.",
      ].join("\n"),
    )
    const found = refused({ frontend: BUILDS, "apps/a": BUILDS, b: BUILDS })
    expect(found).toContain(
      'not-shipped = { "apps/a/package.json" = "the reason", "b/package.json" = "the reason" }',
    )
  })

  it.each([
    ["the project's own folder", "", { build: "webpack" }, 'path = "."'],
    ["the package", "src/quayside/ui", { build: "vite build" }, "ui"],
    ["a folder of its own name", "js", { "build:prod": "x" }, "build:prod"],
    [
      "the assets of a server",
      "assets",
      { css: "tailwindcss -o a.css" },
      "css",
    ],
    [
      "the styles of the package",
      "",
      { "tailwind:build": "npx @tailwindcss/cli -i a.css -o b.css" },
      'script = "tailwind:build"',
    ],
    [
      "styles by their command",
      "",
      { css: "npx @tailwindcss/cli -i a" },
      "css",
    ],
    ["styles of Less", "less", { styles: "lessc a.less a.css" }, "styles"],
    ["a bundle", "js", { js: "bun build ./a.ts --outdir out" }, "js"],
    ["a page", "theme", { prod: "gulp" }, "prod"],
    ["an app", "app", { compile: "NODE_ENV=x ng build" }, "compile"],
  ])("is seen in %s", (_, folder, scripts, said) => {
    expect(refused({ [folder]: { scripts } })).toContain(said)
  })

  it.each([
    ["tests/page", BUILDS],
    ["docs", BUILDS],
    ["examples/app", BUILDS],
    ["src/wren/template_v3/{{cookiecutter.app}}/static_src", BUILDS],
    ["src/quayside/vendor/lib", BUILDS],
    ["tools", { scripts: { lint: "eslint .", dev: "webpack --watch" } }],
    [
      "tools/css",
      {
        scripts: {
          "tailwind:watch": "tailwindcss --watch",
          "build:docs": "typedoc",
          "test:build": "node test.js",
        },
      },
    ],
    ["website", { ...BUILDS, dependencies: { "@docusaurus/core": "3" } }],
  ])("is none of the package's in %s as %j", (folder, manifest) => {
    expect(refused({ [folder]: manifest })).toBe("")
  })

  it.each([
    ["{{cookiecutter.app_name}}/static_src", []],
    ["src/quayside/{% if ui %}ui{% endif %}", []],
    ["src/quayside/app_template_v3/static_src", []],
    ["project-template/ui", []],
    ["starter/app", ["starter/cookiecutter.json"]],
    ["starter/app", ["starter/copier.yml"]],
  ])(
    "is others' where they make a project of their own from it: %s, %j",
    (folder, paths) => {
      const source = withManifests({ [folder]: BUILDS })
      const more = { ...source, paths: [PACKAGE, ...paths] }
      expect(refusal((problems) => look(more, problems))).toBe("")
    },
  )

  it.each([
    ["src/quayside/templates", []],
    ["email-templates", []],
    ["webapp", ["copier.yml"]],
  ])("is asked for in %s of a project with %j", (folder, paths) => {
    const source = withManifests({ [folder]: BUILDS })
    const more = { ...source, paths: [PACKAGE, ...paths] }
    expect(refusal((problems) => look(more, problems))).toContain(
      `\`${folder}/package.json\` builds something`,
    )
  })

  it("is a part of the frontend that it is inside of, of the workspace around, or that needs it", () => {
    const needs = { ...BUILDS, dependencies: { "@acme/parts": "*" } }
    expect(
      refused({
        "": { workspaces: ["*"], ...BUILDS },
        web: needs,
        "web/inner": BUILDS,
        parts: { ...BUILDS, name: "@acme/parts" },
      }),
    ).toBe("")
  })

  it("does no more than to build the frontend where its command goes there", () => {
    const root = { scripts: { build: "npm --prefix frontend run build" } }
    expect(refused({ "": root, frontend: BUILDS })).toBe("")
    const another = { scripts: { build: "webpack" } }
    expect(refused({ "": another, frontend: BUILDS })).toContain('path = "."')
  })

  it.each([
    ["frontend = []"],
    ['frontend = { path = "webapp" }'],
    ['not-shipped = { "webapp/" = "the desktop client" }'],
    ['not-shipped = { "*/package.json" = "other clients" }'],
  ])("stops nothing with %s", (line) => {
    expect(refused({ webapp: BUILDS }, [SHIPWHEEL, line])).toBe("")
  })

  it("is left alone where it can't be read", () => {
    const source = { texts: { "webapp/package.json": "{" }, paths: [PACKAGE] }
    expect(refusal((problems) => look(source, problems))).toBe("")
  })
})

describe("a frontend in the project's own folder", () => {
  it("is named as `.`", () => {
    const toml = [lines("[tool.shipwheel.frontend]", 'path = "."')]
    const source = withManifests({ "": BUILDS }, toml)
    expect(accepted((problems) => look(source, problems)).frontends).toEqual([
      { path: "" },
    ])
  })

  it("is none where `frontend = []` says so", () => {
    const source = withManifests({ web: {} }, [SHIPWHEEL, "frontend = []"])
    expect(outline(source).frontends).toEqual([])
  })
})
