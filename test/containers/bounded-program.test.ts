import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

const PROGRAM = fileURLToPath(
  new URL("../../src/containers/bounded.py", import.meta.url),
)

function run(command: string[], before: string[] = []) {
  const [program = "", ...words] = [
    ...before,
    ...["python3", "-IS", PROGRAM, ...command],
  ]
  const most = 64 * 2 ** 20
  return spawnSync(program, words, { encoding: "utf8", maxBuffer: most })
}

const python = (code: string) => ["python3", "-c", code]

describe("what a command says", () => {
  it("is passed on as it is, on its own stream, with its exit code", () => {
    const code =
      "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    expect(run(python(code))).toMatchObject({
      ...{ status: 3, stdout: "out\n", stderr: "err\n" },
    })
  })

  it("is passed on in part where it is far too much: its beginning, and its last words", () => {
    const code =
      "print('first'); [print('x' * 99) for _ in range(600000)]; print('last')"
    const { status, stdout } = run(python(code))
    expect(status).toBe(0)
    expect(stdout.length).toBeLessThan(2 * 2 ** 20)
    expect(stdout).toMatch(/^first\n/)
    expect(stdout).toMatch(/\[\.\.\. \d+ bytes are left out here \.\.\.\]/)
    expect(stdout).toMatch(/\nlast\n$/)
  })

  it("is all there where it is a little more than the beginning", () => {
    const { stdout } = run(python("print('y' * ((1 << 20) + 9000))"))
    expect(stdout).toBe(`${"y".repeat(2 ** 20 + 9000)}\n`)
  })

  it("ends with the command, whatever that leaves behind", () => {
    const left = ["sh", "-c", "sleep 30 & echo done"]
    expect(run(left, ["timeout", "10"])).toMatchObject({
      ...{ status: 0, stdout: "done\n" },
    })
  })

  it("has its last words where the command is ended at a limit and does not listen", () => {
    const deaf = `
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for _ in range(20000): print("x" * 99)
print("last words", flush=True)
time.sleep(60)
`
    const { stdout } = run(python(deaf), ["timeout", "-k", "8", "2"])
    expect(stdout).toMatch(/last words\n$/)
  })

  it("is told with the exit codes of a shell where the command is killed or is not there", () => {
    const killed = run(python("import os; os.kill(os.getpid(), 9)"))
    expect(killed.status).toBe(137)
    const missing = run(["no-such-command"])
    expect(missing).toMatchObject({
      ...{
        status: 127,
        stderr: "no-such-command: No such file or directory\n",
      },
    })
  })
})
