import { execFileSync } from "node:child_process"
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
