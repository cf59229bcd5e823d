import { describe, expect, it } from "vitest"

import { outlineProject } from "../../src/project/outline.js"
import { sourcesIn } from "../helpers/builders.js"
import { lines, refusal } from "../helpers/refusal.js"

const BUILDS = '{ "scripts": { "build": "vite build" } }'
const PYPROJECT = lines("[project]", 'name = "wren"', 'version = "1.0"')

/** What is told of a project in `backend`, with something that is built beside it. */
function told(
  texts: Record<string, string>,
  toml: string[] = [],
  place = "web",
) {
  const all = {
    "backend/pyproject.toml": lines(PYPROJECT, ...toml),
    "backend/wren/__init__.py": "",
    [`${place ? `${place}/` : ""}package.json`]: BUILDS,
    ...texts,
  }
  const sources = sourcesIn("backend", all)
  return refusal((problems) => outlineProject(sources, problems))
}

describe("what is built beside the project, and copied into the package", () => {
  it("stops, with the lines that make it a frontend and those that say it is none", () => {
    const makefile = "build:\n\tnpm run build\n\tcp -R dist backend/wren/html\n"
    expect(told({ Makefile: makefile }, [], "")).toBe(
      [
        "frontend: `../package.json` builds something, `../Makefile` copies it to `wren/html`, which git does not have, and no frontend is named for it",
        "   If the package needs it, write into `pyproject.toml`:",
        "",
        "       [[tool.shipwheel.frontend]]",
        '       path = ".."',
        '       output = "dist"',
        '       destination = "wren/html"',
        "",
        "   If it needs nothing of that, `frontend = []` in `[tool.shipwheel]` says so.",
      ].join("\n"),
    )
  })

  it.each([
    ["Makefile", "\trsync -a \\\n  --delete web/dist/ backend/wren/static/"],
    ["Makefile", "\tcd web && npm run build && cp -r dist ../backend/wren/a"],
    ["Makefile", "\tcp -r $(ROOT)/web/dist $(ROOT)/backend/wren/static"],
    ["backend/Makefile", "\tmv ../web/dist wren/static"],
    [".github/workflows/a.yml", "- run: cp -r web/dist backend/wren/static"],
    ["justfile", "web:\n  cp -r web/dist/. backend/wren/static"],
    ["scripts/build.sh", "cp -R web/dist/* backend/wren/static/"],
    ["backend/scripts/pages", 'cp -R "$PAGES" wren/static/'],
    [
      "tasks.py",
      'shutil.copytree(TOP / "web" / "dist", TOP / "backend" / "wren" / "a", dirs_exist_ok=True)',
    ],
    ["scripts/copy.mjs", 'fs.cpSync("web/dist", "backend/wren/static")'],
  ])("is seen in %s: %j", (name, text) => {
    expect(told({ [name]: text })).toContain("and no frontend is named for it")
  })

  it("names the nearest of several that are built", () => {
    const said = told({
      "web/app/package.json": BUILDS,
      Makefile: "\tcp -r web/app/build backend/wren/static\n",
    })
    expect(said).toContain("frontend: `../web/app/package.json` builds")
    expect(said).toContain('path = "../web/app"\n       output = "build"')
  })

  it.each([
    ["git has it", { "backend/wren/static/a.js": "" }, "web/dist"],
    ["git has what is copied", { "web/dist/a.js": "" }, "web/dist"],
    ["it goes to tests", {}, "web/dist backend/wren/tests/pages\n#"],
    ["what is copied lies there", {}, "backend/wren/dist/*.whl web #"],
  ])("is passed where %s", (_, texts, words) => {
    const Makefile = `\tcp -r ${words} backend/wren/static\n`
    expect(told({ Makefile, ...texts })).toBe("")
  })

  it("is seen where git has no more than what keeps the folder", () => {
    const Makefile = "\tcp -r web/dist backend/wren/static\n"
    const keep = { "backend/wren/static/.gitkeep": "" }
    expect(told({ Makefile, ...keep })).toContain("wren/static")
  })

  it.each([
    ["none", ["[tool.shipwheel]", "frontend = []"]],
    ["one", ["[tool.shipwheel.frontend]", 'path = "../web"']],
  ])("is passed where the project names %s", (_, toml) => {
    const Makefile = "\tcp -r web/dist backend/wren/static\n"
    expect(told({ Makefile }, toml)).toBe("")
  })
})

describe("a folder for pages that git ignores in the package", () => {
  it.each([
    [".gitignore", "backend/wren/static/"],
    [".gitignore", "/backend/*/html/*"],
    ["backend/.gitignore", "wren/web/dist"],
    ["backend/wren/.gitignore", "static"],
  ])("stops where something is built beside it: %s, %s", (name, text) => {
    expect(told({ [name]: text })).toContain(
      `\`${name === ".gitignore" ? "../.gitignore" : name.slice(8)}\` names`,
    )
  })

  it.each([
    ["static/"],
    ["backend/wren/cache/"],
    ["backend/wren/static/*.map"],
    ["backend/heron/static/"],
    ["**/static/"],
  ])("is no sign as `%s`", (text) => {
    expect(told({ ".gitignore": text })).toBe("")
  })

  it("is filled by a frontend that is found, or by the backend", () => {
    const texts = { ".gitignore": "backend/wren/static/" }
    const config = '"../backend/wren/static"'
    const leading = {
      ...texts,
      "apps/package.json": BUILDS,
      "apps/vite.config.ts": config,
    }
    expect(told(leading)).toBe("")
    expect(told(texts, ["[tool.hatch.build.hooks.custom]"])).toBe("")
    expect(told({ ...texts, "backend/setup.py": 'run(["npm", "ci"])' })).toBe(
      "",
    )
  })
})
