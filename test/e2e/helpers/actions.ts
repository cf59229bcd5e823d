import { spawn } from "node:child_process"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"

import { parse } from "yaml"

import type { CiFile } from "../../../src/ci/providers.js"
import { DAGGER, ROOT } from "./dagger.js"

export type Variables = Readonly<Record<string, string>>

interface Step {
  readonly run?: string
  readonly env?: Variables
}
interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>
}

/** What a run on a machine of GitHub's left behind. */
export interface Ran {
  readonly code: number
  readonly output: string
  readonly summary: string
}

/**
 * Runs the lines of a job as GitHub's runner does, each step in a shell of its
 * own until one fails; the actions that it uses have done their work already.
 */
export async function runJob(
  folder: string,
  workflow: CiFile | undefined,
  job: string,
  variables: Variables,
): Promise<Ran> {
  const { jobs } = parse(workflow?.text ?? "") as Workflow
  const temp = mkdtempSync(join(tmpdir(), "runner-"))
  const summary = join(temp, "summary.md")
  const outputs: string[] = []
  let code = 0
  for (const { env = {}, run } of jobs[job]?.steps ?? []) {
    if (run === undefined || code !== 0) continue
    const script = join(temp, "step.sh")
    writeFileSync(script, `${run}\n`)
    const own = Object.entries(env).map(([name, value]) => [
      name,
      expression(value, variables),
    ])
    const bash = ["--noprofile", "--norc", "-eo", "pipefail", script]
    const step = await runCommand(folder, "bash", bash, {
      ...variables,
      ...(Object.fromEntries(own) as Variables),
      RUNNER_TEMP: temp,
      GITHUB_STEP_SUMMARY: summary,
    })
    outputs.push(step.output)
    code = step.code
  }
  const text = existsSync(summary) ? readFileSync(summary, "utf8") : ""
  return { code, output: outputs.join(""), summary: text }
}

/** `${{ secrets.NAME }}` and its like; a secret that is not there is empty. */
function expression(text: string, variables: Variables): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, inside: string) => {
    if (inside === "github.token") return variables["GITHUB_TOKEN"] ?? ""
    if (inside.startsWith("github.event.release.tag_name"))
      return variables["INPUT_TAG"] ?? ""
    const [, secret = ""] = /^secrets\.(\w+)$/.exec(inside) ?? []
    return variables[secret] ?? ""
  })
}

export function runCommand(
  folder: string,
  command: string,
  args: readonly string[],
  variables: Variables,
): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  child.stdout.on("data", (part: Buffer) => (output += part.toString()))
  child.stderr.on("data", (part: Buffer) => (output += part.toString()))
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => {
      resolve({ code: code ?? 1, output })
    })
  })
}

/** Options of a test's own world: what stands before a function, and behind it. */
export interface World {
  readonly places: string
  readonly options: string
}

/**
 * A PATH on which \`dagger\` is the CLI with this module as the project's
 * blueprint, and with more options for some functions: a world of the test's own.
 */
export function pathWith(world: Readonly<Record<string, World>>): string {
  const bin = mkdtempSync(join(tmpdir(), "bin-"))
  const path = join(bin, "dagger")
  mkdirSync(dirname(path), { recursive: true })
  // What stands in for an index takes no token that is another's.
  const standIn = ["--test-pypi-token", "--pypi-token"]
    .map((each) => `args=("\${args[@]/#${each}/--index-password}")`)
    .join(" ")
  const cases = Object.entries(world).map(
    ([name, { options, places }]) =>
      `  ${name}) places+=(${places}) options=(${options}) ${standIn} ;;`,
  )
  writeFileSync(
    path,
    `#!/usr/bin/env bash
[[ $1 == version ]] && exec ${DAGGER} version
silent=$1 places=() options=()
shift 2
while [[ $1 == --* ]]; do places+=("$1" "$2"); shift 2; done
name=$1
shift
args=("$@")
case $name in
${cases.join("\n")}
esac
exec ${DAGGER} "$silent" --mod ${ROOT} call --source . "\${places[@]}" "$name" "\${options[@]}" "\${args[@]}"
`,
  )
  chmodSync(path, 0o755)
  return [bin, process.env["PATH"]].join(delimiter)
}
