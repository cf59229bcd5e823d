import { describe, expect, it } from "vitest"

import { releaseFiles } from "../../src/release/release-files-stage.js"
import { project, version } from "../helpers/builders.js"
import type { Chain } from "../helpers/call-chain.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"

const WHEEL = "quayside-1.2.0-py3-none-any.whl"
const SDIST = "quayside-1.2.0.tar.gz"
const [A, B] = ["a".repeat(64), "b".repeat(64)]
const SUMS = `${A}  ${WHEEL}\n${B}  ${SDIST}\n`

const READ = [WHEEL, SDIST, "SHA256SUMS"]

/** The files that a folder is made of. */
function takenIn(chain: Chain): unknown[] {
  return chain.flatMap(({ args, operation }) =>
    operation === "withFile" ? [args["path"]] : [],
  )
}

/** Reads a folder with these links. */
function read(...links: readonly string[]) {
  return readOf(1, ...links)
}

/** The same of one whose files have so many bytes. */
function readOf(size: number, ...links: readonly string[]) {
  const isLink = Object.fromEntries(
    [...READ, "site.tar.gz"].map((name) => [
      `exists ${name}`,
      links.includes(name),
    ]),
  )
  return recordCalls(
    () => releaseFiles(folder("release"), project(), version("v1.2.0")),
    {
      ...isLink,
      entries: (chain: Chain) =>
        chain.some(({ operation }) => operation === "withFile")
          ? takenIn(chain)
          : [...READ, "site.tar.gz", "notes.txt"],
      ...{ contents: SUMS, "sha256sum --": SUMS, size },
    },
  )
}

describe("a release directory", () => {
  it("whose files are files is read", async () => {
    const { result } = await read()
    expect(result.files.map(({ name }) => name)).toEqual([WHEEL, SDIST])
  })

  it("with an archive of another name is read without it", async () => {
    const { calls } = await read("site.tar.gz")
    const [, dist] = calls.allOf("entries")
    expect(takenIn(dist ?? [])).toEqual([WHEEL, SDIST])
  })

  it("whose sums are longer than any is refused before they are read, with what to do", async () => {
    const refused = readOf(300 << 20)
    await expect(refused).rejects.toThrow(
      "`SHA256SUMS` of the release directory has 300.0 MiB, and none of ours has more than 1.0 MiB",
    )
    await expect(refused).rejects.toThrow("Take the release directory anew")
  })

  it("whose wheel or sums are links is refused before they are read, with what to do", async () => {
    const refused = read(WHEEL, "SHA256SUMS")
    await expect(refused).rejects.toThrow(
      `the release directory has links in place of files: \`${WHEEL}\`, \`SHA256SUMS\``,
    )
    await expect(refused).rejects.toThrow("cp -RL release files")
  })
})
