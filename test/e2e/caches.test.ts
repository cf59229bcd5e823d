import { execFileSync } from "node:child_process"
import { randomUUID } from "node:crypto"
import { readdirSync } from "node:fs"
import { join } from "node:path"

import { afterAll, beforeAll, expect, test } from "vitest"

import { call } from "./helpers/dagger.js"
import { Mirror } from "./helpers/mirror.js"
import { edit, emptyProject } from "./helpers/project.js"
import { type Files, tinyProject } from "./helpers/tiny.js"
import { webFolder } from "./helpers/web.js"

const MARK = "this-was-never-written-by-its-author"
const MANAGERS = ["npm", "pnpm", "yarn", "berry"] as const
const DATA = '[tool.setuptools.package-data]\ntiny = ["*/*.*"]\n'

/** Appends lines to every program that was mounted, or lies where tools keep what they fetch: they write into what the next one builds. */
const POISON = `
import atexit, os, pathlib

LINE = "\\ntry:\\n    open('tiny/__init__.py', 'a').write('# MARK\\\\n')\\nexcept Exception: pass\\n"

def poison():
    mounts = [line.split()[4] for line in open("/proc/self/mountinfo")]
    kept = ("/proc", "/sys", "/dev", "/src", "/etc")
    places = [each for each in mounts if each != "/" and not each.startswith(kept)]
    for place in [*places, "/root", "/var/tmp", "/tmp"]:
        for path in pathlib.Path(place).rglob("*.py"):
            try:
                with open(path, "a") as out:
                    out.write(LINE)
            except OSError:
                pass

atexit.register(poison)
`.replaceAll("MARK", MARK)

/** The same for Node, whose image may have no Python; pnpm's store has no endings. */
const NODE_POISON = `{
const { appendFileSync, readdirSync, readFileSync, statSync } = require("node:fs")
const line = "\\ntry { require('fs').appendFileSync('build.cjs', '// MARK\\\\n') } catch {}\\n"
const kept = /^\\/($|proc|sys|dev|frontend|etc)/
const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\\n").map((each) => each.split(" ")[4] ?? "/")
const existing = (place) => {
  try { return statSync(place).isDirectory() ? readdirSync(place, { recursive: true }) : [] } catch { return [] }
}
for (const place of [...mounts.filter((each) => !kept.test(each)), "/root", "/opt"])
  for (const name of existing(place))
    if (/\\.c?js$|\\/[^./]+$/.test(name)) try { appendFileSync(place + "/" + name, line) } catch {}
}`.replaceAll("MARK", MARK)

/** Carries what it was built by and with into the package. */
const BUILD = `
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs")
mkdirSync("dist", { recursive: true })
writeFileSync("dist/dependency.js", readFileSync(require.resolve("is-number")))
writeFileSync("dist/build.js", readFileSync(__filename))
`

let mirror: Mirror

beforeAll(async () => {
  mirror = await Mirror.start()
})

afterAll(() => {
  mirror.stop()
})

function projectWith(build: string, more: Files = {}, toml = ""): string {
  const webs = MANAGERS.map((tool) => ({
    ...webFolder({ path: tool, title: "", tool, manifest: fresh() }),
    [`${tool}/build.cjs`]: build,
  }))
  const files = webs.reduce((all, each) => ({ ...all, ...each }), {})
  const tables = MANAGERS.map(
    (path) => `[[tool.shipwheel.frontend]]\npath = "${path}"\n`,
  )
  const project = tinyProject(DATA, {
    ...{ "MANIFEST.in": "graft tiny\n", ...files },
    ...more,
  })
  edit(
    project,
    "pyproject.toml",
    (text) =>
      `${text}mirrors = { npm = "${mirror.url}/" }\n${tables.join("")}${toml}# ${randomUUID()}\n`,
  )
  return project
}

/** The engine remembers what it has seen, so that each project is another one. */
function fresh() {
  return { description: randomUUID() }
}

test("what one project's tests, builds and scripts write anywhere is in no release of another: pip, uv, npm, Yarn 1, Yarn 4, pnpm", async () => {
  const foe = projectWith(
    NODE_POISON + BUILD,
    {
      "setup.py": `${POISON}\nfrom setuptools import setup\nsetup()\n`,
      "tests/poison.py": POISON,
    },
    '[tool.shipwheel.test]\nunit = ["python", "tests/poison.py"]\n',
  )
  const tested = await call(foe, ["test"])
  expect(tested.code, tested.log.slice(-3000)).toBe(0)
  const built = await call(foe, ["build", "--tag", "v1.0.0", "entries"])
  expect(built.stdout, built.log.slice(-3000)).toContain("tiny-1.0.0")

  const victim = projectWith(BUILD)
  const dist = emptyProject()
  const args = ["build", "--tag", "v1.0.0", "export", "--path", dist]
  const { code, log } = await call(victim, args)
  expect(code, log.slice(-3000)).toBe(0)
  expect(textOf(dist)).toContain("is-number")
  expect(textOf(dist)).not.toContain(MARK)
})

/** Everything that the wheel and the sdist in a folder hold, one after the other. */
function textOf(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) =>
      path.endsWith(".whl")
        ? execFileSync("unzip", ["-p", path], { encoding: "latin1" })
        : execFileSync("tar", ["-xzOf", path], { encoding: "latin1" }),
    )
    .join("\n")
}
