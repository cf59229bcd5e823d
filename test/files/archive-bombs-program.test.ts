import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { beforeAll, expect, it } from "vitest"

import { newFolder } from "../helpers/programs.js"
import { ENV, installLinters } from "../linters/install.mjs"

const SRC = fileURLToPath(new URL("../../src", import.meta.url))
/** A wheel whose description unpacks from half a megabyte to half a gigabyte. */
const BOMB = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as out:
    with out.open("boat-1.0.dist-info/METADATA", "w") as file:
        file.write(b"Metadata-Version: 2.1\\nName: boat\\nVersion: 1.0\\nRequires-Dist: six\\n\\n")
        for _ in range(512):
            file.write(b"x" * (1 << 20))
    out.writestr("boat-1.0.dist-info/RECORD", "")
    out.writestr("boat-1.0.dist-info/entry_points.txt", "[console_scripts]\\nboat = boat:main\\n")
`
/** Less than what a reader of all of it would need. */
const MEMORY = "ulimit -v 400000"

const folder = newFolder()
const wheel = join(folder, "boat-1.0-py3-none-any.whl")

beforeAll(() => {
  installLinters()
  execFileSync("python3", ["-c", BOMB, wheel])
}, 300_000)

it.for<[program: string, argument: string, told: string]>([
  ["project/metadata.py", folder, '"dependencies": ["six"]'],
  ["package-index/wheel_requirements.py", wheel, "six"],
  ["install-scripts/installable.py", wheel, '"commands": ["boat"]'],
  ["files/facts.py", folder, '"Name": "boat"'],
])(
  "%s reads the metadata of a wheel that unpacks to half a gigabyte in bounded memory",
  ([program, argument, told]) => {
    const run = [`${MEMORY}; exec python3 "$0" "$1"`, join(SRC, program)]
    const printed = execFileSync("sh", ["-c", ...run, argument], {
      env: ENV,
      encoding: "utf8",
    })
    expect(printed).toContain(told)
  },
)

it("files/facts.py reads of a wheel that is out no more than fifty times its size", () => {
  const run = [join(SRC, "files/facts.py"), "--released", folder]
  const read = () => execFileSync("python3", run, { env: ENV, stdio: "pipe" })
  expect(read).toThrow(
    /boat-1\.0-py3-none-any\.whl unpacks to more than 64 MiB, and 50 times its own size: `boat-1\.0\.dist-info\/METADATA` is not read any further/,
  )
})
