import { execFileSync } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { expect, test } from "vitest"

import { parseFacts } from "../../src/files/facts.js"

const PROGRAM = fileURLToPath(
  new URL("../../src/files/facts.py", import.meta.url),
)
/** A wheel of half a megabyte that unpacks to half a gigabyte. */
const BOMB = `
import zipfile
with zipfile.ZipFile("boat-1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as out:
    with out.open("boat/zero.bin", "w") as file:
        for _ in range(512):
            file.write(bytes(1 << 20))
    out.writestr("boat/key.pem", "a key\\n-----BEGIN RSA PRIVATE KEY-----\\nabc\\n")
    out.writestr("boat/words.txt", "not -----BEGIN RSA PRIVATE KEY-----")
    out.writestr("boat/long.txt", "x" * (1 << 20) + "-----BEGIN RSA PRIVATE KEY-----")
    out.writestr("boat/late.pem", "x" * ((1 << 20) - 7) + "\\n-----BEGIN PRIVATE KEY-----")
`

test("a wheel that unpacks to far more than it is takes no more memory for that, and a key in it is found", () => {
  const folder = mkdtempSync(join(tmpdir(), "shipwheel-"))
  execFileSync("python3", ["-c", BOMB], { cwd: folder })
  const limited = 'ulimit -v 300000; exec python3 "$0" "$1"'
  const facts = execFileSync("sh", ["-c", limited, PROGRAM, folder], {
    encoding: "utf8",
  })
  const [wheel] = parseFacts(facts).files
  expect(
    wheel?.entries.map(({ key = false, name, size }) => [name, size, key]),
  ).toEqual([
    ["boat/zero.bin", 512 * 2 ** 20, false],
    ["boat/key.pem", 42, true],
    ["boat/words.txt", 35, false],
    ["boat/long.txt", 2 ** 20 + 31, false],
    ["boat/late.pem", 2 ** 20 + 21, true],
  ])
})
