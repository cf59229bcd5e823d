import { spawnSync } from "node:child_process"
import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

import { newFolder } from "../helpers/programs.js"
import { lines } from "../helpers/refusal.js"

const PROGRAM = fileURLToPath(new URL("../../src/test/ran.py", import.meta.url))

/** What becomes of a command of this name that does this; `results` is where pytest was told to write. */
function ran(name: string, ...does: readonly string[]) {
  return runs([], name, ...does)
}

/** The same with these arguments. */
function runs(
  args: readonly string[],
  name: string,
  ...does: readonly string[]
) {
  return started(newFolder(), args, name, ...does)
}

/** What becomes of pytest that does this in a folder with these files. */
function inFolder(
  files: Readonly<Record<string, string>>,
  ...does: readonly string[]
) {
  const folder = newFolder()
  for (const [path, text] of Object.entries(files))
    writeFileSync(join(folder, path), text)
  return started(folder, [], "pytest", ...does)
}

function started(
  cwd: string,
  args: readonly string[],
  name: string,
  ...does: readonly string[]
) {
  const command = join(newFolder(), name)
  const results = "results = sys.argv[-1].partition('--junit-xml=')[2]"
  const text = lines("#!/usr/bin/env python3", "import os, sys", results)
  writeFileSync(command, `${text}\n${does.join("\n")}\n`)
  chmodSync(command, 0o755)
  const { status, stderr, stdout } = spawnSync(
    "python3",
    [PROGRAM, command, ...args],
    { cwd, encoding: "utf8" },
  )
  return { status, stderr, stdout }
}

function writes(counts: string): string {
  const xml = `<testsuites name="pytest tests"><testsuite name="pytest" ${counts} time="0.1" hostname="a">`
  return `open(results, 'w').write('''${xml}''')`
}

const FINE = 'errors="0" failures="0" skipped="1" tests="3"'

describe("a test command that exited with 0", () => {
  it("passed where pytest wrote that nothing failed", () => {
    const { status, stdout } = ran("pytest", "print('3 passed')", writes(FINE))
    expect({ status, stdout }).toEqual({ status: 0, stdout: "3 passed\n" })
  })

  it("failed where pytest was not done, whatever it had printed", () => {
    const { status, stderr } = ran(
      "pytest",
      "print('30 passed')",
      "os._exit(0)",
    )
    expect(status).toBe(1)
    expect(stderr).toBe(
      "pytest exited with 0, but wrote no results: something ended the process before pytest was done, such as `os._exit`\n",
    )
  })

  const STARTS = "print('==== test session starts ====')"

  it.each([
    ["did not close", [STARTS, "print('wren.py .')"]],
    ["said nothing at all", []],
  ])("failed where pytest %s, whoever wrote its results", (_, says) => {
    const { status, stderr } = ran("pytest", writes(FINE), ...says)
    expect(status).toBe(1)
    expect(stderr).toContain("did not close with its counts: something ended")
  })

  it.each([
    "== 3 passed in 0.1s ==",
    "== 1 passed, 3 subtests passed in 0.02s ==",
    "left over==== 2 passed, 1 rerun in 61.00s (0:01:01) ====",
  ])("passed where pytest closed: %s", (closes) => {
    const says = [STARTS, `print('${closes}')`]
    expect(ran("pytest", writes(FINE), ...says).status).toBe(0)
  })

  it("passed where another part than pytest's tells of it, or none", () => {
    const told = "print('Results (0.01s):\\n 3 passed')"
    expect(ran("pytest", writes(FINE), told).status).toBe(0)
    const args = ["-p", "no:terminal"]
    expect(runs(args, "pytest", writes(FINE)).status).toBe(0)
  })

  it.each([
    ['errors="0" failures="2" skipped="0" tests="3"', "counted failures"],
    ['errors="1" failures="0" skipped="0" tests="3"', "counted failures"],
    ['errors="0" failures="0" skipped="0" tests="0"', "ran no test"],
  ])("failed where pytest counted %s", (counts, what) => {
    const { status, stderr } = ran("pytest", writes(counts))
    expect(status).toBe(1)
    expect(stderr).toContain(`pytest exited with 0, but ${what}`)
  })

  it("passed where unittest closed with `OK`", () => {
    const says =
      "print('Ran 1 test in 0.1s\\n\\nOK (skipped=1)', file=sys.stderr)"
    expect(ran("unittest", says)).toEqual({
      status: 0,
      stdout: "1 skipped\n",
      stderr: "Ran 1 test in 0.1s\n\nOK (skipped=1)\n",
    })
  })

  it.each([
    ["OK", "10 passed"],
    ["OK (skipped=2, expected failures=1)", "7 passed, 2 skipped, 1 xfailed"],
    ["OK (expected failures=10)", "10 xfailed"],
  ])("is told by what unittest counted: %s", (closing, words) => {
    const says = `print('Ran 10 tests in 0.1s\\n\\n${closing}', file=sys.stderr)`
    expect(ran("unittest", says).stdout).toBe(`${words}\n`)
    expect(runs(["test"], "testmanage.py", says).stdout).toBe(`${words}\n`)
  })

  it("is told by what Django counted, which says more after that", () => {
    const says =
      "print('Ran 10 tests in 1s\\n\\nOK (skipped=1)\\nDestroying test database', file=sys.stderr)"
    const { status, stdout } = runs(["test"], "testmanage.py", says)
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "9 passed, 1 skipped\n",
    })
  })

  it.each([
    "Task was destroyed but it is pending!",
    "Stopping the server ... done",
    "Removing network wren_default (bridge) ... ok",
  ])("passed where something more is said when it ends: %s", (more) => {
    const says = `print('Ran 1 test in 0.1s\\n\\nOK\\n${more}', file=sys.stderr)`
    const { status, stdout } = ran("unittest", says)
    expect({ status, stdout }).toEqual({ status: 0, stdout: "1 passed\n" })
  })

  it.each([
    "...",
    "test_more (wren.More) ... ok",
    "test_more (wren.More.test_more) [first] ... ok",
    "test_more (wren.More)",
    "Ran 2 tests in 0.1s",
  ])("failed where unittest was under way again after its `OK`: %s", (more) => {
    const says = `print('Ran 1 test in 0.1s\\n\\nOK\\n${more}', file=sys.stderr)`
    expect(ran("unittest", says).status).toBe(1)
  })

  it("passed by its exit code alone where another runner is in Django's place, and closes with its own words", () => {
    const { status, stdout } = runs(["test"], "manage.py", "print('fine')")
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "fine\npassed by its exit code alone\n",
    })
  })

  it("failed where something ended Django's runner before its first words were written", () => {
    const says = "print('Found 2 test(s).')\nos._exit(0)"
    expect(runs(["test"], "manage.py", says).status).toBe(1)
  })

  it.each([
    ["manage.py", "print('Found 2 test(s).')"],
    [
      "manage.py",
      "print('System check identified no issues (0 silenced).\\nFound 2 test(s).')",
    ],
    [
      "django",
      "print(\"Creating test database for alias 'default'...\", file=sys.stderr)",
    ],
    [
      "tox",
      "print(\"Ran 1 test in 0.1s\\n\\nOK\\nCreating test database for alias 'default'...\", file=sys.stderr)",
    ],
  ])(
    "failed where Django's runner began and did not close: %s, %s",
    (name, begun) => {
      const { status, stderr } = runs(["test"], name, begun)
      expect(status).toBe(1)
      expect(stderr).toContain(
        "what runs the tests exited with 0, but did not close with `OK`: something ended the process before the tests were done",
      )
      const closes = "print('Ran 2 tests in 0.1s\\n\\nOK', file=sys.stderr)"
      expect(runs(["test"], name, begun, closes).status).toBe(0)
      const counts = "print('== 2 passed in 0.1s ==')"
      expect(runs(["test"], name, begun, counts).status).toBe(0)
    },
  )

  it("failed where unittest did not", () => {
    const { status, stderr } = ran("unittest", "os._exit(0)")
    expect(status).toBe(1)
    expect(stderr).toContain("did not close with `OK`")
  })

  it("is held to the results in the place that it is told, wherever its own go", () => {
    const args = ["--junit-xml=mine.xml"]
    expect(runs(args, "pytest", "print('.')", writes(FINE)).status).toBe(0)
    expect(runs(args, "pytest", "os._exit(0)").status).toBe(1)
  })

  it.each([
    [[], "nox"],
    [["-p", "no:junitxml"], "pytest"],
    [["-s", "pytest"], "tox"],
  ])("passed where nobody knows what it leaves behind: %j %s", (args, name) => {
    const { status, stdout } = runs(args, name, "print(sys.argv[1:])")
    const shown = args.map((each) => `'${each}'`).join(", ")
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `[${shown}]\npassed by its exit code alone\n`,
    })
  })

  it.each([
    "2 passed in 0.12s",
    "===== 2 passed, 1 skipped in 0.12s =====",
    "\u001b[32m== 2 passed in 61.00s (0:01:01) ==\u001b[0m",
  ])("is told by what pytest counted in it: %j", (line) => {
    const { status, stdout } = ran(
      "tox",
      `print(${JSON.stringify(line)})`,
      "print('congratulations')",
    )
    expect(status).toBe(0)
    expect(stdout).toMatch(/congratulations\n2 passed.*s( \(0:01:01\))?\n$/)
  })

  it.each(["1 failed, 1 passed in 0.12s", "== 2 passed, 1 error in 0.10s =="])(
    "failed where pytest counted failures somewhere in it: %s",
    (line) => {
      const { status, stderr } = ran(
        "make",
        `print("${line}")`,
        "print('2 passed in 0.1s')",
      )
      expect(status).toBe(1)
      expect(stderr).toContain(
        "what runs the tests exited with 0, but counted failures: what started it",
      )
    },
  )

  const UNITTEST_FAILED =
    "print('Ran 2 tests in 0.1s\\n\\nFAILED (failures=1)', file=sys.stderr)"

  it.each(["sh", "run.py", "unittest"])(
    "failed where unittest counted failures: %s",
    (name) => {
      const { status, stderr } = ran(name, UNITTEST_FAILED)
      expect(status).toBe(1)
      expect(stderr).toContain("exited with 0, but counted failures")
    },
  )

  it("passed where a test says what unittest says of failures", () => {
    const says = "print('FAILED (failures=1)', file=sys.stderr)"
    expect(ran("sh", says).status).toBe(0)
  })

  const NOTHING = "print('Ran 0 tests in 0.0s\\n\\nOK', file=sys.stderr)"

  it.each([
    ["unittest", [], NOTHING],
    ["manage.py", ["test"], NOTHING],
    ["make", [], NOTHING],
    ["make", [], "print('== no tests ran in 0.01s ==')"],
  ])("failed where nothing ran: %s %j", (name, args, says) => {
    const { status, stderr } = runs(args, name, says)
    expect(status).toBe(1)
    expect(stderr).toContain("exited with 0, but ran no test")
  })

  it("passed where one of several that it starts has no test", () => {
    const says = "print('== no tests ran in 0.01s ==\\n== 1 passed in 0.1s ==')"
    expect(ran("tox", says).status).toBe(0)
  })

  it.each([
    "_pytest.outcomes.Exit: enough",
    "Interrupted: a plugin said so",
    "xdist.dsession.Interrupted: a worker crashed",
    "KeyboardInterrupt",
  ])("failed where pytest was stopped before it was done: %s", (why) => {
    const says = `print("!!!!!!!! ${why} !!!!!!!!")`
    const { status, stderr } = ran("pytest", writes(FINE), says)
    expect(status).toBe(1)
    expect(stderr).toBe(
      `pytest exited with 0, but something stopped it before it was done: ${why}\n`,
    )
    expect(ran("nox", says).status).toBe(1)
  })

  it.each([
    ["failures", "print('== 1 failed in 0.1s ==')"],
    [
      "failures of unittest",
      "print('Ran 1 test in 0.1s\\n\\nFAILED (failures=1)', file=sys.stderr)",
    ],
    [
      "a stop",
      "print('!!!!! KeyboardInterrupt !!!!!\\n== 1 passed in 0.1s ==')",
    ],
  ])("passed where a run that a test started had %s", (_, says) => {
    const closes = "print('== 2 passed in 0.2s ==')"
    expect(ran("pytest", writes(FINE), says, closes).status).toBe(0)
  })

  it("passed where unittest did, though a run that a test started failed", () => {
    const { status } = ran(
      "unittest",
      UNITTEST_FAILED,
      "print('Ran 3 tests in 0.2s\\n\\nOK', file=sys.stderr)",
    )
    expect(status).toBe(0)
  })

  it("passed where a test prints exclamation marks", () => {
    const says = `print("!!!!!!!! Ahoy !!!!!!!!")`
    expect(ran("pytest", writes(FINE), says).status).toBe(0)
  })

  it("passes on what is said as it is, however long a line is", () => {
    const says = "sys.stdout.buffer.write(b'\\xff' * 100_000)"
    const { status, stdout } = ran("pytest", writes(FINE), says)
    expect({ status, length: stdout.length }).toEqual({
      status: 0,
      length: 100_000,
    })
  })

  it("failed without results, whatever a comment says of them", () => {
    const settings = "[tool.pytest.ini_options]\n# never -p no:junitxml\n"
    const { status } = inFolder({ "pyproject.toml": settings }, "os._exit(0)")
    expect(status).toBe(1)
    for (const off of [
      "['-p', 'no:junitxml']",
      "[\n  '-p',\n  'no:junitxml',\n]",
    ])
      expect(
        inFolder(
          { "pyproject.toml": `[tool.pytest.ini_options]\naddopts = ${off}\n` },
          "os._exit(0)",
        ).status,
      ).toBe(0)
  })
})

it("keeps any other exit code, and what the tests said", () => {
  const failed = ran("pytest", "print('1 failed')", "sys.exit(5)")
  expect(failed).toEqual({ status: 5, stdout: "1 failed\n", stderr: "" })
})

it("a process that tests leave behind holds nothing up, and changes nothing of what they said", () => {
  const { status, stdout } = ran(
    "pytest",
    "import subprocess",
    'subprocess.Popen(["sh", "-c", "for each in 1 2 3 4 5 6 7 8; do echo still here; sleep 1; done"], start_new_session=True)',
    'open(results, \'w\').write(\'<testsuite tests="1" failures="0" errors="0">\')',
    'print("1 passed in 0.01s")',
  )
  expect(status).toBe(0)
  expect(stdout).toContain("1 passed in 0.01s")
})
