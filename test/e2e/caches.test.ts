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

/** Appends lines to every program in reach, above all in what was mounted: they write into what the next one builds. */
const POISON = `
import os, pathlib

PAYLOADS = {
    ".py": "\\ntry:\\n    open('tiny/__init__.py', 'a').write('# MARK\\\\n')\\nexcept Exception: pass\\n",
    ".js": "\\ntry { require('fs').appendFileSync('build.cjs', '// MARK\\\\n') } catch {}\\n",
}
PAYLOADS[".cjs"] = PAYLOADS[".js"]
mounts = [line.split()[4] for line in open("/proc/self/mountinfo")]
places = [each for each in mounts if each != "/" and not each.startswith(("/proc", "/sys", "/dev", "/src", "/etc"))]
for place in [*places, "/root", "/opt", "/usr/local", "/var"]:
    for folder, _, files in os.walk(place):
        for each in files:
            path = pathlib.Path(folder, each)
            if path.suffix in PAYLOADS and os.access(path, os.W_OK):
                with open(path, "a") as out:
                    out.write(PAYLOADS[path.suffix])
`.replaceAll("MARK", MARK)

/** The same for Node, whose image may have no Python. */
const NODE_POISON = `
const { appendFileSync, readdirSync, readFileSync, statSync } = require("node:fs")
const line = "\\ntry { require('fs').appendFileSync('build.cjs', '// MARK\\\\n') } catch {}\\n"
const kept = /^\\/($|proc|sys|dev|frontend|etc)/
const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\\n").map((each) => each.split(" ")[4] ?? "/")
for (const place of [...mounts.filter((each) => !kept.test(each)), "/root", "/opt"])
  for (const name of existing(place))
    if (/\\.c?js$|-(exec)?$/.test(name)) try { appendFileSync(place + "/" + name, line) } catch {}
function existing(place) {
  try { return statSync(place).isDirectory() ? readdirSync(place, { recursive: true }) : [] } catch { return [] }
}
`.replaceAll("MARK", MARK)

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

function projectWith(build: string, more: Files): string {
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
      `${text}mirrors = { npm = "${mirror.url}/" }\n${tables.join("")}# ${randomUUID()}\n`,
  )
  return project
}

/** The engine remembers what it has seen, so that each project is another one. */
function fresh() {
  return { description: randomUUID() }
}

test("what one project's tests, builds and scripts write anywhere is in no release of another: pip, uv, npm, Yarn 1, Yarn 4, pnpm", async () => {
  const foe = projectWith(NODE_POISON + BUILD, {
    "setup.py": `${POISON}\nfrom setuptools import setup\nsetup()\n`,
    "tests/test_poison.py": `${POISON}\ndef test_done(): pass\n`,
  })
  const tested = await call(foe, ["test"])
  expect(tested.stdout, tested.log.slice(-3000)).toContain("1 passed")
  const poisoned = emptyProject()
  await call(foe, ["build", "--tag", "v1.0.0", "export", "--path", poisoned])
  // The foe's own files show that the poison works.
  expect(textOf(poisoned)).toContain(MARK)

  const victim = projectWith(BUILD, {})
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
