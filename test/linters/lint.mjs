// Checks our Python programs with ruff and our shell scripts with shellcheck; with --fix, ruff mends what it can.
import { execFileSync, spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"

import { ENV, installLinters } from "./install.mjs"

const EXAMPLES = "dagger/examples"
const SHEBANG = /^#!.*\b(?:ba|da)?sh$/

/** What starts as a shell script; shellcheck follows these into the parts that they source. */
function scripts() {
  const listed = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"].concat([
      "--deduplicate",
      ...["--", ".", `:!${EXAMPLES}`],
    ]),
    { encoding: "utf8" },
  )
  // A template is no script before it is filled in; what is made of it is linted by the tests of wrappers.
  return listed
    .split("\0")
    .filter((path) => !path.endsWith(".mustache"))
    .filter((path) => SHEBANG.test(firstLine(path)))
}

function firstLine(path) {
  // What was removed and not yet committed is listed all the same.
  try {
    return readFileSync(path, "utf8").split("\n", 1)[0]
  } catch {
    return ""
  }
}

function passes(command, ...args) {
  const { error, status } = spawnSync(command, args, {
    env: ENV,
    stdio: "inherit",
  })
  if (error) throw error
  return status === 0
}

installLinters()
const fix = process.argv.includes("--fix")
const results = [
  passes("ruff", "check", "--quiet", ...(fix ? ["--fix"] : []), "."),
  passes(
    "ruff",
    "format",
    "--quiet",
    ...(fix ? [] : ["--check", "--diff"]),
    ".",
  ),
  passes("shellcheck", "--check-sourced", ...scripts()),
]
process.exitCode = results.every(Boolean) ? 0 : 1
