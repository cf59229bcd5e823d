import { execFile, execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

import { ENV } from "../linters/install.mjs"

const SRC = fileURLToPath(new URL("../../src", import.meta.url))

/** What a program of a room prints, run by the Python that is here; what it takes of others lies beside it or with those of git. */
export function runProgram(path: string, ...args: string[]): string {
  return execFileSync("python3", [join(SRC, path), ...args], {
    env: {
      ...ENV,
      PYTHONPATH: [ENV.PYTHONPATH, join(SRC, "git")].join(delimiter),
      PYTHONDONTWRITEBYTECODE: "1",
    },
    encoding: "utf8",
  })
}

/** The same for one that speaks to a server of the test; what it takes of others lies beside it or with the indexes. */
export async function runBeside(
  path: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  cwd = newFolder(),
  most?: number,
): Promise<{ stdout: string; stderr: string }> {
  const rooms = ["package-index", "upload"].map((each) => join(SRC, each))
  const modules = [ENV.PYTHONPATH, ...rooms]
  const PYTHONPATH = modules.join(delimiter)
  const env = { ...ENV, PYTHONPATH, PYTHONDONTWRITEBYTECODE: "1" }
  const options = { cwd, env: { ...env, ...variables } }
  const program = path === "-c" ? path : resolve(SRC, path)
  const limit = most === undefined ? "" : `ulimit -v ${most}; `
  const command = ["-c", `${limit}exec python3 "$@"`, "sh"]
  return promisify(execFile)("sh", [...command, program, ...args], options)
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "program-"))
}

/** A folder that holds a wheel with these files, and its path. */
export function wheelOf(
  files: Readonly<Record<string, string | Buffer>>,
  name = "quayside-1.2.0-py3-none-any.whl",
): {
  folder: string
  wheel: string
} {
  const [inside, folder] = [newFolder(), newFolder()]
  const wheel = join(folder, name)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(inside, path)), { recursive: true })
    writeFileSync(join(inside, path), text)
  }
  const tops = new Set(
    Object.keys(files).map((path) => path.split("/")[0] ?? ""),
  )
  const zip = ["-m", "zipfile", "-c", wheel, ...tops]
  execFileSync("python3", zip, { cwd: inside })
  return { folder, wheel }
}
