import { execFileSync } from "node:child_process"
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

import { newFolder } from "../helpers/programs.js"
import { lines } from "../helpers/refusal.js"

const BUILD = fileURLToPath(new URL("../../src/build", import.meta.url))

/** Writes an sdist with a file and a hard link, lets the program write it anew, and shows what is in that. */
const WRITE = lines(
  "import io, json, sys, tarfile",
  "sys.dont_write_bytecode = True",
  "sys.path.insert(0, sys.argv[1])",
  "import build",
  "with tarfile.open('old.tar.gz', 'w:gz') as out:",
  "    link = tarfile.TarInfo('boat-1.0/a.py')",
  "    link.type, link.linkname = tarfile.LNKTYPE, sys.argv[2]",
  "    out.addfile(link)",
  "    file = tarfile.TarInfo('boat-1.0/b.py')",
  "    file.size = 5",
  "    out.addfile(file, io.BytesIO(b'works'))",
  "build.normalise('old.tar.gz', 'new.tar.gz')",
  "with tarfile.open('new.tar.gz') as new:",
  "    print(json.dumps({each.name: new.extractfile(each).read().decode() for each in new}))",
)

function written(link: string): string {
  const args = ["-c", WRITE, BUILD, link]
  const options = { cwd: newFolder(), encoding: "utf8" } as const
  return execFileSync("python3", args, { ...options, stdio: "pipe" })
}

describe("a hard link in an sdist", () => {
  it("is written as the file that it names, wherever that comes", () => {
    expect(JSON.parse(written("boat-1.0/b.py"))).toEqual({
      "boat-1.0/a.py": "works",
      "boat-1.0/b.py": "works",
    })
  })

  it.for(["/etc/passwd", "boat-1.0/c.py", "boat-1.0/a.py", "../b.py"])(
    "to what is no file in it is told in our words: %s",
    (link) => {
      expect(() => written(link)).toThrow(
        `wrote \`boat-1.0/a.py\` into the sdist as a hard link to \`${link}\`, which is no file in it. Let it write the file itself.`,
      )
      expect(() => written(link)).not.toThrow("Traceback")
    },
  )
})

/** Lets the program settle a repository whose files are not as they were committed, and shows what git says of it. */
const SETTLE = lines(
  "import pathlib, subprocess, sys",
  "sys.dont_write_bytecode = True",
  "sys.path.insert(0, sys.argv[1])",
  "import build",
  "git = lambda *args: subprocess.run(['git', '-c', 'user.name=a', '-c', 'user.email=a@b', *args], check=True)",
  "git('init', '-q')",
  "pathlib.Path('a.py').write_text('1')",
  "git('add', '.')",
  "git('commit', '-qm', 'Begin')",
  "pathlib.Path('a.py').write_text('2')",
  "pathlib.Path('.git/index').unlink()",
  "build.settle_git()",
  "pathlib.Path('quay.egg-info').mkdir()",
  "pathlib.Path('quay.egg-info/PKG-INFO').write_text('')",
  "pathlib.Path(sys.argv[2]).write_text('')",
  "git('status', '--short')",
)

describe("a repository that a build asks", () => {
  const shown = (file: string) =>
    execFileSync("python3", ["-c", SETTLE, BUILD, file], {
      cwd: newFolder(),
      encoding: "utf8",
      stdio: "pipe",
    })

  it("is as it was committed, whatever the version was written into and the backend notes", () => {
    expect(shown("quay.egg-info/SOURCES.txt")).toBe("")
  })

  it("shows other files that are new", () => {
    expect(shown("b.py")).toBe("?? b.py\n")
  })
})

/** Lets the program say which of these a backend meant. */
const ONLY = lines(
  "import sys",
  "sys.dont_write_bytecode = True",
  "sys.path.insert(0, sys.argv[1])",
  "import build",
  "print(build.only('dist', 'wheel', '.whl').name)",
)

function only(prepare: (dist: string) => void): string {
  const cwd = newFolder()
  mkdirSync(join(cwd, "dist"))
  prepare(join(cwd, "dist"))
  const options = { cwd, encoding: "utf8" } as const
  return execFileSync("python3", ["-c", ONLY, BUILD], {
    ...options,
    stdio: "pipe",
  })
}

const WHEEL = "boat-1.0-py3-none-any.whl"

describe("what a build backend wrote", () => {
  it("is the one wheel", () => {
    expect(
      only((dist) => {
        writeFileSync(join(dist, WHEEL), "")
      }),
    ).toBe(`${WHEEL}\n`)
  })

  it.for([
    [
      "a second wheel",
      (dist: string) => {
        writeFileSync(join(dist, "boat-1.0-cp312-none-any.whl"), "")
      },
      `\`boat-1.0-cp312-none-any.whl\`, \`${WHEEL}\``,
    ],
    [
      "a folder",
      (dist: string) => {
        mkdirSync(join(dist, "a"))
      },
      `\`a\` (a folder), \`${WHEEL}\``,
    ],
  ] as const)("is refused with %s beside it", ([, more, shown]) => {
    const both = () =>
      only((dist) => {
        writeFileSync(join(dist, WHEEL), "")
        more(dist)
      })
    expect(both).toThrow(`the build backend wrote ${shown} where one wheel`)
  })

  it("is refused where it is a link, whose end may be anybody's file", () => {
    const linked = () =>
      only((dist) => {
        symlinkSync("/etc/passwd", join(dist, WHEEL))
      })
    expect(linked).toThrow(`wrote \`${WHEEL}\` (a link) where one wheel`)
  })

  it("is refused where it is nothing", () => {
    expect(() => only(() => undefined)).toThrow("wrote nothing where one wheel")
  })
})
