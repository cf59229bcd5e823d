import { existsSync, rmSync } from "node:fs"
import { basename } from "node:path"

import { afterAll, describe, expect, it } from "vitest"

import {
  canRun,
  onlyOnPath,
  type Outcome,
  removePaths,
  run,
} from "./helpers/instance.js"

const ROOT = "/tmp/shipwheel-engine-choice"
const OFFICIAL = `[ "$*" = "--silent --no-mod query" ] && exit \${ANSWER:-0}; echo "official: $*"`
const OK = "exit 0"
const BROKEN = "exit 1"

/** Runs the way in on a machine that has these programs alone. */
function dagger(
  programs: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  return run(ROOT, "dagger", ["call", "release", "--tag", "v1 2"], {
    PATH: onlyOnPath(programs),
    PYENV_ROOT: "/nonexistent",
    ...env,
  })
}

afterAll(() => {
  removePaths()
  rmSync(ROOT, { recursive: true, force: true })
  rmSync(`/run/${basename(ROOT)}`, { recursive: true, force: true })
})

describe("the official CLI", () => {
  it.each(["docker", "podman", "nerdctl"])(
    "is used as it is when %s runs",
    async (runtime) => {
      const { code, stdout, stderr } = await dagger({
        dagger: OFFICIAL,
        [runtime]: OK,
      })
      expect([code, stdout, stderr]).toEqual([
        0,
        "official: call release --tag v1 2\n",
        "",
      ])
    },
  )

  it("is used when the engine that the environment names answers", async () => {
    const env = { _EXPERIMENTAL_DAGGER_RUNNER_HOST: "tcp://engine:1234" }
    const { stdout } = await dagger({ dagger: OFFICIAL }, env)
    expect(stdout).toBe("official: call release --tag v1 2\n")
  })

  it("is not used when that engine does not answer", async () => {
    const env = {
      _EXPERIMENTAL_DAGGER_RUNNER_HOST: "tcp://engine:1234",
      ANSWER: "1",
    }
    const { code, stdout, stderr } = await dagger(
      { dagger: OFFICIAL, docker: OK },
      env,
    )
    expect([code, stdout]).toEqual([1, ""])
    expect(stderr).toContain("no engine answers: tcp://engine:1234")
  })

  it("is not used when no container runtime runs", async () => {
    const { code, stdout, stderr } = await dagger({
      dagger: OFFICIAL,
      docker: BROKEN,
    })
    expect([code, stdout]).toEqual([1, ""])
    expect(stderr).toContain(
      "no engine answers: neither Docker nor Podman runs",
    )
  })

  it("is not what this folder built", async () => {
    const path = onlyOnPath({ dagger: OFFICIAL, docker: OK, ".shipwheel": "" })
    const { stdout } = await dagger({}, { PATH: path })
    expect(stdout).toBe("")
  })
})

describe("without an engine, and without the means to make one", () => {
  it("says all that is missing, and both ways out", async () => {
    const { code, stderr } = await dagger({})
    expect(code).toBe(1)
    expect(stderr).toContain("no dagger CLI is on PATH")
    expect(stderr).toContain("- Debian's apt-get")
    expect(stderr).toMatch(/- go \S+ or newer: there is none/)
    expect(stderr).toContain("- node\n")
    expect(stderr).toContain("- npm\n")
    expect(stderr).toContain("- Python 3.12 from pyenv: pyenv install 3.12")
    expect(stderr).toContain("Either install the dagger CLI")
    expect(stderr).toContain("or be root on Debian 12")
  })

  it.each([
    [
      "root",
      { id: '[ "$1" = -u ] && echo 1000 || echo kim' },
      "- root: this is kim",
    ],
    ["Linux", { uname: "echo Darwin" }, "- Linux: this is Darwin"],
    ["a new Go", { go: "echo go1.9.9" }, "or newer: go1.9.9"],
  ])("names %s when that is what is missing", async (_what, programs, line) => {
    expect((await dagger(programs)).stderr).toContain(line)
  })
})

describe.runIf(canRun)("a step that fails", () => {
  it("shows the end of its log, where all of it is, and what to do", async () => {
    const { code, stderr } = await run(ROOT, "engine", ["up"], {
      PATH: `${onlyOnPath({ go: '[ "$1" = env ] && echo go99 || { echo boom; exit 7; }' })}:${process.env["PATH"] ?? ""}`,
    })
    expect(code).toBe(1)
    expect(stderr).toContain("  | boom\n")
    expect(stderr).toContain("(exit code 7)")
    expect(stderr).toContain(`${ROOT}/logs/binaries.log`)
    expect(stderr).toContain("run the same command again")
    expect(existsSync(`${ROOT}/bin`)).toBe(false)
  })
})
