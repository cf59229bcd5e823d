import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import {
  type Installer,
  type InstallerValues,
  installerValues,
} from "../../src/install-scripts/install-scripts.js"

const ROOM = fileURLToPath(
  new URL("../../src/install-scripts", import.meta.url),
)
const BLOCK =
  /(# --- values: written when the release was made ---\n)[^]*(# --- end of the values ---\n)/

export const inRoom = (path: string) => readFileSync(join(ROOM, path), "utf8")
export const template = (name: Installer) => inRoom(`templates/${name}`)

/** The lines of a script that hold its values. */
export function valuesIn(text: string): string {
  return BLOCK.exec(text)?.[0] ?? ""
}

/** The script as a release has it, which `fill.py` puts together. */
export function scriptWith(name: Installer, values: InstallerValues): string {
  const block = installerValues(values)[name]
  return template(name).replace(
    BLOCK,
    (_, first: string, last: string) => first + block + last,
  )
}

interface Program {
  readonly name?: string
  readonly version?: string
  /** What its module does when it is imported. */
  readonly code?: string
  readonly requirements?: readonly string[]
  /** A file that it has beside its module. */
  readonly beside?: string
  /** A file that is recorded, and is not in it. */
  readonly gone?: string
}

/** A wheel of a program that prints its name, its version and its arguments; written into the folder. */
export function writeWheel(
  folder: string,
  {
    beside = "",
    code = "",
    gone = "",
    name = "quayside",
    requirements = [],
    version = "1.2.0",
  }: Program = {},
): string {
  const wheel = join(folder, `${name}-${version}-py3-none-any.whl`)
  const values = [wheel, name, version, code, beside, gone, ...requirements]
  execFileSync("python3", ["-c", WRITE, ...values])
  return wheel
}

const WRITE = `
import sys, zipfile
wheel, name, version, code, beside, gone, *requirements = sys.argv[1:]
needs = "".join(f"Requires-Dist: {each}\\n" for each in requirements)
info = f"{name}-{version}.dist-info"
files = {
    f"{name}.py": f"import sys\\n\\n\\ndef main():\\n    print({name!r}, {version!r}, *sys.argv[1:])\\n\\n\\n{code}\\n",
    f"{info}/METADATA": f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n{needs}",
    f"{info}/WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    f"{info}/entry_points.txt": f"[console_scripts]\\n{name} = {name}:main\\n",
}
if beside:
    files[beside] = "raise SystemExit('of another package')\\n"
files[f"{info}/RECORD"] = "".join(f"{path},,\\n" for path in [*files, f"{info}/RECORD", gone] if path)
with zipfile.ZipFile(wheel, "w") as archive:
    for path, text in files.items():
        archive.writestr(zipfile.ZipInfo(path), text)
`
