import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, test } from "vitest"

import { boatProject } from "./helpers/boat.js"
import { ROOT } from "./helpers/dagger.js"
import { Guest } from "./helpers/guest.js"
import { Session } from "./helpers/session.js"

const SETTINGS = `github.repository = "octo-org/tinyboat"\n`
const WHEEL = "tinyboat-1.2.0-py3-none-any.whl"
const BIN = "/home/guest/.local/bin"
const FLOATS = /^tinyboat 1\.2\.0 with six/m

/** Everything under the home folder that is no folder, but for the tools' own caches. */
const LEFT = `find "$HOME" ! -type d ! -path '*/.cache/*' ! -path '*/uv/*' ! -path '*/pipx/*'`
/** The wheels of the release and of its dependency, and the script, in one folder. */
const FOLDER = "mkdir here && cp /release/* /wheels/* here/"
/** The wheel with one byte more. */
const CORRUPT = `echo >>here/${WHEEL}`
/** A wheel that would install, and is not the one of the release. */
const FORGE = `python3 -c "import zipfile; zipfile.ZipFile('site/simple/tinyboat/${WHEEL}', 'a').writestr('tinyboat/more.py', '')"`
/** As long as the wheel of the release, which is known. */
const SPOIL = `python3 -c "p = 'site/assets/${WHEEL}'; b = bytearray(open(p, 'rb').read()); b[-1] ^= 1; open(p, 'wb').write(b)"`
/** Serves the folder as the simple index (PEP 503) and as the files of the release. */
const SERVE = `
mkdir -p site/simple/tinyboat
cp /release/${WHEEL} site/simple/tinyboat/
python3 -m http.server --bind 127.0.0.1 --directory site 8000 >served 2>&1 &
trap "kill $!" EXIT
export PIP_TRUSTED_HOST=127.0.0.1 NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
sleep 1`
const PYTHON = ["python3", "sha256sum"]

let session: Session
let guest: Guest

beforeAll(async () => {
  session = await Session.open()
  const release = (tag: string) => releaseOf(boatProject(SETTINGS), tag)
  guest = await Guest.open(session, {
    "/release": await release("v1.2.0"),
    "/newer": await release("v1.3.0"),
    "/templates": await folder(join(ROOT, "src/install-scripts/templates")),
  })
})

afterAll(() => {
  session.close()
})

async function folder(path: string): Promise<string> {
  const [id] = await session.ask<string>(
    `{ host { directory(path: ${JSON.stringify(path)}) { id } } }`,
  )
  return id
}

async function releaseOf(project: string, tag: string): Promise<string> {
  const source = await folder(project)
  const [id] = await session.ask<string>(
    `{ shipwheel(source: ${JSON.stringify(source)}) { releaseDirectory(tag: ${JSON.stringify(tag)}) { id } } }`,
  )
  return id
}

describe("install.sh installs offline from its folder, runs twice, and leaves nothing when it is uninstalled, with", () => {
  test.for([
    ["dash", ["dash", ...PYTHON], "dash"],
    [
      "bash, shasum for sha256sum",
      ["bash", "python3", "shasum", "perl"],
      "bash --posix",
    ],
    ["mksh, openssl for sha256sum", ["mksh", "python3", "openssl"], "mksh"],
    ["yash and uv", ["yash", "uv", ...PYTHON], "yash --posix"],
    [
      "ksh and pipx, whose Python is not on PATH",
      ["ksh", "pipx", "sha256sum"],
      "ksh",
    ],
  ] as const)("%s", async ([, tools, shell]) => {
    const visit = await guest.run(
      tools,
      `${FOLDER}
for each in first second; do ${shell} here/install.sh --offline; done
${BIN}/tinyboat
here=$(cat here/install.sh)
rm -r here
printf %s "$here" | ${shell} -s -- --uninstall
${LEFT}`,
    )
    expect(visit.stderr).toBe("")
    expect(visit.code).toBe(0)
    expect(visit.stdout).toMatch(FLOATS)
    expect(visit.stdout).toContain(`tinyboat in ${BIN}\n`)
    expect(visit.stdout).toContain("is installed already")
    // Said of PATH, with the line to add …
    expect(visit.stdout).toContain(`export PATH="${BIN}:$PATH"`)
    // … and after the last line there is no file.
    expect(visit.stdout.trim().split("\n").at(-1)).toMatch(/is removed from/)
  })

  test("busybox alone: its shell and its tools, as in Alpine", async () => {
    const visit = await guest.raw([
      ...["/busybox/sh", "-c"],
      `set -e
PATH=/busybox:/python
rm .keep
${FOLDER}
sh here/install.sh --from here
${BIN}/tinyboat
sh here/install.sh --uninstall
rm -r here
${LEFT}`,
    ])
    expect(visit.stderr).toBe("")
    expect(visit.stdout).toMatch(FLOATS)
    expect(visit.stdout.trim().split("\n").at(-1)).toMatch(/is removed from/)
  })
})

describe("install.sh makes the environment", () => {
  const kind = `cat .local/share/tinyboat/install/1.2.0-*/pyvenv.cfg
ls .local/share/tinyboat/install/1.2.0-*/bin`

  test("by uv where it is there", async () => {
    const visit = await guest.run(
      ["uv", ...PYTHON],
      `${FOLDER}\nsh here/install.sh --offline\n${kind}`,
    )
    expect(visit.stderr).toBe("")
    expect(visit.stdout).toMatch(/^uv = /m)
  })

  test("with a pip of its own where the Python has none", async () => {
    const visit = await guest.run(
      ["chmod", "uv", ...PYTHON],
      `uv venv --quiet /tmp/bare
rm /tmp/tools/uv /tmp/tools/python3
printf '#!/bin/sh\\nexec /tmp/bare/bin/python "$@"\\n' >/tmp/tools/python3
chmod +x /tmp/tools/python3
${FOLDER}\nsh here/install.sh --offline\n${kind}`,
    )
    expect(visit.stderr).toBe("")
    expect(visit.stdout).toMatch(/^pip3$/m)
  })

  test("and says what to install where no Python fits, with what it found", async () => {
    const visit = await guest.run(
      PYTHON,
      `${FOLDER}
sed "s/^PYTHON=.*/PYTHON='>=3.98'/; s/^PYTHONS=.*/PYTHONS='3.98.0-99.0.0'/" here/install.sh >here/future.sh
set +e
sh here/future.sh --offline
echo "$?"
rm -r here
${LEFT}`,
    )
    expect(visit.stdout).toMatch(/\n1\n$/)
    expect(visit.stderr).toMatch(/python3 is Python 3\.12\.\d+/)
    expect(visit.stderr).toContain("No Python >=3.98 here made an environment")
    expect(visit.stderr).toContain("apt-get install python3-venv")
  })

  test("nowhere without any Python", async () => {
    const visit = await guest.run(
      ["sha256sum"],
      `${FOLDER}\nsh here/install.sh --offline`,
    )
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain("No Python >=3.9 here made an environment")
  })
})

describe("install.sh installs nothing", () => {
  async function refused(tools: readonly string[], script: string) {
    const visit = await guest.run(
      tools,
      `set +e\n${script}\necho "exit $?"\n[ -e .local ] || echo nothing`,
    )
    expect(visit.stdout).toMatch(/exit [12]\n(?:nothing\n)$/)
    return visit.stderr
  }

  test("of a corrupted wheel beside it", async () => {
    const told = await refused(
      PYTHON,
      `${FOLDER}\n${CORRUPT}\nsh here/install.sh`,
    )
    expect(told).toContain(
      `/${WHEEL} is not the file of this release, and nothing was installed`,
    )
    expect(told).toMatch(/[0-9a-f]{64}, and not\n {2}[0-9a-f]{64}\./)
  })

  test.for(["shasum", "openssl"])(
    "of a wheel that %s finds corrupted",
    async (tool) => {
      const told = await refused(
        ["perl", "python3", tool],
        `${FOLDER}\n${CORRUPT}\nsh here/install.sh --from here`,
      )
      expect(told).toContain("is not the file of this release")
    },
  )

  test("without a tool that can check it", async () => {
    const told = await refused(
      ["python3", "uv"],
      `${FOLDER}\nsh here/install.sh --from here`,
    )
    expect(told).toContain("there is no sha256sum, shasum or openssl")
  })

  test("with --offline, where a dependency is missing", async () => {
    const told = await refused(
      PYTHON,
      `${FOLDER}\nrm here/six-*\nsh here/install.sh --offline\nend=$?\nrm -r .local/share .local\n(exit $end)`,
    )
    expect(told).toContain("Not all dependencies are in")
  })

  test("over a command that is not its own", async () => {
    const visit = await guest.run(
      PYTHON,
      `${FOLDER}\nmkdir -p ${BIN}\necho mine >${BIN}/tinyboat
sh here/install.sh --offline || echo refused
cat ${BIN}/tinyboat
sh here/install.sh --uninstall
cat ${BIN}/tinyboat`,
    )
    expect(visit.stderr).toContain(`${BIN}/tinyboat is there already`)
    expect(visit.stdout).toMatch(
      /^refused\nmine\n.*is not installed.*\nmine\n$/,
    )
  })

  test.for([
    ["--colour", "there is no option --colour"],
    ["--prefix", "--prefix needs a value"],
    ["--index http://a --offline", "--index and --mirror are for the network"],
  ])("with %s", async ([words, told]) => {
    expect(
      await refused(PYTHON, `sh /release/install.sh ${words ?? ""}`),
    ).toContain(told)
  })
})

describe("over the network, install.sh takes the wheel", () => {
  test("from the index that is named, and refuses another file there", async () => {
    const visit = await guest.run(
      PYTHON,
      `${SERVE}
cp /release/install.sh .
export PIP_FIND_LINKS=/wheels
sh install.sh --index http://127.0.0.1:8000/simple
${BIN}/tinyboat
sh install.sh --uninstall
${FORGE}
sh install.sh --index http://127.0.0.1:8000/simple || echo refused
[ -e .local/share/tinyboat ] || ls -A .local/bin`,
    )
    expect(visit.stdout).toMatch(FLOATS)
    expect(visit.stderr).toContain("DO NOT MATCH THE HASHES")
    expect(visit.stdout).toMatch(/refused\n$/)
  })

  test("by uv as well", async () => {
    const visit = await guest.run(
      ["uv", ...PYTHON],
      `${SERVE}
cp /release/install.sh .
export UV_FIND_LINKS=/wheels UV_NO_CACHE=1
sh install.sh --index http://127.0.0.1:8000/simple
${BIN}/tinyboat
sh install.sh --uninstall
${FORGE}
sh install.sh --index http://127.0.0.1:8000/simple || echo refused
[ -e .local/share/tinyboat ] || ls -A .local/bin`,
    )
    expect(visit.stdout).toMatch(FLOATS)
    expect(visit.stderr).toContain("Hash mismatch")
    expect(visit.stdout).toMatch(/refused\n$/)
  })

  const assets = `sed 's|^ASSETS=.*|ASSETS=http://127.0.0.1:8000/assets/|' /release/install.sh >install.sh
export UV_FIND_LINKS=/wheels UV_DEFAULT_INDEX=http://127.0.0.1:8000/simple`

  test.for(["curl", "wget"])(
    "from the files of the release by %s, and refuses a corrupted one",
    async (tool) => {
      const visit = await guest.run(
        ["uv", tool, ...PYTHON],
        `${SERVE}
mkdir site/assets && cp /release/${WHEEL} site/assets/
${assets}
sh install.sh
${BIN}/tinyboat
sh install.sh --uninstall
${SPOIL}
sh install.sh || echo refused
[ -e .local/share/tinyboat ] || ls -A .local/bin`,
      )
      expect(visit.stdout).toContain("from the files of the release")
      expect(visit.stdout).toMatch(FLOATS)
      expect(visit.stderr).toContain("is not the file of this release")
      expect(visit.stdout).toMatch(/refused\n$/)
    },
  )

  test("from the index that uv or pip is set up for, where the release has no such file", async () => {
    const visit = await guest.run(
      ["uv", "curl", ...PYTHON],
      `${SERVE}\n${assets}\nsh install.sh\n${BIN}/tinyboat`,
    )
    expect(visit.stdout).toContain("from the package index")
    expect(visit.stdout).toMatch(FLOATS)
  })
})

test("a newer release's script replaces the older version", async () => {
  const visit = await guest.run(
    ["uv", ...PYTHON],
    `cp -R /wheels older && cp /release/* older/
cp -R /wheels newer && cp /newer/* newer/
sh older/install.sh --offline
sh newer/install.sh --offline
${BIN}/tinyboat
ls -A .local/share/tinyboat/install
sh older/install.sh --uninstall
[ -e .local/share/tinyboat ] || ls -A .local/bin`,
  )
  expect(visit.stderr).toBe("")
  expect(visit.stdout).toMatch(
    /^tinyboat 1\.3\.0 with six .*\n1\.3\.0-[0-9a-f]{8}$/m,
  )
  expect(visit.stdout).toMatch(/is removed from .*\n$/)
})

test("--prefix takes a relative folder with a space and a quote, and what else is there stays", async () => {
  const visit = await guest.run(
    ["uv", ...PYTHON],
    `${FOLDER}
mkdir -p "it's mine/share/tinyboat" && echo kept >"it's mine/share/tinyboat/data"
sh here/install.sh --offline --prefix="it's mine"
"it's mine/bin/tinyboat"
sh here/install.sh --uninstall --prefix "$PWD/it's mine"
find "it's mine" ! -type d`,
  )
  expect(visit.stderr).toBe("")
  expect(visit.stdout).toMatch(FLOATS)
  expect(visit.stdout).toMatch(/\nit's mine\/share\/tinyboat\/data\n$/)
})

test("shellcheck has nothing to say of the script of a release, nor of the templates", async () => {
  const visit = await guest.run(
    ["shellcheck"],
    "shellcheck /release/install.sh /templates/*.sh",
  )
  expect(visit).toEqual({ code: 0, stdout: "", stderr: "" })
})

test("--version and --help tell what it installs, and need nothing", async () => {
  const visit = await guest.run(
    [],
    "sh /release/install.sh --version; sh /release/install.sh --help",
  )
  expect(visit.stdout).toMatch(
    /^tinyboat 1\.2\.0\nInstalls tinyboat 1\.2\.0, for Python >=3\.9\.\n/,
  )
  for (const option of [
    "prefix",
    "from",
    "offline",
    "index",
    "mirror",
    "uninstall",
  ])
    expect(visit.stdout).toMatch(new RegExp(`^  --${option} `, "m"))
})

test("the scripts are among the files of the release, which its sums name, and know where those are", async () => {
  const visit = await guest.run(
    ["sha256sum"],
    "cd /release && sha256sum -c SHA256SUMS && grep -h -i assets install.sh install.ps1",
  )
  expect(visit.stdout).toContain("install.sh: OK\n")
  expect(visit.stdout).toContain("install.ps1: OK\n")
  expect(visit.stdout).toMatch(
    /^ASSETS='https:\/\/[^']*\/octo-org\/tinyboat\/releases\/download\/v1\.2\.0\/'$/m,
  )
})
