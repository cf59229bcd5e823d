import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs"
import { basename, join } from "node:path"
import { pathToFileURL } from "node:url"

import { describe, expect, it } from "vitest"

import { writeWheel } from "../helpers/install-script.js"
import { PATH, ScriptGuest } from "../helpers/script-guest.js"

const WITHOUT_UV =
  'PATH=$(printf %s "$PATH" | tr : "\\n" | grep -v linters | paste -sd :)'

interface Offered {
  readonly guest: ScriptGuest
  /** The mirror, which has the package, and its dependency of version 1.0. */
  readonly mirror: string
  /** Another index, which has the dependency of version 99.0. */
  readonly other: string
  /** The folder in which that lies. */
  readonly folder: string
  readonly wheel: string
}

function offered(): Offered {
  const guest = new ScriptGuest()
  const around = join(guest.home, "..")
  const mirror = mkdtempSync(join(around, "mirror-"))
  const other = mkdtempSync(join(around, "other-"))
  publish(mirror, "quayside", "1.2.0", ["crane"])
  publish(mirror, "crane", "1.0")
  const wheel = publish(other, "crane", "99.0")
  const folder = join(other, "crane")
  return { guest, mirror: urlOf(mirror), other: urlOf(other), folder, wheel }
}

function publish(
  index: string,
  name: string,
  version: string,
  requirements: readonly string[] = [],
): string {
  const folder = join(index, name)
  mkdirSync(folder)
  const wheel = writeWheel(folder, { name, version, requirements })
  const file = basename(wheel)
  const page = `<!DOCTYPE html><html><body><a href="${file}">${file}</a></body></html>`
  writeFileSync(join(folder, "index.html"), page)
  return pathToFileURL(wheel).href
}

const urlOf = (folder: string) => `${pathToFileURL(folder).href}/`

type Setting = (offered: Offered) => Readonly<Record<string, string>>

const listed = ({ guest }: Offered, ...lines: readonly string[]) =>
  guest.write("listed.txt", `${lines.join("\n")}\n`)

/** Each of them alone leads away from the mirror. */
const OF_PIP: readonly (readonly [string, Setting])[] = [
  [
    "variables",
    (given) => {
      const file = listed(given, `--extra-index-url ${given.other}`)
      return {
        PIP_CONSTRAINT: file,
        PIP_EXTRA_INDEX_URL: given.other,
        PIP_FIND_LINKS: given.folder,
        PIP_NO_INDEX: "1",
        PIP_REQUIREMENT: file,
      }
    },
  ],
  [
    "a file",
    (given) => {
      const { folder, guest, other } = given
      const lines = [
        `constraint = ${listed(given, `crane @ ${given.wheel}`)}`,
        `extra-index-url = ${other}`,
        `find-links = ${folder}`,
        `index-url = ${other}`,
        "no-index = true",
      ]
      guest.write(".config/pip/pip.conf", ["[install]", ...lines].join("\n"))
      return {}
    },
  ],
]

const OF_UV: readonly (readonly [string, Setting])[] = [
  [
    "variables",
    (given) => {
      const file = listed(given, `crane @ ${given.wheel}`)
      return {
        UV_CONSTRAINT: file,
        UV_EXTRA_INDEX_URL: given.other,
        UV_FIND_LINKS: given.folder,
        UV_INDEX: given.other,
        UV_INDEX_URL: given.other,
        UV_OVERRIDE: file,
      }
    },
  ],
  [
    "files",
    ({ folder, guest, other }) => {
      guest.write(".config/uv/uv.toml", `[[index]]\nurl = "${other}"\n`)
      const file = guest.write("xdg/uv/uv.toml", `find-links = ["${folder}"]\n`)
      return { XDG_CONFIG_DIRS: join(file, "../..") }
    },
  ],
  [
    "a file that a variable names",
    ({ guest, other }) => ({
      UV_CONFIG_FILE: guest.write("uv.toml", `[[index]]\nurl = "${other}"\n`),
    }),
  ],
]

const TOOLS = [
  { tool: "pip", first: `${WITHOUT_UV}; `, settings: OF_PIP },
  { tool: "uv", first: "", settings: OF_UV },
]
const CASES = TOOLS.flatMap(({ first, settings, tool }) =>
  settings.map(([name, setting]) => ({ tool, name, first, setting })),
)

const HELD =
  '"$HOME/.local/share/quayside/install/"1.2.0-*/bin/python -c "from importlib.metadata import version; print(version(\'crane\'))"'

describe("install.sh --mirror", () => {
  it.each(CASES)(
    "has all from that index, whatever $tool is told by $name",
    ({ first, setting }) => {
      const given = offered()
      const { guest, mirror } = given
      const script = guest.release({ requirements: ["crane"] })
      const visit = guest.runWith(
        setting(given),
        `${first}sh "$1" --mirror "$2" && ${HELD}`,
        script,
        mirror,
      )
      expect(visit).toMatchObject({ code: 0, stderr: "" })
      expect(visit.stdout.trim().split("\n").at(-1)).toBe("1.0")
    },
  )
})

it("install.sh without --mirror goes by what uv is set up for", () => {
  const { guest, mirror, other } = offered()
  const visit = guest.runWith(
    { UV_DEFAULT_INDEX: mirror, UV_INDEX: other },
    `sh "$1" && ${HELD}`,
    guest.release({ requirements: ["crane"] }),
  )
  expect(visit).toMatchObject({ code: 0, stderr: "" })
  expect(visit.stdout.trim().split("\n").at(-1)).toBe("99.0")
})

it("install.sh --mirror reads in pip's file how to reach that index", () => {
  const guest = new ScriptGuest()
  guest.write(".config/pip/pip.conf", "[global]\ncert = /gone/theirs.pem\n")
  const { code, stderr } = guest.run(
    `${WITHOUT_UV}; sh "$1" --mirror https://mirror.invalid/simple/`,
    guest.release({ requirements: ["crane"] }),
  )
  expect(code).toBe(1)
  expect(stderr).toContain("/gone/theirs.pem")
})

it.each(["--index", "--mirror"])(
  "%s is told to uv by the names of old and new ones",
  (option) => {
    const guest = new ScriptGuest()
    const asked = join(guest.home, "asked")
    const uv = `#!/bin/sh\n[ "$1" = venv ] || { echo "$UV_INDEX_URL $UV_DEFAULT_INDEX" >'${asked}'; exit 1; }\n`
    chmodSync(guest.write("tools/uv", uv), 0o755)
    const url = "https://packages.example/simple/"
    const visit = guest.runWith(
      { PATH: `${guest.home}/tools:${PATH}` },
      'sh "$@"',
      guest.release(),
      option,
      url,
    )
    expect(visit.code).toBe(1)
    expect(readFileSync(asked, "utf8")).toBe(`${url} ${url}\n`)
  },
)
