import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

const PROGRAM = fileURLToPath(
  new URL("../../src/install/prints.py", import.meta.url),
)

/** A Python that has the package `quay-side` with the command `qs`, and Flask. */
function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), "prints-"))
  const has = (name: string, files: Record<string, string>) => {
    const info = join(folder, `${name.replace("-", "_")}-1.dist-info`)
    mkdirSync(info)
    const METADATA = `Metadata-Version: 2.1\nName: ${name}\nVersion: 1\n`
    for (const [path, text] of Object.entries({ METADATA, ...files }))
      writeFileSync(join(info, path), text)
  }
  has("quay-side", {
    "entry_points.txt": "[console_scripts]\nqs = quayside:main\n",
  })
  has("Flask", {})
  return folder
}

const PYTHONPATH = installed()

function asked(...command: string[]) {
  const { signal, status, stderr, stdout } = spawnSync(
    "python3",
    [PROGRAM, "1.2.0rc1,1.2.0-rc.1", "quay-side,quayside", ...command],
    { encoding: "utf8", env: { ...process.env, PYTHONPATH } },
  )
  return { signal, status, stderr, stdout }
}

/** What becomes of a command that prints this, where 1.2.0rc1 is asked for. */
function printed(text: string) {
  return asked("python3", "-c", "import sys; print(sys.argv[1])", text)
}

describe("the version that a command prints", () => {
  it.each([
    "1.2.0rc1",
    "tool v1.2.0-rc.1",
    "tool, version 1.2.0rc1 (Python 3.12.4)",
    "Python tool=1.2.0rc1/3",
    "quayside 1.2.0rc1 (needs 0.9.0 or newer)",
    "quay-side-1.2.0rc1",
    "qs: 1.2.0rc1.",
    '{"python": "3.12.4", "version": "1.2.0rc1"}',
    "A tool of ours 1.2.0rc1\nCopyright 2024.1",
    "Running on 0.0.0.0:8000\nQuay_Side 1.2.0rc1",
  ])("is right in %j", (text) => {
    expect(printed(text)).toMatchObject({ status: 0, stderr: "" })
  })

  it.each([
    "tool 1.2.0",
    "tool 11.2.0rc1",
    "1.2.0rc1.dev3",
    "",
    "quayside 0.9.0 (needs 1.2.0rc1 or newer)",
    "0.9.0, and 1.2.0rc1 is out",
    "A tool of ours 0.9.0 (was 1.2.0rc1)",
    "Python 3.12.4\nFlask 1.2.0rc1\nquayside 1.1.0",
    "Flask 1.2.0rc1",
    "Python 1.2.0rc1",
    "other 1.2.0rc1, qs 1.1.0",
  ])("is missing in %j", (text) => {
    const { status, stderr } = printed(text)
    expect(status).toBe(1)
    expect(stderr).toContain("printed no 1.2.0rc1 or 1.2.0-rc.1")
    expect(stderr).toContain(
      "Let it print the version that is installed, as `importlib.metadata.version('quay-side')` has it, before any other.",
    )
  })

  it("is told where it is another", () => {
    expect(printed("quayside 0.9.0 (needs 1.2.0rc1)").stderr).toContain(
      "printed no 1.2.0rc1 or 1.2.0-rc.1, but 0.9.0.",
    )
  })

  it.each([
    "Python 3.12.4\nTool 1.2.0rc1",
    "Python 3.12.4\nFlask 3.0.0\nTool 1.2.0rc1",
  ])(
    "may come after that of something else, as Flask tells its own after Python's: %j",
    (text) => {
      expect(printed(text).status).toBe(0)
    },
  )

  it("is looked for in bounded memory, whatever comes after it", () => {
    const endless =
      "print('quayside 1.2.0rc1'); [print('x' * 99999) for _ in range(2000)]"
    const { status, stdout } = asked("python3", "-c", endless)
    expect(status).toBe(0)
    expect(stdout.length).toBeLessThan(2_000_000)
  })

  it("of a command that was killed is told as a shell tells that", () => {
    const suicide = "import os; os.kill(os.getpid(), 9)"
    expect(asked("python3", "-c", suicide).status).toBe(137)
  })
})
