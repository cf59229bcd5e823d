import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { pathToFileURL } from "node:url"

import { describe, expect, it, vi } from "vitest"

import { writeWheel } from "../helpers/install-script.js"
import { ScriptGuest } from "../helpers/script-guest.js"

// One install takes five runs of pip, and others may work on this machine.
vi.setConfig({ testTimeout: 240_000 })

const WITHOUT_UV =
  'PATH=$(printf %s "$PATH" | tr : "\\n" | grep -v linters | paste -sd :)'
const TOOLS = [
  { tool: "pip", first: `${WITHOUT_UV}; ` },
  { tool: "uv", first: "" },
]

type Wheel = NonNullable<Parameters<typeof writeWheel>[1]>

const OTHER = "raise SystemExit('the copy of the index')"

function indexOf(guest: ScriptGuest, wheels: readonly Wheel[]): string {
  const index = mkdtempSync(join(guest.home, "../index-"))
  for (const wheel of wheels) {
    const folder = join(index, wheel.name ?? "quayside")
    mkdirSync(folder)
    const file = basename(writeWheel(folder, wheel))
    const sha256 = createHash("sha256")
      .update(readFileSync(join(folder, file)))
      .digest("hex")
    const page = `<!DOCTYPE html><html><body><a href="${file}#sha256=${sha256}">${file}</a></body></html>`
    writeFileSync(join(folder, "index.html"), page)
  }
  return `${pathToFileURL(index).href}/`
}

/** A dependency of the package that depends on the package. */
const PLUGIN = { name: "crane", version: "1.0", requirements: ["quayside>1"] }
const ITSELF = { requirements: ["crane"] }

interface Around {
  /** Has the plugin, and a copy of the package that is not the release's. */
  readonly usual: string
  readonly script: string
  readonly guest: ScriptGuest
}

const WAYS: readonly {
  way: string
  args: (around: Around) => readonly string[]
}[] = [
  { way: "its wheel is beside the script", args: () => [] },
  {
    way: "--from names its folder",
    args: ({ script }) => ["--from", dirname(script)],
  },
  {
    way: "--index has it",
    args: ({ guest }) => ["--index", indexOf(guest, [ITSELF])],
  },
]

describe("install.sh installs the wheel of its SHA-256 where a dependency requires the package:", () => {
  it.each(TOOLS.flatMap((tool) => WAYS.map((way) => ({ ...tool, ...way }))))(
    "$way, by $tool",
    ({ args, first }) => {
      const guest = new ScriptGuest()
      const script = guest.release({ requirements: ["crane"] })
      const usual = indexOf(guest, [PLUGIN, { ...ITSELF, code: OTHER }])
      const visit = guest.runWith(
        { PIP_INDEX_URL: usual, UV_DEFAULT_INDEX: usual },
        `${first}sh "$@" && "$HOME/.local/bin/quayside"`,
        script,
        ...args({ usual, script, guest }),
      )
      expect(visit).toMatchObject({ code: 0, stderr: "" })
      expect(visit.stdout).toMatch(/^quayside 1\.2\.0$/m)
    },
  )

  it.each(TOOLS)("no index has the package, by $tool", ({ first }) => {
    const guest = new ScriptGuest()
    const usual = indexOf(guest, [PLUGIN])
    const visit = guest.runWith(
      { PIP_INDEX_URL: usual, UV_DEFAULT_INDEX: usual },
      `${first}sh "$1" && "$HOME/.local/bin/quayside"`,
      guest.release({ requirements: ["crane"] }),
    )
    expect(visit).toMatchObject({ code: 0, stderr: "" })
  })

  it("uv is told to reinstall everything", () => {
    const guest = new ScriptGuest()
    guest.write(".config/uv/uv.toml", "[pip]\nreinstall = true\n")
    const usual = indexOf(guest, [PLUGIN, { ...ITSELF, code: OTHER }])
    const visit = guest.runWith(
      { UV_DEFAULT_INDEX: usual },
      'sh "$1" && "$HOME/.local/bin/quayside"',
      guest.release({ requirements: ["crane"] }),
    )
    expect(visit).toMatchObject({ code: 0, stderr: "" })
  })
})

it("install.sh has the files of its package, whatever a dependency puts in their place", () => {
  const guest = new ScriptGuest()
  const usual = indexOf(guest, [
    { name: "crane", version: "1.0", beside: "quayside.py" },
  ])
  const visit = guest.runWith(
    { UV_DEFAULT_INDEX: usual },
    'sh "$1" && "$HOME/.local/bin/quayside"',
    guest.release({ requirements: ["crane"] }),
  )
  expect(visit).toMatchObject({ code: 0, stderr: "" })
  expect(visit.stdout).toMatch(/^quayside 1\.2\.0$/m)
})

describe("install.sh installs nothing where another wheel takes the place of the one that was checked:", () => {
  it.each([
    ["over.txt", "quayside @ WHEEL\n", "UV_OVERRIDE"],
    [
      ".config/uv/uv.toml",
      'override-dependencies = ["quayside @ WHEEL"]\n',
      "UV_CONFIG_FILE",
    ],
  ])("by what %s says", (file, text, variable) => {
    const guest = new ScriptGuest()
    const folder = mkdtempSync(join(guest.home, "../other-"))
    const other = pathToFileURL(writeWheel(folder, { code: OTHER })).href
    const at = guest.write(file, text.replace("WHEEL", other))
    const visit = guest.runWith({ [variable]: at }, 'sh "$1"', guest.release())
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain("'quayside.py' is not as the wheel has it")
    expect(visit.stderr).toContain("put in its place (overrides)")
    expect(guest.left()).toEqual([file])
  })

  it.each([
    ["file", "berth.pth", "berth.pth"],
    ["command", "quayside-1.2.0.data/scripts/pip", "../../../bin/pip"],
    [
      "command that is called like a file",
      "quayside-1.2.0.data/scripts/quayside.py",
      "../../../bin/quayside.py",
    ],
    [
      "file beside the packages",
      "quayside-1.2.0.data/data/etc/berth.conf",
      "../../../etc/berth.conf",
    ],
  ])("with a %s more than it has", (_, beside, told) => {
    const guest = new ScriptGuest()
    const folder = mkdtempSync(join(guest.home, "../other-"))
    const other = writeWheel(folder, { beside })
    const text = `quayside @ ${pathToFileURL(other).href}\n`
    const visit = guest.runWith(
      { UV_OVERRIDE: guest.write("over.txt", text) },
      'sh "$1"',
      guest.release(),
    )
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain(`${told}' is not as the wheel has it`)
    expect(guest.left()).toEqual(["over.txt"])
  })
})

it.each([
  "quayside-1.2.0.data/purelib/berth.py",
  "quayside-1.2.0.data/platlib/berth.py",
  "quayside-1.2.0.data/data/share/berth.py",
  "quayside-1.2.0.data/scripts/berth",
  "quayside-1.2.0.dist-info/RECORD.jws",
  "quayside-1.2.0.dist-info/INSTALLER",
  "berth.pyc",
])("install.sh finds a wheel as it is, wherever its files go: %s", (beside) => {
  const guest = new ScriptGuest()
  const visit = guest.install(guest.release({ beside }))
  expect(visit).toMatchObject({ code: 0, stderr: "" })
})

const LEFT_OUT: readonly {
  setting: string
  first: string
  file: string
  text: string
  variables?: Readonly<Record<string, string>>
}[] = [
  {
    setting: "pip's variables",
    first: `${WITHOUT_UV}; `,
    file: "none",
    text: "",
    variables: {
      PIP_NO_DEPENDENCIES: "1",
      PIP_NO_DEPS: "1",
      PIP_PYTHON: "/gone/python",
    },
  },
  {
    setting: "pip's file",
    first: `${WITHOUT_UV}; `,
    file: ".config/pip/pip.conf",
    text: "[global]\nquiet = 3\n[install]\nno-deps = true\nno-dependencies = true\n",
  },
  {
    setting: "uv's file",
    first: "",
    file: ".config/uv/uv.toml",
    text: "[pip]\nno-deps = true\n",
  },
  {
    setting: "a list of exclusions",
    first: "",
    file: ".config/uv/uv.toml",
    text: 'exclude-dependencies = ["boom"]\n',
  },
  {
    setting: "uv's variables",
    first: "",
    file: "left-out.txt",
    text: "boom\n",
    variables: { UV_EXCLUDE: "left-out.txt" },
  },
]

const NEEDING = { name: "crane", version: "1.0", requirements: ["boom"] }
const NEEDED = { name: "boom", version: "1.0" }

describe("install.sh installs what dependencies depend on, too, where that is left out by", () => {
  it.each(LEFT_OUT)("$setting", ({ file, first, text, variables }) => {
    const guest = new ScriptGuest()
    guest.write(file, text)
    const usual = indexOf(guest, [NEEDING, NEEDED])
    const script = guest.release({ requirements: ["crane"] })
    const visit = guest.runWith(
      { PIP_INDEX_URL: usual, UV_DEFAULT_INDEX: usual, ...variables },
      `${first}sh "$1" && "$2/bin/python" -c "import boom"`,
      script,
      guest.environment(script),
    )
    expect(visit).toMatchObject({ code: 0, stderr: "" })
  })
})

it("install.sh installs nothing where something that it needs is left out all the same", () => {
  const guest = new ScriptGuest()
  const override = guest.write("over.txt", "boom; python_version < '3'\n")
  const usual = indexOf(guest, [NEEDING, NEEDED])
  const visit = guest.runWith(
    { UV_DEFAULT_INDEX: usual, UV_OVERRIDE: override },
    'sh "$1"',
    guest.release({ requirements: ["crane"] }),
  )
  expect(visit.code).toBe(1)
  expect(visit.stderr).toContain("boom")
  expect(visit.stderr).toContain("Not all of the dependencies were installed")
  expect(guest.left()).toEqual(["over.txt"])
})
