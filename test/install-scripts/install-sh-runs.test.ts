import { spawnSync } from "node:child_process"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"

import { describe, expect, it } from "vitest"

import { writeWheel } from "../helpers/install-script.js"
import { PATH, ScriptGuest } from "../helpers/script-guest.js"

const SHELLS = [["sh"], ["dash"], ["bash"], ["bash", "--posix"]].filter(
  ([shell = ""]) => spawnSync(shell, ["-c", "exit 0"]).status === 0,
)
const RUNS = /^quayside 1\.2\.0$/m

function works(guest: ScriptGuest, version = "1.2.0"): boolean {
  const { code, stdout } = guest.run('"$1/quayside"', guest.bin)
  return code === 0 && stdout === `quayside ${version}\n`
}

const inShell = (text: string) =>
  spawnSync("sh", ["-c", text]).stdout.toString().trimEnd()
const HOST = inShell("uname -n")
const SPACE = inShell("readlink /proc/self/ns/pid")

/** Above the highest number that Linux gives a process. */
const NEVER = "4194305"
const GONE = `${NEVER} on ${HOST} ${SPACE}`
const ALIVE = `${process.pid} on ${HOST} ${SPACE}`

describe("half an install.sh", () => {
  it.for(SHELLS)("does nothing, wherever it is cut off: %s", ([...shell]) => {
    const guest = new ScriptGuest()
    const text = readFileSync(guest.release(), "utf8")
    const lengths = Array.from({ length: 120 }, (_, at) =>
      Math.floor((at * text.length) / 120),
    )
    const end = Array.from({ length: 24 }, (_, at) => text.length - 2 - at)
    const [program = "", ...options] = shell
    for (const length of [...lengths, ...end]) {
      const half = text.slice(0, length)
      const args = [...options, "-s", "--", "--uninstall"]
      const { status, stdout } = spawnSync(program, args, {
        input: half,
        cwd: guest.home,
        env: { PATH: process.env["PATH"], HOME: guest.home },
      })
      expect(stdout.toString()).toBe("")
      // Of the first lines no shell can tell that more was meant to follow.
      if (half.includes("\n{"))
        expect([length, status]).not.toEqual([length, 0])
    }
    expect(readdirSync(guest.home)).toEqual([])
  })

  it("that lacks nothing but its last line break is whole, with its arguments", () => {
    const guest = new ScriptGuest()
    const whole = readFileSync(guest.release(), "utf8").trimEnd()
    const visit = guest.run('printf %s "$1" | sh -s -- --version', whole)
    expect(visit).toEqual({ code: 0, stdout: "quayside 1.2.0\n", stderr: "" })
  })
})

describe("install.sh from a pipe", () => {
  it.for(SHELLS)(
    "installs, and nothing that it runs reads the rest of it: %s",
    ([...shell]) => {
      const guest = new ScriptGuest()
      const script = guest.release({ code: "sys.stdin.read()" })
      const visit = guest.run(
        `{ cat "$1"; echo 'touch "$HOME/more"'; } | ${shell.join(" ")} -s -- --from "$(dirname "$1")"`,
        script,
      )
      expect(visit).toMatchObject({ code: 0, stderr: "" })
      expect(works(guest)).toBe(true)
      expect(existsSync(join(guest.home, "more"))).toBe(false)
    },
  )
})

describe("install.sh comes to its end", () => {
  it.for([
    ["with its output closed", 'sh "$1" >&-'],
    ["with all of its streams closed", 'sh "$1" <&- >&- 2>&-'],
    ["with its output on a full disk", 'sh "$1" >/dev/full'],
    [
      "with a reader that goes after the first word",
      '{ sh "$1"; echo $? >code; } | head -c 1 >/dev/null; exit "$(cat code; rm code)"',
    ],
    [
      "with a reader that never was",
      '{ sleep 0.2; sh "$1"; echo $? >code; } | true; exit "$(cat code; rm code)"',
    ],
  ] as const)("%s", ([, text]) => {
    const guest = new ScriptGuest()
    const script = guest.release()
    expect(guest.run(text, script).code).toBe(0)
    expect(works(guest)).toBe(true)
    expect(
      guest.run(text.replaceAll('"$1"', '"$1" --uninstall'), script).code,
    ).toBe(0)
    expect(guest.left()).toEqual([])
  })

  it.for(["--version", "--help"])(
    "with %s, and installs nothing where that can't be said",
    (option) => {
      const guest = new ScriptGuest()
      const script = guest.release()
      for (const to of [">&-", ">/dev/full"])
        expect(guest.run(`sh "$1" ${option} ${to}`, script).code).not.toBe(0)
      expect(guest.left()).toEqual([])
    },
  )
})

/** Of so many at once one works, and the others say so and touch nothing. */
async function oneWorks(guest: ScriptGuest, script: string, runs: number) {
  const visits = await Promise.all(
    Array.from({ length: runs }, () => guest.installBeside(script)),
  )
  expect(works(guest)).toBe(true)
  expect(visits.some(({ code }) => code === 0)).toBe(true)
  for (const { code, stderr } of visits.filter((each) => each.code !== 0)) {
    expect(code).toBe(1)
    expect(stderr).toContain("Another run of this script works in")
  }
  expect(readdirSync(guest.app).sort()).toEqual([
    basename(guest.environment(script)),
    "written-by-install.txt",
  ])
}

describe("of several install.sh at once", () => {
  it("one works, and the others say so and touch nothing", async () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    await oneWorks(guest, script, 4)
    expect(guest.install(script, "--uninstall").code).toBe(0)
    expect(guest.left()).toEqual([])
  })

  it("one whose version another one replaced while it looked says so, and leaves that one", () => {
    const guest = new ScriptGuest()
    const [old, later] = ["1.2.0", "1.3.0"].map((version) =>
      guest.release({ version }),
    )
    guest.install(old ?? "")
    // It asks for the name of its host when it has looked, just before it locks the others out.
    const folder = mkdtempSync(join(tmpdir(), "uname-"))
    const text = `#!/bin/sh\nPATH='${PATH}'\nsh '${later}' >/dev/null\nexec uname "$@"\n`
    writeFileSync(join(folder, "uname"), text, { mode: 0o755 })
    const visit = guest.runWith(
      { PATH: `${folder}:${PATH}` },
      'sh "$1"',
      old ?? "",
    )
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain(
      `Another run of this script has just removed ${guest.environment(old ?? "")}. Run this again.`,
    )
    expect(works(guest, "1.3.0")).toBe(true)
    expect(guest.install(old ?? "").code).toBe(0)
    expect(works(guest, "1.2.0")).toBe(true)
  })

  it("one that finds what another one is just putting in its place goes on", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    const record = `${guest.app}/written-by-install.txt.new`
    guest.write(record.slice(guest.home.length + 1), "half a line")
    const folder = mkdtempSync(join(tmpdir(), "grep-"))
    const text = `#!/bin/sh\nPATH='${PATH}'\nrm -f '${record}'\nexec grep "$@"\n`
    writeFileSync(join(folder, "grep"), text, { mode: 0o755 })
    const variables = { PATH: `${folder}:${PATH}` }
    const visit = guest.runWith(variables, 'sh "$1"', script)
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(works(guest)).toBe(true)
  })

  it("one that was killed holds up nobody, and one that lives does", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    const lock = join(guest.app, "lock")
    symlinkSync(GONE, lock)
    expect(guest.install(script)).toMatchObject({ code: 0, stderr: "" })
    symlinkSync(ALIVE, lock)
    for (const args of [[], ["--uninstall"]]) {
      const visit = guest.install(script, ...args)
      expect(visit.code).toBe(1)
      expect(visit.stderr).toContain(`if there is none, remove ${lock}`)
    }
    rmSync(lock)
    expect(works(guest)).toBe(true)
  })

  it("one that has ended and that nobody asked for yet holds up nobody", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    // Its parent, another program by then, never asks.
    const visit = guest.run(
      `sh -c 'sh -c "kill -9 \\$\\$" & ln -s "$! on $2" "$1/lock"; exec sleep 60' sh "$2" "$3" & sleep 1; sh "$1"; code=$?; kill $!; exit $code`,
      script,
      guest.app,
      `${HOST} ${SPACE}`,
    )
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(visit.stdout).toContain("is installed already")
  })

  it.for([
    `${NEVER} on another-host ${SPACE}`,
    `${NEVER} on ${HOST} pid:[1]`,
    NEVER,
  ])(
    "one that may work on another host or in another container holds up the others: %s",
    (holder) => {
      const guest = new ScriptGuest()
      const script = guest.release()
      guest.install(script)
      const lock = join(guest.app, "lock")
      symlinkSync(holder, lock)
      const visit = guest.install(script)
      expect(visit.code).toBe(1)
      expect(visit.stderr).toContain(`works in ${guest.app} (${holder}). Run`)
      expect(readlinkSync(lock)).toBe(holder)
    },
  )

  it("of those that find a killed one's lock at once, one inherits it", async () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    symlinkSync(GONE, join(guest.app, "lock"))
    await oneWorks(guest, script, 6)
  })

  it("leave the lock of a killed one to whoever inherits it already", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    const lock = join(guest.app, "lock")
    symlinkSync(GONE, lock)
    symlinkSync(ALIVE, `${lock}.heir`)
    const visit = guest.install(script)
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain(
      `if there is none, remove ${lock} and ${lock}.heir.`,
    )
    expect(readlinkSync(lock)).toBe(GONE)
  })

  it("killed in the midst of it leave nothing that the next one does not mend or remove", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    const tools = mkdtempSync(join(tmpdir(), "tools-"))
    writeFileSync(
      join(tools, "uv"),
      '#!/bin/sh\nmkdir -p "$4/bin"\nkill -9 "$PPID"\n',
      { mode: 0o755 },
    )
    const killed = guest.run('PATH="$2:$PATH"; sh "$1"; exit 9', script, tools)
    expect(killed.code).toBe(9)
    expect(existsSync(guest.environment(script))).toBe(true)
    expect(guest.install(script, "--uninstall").code).toBe(0)
    expect(guest.left()).toEqual([])
    guest.run('PATH="$2:$PATH"; sh "$1"; exit 9', script, tools)
    expect(guest.install(script)).toMatchObject({ code: 0, stderr: "" })
    expect(works(guest)).toBe(true)
  })
})

const WITHOUT_UV =
  'PATH=$(printf %s "$PATH" | tr : "\\n" | grep -v linters | paste -sd :)'

const packages = (env: string) => {
  const [lib = ""] = readdirSync(join(env, "lib"))
  return join(env, "lib", lib, "site-packages")
}

describe("install.sh does not call installed what is broken, and makes it anew:", () => {
  it.for([
    [
      "its Python is gone",
      (env: string) => {
        rmSync(join(env, "bin/python"))
      },
    ],
    [
      "a module is gone",
      (env: string) => {
        rmSync(join(packages(env), "quayside.py"))
      },
    ],
    [
      "a file of a dependency is gone",
      (env: string) => {
        rmSync(join(packages(env), "crane.py"))
      },
    ],
    [
      "a dependency is gone, with all that was recorded of it",
      (env: string) => {
        rmSync(join(packages(env), "crane.py"))
        rmSync(join(packages(env), "crane-1.0.dist-info"), { recursive: true })
      },
    ],
    [
      "its command is empty",
      (env: string) => {
        truncateSync(join(env, "bin/quayside"))
        writeFileSync(join(env, "bin/quayside"), "#!/gone/python\n")
      },
    ],
    [
      "its last run did not end",
      (env: string) => {
        rmSync(join(env, ".complete"))
      },
    ],
  ] as const)("%s", ([, harm]) => {
    const guest = new ScriptGuest()
    const script = guest.release({ requirements: ["crane"] })
    writeWheel(dirname(script), { name: "crane", version: "1.0" })
    guest.install(script, "--offline")
    harm(guest.environment(script))
    const visit = guest.install(script, "--offline")
    expect(visit.code).toBe(0)
    expect(visit.stdout).not.toContain("already")
    expect(visit.stdout).toMatch(/quayside in /)
    expect(works(guest)).toBe(true)
    expect(guest.install(script).stdout).toContain("is installed already")
  })

  it(
    "what is not broken is left as it is, with what was never there and what came later",
    { timeout: 240_000 },
    () => {
      const guest = new ScriptGuest()
      const script = guest.release({ requirements: ["crane"] })
      const gone = "crane/never.txt"
      writeWheel(dirname(script), { name: "crane", version: "1.0", gone })
      guest.run(`${WITHOUT_UV}; sh "$1" --offline`, script)
      const site = packages(guest.environment(script))
      expect(existsSync(join(site, gone))).toBe(false)
      mkdirSync(join(site, "more-1.0.dist-info"))
      writeFileSync(join(site, "more-1.0.dist-info/RECORD"), "crane.py,,\n")
      expect(guest.install(script).stdout).toContain("is installed already")
    },
  )
})

/** A folder with a tool that interrupts the script and, unless it only moves something, itself, as a terminal does. */
function stopper(tool: "rm" | "mv", what: string): string {
  const tools = mkdtempSync(join(tmpdir(), "tools-"))
  const itself = tool === "rm" ? "$$" : ""
  writeFileSync(
    join(tools, tool),
    `#!/bin/sh
if [ "$2" = ${what} ]; then kill -INT "$(readlink "$LOCK" | cut -d ' ' -f 1)" ${itself}; fi
exec /bin/${tool} "$@"
`,
    { mode: 0o755 },
  )
  return tools
}

/** As an earlier version left it. */
function linkElsewhere(guest: ScriptGuest): void {
  const command = join(guest.bin, "quayside")
  rmSync(command)
  symlinkSync(join(guest.app, "1.1.0/bin/quayside"), command)
}

/** Runs the script where a tool that is given such a path fails, as all do on a full disk. */
function without(tool: string, path: string, guest: ScriptGuest, script = "") {
  const tools = mkdtempSync(join(tmpdir(), "tools-"))
  writeFileSync(
    join(tools, tool),
    `#!/bin/sh
case "$*" in *${path}) echo "${tool}: No space left on device" >&2; exit 1 ;; esac
exec /bin/${tool} "$@"
`,
    { mode: 0o755 },
  )
  return guest.runWith({ PATH: `${tools}:${PATH}` }, 'sh "$1"', script)
}

describe("install.sh takes nothing away that works", () => {
  it("and calls nothing broken where there is no room for temporary files", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    const visit = guest.run("ulimit -f 0; trap '' XFSZ; sh \"$1\"", script)
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(visit.stdout).toContain("is installed already")
  })

  it("where all is as it should be and the record can't be written", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    const visit = without("mv", "/written-by-install.txt", guest, script)
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(works(guest)).toBe(true)
  })

  it.for([
    ["a link that can't be made", "ln", "/.quayside.new"],
    ["a link that can't be moved", "mv", "/bin/quayside"],
    ["a record that can't be written", "mv", "/written-by-install.txt"],
  ] as const)("where it fails at %s", ([, tool, path]) => {
    const guest = new ScriptGuest()
    guest.install(guest.release())
    const next = guest.release({ version: "1.3.0" })
    const visit = without(tool, path, guest, next)
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain("If there is no room, make some, and run")
    expect(works(guest)).toBe(true)
    expect(guest.left().filter((each) => each.endsWith(".new"))).toEqual([])
    expect(guest.install(next)).toMatchObject({ code: 0, stderr: "" })
    expect(works(guest, "1.3.0")).toBe(true)
    expect(guest.left()).toEqual([
      ".local/bin/quayside",
      ".local/share/quayside/install/written-by-install.txt",
    ])
  })

  it("and removes the link that a killed run left beside its command, and no other", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    const beside = join(guest.bin, ".quayside.new")
    symlinkSync(join(guest.environment(script), "bin/quayside"), beside)
    guest.install(script, "--uninstall")
    expect(guest.left()).toEqual([])
    guest.install(script)
    symlinkSync("/bin/sh", beside)
    guest.install(script, "--uninstall")
    expect(guest.left()).toEqual([".local/bin/.quayside.new"])
  })

  it("where something is gone, and no new environment can be made", () => {
    const guest = new ScriptGuest()
    const script = guest.release({ requirements: ["crane"] })
    const crane = { name: "crane", version: "1.0" }
    const file = writeWheel(dirname(script), crane)
    guest.install(script, "--offline")
    const metadata = "crane-1.0.dist-info/METADATA"
    rmSync(join(packages(guest.environment(script)), metadata))
    rmSync(file)
    const visit = guest.install(script, "--offline")
    expect(visit.code).toBe(1)
    expect(visit.stdout).toContain("is there again, as it was")
    expect(works(guest)).toBe(true)
    writeWheel(dirname(script), crane)
    expect(guest.install(script, "--offline").code).toBe(0)
    expect(works(guest)).toBe(true)
    expect(readdirSync(guest.app).sort()).toEqual([
      basename(guest.environment(script)),
      "written-by-install.txt",
    ])
  })

  it.for([
    ["while what it began is removed", "rm", '"$ENV" ] && [ -e "$ENV/bin"', 1],
    ["once the old one is set aside", "mv", '"$ENV.before"', 130],
    [
      "while the command is linked anew",
      "mv",
      '"$HOME/.local/bin/.quayside.new"',
      0,
    ],
  ] as const)("where it is stopped %s", ([, tool, what, code]) => {
    const guest = new ScriptGuest()
    const script = guest.release({ requirements: ["crane"] })
    const crane = { name: "crane", version: "1.0" }
    const file = writeWheel(dirname(script), crane)
    guest.install(script, "--offline")
    const ENV = guest.environment(script)
    if (code !== 0) rmSync(join(packages(ENV), "crane-1.0.dist-info/METADATA"))
    if (code === 1) rmSync(file)
    if (code === 0) linkElsewhere(guest)
    const tools = stopper(tool, what)
    const visit = guest.runWith(
      { ENV, LOCK: join(guest.app, "lock"), PATH: `${tools}:${PATH}` },
      'sh "$1" --offline',
      script,
    )
    expect(visit.code).toBe(code)
    expect(works(guest)).toBe(true)
    expect(readdirSync(guest.app).sort()).toEqual([
      basename(ENV),
      "written-by-install.txt",
    ])
  })

  it("where the caller's PYTHONPATH has another module of that name", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    const folder = mkdtempSync(join(tmpdir(), "modules-"))
    writeFileSync(join(folder, "quayside.py"), "raise SystemExit(3)\n")
    const visit = guest.runWith({ PYTHONPATH: folder }, 'sh "$1"', script)
    rmSync(folder, { recursive: true })
    expect(visit.stdout).toContain("is installed already")
  })
})

describe("install.sh leaves nothing of a release", () => {
  it("whose command fails here, and shows its last words", () => {
    const guest = new ScriptGuest()
    const visit = guest.install(
      guest.release({ code: "raise SystemExit('libGL is missing')" }),
    )
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain("libGL is missing")
    expect(visit.stderr).toContain("quayside --version failed")
    expect(guest.left()).toEqual([])
  })

  it("whose wheel has another command, and says whom to tell", () => {
    const guest = new ScriptGuest()
    const visit = guest.install(
      guest.release({ commands: ["dock"], check: [] }),
    )
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain("The wheel made no command dock")
    expect(guest.left()).toEqual([])
  })

  it("that fails to replace an older one, which works as before", () => {
    const guest = new ScriptGuest()
    const older = guest.release()
    guest.install(older)
    const visit = guest.install(
      guest.release({ version: "1.3.0", code: "raise SystemExit(3)" }),
    )
    expect(visit.code).toBe(1)
    expect(works(guest)).toBe(true)
    expect(readdirSync(guest.app).sort()).toEqual([
      basename(guest.environment(older)),
      "written-by-install.txt",
    ])
  })

  it("without uv, with its output closed, and where pip is told to do nothing or something for others", () => {
    const guest = new ScriptGuest()
    const platform = { PIP_PLATFORM: "win_amd64", PIP_PYTHON_VERSION: "2.7" }
    const visit = guest.runWith(
      { PATH: process.env["PATH"], PIP_DRY_RUN: "1", ...platform },
      `${WITHOUT_UV}; sh "$1" >&-`,
      guest.release(),
    )
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(works(guest)).toBe(true)
  })

  it("without uv, whatever a shell has for Python", () => {
    const guest = new ScriptGuest()
    const visit = guest.runWith(
      {
        PYTHONINSPECT: "1",
        PYTHONPLATLIBDIR: "gone",
        PYTHONVERBOSE: "1",
        PYTHONWARNINGS: "error",
      },
      `${WITHOUT_UV}; sh "$1"`,
      guest.release(),
    )
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(works(guest)).toBe(true)
  })

  const ELSEWHERE = ["target", "prefix", "root"].map((option) => ({
    option,
    text: `[install]\n${option} = OUT\ndry-run = true\n`,
  }))

  it.each(ELSEWHERE)(
    "without uv, where pip's own file names a $option",
    ({ text }) => {
      const guest = new ScriptGuest()
      const theirs = guest.write("out/quayside.py")
      const out = join(theirs, "..")
      guest.write(".config/pip/pip.conf", text.replace("OUT", out))
      const visit = guest.runWith(
        { PATH: process.env["PATH"] },
        `${WITHOUT_UV}; sh "$1"`,
        guest.release(),
      )
      expect(visit).toMatchObject({ code: 0, stderr: "" })
      expect(works(guest)).toBe(true)
      expect(guest.left(out)).toEqual(["quayside.py"])
    },
  )

  it.each(['[pip]\ntarget = "OUT"\n', 'pip = { "prefix" = "OUT" }\n'])(
    "by uv, whose own file leads elsewhere: %j",
    (text) => {
      const guest = new ScriptGuest()
      const out = join(guest.write("out/quayside.py"), "..")
      guest.write(".config/uv/uv.toml", text.replace("OUT", out))
      const visit = guest.install(guest.release())
      expect(visit).toMatchObject({ code: 0, stderr: "" })
      expect(visit.stdout).toMatch(
        /uv\.toml leads out of the environment, or leaves out what is needed, so that uv reads none/,
      )
      expect(works(guest)).toBe(true)
      expect(guest.left(out)).toEqual(["quayside.py"])
    },
  )

  it.each([
    ["uv.toml", '[pip]\ntarget = "OUT"\n'],
    ["pyproject.toml", '[tool.uv.pip]\ntarget = "OUT"\n'],
  ])(
    "by uv, whatever others put beside the working folder: %s",
    (file, text) => {
      const guest = new ScriptGuest()
      const out = join(guest.write("out/quayside.py"), "..")
      const above = join(
        guest.write(`tmp/${file}`, text.replace("OUT", out)),
        "..",
      )
      const visit = guest.runWith({ TMPDIR: above }, 'sh "$1"', guest.release())
      expect(visit).toMatchObject({ code: 0, stderr: "" })
      expect(works(guest)).toBe(true)
      expect(guest.left(out)).toEqual(["quayside.py"])
      expect(guest.left(above)).toEqual([file])
    },
  )

  it("by uv, which a variable sends into a project that leads elsewhere", () => {
    const guest = new ScriptGuest()
    const out = join(guest.write("out/quayside.py"), "..")
    const file = guest.write("project/uv.toml", `[pip]\ntarget = "${out}"\n`)
    const visit = guest.runWith(
      { UV_PROJECT: dirname(file) },
      'sh "$1"',
      guest.release(),
    )
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(works(guest)).toBe(true)
    expect(guest.left(out)).toEqual(["quayside.py"])
  })

  it("without uv, by the venv and pip of the Python that is there", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    const visit = guest.runWith(
      { PATH: process.env["PATH"] },
      `${WITHOUT_UV}; sh "$1" && "$HOME/.local/bin/quayside" && sh "$1" --uninstall`,
      script,
    )
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(visit.stdout).toMatch(RUNS)
  })
})

/** Runs the script of a release whose wheel the curl of this machine fetches, in a home that has a file for it. */
function downloadsWith(settings: string) {
  const guest = new ScriptGuest()
  guest.write(".curlrc", settings)
  const folder = mkdtempSync(join(tmpdir(), "assets-"))
  const script = guest.release({ assets: `file://${folder}/` })
  return guest.run('mv "$(dirname "$1")"/*.whl "$2"; sh "$1"', script, folder)
}

/** Runs the script of a release whose wheel is to be downloaded, by a curl that does what the text says. */
function downloads(text: string, first = "") {
  const guest = new ScriptGuest()
  const script = guest.release({ assets: "https://files.example/v1.2.0/" })
  const tools = mkdtempSync(join(tmpdir(), "tools-"))
  writeFileSync(join(tools, "curl"), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  const visit = guest.runWith(
    { PATH: `${tools}:${PATH}`, PIP_NO_INDEX: "1", UV_OFFLINE: "1" },
    `cp "$1" alone.sh; ${first} sh alone.sh`,
    script,
  )
  return { ...visit, left: guest.left() }
}

const DOWNLOADED =
  "https://files.example/v1.2.0/quayside-1.2.0-py3-none-any.whl"

describe("what install.sh downloads", () => {
  it("is not waited for without an end, and half of it is no file that could be deleted", () => {
    const asked = join(mkdtempSync(join(tmpdir(), "asked-")), "asked")
    const { code, stderr } = downloads(`echo "$@" >'${asked}'; echo half`)
    expect(readFileSync(asked, "utf8")).toMatch(
      /--retry-max-time 29 --connect-timeout 15 --speed-limit 1000 --speed-time 30 /,
    )
    expect(code).toBe(1)
    expect(stderr).toContain(
      `quayside 1.2.0: ${DOWNLOADED} is not the file of this release, and nothing was installed.`,
    )
    expect(stderr).toMatch(
      /\. Run this again; if it stays like this, tell those who released it\.\n$/,
    )
  })

  it("ends where it has more bytes than the wheel", () => {
    const visit = downloads("exec cat /dev/zero")
    expect(visit.code).toBe(1)
    expect(visit.stderr).toMatch(
      /^quayside 1\.2\.0: https:\S+ has more than the \d+ bytes that it may have, so nothing was installed\. Run this again/,
    )
    expect(visit.left).toEqual(["alone.sh"])
  })

  it("is told where there is no room for it", () => {
    const visit = downloads("exec head -c 1024 /dev/zero", "ulimit -f 1;")
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain(`${DOWNLOADED} can't be written into /`)
    expect(visit.stderr).toContain("or set TMPDIR to a folder that has it.")
    expect(visit.left).toEqual(["alone.sh"])
  })

  it.each(['write-out = "\\n"', "include", 'dump-header = "-"'])(
    "is the file alone, whatever ~/.curlrc has written, too: %s",
    (line) => {
      const visit = downloadsWith(`${line}\n`)
      expect(visit).toMatchObject({ code: 0 })
      expect(visit.stdout).toContain("from the files of the release")
    },
  )

  it.each(['output = "OUT"', 'trace-ascii = "-"'])(
    "is told with ~/.curlrc as a cause where that leads it elsewhere: %s",
    (line) => {
      const out = join(mkdtempSync(join(tmpdir(), "out-")), "file")
      const { code, stderr } = downloadsWith(`${line.replace("OUT", out)}\n`)
      expect(code).toBe(1)
      expect(stderr).toContain("What ~/.curlrc says may be the cause")
    },
  )

  it("comes from the index where half of it came", () => {
    const visit = downloads("echo half; exit 18")
    expect(visit.stdout).toContain("from the package index")
    expect(visit.stderr).toContain("The installation failed")
  })
})

describe("the address of an index", () => {
  it.each([
    ["--index", "hunter2"],
    ["--mirror", "hunter2"],
    ["--mirror", "#hunter2/?"],
  ])(
    "is told without the password in it, which is in the log of many an install: %s, %s",
    (option, password) => {
      const guest = new ScriptGuest()
      const url = `http://me:${password}@127.0.0.1:1/simple/`
      const said = guest.install(guest.release(), option, url)
      expect(said.code).not.toBe(0)
      expect(said.stdout).toContain("from the index http://127.0.0.1:1/simple/")
      expect(said.stdout).not.toContain("hunter2")
    },
  )

  it("is refused where it is none, and not told", () => {
    const guest = new ScriptGuest()
    const url = "me:hunter2@127.0.0.1:1/simple/"
    const said = guest.install(guest.release(), "--index", url)
    expect(said.code).toBe(2)
    expect(said.stderr).toContain("need an address that begins with https://")
    expect(said.stdout + said.stderr).not.toContain("hunter2")
  })
})
