import { execFileSync } from "node:child_process"
import { randomUUID } from "node:crypto"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, test } from "vitest"

import { Mirror } from "./helpers/mirror.js"
import { edit, emptyProject } from "./helpers/project.js"
import { Session } from "./helpers/session.js"
import { type Files, tinyProject } from "./helpers/tiny.js"
import { webFolder } from "./helpers/web.js"

/** It stands in no source as one word: where it is found, somebody planted it. */
const MARK = ["this", "was", "never", "written", "by", "its", "author"]
const MANAGERS = ["npm", "pnpm", "yarn", "berry"] as const

/** Where Python's tools are, and what they keep or read for whoever comes next. */
const PYTHON_PLACES = [
  ...["/usr/local/lib/python3.12/site-packages", "/root", "/var", "/tmp"],
]
const PYTHON_SETTINGS = {
  pip: ["/etc/pip.conf", "/root/.config/pip/pip.conf"],
  uv: ["/etc/uv/uv.toml", "/root/.config/uv/uv.toml"],
}

/** The same for Node's. */
const NODE_PLACES = ["/usr/local/lib/node_modules", "/opt", "/root", "/tmp"]
const NODE_SETTINGS = {
  npm: ["/root/.npmrc", "/root/.npm/_cacache/planted"],
  pnpm: ["/root/.config/pnpm/rc", "/root/.pnpm-store/planted"],
  yarn: ["/root/.yarnrc", "/usr/local/share/.cache/yarn/planted"],
  berry: ["/root/.yarnrc.yml", "/root/.yarn/berry/cache/planted"],
}

/** Changes what Python's tools are made of, and says what it changed: `uv` itself, pip, setuptools, everything that is mounted. */
const POISON = `
import os, pathlib, shutil

MARK = "-".join(${JSON.stringify(MARK)})
LINE = f"\\ntry:\\n    open('tiny/__init__.py', 'a').write('# {MARK}\\\\n')\\nexcept Exception: pass\\n"

def change(path, line):
    # Written beside it and moved there: a program that runs can't be opened for writing.
    beside = f"{path}.planted"
    shutil.copy2(path, beside)
    with open(beside, "a") as out:
        out.write(line)
    os.replace(beside, path)

def poison():
    changed = []
    mounts = [line.split()[4] for line in open("/proc/self/mountinfo")]
    kept = ("/proc", "/sys", "/dev", "/src", "/etc")
    places = [each for each in mounts if each != "/" and not each.startswith(kept)]
    for place in [*places, *${JSON.stringify(PYTHON_PLACES)}]:
        for path in pathlib.Path(place).rglob("*.py"):
            try:
                change(path, LINE)
                changed.append(str(path))
            except OSError:
                pass
    change(shutil.which("uv"), f"# {MARK}\\n")
    changed.append(shutil.which("uv"))
    for name in ${JSON.stringify(Object.values(PYTHON_SETTINGS).flat())}:
        os.makedirs(os.path.dirname(name), exist_ok=True)
        pathlib.Path(name).write_text(f"# {MARK}\\n")
        changed.append(name)
    return changed
`

const PLANTING_SETUP = `${POISON}
import atexit, setuptools

os.makedirs("tiny/python", exist_ok=True)
pathlib.Path("tiny/python/planted.txt").write_text("\\n".join(poison()))
atexit.register(poison)
setuptools.setup()
`

/** Looks for the mark in all that a build can see. */
const LOOKING_SETUP = `
import os, pathlib, setuptools

MARK = "-".join(${JSON.stringify(MARK)}).encode()
found = []
for top, folders, names in os.walk("/"):
    folders[:] = [each for each in folders if (top, each) not in {("/", "proc"), ("/", "sys"), ("/", "dev")}]
    for name in names:
        path = pathlib.Path(top, name)
        if path.is_file() and MARK in path.read_bytes():
            found.append(str(path))
os.makedirs("tiny/python", exist_ok=True)
pathlib.Path("tiny/python/found.txt").write_text("\\n".join(found))
setuptools.setup()
`

/** The same for Node, whose image may have no Python; pnpm's store has no endings. */
const NODE_POISON = `
const fs = require("node:fs")
const { dirname } = require("node:path")
const mark = ${JSON.stringify(MARK)}.join("-")
const line = "\\ntry { require('fs').appendFileSync('build.cjs', '// " + mark + "\\\\n') } catch {}\\n"
const kept = /^\\/($|proc|sys|dev|project|etc)/
const mounts = fs.readFileSync("/proc/self/mountinfo", "utf8").split("\\n").map((each) => each.split(" ")[4] ?? "/")
const places = [...mounts.filter((each) => !kept.test(each)), ...${JSON.stringify(NODE_PLACES)}]
const existing = (place) => {
  try { return fs.statSync(place).isDirectory() ? fs.readdirSync(place, { recursive: true }) : [] } catch { return [] }
}
const changed = []
for (const place of places)
  for (const name of existing(place))
    if (/\\.c?js$|\\/[^./]+$/.test(name))
      try {
        fs.appendFileSync(place + "/" + name, line)
        changed.push(place + "/" + name)
      } catch {}
for (const name of ${JSON.stringify(Object.values(NODE_SETTINGS).flat())}) {
  fs.mkdirSync(dirname(name), { recursive: true })
  fs.writeFileSync(name, "# " + mark + "\\n")
  changed.push(name)
}
fs.mkdirSync("dist", { recursive: true })
fs.writeFileSync("dist/planted.txt", changed.join("\\n"))
`

const NODE_LOOK = `
const fs = require("node:fs")
const mark = ${JSON.stringify(MARK)}.join("-")
const found = []
const look = (place) => {
  for (const each of fs.readdirSync(place, { withFileTypes: true })) {
    const path = (place === "/" ? "" : place) + "/" + each.name
    if (each.isDirectory() && !/^\\/(proc|sys|dev)$/.test(path)) look(path)
    else if (each.isFile() && fs.readFileSync(path).includes(mark)) found.push(path)
  }
}
look("/")
fs.mkdirSync("dist", { recursive: true })
fs.writeFileSync("dist/found.txt", found.join("\\n"))
`

/** Carries what it was built with into the package. */
const BUILD = `
fs.writeFileSync("dist/dependency.js", fs.readFileSync(require.resolve("is-number")))
`

let mirror: Mirror
let session: Session
/** What each of the two projects gave: the foe's wheel, and the one that was built after it. */
let foe: string
let victim: string

beforeAll(async () => {
  mirror = await Mirror.start()
  session = await Session.open()
  foe = await built(
    projectWith(
      NODE_POISON + BUILD,
      {
        "setup.py": PLANTING_SETUP,
        "tests/poison.py": `${POISON}\nassert len(poison()) > 100\n`,
      },
      '[tool.shipwheel.test]\nintegration = ["python", "tests/poison.py"]\n',
    ),
    "integration",
  )
  victim = await built(
    projectWith(NODE_LOOK + BUILD, { "setup.py": LOOKING_SETUP }),
  )
})

afterAll(() => {
  session.close()
  mirror.stop()
})

/** Python's two come from the build, where the backend runs; its tests planted the same. */
const ATTACKS = [
  [
    "pip itself, and its settings",
    "python",
    /site-packages\/pip\/__main__\.py$/,
    PYTHON_SETTINGS.pip,
  ],
  ["uv itself, and its settings", "python", /\/bin\/uv$/, PYTHON_SETTINGS.uv],
  [
    "npm itself, its cache and its settings",
    "npm",
    /node_modules\/npm\/.*\.js$/,
    NODE_SETTINGS.npm,
  ],
  [
    "pnpm itself, its cache and its settings",
    "pnpm",
    /node_modules\/pnpm\/.*\.c?js$/,
    NODE_SETTINGS.pnpm,
  ],
  [
    "Yarn 1 itself, its cache and its settings",
    "yarn",
    /node_modules\/yarn\/.*\.js$/,
    NODE_SETTINGS.yarn,
  ],
  [
    "Yarn 4 itself, its cache and its settings",
    "berry",
    /node_modules\/@yarnpkg\/.*\.c?js$/,
    NODE_SETTINGS.berry,
  ],
] as const

describe("what one project's code plants is in no release of another:", () => {
  test.each(ATTACKS)("%s", (_, place, itself, settings) => {
    const planted = linesOf(foe, `tiny/${place}/planted.txt`)
    expect(planted.some((path) => itself.test(path))).toBe(true)
    expect(planted).toEqual(expect.arrayContaining([...settings]))

    expect(linesOf(victim, `tiny/${place}/found.txt`)).toEqual([])
  })

  test.each(MANAGERS)("a dependency that %s fetched", (manager) => {
    const text = entryOf(victim, `tiny/${manager}/dependency.js`)
    expect(text).toContain("is-number")
    expect(text).not.toContain(MARK.join("-"))
  })

  test("the wheel and the sdist themselves", () => {
    expect(everythingIn(foe)).toContain(MARK.join("-"))
    expect(everythingIn(victim)).not.toContain(MARK.join("-"))
  })
})

function projectWith(build: string, more: Files, toml = ""): string {
  const webs = MANAGERS.map((tool) => ({
    // The engine remembers what it has seen, so that each is another one.
    ...webFolder({ ...{ path: tool, title: "", tool }, manifest: fresh() }),
    [`${tool}/build.cjs`]: build,
  }))
  const files = webs.reduce((all, each) => ({ ...all, ...each }), {})
  const tables = MANAGERS.map(
    (path) =>
      `[[tool.shipwheel.frontend]]\npath = "${path}"\ndestination = "tiny/${path}"\n`,
  )
  const data = '[tool.setuptools.package-data]\ntiny = ["*/*.*"]\n'
  const project = tinyProject(data, {
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

function fresh() {
  return { description: randomUUID() }
}

/** Builds a project, beside other work, and returns the folder of its files. */
async function built(project: string, ...beside: string[]): Promise<string> {
  const dist = emptyProject()
  const [source] = await session.ask<string>(
    `{ host { directory(path: ${JSON.stringify(project)}) { id } } }`,
  )
  const build = `build(tag: "v1.0.0") { export(path: ${JSON.stringify(dist)}) }`
  await session.ask(
    `{ shipwheel(source: ${JSON.stringify(source)}) { ${beside.join(" ")} ${build} } }`,
  )
  return dist
}

const WHEEL = "tiny-1.0.0-py3-none-any.whl"

function entryOf(dist: string, path: string): string {
  const unzip = ["-p", join(dist, WHEEL), path]
  return execFileSync("unzip", unzip, { encoding: "latin1" })
}

function linesOf(dist: string, path: string): string[] {
  return entryOf(dist, path).split("\n").filter(Boolean)
}

function everythingIn(dist: string): string {
  const options = { encoding: "latin1", maxBuffer: 1 << 28 } as const
  return [
    execFileSync("unzip", ["-p", join(dist, WHEEL)], options),
    execFileSync("tar", ["-xzOf", join(dist, "tiny-1.0.0.tar.gz")], options),
  ].join("\n")
}
