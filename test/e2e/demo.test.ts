import { execFileSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { ROOT } from "./helpers/dagger.js"

test("the demo releases the example and leaves its files in ./release", () => {
  const shown = execFileSync(join(ROOT, "dagger/demo"), { encoding: "utf8" })
  expect(shown).toContain("# Rehearsal: quayside 1.2.0 (`v1.2.0`)")
  expect(readdirSync(join(ROOT, "release"))).toEqual(
    expect.arrayContaining([
      "NOTES.md",
      "SHA256SUMS",
      "quayside-1.2.0-py3-none-any.whl",
      "quayside-1.2.0.tar.gz",
    ]),
  )
})
