import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"

import { expect, it } from "vitest"

import { newFolder } from "../helpers/programs.js"

const PROGRAM = fileURLToPath(
  new URL("../../src/files/facts.py", import.meta.url),
)
const WHEEL = `
import sys, zipfile
with zipfile.ZipFile("boat-1.0-py3-none-any.whl", "w") as out:
    out.writestr(sys.argv[1].replace("LONG", "x" * 256).replace("DEEP", "x/" * 3000), "")
`
const SDIST = `
import sys, tarfile
with tarfile.open("boat-1.0.tar.gz", "w:gz") as out:
    out.addfile(tarfile.TarInfo(sys.argv[1]))
`

/** What is said where a file in a wheel or an sdist is called so. */
function told(archive: string, name: string): string {
  const folder = newFolder()
  execFileSync("python3", ["-c", archive, name], { cwd: folder })
  try {
    execFileSync("python3", [PROGRAM, "--source", newFolder(), folder], {
      stdio: "pipe",
    })
    return ""
  } catch (error) {
    return String((error as { stderr: unknown }).stderr)
  }
}

it.each([
  [WHEEL, "boat/./a.py", "may be read as another one: `boat/./a.py`"],
  [WHEEL, "boat//a.py", "may be read as another one"],
  [WHEEL, "../a.py", "may be read as another one"],
  [WHEEL, "boat/x\\..\\a.py", "may be read as another one"],
  [WHEEL, "boat/LONG", "is longer than any system takes"],
  [WHEEL, "boat/DEEPa.py", "is longer than any system takes"],
  [SDIST, "boat-1.0/./pyproject.toml", "may be read as another one"],
  [SDIST, "/pyproject.toml", "may be read as another one"],
  [SDIST, "boat-1.0/\\pyproject.toml", "may be read as another one"],
])(
  "a path that is not its own plain form is refused: %s %s",
  (archive, name, words) => {
    expect(told(archive, name)).toContain(words)
  },
)

it.each([
  [WHEEL, "boat/.hidden"],
  [WHEEL, "boat/a\\x2db.mount"],
  [SDIST, "boat-1.0/..a/a...py"],
])("a path that is plain is read: %s %s", (archive, name) => {
  expect(told(archive, name)).toBe("")
})
