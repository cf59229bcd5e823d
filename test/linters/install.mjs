// Brings the linters that are no packages of npm's, each by its hash, into a folder that goes with the other tools of the tests.
import { execFileSync } from "node:child_process"
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const LOCK = join(ROOT, "test/linters/requirements.txt")
export const FOLDER = join(ROOT, "node_modules/.linters")
const STAMP = join(FOLDER, "requirements.txt")

/** Where their commands and modules are found. */
export const ENV = {
  ...process.env,
  PYTHONPATH: FOLDER,
  PATH: [join(FOLDER, "bin"), process.env["PATH"]].join(delimiter),
}

/** Installs the linters, unless just these are installed already. */
export function installLinters() {
  const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "")
  if (read(STAMP) === read(LOCK)) return
  console.log("installing the linters (about 10 s)")
  // Made beside its place: whoever runs at the same time finds all of it, or nothing.
  const made = mkdtempSync(`${FOLDER}-`)
  execFileSync("python3", [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    "--root-user-action=ignore",
    // Debian 12 has an older 3.11 than one of them asks for, on which it runs as well.
    "--ignore-requires-python",
    // The lockfile names all of them, and pip takes a requirement with an extra for one that it does not name.
    "--no-deps",
    ...["--require-hashes", "--only-binary", ":all:", "--target", made],
    ...["--requirement", LOCK],
  ])
  copyFileSync(LOCK, join(made, "requirements.txt"))
  // Somebody was faster, and works with what is there.
  if (read(STAMP) === read(LOCK)) {
    rmSync(made, { recursive: true })
    return
  }
  rmSync(FOLDER, { recursive: true, force: true })
  renameSync(made, FOLDER)
}
