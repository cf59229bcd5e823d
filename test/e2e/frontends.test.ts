import { execFileSync } from "node:child_process"
import { appendFileSync } from "node:fs"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, test } from "vitest"

import { call } from "./helpers/dagger.js"
import { Mirror } from "./helpers/mirror.js"
import { edit, emptyProject } from "./helpers/project.js"
import { git, tinyProject } from "./helpers/tiny.js"
import { type Web, webFolder } from "./helpers/web.js"

const TAG = ["--tag", "v1.2.0"]
const DATA = '[tool.setuptools.package-data]\ntiny = ["*/*.*"]\n'
const GRAFT = { "MANIFEST.in": "graft tiny\n" }

const web = (changes: Partial<Web> = {}) =>
  webFolder({ path: "frontend", title: "site", ...changes })

/** Builds a frontend, and reads what its build says that it was built with. */
async function built(project: string) {
  const args = ["frontend", "file", "--path", "built.json", "contents"]
  const { log, stdout } = await call(project, args)
  expect(stdout, log.slice(-3000)).not.toBe("")
  return JSON.parse(stdout) as { agent: string; node: string; works: boolean }
}

/** As corepack writes it, with the hash of what npm's registry has. */
const PNPM_12 =
  "pnpm@12.21.0+sha512.66fd8278ee28935ce951792d34367ff3af5c432a2756445823029533835b8da529bbe0be5130afd56ed0713fb8789e47bad82d93bd5ae2fe54b15562d6276ef0"
const YARN_4 =
  "yarn@4.18.1+sha224.065c7650cf11cb01e21cefe2398a1c8a70a13bd04136056722763046"

describe("two frontends in one package", () => {
  const files = {
    ...web(),
    ...web({
      path: "ui",
      title: "desk",
      tool: "pnpm",
      manifest: { packageManager: PNPM_12 },
    }),
  }

  test("are both built into their own folder of wheel and sdist, each by its own package manager", async () => {
    const project = tinyProject(DATA, { ...files, ...GRAFT })
    const all = await call(project, ["frontend", "glob", "--pattern", "**/*"])
    expect(all.stdout, all.log).toContain("tiny/frontend/index.html")
    expect(all.stdout).toContain("tiny/ui/index.html")
    const one = await call(project, ["frontend", "--path", "ui", "entries"])
    expect(one.stdout.trim()).toBe("built.json\nindex.html")

    const checked = await call(project, ["check", ...TAG])
    expect(checked.stdout).toContain(
      "frontend, completeness, pointers, tracked, forbidden, duplicates",
    )
    const dist = emptyProject()
    await call(project, ["build", ...TAG, "export", "--path", dist])
    expect(unzipped(dist, "tiny/frontend/index.html")).toBe("site")
    expect(unzipped(dist, "tiny/ui/index.html")).toBe("desk")
    expect(unzipped(dist, "tiny/ui/built.json")).toContain("pnpm/12.21.0")

    const inventory = await call(project, ["files", ...TAG, "sbom", "contents"])
    expect(inventory.stdout, inventory.log).toContain(
      '"frontend:is-number@7.0.0"',
    )
    expect(inventory.stdout).toMatch(/"ui:[^"]*is-number@7\.0\.0"/)
  })

  test("are refused when the wheel has only one of them", async () => {
    const data = `include-package-data = false\n${DATA.replace("*/", "frontend/")}`
    const project = tinyProject(data, { ...files, ...GRAFT })
    const { code, log } = await call(project, ["check", ...TAG])
    expect(code).not.toBe(0)
    expect(log).toContain(
      "frontend: `tiny-1.2.0-py3-none-any.whl` lacks the frontend's files in `tiny/ui`: `built.json`, `index.html` (2 of 2 files)",
    )
    expect(log).not.toContain("files in `tiny/frontend`")
  })
})

describe("a frontend that its build backend leaves out", () => {
  test.each([
    ["setuptools", (text: string) => text],
    [
      "hatchling",
      (text: string) =>
        text
          .replace("setuptools>=77", "hatchling")
          .replace("setuptools.build_meta", "hatchling.build"),
    ],
  ])(
    "is refused with the lines that include it, and then is in wheel and sdist: %s",
    async (backend, change) => {
      const ignore = { ".gitignore": "/tiny/frontend/\n" }
      const project = tinyProject("", { ...web(), ...ignore })
      if (backend !== "setuptools") edit(project, "pyproject.toml", change)
      const refused = await call(project, ["check", ...TAG])
      expect(refused.code).not.toBe(0)
      expect(refused.log).toContain(
        "lacks the frontend's files in `tiny/frontend`",
      )

      for (const [file, lines] of advised(refused.log))
        appendFileSync(join(project, file), lines)
      const { log, stdout } = await call(project, ["check", ...TAG])
      expect(stdout, log.slice(-3000)).toContain(
        "frontend, completeness, pointers, tracked, forbidden, duplicates",
      )
    },
  )
})

/** The lines that an error tells to write, by their file. */
function advised(log: string): Map<string, string> {
  const error = log.slice(log.lastIndexOf("\nError: "))
  const blocks = error.matchAll(/In `(.+)`:\n\n```\n([^]+?\n)```/g)
  return new Map([...blocks].map(([, file = "", lines = ""]) => [file, lines]))
}

describe("a frontend's package manager", () => {
  let mirror: Mirror
  beforeAll(async () => {
    mirror = await Mirror.start()
  })
  afterAll(() => {
    mirror.stop()
  })

  test.each([
    ["yarn", "yarn/1.22.22"],
    ["berry", "yarn/4.18.1"],
    ["pnpm", "pnpm/10.34.8"],
  ] as const)(
    "is %s by its lockfile, and goes to the mirror of npm's registry: built by %s",
    async (tool, agent) => {
      const manifest = tool === "berry" ? { packageManager: YARN_4 } : {}
      const project = tinyProject(DATA, {
        ...web({ tool, manifest }),
        ...GRAFT,
      })
      edit(project, "pyproject.toml", (text) =>
        text.replace(
          "pythons =",
          `mirrors = { npm = "${mirror.url}/" }\npythons =`,
        ),
      )
      const seen = await built(project)
      expect(seen).toMatchObject({ works: true })
      expect(seen.agent).toContain(agent)
      expect(mirror.asked.join()).toMatch(/\/is-number/)
      const inventory = ["files", ...TAG, "sbom", "contents"]
      const { log, stdout } = await call(project, inventory)
      expect(stdout, log.slice(-3000)).toMatch(
        /"bom-ref": "frontend:(pkg:npm\/)?is-number@(npm:)?7\.0\.0"/,
      )
    },
  )
})

test("a frontend is built without what git ignores, unless `reads` names it", async () => {
  const looking = `const { existsSync, mkdirSync, writeFileSync } = require("node:fs")
mkdirSync("dist")
const seen = [".env.local", "src/made.js", "src/lib/kept.js", "notes/a.md"].filter((each) => existsSync(each))
writeFileSync("dist/index.html", seen.join())
`
  const project = tinyProject(
    '[tool.shipwheel.frontend]\npath = "frontend"\nreads = ["frontend/src/made.js"]\n',
    {
      ...web(),
      ".gitignore": "lib/\nnotes/\n",
      "frontend/.gitignore": ".env*.local\nmade.js\n",
      "frontend/build.cjs": looking,
      "frontend/.env.local": "VITE_API_KEY=of-this-machine\n",
      "frontend/src/made.js": "made by a step before\n",
      "frontend/src/lib/kept.js": "committed all the same\n",
      "frontend/notes/a.md": "private\n",
    },
  )
  git(project, "init", "--quiet")
  git(project, "add", ".")
  git(project, "add", "--force", "frontend/src/lib/kept.js")
  git(project, "commit", "--quiet", "--message", "All")
  const args = ["frontend", "file", "--path", "index.html", "contents"]
  const { log, stdout } = await call(project, args)
  expect(stdout, log.slice(-3000)).toBe("src/made.js,src/lib/kept.js")
})

test("a frontend in a workspace is built with the workspace's lockfile", async () => {
  const { "frontend/package-lock.json": lock = "", ...files } = web()
  const { "": own, ...packages } = (
    JSON.parse(lock) as { packages: Record<string, object> }
  ).packages
  const workspace = { name: "all", version: "0.0.0", workspaces: ["frontend"] }
  const project = tinyProject("", {
    ...files,
    "package.json": JSON.stringify(workspace),
    "package-lock.json": JSON.stringify({
      ...workspace,
      lockfileVersion: 3,
      packages: {
        "": workspace,
        ...packages,
        frontend: own,
        "node_modules/page": { resolved: "frontend", link: true },
      },
    }),
  })
  expect(await built(project)).toMatchObject({ works: true })
})

describe("the Node of a frontend", () => {
  test("is the one that its .nvmrc asks for, with the package manager that package.json names", async () => {
    const manifest = { packageManager: "npm@10.8.2" }
    const files = { "frontend/.nvmrc": "v20.11.1\n", ...web({ manifest }) }
    const seen = await built(tinyProject("", files))
    expect(seen).toMatchObject({ node: "v20.11.1", works: true })
    expect(seen.agent).toMatch(/^npm\/10\.8\.2 node\/v20\.11\.1/)
  })

  test("that does not exist is refused by the file that asks, with those that there are", async () => {
    const project = tinyProject("", { "frontend/.nvmrc": "99\n", ...web() })
    const { code, log } = await call(project, ["frontend", "entries"])
    expect(code).not.toBe(0)
    expect(log).toContain(
      "frontend: `frontend/.nvmrc` asks for Node `99`, and there is none",
    )
    expect(log).toMatch(/Ask for one that there is: .*22\.\d+\.\d+, .*14\./)
    const preflight = await call(project, ["preflight", "--tag", "1.0.0"])
    expect(preflight.log).toContain("asks for Node `99`, and there is none")
  })
})

function unzipped(dist: string, path: string): string {
  const wheel = join(dist, "tiny-1.2.0-py3-none-any.whl")
  const code =
    "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())"
  const args = ["-c", code, wheel, path]
  return execFileSync("python3", args, { encoding: "utf8" }).trim()
}
