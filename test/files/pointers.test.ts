import { describe, expect, it } from "vitest"

import { resolveGates } from "../../src/config/gate-config.js"
import { parseFacts } from "../../src/files/facts.js"
import { judgeFiles } from "../../src/files/file-gates.js"
import {
  entry,
  expected,
  facts,
  sdistFile,
  wheelFile,
} from "../helpers/files.js"
import { runProgram, wheelOf } from "../helpers/programs.js"

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 12345\n`

/** What is said of a wheel and an sdist with a file that begins as a pointer does. */
function judged(pointer: string, allow: Readonly<Record<string, string>> = {}) {
  const wheel = wheelFile()
  const sdist = sdistFile()
  const files = [
    wheelFile({
      entries: [...wheel.entries, { ...entry("quayside/map.bin"), pointer }],
    }),
    sdistFile({
      entries: [
        ...sdist.entries,
        { ...entry("quayside-1.2.0/src/quayside/map.bin"), pointer },
      ],
    }),
  ]
  return judgeFiles(
    facts(files),
    expected({ gates: resolveGates({ allow }, []) }),
  )
}

describe("a pointer of git LFS in the files", () => {
  it("is refused in the wheel and in the sdist", () => {
    expect(judged(POINTER).refused).toStrictEqual([
      "pointers: `quayside-1.2.0-py3-none-any.whl` holds a pointer of git LFS in the place of its file: `quayside/map.bin`; `git lfs pull` fetches the content",
      "pointers: `quayside-1.2.0.tar.gz` holds a pointer of git LFS in the place of its file: `src/quayside/map.bin`; `git lfs pull` fetches the content",
    ])
  })

  it("of git-annex is refused with what fetches that", () => {
    const annexed = `/annex/objects/SHA256E-s1--${"a".repeat(64)}.bin\n`
    expect(judged(annexed).refused[0]).toBe(
      "pointers: `quayside-1.2.0-py3-none-any.whl` holds a pointer of git-annex in the place of its file: `quayside/map.bin`; `git annex get .` fetches the content",
    )
  })

  it("is let in where `allow` names it with a reason, which the report shows", () => {
    const reason = "is read as a pointer"
    const { passed, remarks } = judged(POINTER, {
      "quayside/map.bin": reason,
      "src/quayside/": reason,
    })
    expect(passed).toContain("pointers")
    expect(remarks).toContain(
      `\`quayside/map.bin\` is let into the files: ${reason}.`,
    )
  })

  it("is none where a text only begins so", () => {
    const { passed } = judged(`${POINTER}and goes on\n`)
    expect(passed).toContain("pointers")
  })

  it("is seen by the program that looks into the files", () => {
    const { folder } = wheelOf({
      "quayside/__init__.py": "",
      "quayside/map.bin": POINTER,
      "quayside/old.bin": POINTER.replace("git-lfs", "hawser"),
      "quayside/annexed.bin": "/annex/objects/SHA256E-s1--aa.bin\n",
      "quayside/long.txt": `${POINTER}${"x".repeat(2000)}`,
    })
    const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
    expect(
      wheel?.entries
        .flatMap(({ name, pointer }) => (pointer ? [name] : []))
        .sort(),
    ).toStrictEqual([
      "quayside/annexed.bin",
      "quayside/map.bin",
      "quayside/old.bin",
    ])
  })
})
