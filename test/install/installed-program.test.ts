import { execFileSync, spawnSync } from "node:child_process"
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

import { newFolder } from "../helpers/programs.js"
import { lines } from "../helpers/refusal.js"

interface Asking {
  /** What else was installed. */
  readonly more?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
}

const SRC = fileURLToPath(new URL("../../src", import.meta.url))

/** What is said of a distribution with these entry points, installed into an environment of its own. */
function asked(entryPoints: string, { more = {}, flags = [] }: Asking = {}) {
  const folder = newFolder()
  execFileSync("python3", ["-m", "venv", "--without-pip", folder])
  const [python = ""] = readdirSync(join(folder, "lib"))
  const site = join(folder, "lib", python, "site-packages")
  const info = join(site, "boat-1.0.dist-info")
  const files = {
    [join(site, "boat.py")]: "def main(): raise SystemExit('ran')\n",
    [join(site, "broken.py")]: "import oars\n",
    [join(info, "METADATA")]: lines(
      "Metadata-Version: 2.1",
      "Name: boat",
      "Version: 1.0",
    ),
    [join(info, "entry_points.txt")]: entryPoints,
    [join(info, "RECORD")]: lines(
      ...Object.keys(more).map((path) => `${path},,`),
    ),
    ...Object.fromEntries(
      Object.entries(more).map(([path, text]) => [join(site, path), text]),
    ),
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  for (const each of ["install/installed.py", "containers/to_the_end.py"])
    cpSync(join(SRC, each), join(folder, each.replace(/.*\//, "")))
  const args = [...flags, "boat", "1.0", "boat"]
  const { status, stderr } = spawnSync(
    join(folder, "bin/python"),
    [join(folder, "installed.py"), ...args],
    { encoding: "utf8" },
  )
  return { status, stderr }
}

describe("the commands of an installed package", () => {
  it("have to be there, and none of them is run", () => {
    const points =
      "[console_scripts]\nboat = boat:main\n[gui_scripts]\nyacht = boat:sail\n"
    expect(asked(points)).toEqual({ status: 0, stderr: "" })
  })

  it.each([
    [
      "console_scripts",
      "boat:sail",
      "AttributeError: module 'boat' has no attribute 'sail'",
    ],
    [
      "console_scripts",
      "broken:main",
      "ModuleNotFoundError: No module named 'oars'",
    ],
    ["gui_scripts", "dinghy:main", "there is no module dinghy"],
  ])("are refused where they can't start: %s, %s", (group, leads, why) => {
    const { status, stderr } = asked(`[${group}]\nrow = ${leads}\n`)
    expect(status).toBe(1)
    expect(stderr).toContain(`the command row can't start: ${why} (${leads}). `)
    expect(stderr).toContain(
      '"bin/row" = "the reason" in `[tool.shipwheel.allow]`',
    )
  })

  it("may lack what others bring where another one starts", () => {
    const points = "[console_scripts]\nboat = boat:main\nrow = broken:main\n"
    expect(asked(points).status).toBe(0)
    const more = "[console_scripts]\nboat = boat:main\nrow = boat:row\n"
    expect(asked(more).status).toBe(1)
  })

  it("may need an extra, or be excused", () => {
    const points = "[console_scripts]\nrow = broken:main"
    expect(asked(`${points} [cli]\n`).status).toBe(0)
    const flags = ["--but", "row"]
    expect(asked(`${points}\n`, { flags }).status).toBe(0)
  })

  it("may be for an extra that brings what they want, and say so themselves", () => {
    const metadata = (extra: string) => ({
      "boat-1.0.dist-info/METADATA": lines(
        ...["Metadata-Version: 2.1", "Name: boat", "Version: 1.0"],
        ...["Provides-Extra: cli", `Requires-Dist: Oars>=5.0 ; extra${extra}`],
      ),
    })
    const ends = (what: string) => ({
      "sails.py": `try:\n    ${what}\nexcept Exception:\n    raise SystemExit(1)\n`,
    })
    const found = (more: Record<string, string>) =>
      asked("[console_scripts]\nboat = sails:main\n", { more })
    const extra = metadata(' == "cli"')
    expect(found({ ...ends("import oars.blade"), ...extra })).toEqual({
      status: 0,
      stderr: "",
    })
    expect(found({ "sails.py": "import oars\n", ...extra }).status).toBe(0)
    for (const more of [
      { ...ends("import oars"), ...metadata("s") },
      { ...ends("import other"), ...extra },
      { ...ends("1 / 0"), ...extra },
      { "sails.py": "raise SystemExit(1)\n", ...extra },
    ])
      expect(found(more).stderr).toContain(
        "the command boat can't start: SystemExit: 1 (sails:main). Correct where its entry point leads",
      )
  })

  it("are those alone: what plugins lead to is for whoever loads them", () => {
    expect(asked("[pytest11]\nrow = broken\n").status).toBe(0)
  })
})

describe("the packages of an installed wheel", () => {
  const others = (more: Record<string, string>, ...flags: string[]) =>
    asked("", { more, flags })

  it.each(["oars", "Oars"])("all have to be importable: %s", (name) => {
    const more = { [`${name}/__init__.py`]: `import ${name}.blades\n` }
    const { status, stderr } = others(more, "--whole")
    expect(status).toBe(1)
    expect(stderr).toContain(
      `${name}, which the package brings too, can't be imported: ModuleNotFoundError: No module named '${name}.blades'. `,
    )
    expect(others(more).status).toBe(0)
  })

  it.each(["import nothing_such", "raise ImportError('use the extra')"])(
    "may need what an extra brings: %s",
    (line) => {
      const more = { "oars/__init__.py": line, "../../../bin/boat": "" }
      expect(others(more, "--whole").status).toBe(0)
    },
  )

  it.each(["_oars", "tests", "docs"])("but for %s", (name) => {
    const more = { [`${name}/__init__.py`]: `import ${name}.blades\n` }
    expect(others(more, "--whole").status).toBe(0)
  })
})
