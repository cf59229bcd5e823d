import { readdirSync } from "node:fs"

import { describe, expect, it } from "vitest"

import { compareWork } from "../../src/compare/stage.js"
import type { Finding } from "../../src/pipeline/pipeline.js"
import { project, version } from "../helpers/builders.js"
import { type Chain, textsIn } from "../helpers/call-chain.js"
import { about, NO_API } from "../helpers/compared.js"
import { wheelFile } from "../helpers/files.js"
import { listed, listing } from "../helpers/listings.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"

const WHEEL = "quayside-1.2.0-py3-none-any.whl"
const OLD = "quayside-1.1.0-py3-none-any.whl"
const [READ_API, READ_ABOUT, READ_FACTS] = ["api", "about", "facts"].map(
  (each) => `python /${each}.py`,
)
const STRICT = ["[tool.shipwheel.compare]", 'version-check = "fail"']

/** The comparison of a tag, with what the programs would print. */
function compared(
  answers: Readonly<Record<string, unknown>>,
  toml: string[] = [],
  isAhead = false,
) {
  return recordCalls(
    async (): Promise<Finding> => {
      const work = compareWork({
        place: { source: folder("source"), folder: folder("source") },
        project: project({ toml }),
        decision: undefined,
        version: version("v1.2.0"),
        access: {},
        rebuilt: () => Promise.reject(new Error("there is no tag")),
        dist: () => Promise.resolve(folder("dist")),
      })
      if (work.skip !== undefined) throw new Error("it has something to do")
      if (isAhead) await work.begin?.()
      return work.run()
    },
    {
      "python /public_indexes.py":
        "https://upload.pypi.example/legacy/\nhttps://test.pypi.example/legacy/\n",
      entries: [WHEEL],
      exists: false,
      [`${READ_ABOUT} /dist/${WHEEL}`]: JSON.stringify([
        about({ name: WHEEL }),
      ]),
      [String(READ_FACTS)]: JSON.stringify({
        files: [wheelFile()],
        outputs: [],
      }),
      [`${READ_API} /before`]: JSON.stringify(NO_API),
      ...answers,
    },
  )
}

describe("a release with nothing to compare with", () => {
  const LIST = "python /index_files.py"

  it("says that the index does not answer, fails nothing, and is no pass", async () => {
    const failure = "the index does not answer (Timeout)"
    const { result } = await compared({
      [LIST]: JSON.stringify(listing([], { failure })),
    })
    expect(result).toEqual({
      skipped: true,
      summary: `nothing to compare with: PyPI: ${failure}; the repository has no older release tag`,
      remarks: [
        `compare: nothing to compare with: PyPI: ${failure}; the repository has no older release tag`,
      ],
    })
  })

  it("stops where a check is asked for and somebody did not answer", async () => {
    const failure = "the index does not answer (Timeout)"
    const silent = { [LIST]: JSON.stringify(listing([], { failure })) }
    await expect(compared(silent, STRICT)).rejects.toThrow(
      `nothing to compare with: PyPI: ${failure}`,
    )
    const first = { [LIST]: JSON.stringify(listing([])) }
    const { result } = await compared(first, STRICT)
    expect(result.skipped).toBe(true)
  })

  const NONE = {
    [LIST]: JSON.stringify(listing([])),
    exists: true,
    "exists .git/objects/info/alternates": false,
  }

  it("stops for that in a shallow clone, which may lack the tag of the one before", async () => {
    const clone = { ...NONE, tags: ["v1.2.0"] }
    const told =
      "shallow clone, which may lack an older release tag: `git fetch"
    await expect(compared(clone, STRICT)).rejects.toThrow(told)
    const whole = (chain: Chain) =>
      !JSON.stringify(chain.at(-1)).includes("shallow")
    const { result } = await compared({ ...clone, exists: whole }, STRICT)
    expect(result.summary).toContain("has no older release tag")
  })

  it("stops for that in a partial clone, which has not fetched the files of the one before", async () => {
    const clone = {
      ...NONE,
      tags: ["v1.1.0"],
      glob: [".git/objects/pack/pack-1.promisor"],
      sync: new Error("git error: exit status 128"),
    }
    await expect(compared(clone, STRICT)).rejects.toThrow(
      "a partial clone, which has not fetched the files of `v1.1.0`: clone it without `--filter`",
    )
    // What it would build is another test's.
    for (const there of [{ glob: [] }, { sync: "" }])
      await expect(compared({ ...clone, ...there }, STRICT)).rejects.toThrow(
        "there is no tag",
      )
  })

  it("says so of a first release", async () => {
    const { result } = await compared({
      [LIST]: JSON.stringify(listing([], { versions: ["1.2.0", "1.3.0"] })),
    })
    expect(result.summary).toContain("PyPI has no older release of `quayside`")
  })
})

describe("a project that is released to an index of its own", () => {
  const COMPANY = [
    "[tool.shipwheel.environments.production]",
    'index = "company"',
    "[[tool.shipwheel.index]]",
    'name = "company"',
    'url = "https://simple.company.example/"',
    'publish-url = "https://upload.company.example/"',
  ]

  it("is compared with what is there where no tag decides, and its name is told to nobody else", async () => {
    const { calls, result } = await compared(
      { "python /index_files.py": JSON.stringify(listing([])) },
      COMPANY,
    )
    expect(result.summary).toContain("company has no older release of")
    const asked = calls.allOf("python /index_files.py ")
    const there = calls.allOf(
      "python /index_files.py https://simple.company.example/ quayside",
    )
    expect(there.length).toBeGreaterThan(0)
    expect(asked).toHaveLength(there.length)
  })
})

describe("a release with one before it on the index", () => {
  const LIST = "python /index_files.py https://pypi.example/simple/ quayside"
  const ANSWERS = {
    [`${LIST} 1.2.0`]: JSON.stringify(
      listing([], { versions: ["1.1.0", "1.1.1", "1.3.0"] }),
    ),
    [`${LIST} 1.1.1`]: JSON.stringify(
      listing([listed("quayside-1.1.1-py3-none-any.whl", "a", "broken")]),
    ),
    [`${LIST} 1.1.0`]: JSON.stringify(listing([listed(OLD, "b".repeat(64))])),
  }

  it("is compared with the newest that is not yanked, whose bytes have the hash that the index states", async () => {
    const { calls, result } = await compared(ANSWERS)
    expect(result.skipped).toBeUndefined()
    expect(result.summary).toMatch(/^since 1\.1\.0 \(PyPI\): 0 breaks, /)
    const [read] = calls.allOf(`${READ_API} /before`)
    const mounted = textsIn(read ?? []).join("\n")
    expect(mounted).toContain(`${"b".repeat(64)}  ${OLD}`)
  })

  it("is asked for before there is anything to compare with it, and not again", async () => {
    const asked = `${LIST} `
    const { calls, result } = await compared(ANSWERS)
    const ahead = await compared(ANSWERS, [], true)
    expect(ahead.result).toEqual(result)
    expect(ahead.calls.allOf(asked)).toHaveLength(calls.allOf(asked).length)
  })

  it("is fetched once, however often its hash is asked for", async () => {
    const { calls } = await compared(ANSWERS)
    const [read] = calls.allOf(`${READ_API} /before`)
    const fetched = textsIn(read ?? []).join("\n")
    expect(fetched).toContain("/index_files.py")
    expect(fetched).not.toContain("SHIPWHEEL_RUN")
  })

  it("is read by a program that has all its parts beside it", async () => {
    const { calls } = await compared(ANSWERS)
    const [read] = calls.allOf(`${READ_API} /before`)
    const mounted = textsIn(read ?? [])
    const parts = readdirSync(new URL("../../src/compare", import.meta.url))
      .filter((each) => /^api_.*\.py$/.test(each))
      .map((each) => `/${each}`)
    expect(parts).not.toEqual([])
    expect(mounted).toEqual(expect.arrayContaining(parts))
  })

  it("stops for a version that is too low only where it is told to", async () => {
    const broken = {
      ...ANSWERS,
      [`${READ_API} /before`]: JSON.stringify({ ...NO_API, breaks: [GONE] }),
    }
    const { result } = await compared(broken)
    expect(result.remarks).toEqual([expect.stringContaining("too low")])
    await expect(compared(broken, STRICT)).rejects.toThrow(
      /^1\.2\.0 is too low for a break since 1\.1\.0, 2\.0\.0 would fit/,
    )
  })
})

const GONE = {
  kind: "object-removed",
  path: "quayside.read",
  parameters: [],
  before: null,
  after: null,
  certain: true,
  deprecated: false,
  note: "",
}
