import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"

import { beforeAll, describe, expect, it } from "vitest"

import { parseOptions } from "../../src/compare/options.js"
import { newFolder, runBeside } from "../helpers/programs.js"
import { lines } from "../helpers/refusal.js"
import { installLinters } from "../linters/install.mjs"

beforeAll(installLinters, 300_000)

/** What a command shows, which is a script in Python. */
async function read(script: string, seconds = "20") {
  const folder = newFolder()
  const command = join(folder, "quay")
  writeFileSync(command, `#!/usr/bin/env python3\n${script}`)
  chmodSync(command, 0o755)
  const answer = join(folder, "answer.json")
  const PATH = [folder, process.env["PATH"]].join(delimiter)
  await runBeside("compare/options.py", [answer, seconds, "quay", "lost"], {
    PATH,
  })
  const found = parseOptions(readFileSync(answer, "utf8"))
  return { folder, found: found.filter(({ command }) => command !== "lost") }
}

const printing = (...text: string[]) =>
  `import sys\nif sys.argv[1:] == ["--help"]: print(${JSON.stringify(lines(...text))})\nelse: sys.exit(2)\n`

describe("the help of a command", () => {
  it("tells the options of argparse, of subcommands too", async () => {
    const { found } = await read(
      lines(
        "import argparse",
        "top = argparse.ArgumentParser()",
        "top.add_argument('--version', action='version', version='1')",
        "subs = top.add_subparsers()",
        "berths = subs.add_parser('berths', help='--not is in a sentence')",
        "berths.add_argument('-a', '--at', metavar='TIME', help='x ' * 120 + '--far away')",
        "berths.add_argument('--colour', action=argparse.BooleanOptionalAction)",
        "top.parse_args()",
      ),
    )
    expect(found.map(({ command, options }) => [command, options])).toEqual([
      ["quay", ["--help", "--version", "-h"]],
      [
        "quay berths",
        ["--at", "--colour", "--help", "--no-colour", "-a", "-h"],
      ],
    ])
  })

  it("tells those of click, and of a form with frames", async () => {
    const click = printing(
      "Usage: quay [OPTIONS] COMMAND [ARGS]...",
      "",
      "Options:",
      "  -v, --verbose / -q, --quiet  Say more.",
      "  --at [day|night]             When; --never is no option.",
      "",
      "Commands:",
      "  berths  The board.",
    )
    const frames = printing(
      "╭─ Options ────────────────╮",
      "│ *  --name  -n  TEXT  Who │",
      "│    --help            Say │",
      "╰──────────────────────────╯",
      "╭─ Commands ───────────────╮",
      "│ berths   The board.      │",
      "╰──────────────────────────╯",
    )
    const told = async (script: string) =>
      (await read(script)).found.map(({ command, failed, options }) => [
        command,
        options ?? failed,
      ])
    expect(await told(click)).toEqual([
      ["quay", ["--at", "--quiet", "--verbose", "-q", "-v"]],
      ["quay berths", "exit code 2"],
    ])
    expect(await told(frames)).toEqual([
      ["quay", ["--help", "--name", "-n"]],
      ["quay berths", "exit code 2"],
    ])
  })

  it("names the subcommands that are too many to be asked", async () => {
    const names = Array.from({ length: 52 }, (_, at) => `berth${String(at)}`)
    const { found } = await read(
      printing("Commands:", ...names.map((name) => `  ${name}  A berth.`)),
    )
    expect(found).toHaveLength(53)
    expect(found.at(-1)).toEqual({
      command: "quay berth51",
      options: null,
      failed: "only the first 50 subcommands are asked",
    })
  })

  it("is waited for only so long, and whatever was started ends with it", async () => {
    const { folder, found } = await read(
      lines(
        "import os, pathlib, subprocess, sys, time",
        "later = 'import time, pathlib; time.sleep(2); pathlib.Path(%r).touch()'",
        "place = str(pathlib.Path(__file__).with_name('late'))",
        "subprocess.Popen([sys.executable, '-c', later % place])",
        "time.sleep(60)",
      ),
      "1",
    )
    expect(found).toEqual([
      { command: "quay", options: null, failed: "still ran after 1 s" },
    ])
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(existsSync(join(folder, "late"))).toBe(false)
  })

  it("is no longer than a help is, and reads nothing of who waits", async () => {
    const { found } = await read(
      "import sys\nsys.stdin.read()\nwhile True: print('--x' * 1000)\n",
    )
    expect(found[0]?.options).toBeNull()
  })
})
