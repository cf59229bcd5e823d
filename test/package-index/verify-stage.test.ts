import { dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { pythonContainer, toolsContainer } from "../../src/containers/images.js"
import { parseListing } from "../../src/package-index/index-state.js"
import { rehearsalIndex } from "../../src/package-index/rehearsal-stage.js"
import type { PackageIndex } from "../../src/package-index/stage.js"
import { verify } from "../../src/package-index/verify-stage.js"
import { project, sdist, wheel } from "../helpers/builders.js"
import {
  beyond,
  type Chain,
  shownCalls,
  textsIn,
} from "../helpers/call-chain.js"
import { indexOf, listingOf, SOUGHT } from "../helpers/indexes.js"
import { chainOf, folder, recordCalls } from "../helpers/recorded-engine.js"

const LIST = "python /index_files.py"
const REQUIRES = ["fastapi>=0.110", "uvicorn"]
const ASK = "python /installed.py"

async function verified(
  index: () => PackageIndex = indexOf,
  given = project(),
  listing = listingOf([wheel(), sdist()]),
  more: Readonly<Record<string, unknown>> = {},
) {
  return recordCalls(() => verify(given, folder("dist"), SOUGHT, index()), {
    [LIST]: listing,
    "python /wheel_requirements.py": `${REQUIRES.join("\n")}\n`,
    "python /listed_metadata.py": "",
    "python /serve.py": "/ answered 200\n",
    [ASK]: "",
    quayside: "",
    ...more,
  })
}

/** What is done to a Python that holds the dependencies. */
async function beyondDependencies(python: string, chain: Chain | undefined) {
  const base = await chainOf(() => pythonContainer(python, {}, REQUIRES))
  return beyond(base, chain ?? [])
}

const NONCE = expect.stringMatching(
  /^withEnvVariable SHIPWHEEL_RUN [0-9a-f-]{36}$/,
) as string
const MOUNTS = [
  "withMountedFile /to_the_end.py <file src/containers/to_the_end.py>",
  "withMountedFile /bounded.py <file src/containers/bounded.py>",
  "withMountedFile /installed.py <file src/install/installed.py>",
  "withMountedFile /prints.py <file src/install/prints.py>",
  "withMountedFile /in_turn.sh <file src/containers/in_turn.sh>",
]
const QUESTIONS = [
  "in turn timeout -k 10 600 uv pip check",
  "in turn timeout -k 10 600 python /installed.py --whole quayside 1.2.0 quayside",
  "stdout",
]

describe("a verified install", () => {
  it("takes the dependencies before it knows the index, and the package alone from there, by its hash", async () => {
    const { calls } = await verified()
    const [oldest] = calls.allOf(ASK)
    expect(await beyondDependencies("3.9", oldest)).toEqual([
      NONCE,
      `withNewFile /pinned.txt quayside==1.2.0 --hash=sha256:${"a".repeat(64)}\n`,
      ...MOUNTS,
      "in turn uv pip install --quiet --no-deps --no-cache --no-build --require-hashes --default-index https://index.example/simple/ --reinstall-package quayside --requirement /pinned.txt",
      ...QUESTIONS,
    ])
  })

  it("takes the sdist by its address and its hash, so that what builds it does not come from there", async () => {
    const { calls } = await verified()
    const last = calls.allOf(ASK).at(-1)
    expect(await beyondDependencies("3.12", last)).toEqual([
      NONCE,
      `withNewFile /pinned.txt quayside @ https://index.example/files/quayside-1.2.0.tar.gz --hash=sha256:${"b".repeat(64)}\n`,
      ...MOUNTS,
      "in turn uv pip install --quiet --no-deps --no-cache --require-hashes --reinstall-package quayside --requirement /pinned.txt",
      ...QUESTIONS,
    ])
  })

  it("is made on every Python, and of the sdist on the newest", async () => {
    const { calls, result } = await verified()
    expect(calls.allOf(ASK).map((each) => shownCalls(each)[1])).toEqual([
      "from python:3.9-slim",
      "from python:3.10-slim",
      "from python:3.11-slim",
      "from python:3.12-slim",
      "from python:3.12-slim",
    ])
    expect(result.summary).toBe(
      "installed from the index with the built hash on Python 3.9, Python 3.10, Python 3.11, Python 3.12, the sdist on Python 3.12",
    )
  })

  it("is never the one before it", async () => {
    const nonces = [await verified(), await verified()].map(
      ({ calls }) =>
        calls
          .allOf(ASK)[0]
          ?.find(({ args }) => args["name"] === "SHIPWHEEL_RUN")?.args["value"],
    )
    expect(nonces[0]).not.toBe(nonces[1])
  })

  it("of a rehearsal comes from an index that holds just what was built, so that the same files are verified once", async () => {
    const { calls } = await verified(() => rehearsalIndex({}))
    const asked = calls.allOf(ASK)
    expect(asked).toHaveLength(5)
    for (const each of asked)
      expect(shownCalls(each).join("\n")).not.toContain("SHIPWHEEL_RUN")
    const bound = asked.flatMap((chain) =>
      chain.filter(({ operation }) => operation === "withServiceBinding"),
    )
    expect(bound).toHaveLength(5)
    for (const { args } of bound) {
      const served = shownCalls(args["service"] as Chain)
      expect(served).toContain("withDirectory /packages <directory dist>")
    }
  })

  it("tells what else the index has of the version, which installers may take first", async () => {
    const built = "quayside-1.2.0-1-py3-none-any.whl"
    const more = { ...wheel(), name: built, sha256: "0".repeat(64) }
    const both = listingOf([wheel(), sdist(), more])
    const { result } = await verified(indexOf, project(), both)
    expect(result.remarks?.join("\n")).toMatch(
      /also has `quayside-1\.2\.0-1-py3-none-any\.whl` of this version, not from here/,
    )
    expect((await verified()).result.remarks).toEqual([])
  })

  it("is none where the index leads installers by metadata of its own", async () => {
    const wrong = "its metadata has another requires-dist than the wheel"
    const lying = { "python /listed_metadata.py": `${wrong}\n` }
    const told = verified(indexOf, project(), undefined, lying)
    await expect(told).rejects.toThrow(
      /^what the index says of the files is not what they say: .*requires-dist[^]*Nothing was installed/,
    )
  })

  it("that fails tells that as well, as an installer names no index", async () => {
    const local = "quayside-1.2.0+evil-py3-none-any.whl"
    const both = listingOf([wheel(), sdist()], false, { beside: [local] })
    const told = verified(indexOf, project(), both, { [ASK]: new Error("404") })
    await expect(told).rejects.toThrow(
      /the index also has `quayside-1\.2\.0\+evil-py3-none-any\.whl` of this version, not from here/,
    )
  })

  it("ends with what every installed package is asked: its version, and the smoke commands", async () => {
    const smoke = [["quayside", "berths"]]
    const plain = project()
    const gates = { ...plain.gates, versionCommands: [["quayside", "-V"]] }
    const { calls, result } = await verified(indexOf, {
      ...plain,
      gates,
      smoke,
    })
    const asked = calls.allOf("quayside berths")
    expect(asked).toHaveLength(5)
    for (const each of asked)
      expect(shownCalls(each).slice(-4)).toEqual([
        "in turn timeout -k 10 600 python /installed.py --whole quayside 1.2.0 quayside",
        "in turn timeout -k 10 600 python /prints.py 1.2.0 quayside,quayside quayside -V",
        "in turn timeout -k 10 600 python -IS /bounded.py quayside berths",
        "stdout",
      ])
    expect(result.summary).toMatch(/; `quayside -V`, `quayside berths`$/)
  })

  it("asks the index for nothing that the upload has seen there", async () => {
    const shown = { listing: parseListing(listingOf([wheel(), sdist()])) }
    const { calls, result } = await recordCalls(
      () => verify(project(), folder("dist"), SOUGHT, indexOf(), shown),
      {
        "python /listed_metadata.py": "",
        "python /wheel_requirements.py": "",
        [ASK]: "",
      },
    )
    expect(calls.allOf(LIST)).toEqual([])
    expect(result.summary).toMatch(/^installed from the index /)
  })

  it("is asked for its page on the newest Python", async () => {
    const plain = project()
    const serve = { command: ["quayside", "serve"], port: 8000, path: "/" }
    const gates = { ...plain.gates, serve }
    const { calls } = await verified(indexOf, { ...plain, gates })
    const asked = shownCalls(calls.of("python /serve.py"))
    expect(asked[1]).toBe("from python:3.12-slim")
    expect(asked.at(-2)).toBe(
      "withExec timeout -k 10 660 python /serve.py 60 8000 / quayside serve",
    )
  })

  it("reads the requirements from the wheels that were built, away from the index", async () => {
    const { calls } = await verified()
    const base = await chainOf(() => toolsContainer({}))
    expect(beyond(base, calls.of("python /wheel_requirements.py"))).toEqual([
      "withMountedFile /wheel_requirements.py <file src/package-index/wheel_requirements.py>",
      "withMountedFile /wheel_metadata.py <file src/package-index/wheel_metadata.py>",
      "withMountedDirectory /dist <directory dist>",
      "withWorkdir /dist",
      "withExec python /wheel_requirements.py quayside-1.2.0-py3-none-any.whl",
      "stdout",
    ])
  })

  it("fetches from a private index where nothing of the project is, and shows the password nowhere else", async () => {
    const { calls, result } = await verified(() =>
      indexOf({
        reader: { user: "harbour", password: dag.setSecret("password", "x") },
      }),
    )
    for (const each of calls.allOf(ASK)) {
      expect(textsIn(each).join("\n")).toContain("INDEX_PASSWORD")
      const own = shownCalls(each)
      expect(own.filter((line) => /secret/i.test(line))).toEqual([])
      expect(own).toContain(
        "withMountedDirectory /fetched <directory /fetched>",
      )
    }
    const read = shownCalls(calls.of(LIST))
    const tools = await chainOf(() => toolsContainer({}))
    const own = beyond(tools, calls.of(LIST)).join("\n")
    expect(own).not.toContain("install")
    const shows = read.findIndex((line) => line.includes("INDEX_PASSWORD"))
    expect(read.slice(shows)).toEqual([
      expect.stringMatching(/^withSecretVariable INDEX_PASSWORD /),
      expect.stringMatching(/^withExec python \/index_files.py /),
      "withoutSecretVariable INDEX_PASSWORD",
      "withoutEnvVariable INDEX_USER",
      "stdout",
    ])
    expect(result.summary).toMatch(
      /^fetched from the index, and installed with the built hash on Python 3\.9, /,
    )
  })
})

describe("an index that does not offer the release", () => {
  it("is waited for as long as configured, and nothing is installed", async () => {
    let installed = 0
    const failed = recordCalls(
      () =>
        verify(
          { ...project(), indexWait: 7 },
          folder("dist"),
          SOUGHT,
          indexOf(),
        ),
      {
        [`${LIST} https://index.example/simple/ quayside 1.2.0 /expected.txt 7`]:
          listingOf([]),
        "": () => installed++,
      },
    )
    await expect(failed).rejects.toMatchObject({
      summary:
        "the index does not offer the release after 0 s: none of the files is listed",
      details: expect.stringMatching(
        /absent[^]*Nothing was installed; the table says what is where[^]*the same command once more/,
      ) as string,
    })
    expect(installed).toBe(0)
  })
})

describe("who published the files", () => {
  const ASK_WHO = "python /provenance.py /plan.json"
  const file = {
    ...{ name: "quayside-1.2.0.tar.gz", publishers: ["octo-org/quayside"] },
    ...{ offline: false, problem: null },
  }
  const own = project({
    toml: ["[tool.shipwheel.github]", 'repository = "octo-org/quayside"'],
  })

  it("is asked of an index that takes attestations, and told", async () => {
    const index = () => indexOf({ attests: true })
    const { calls, result } = await verified(index, own, undefined, {
      [ASK_WHO]: JSON.stringify({ unread: null, files: [file] }),
    })
    const asked = calls.of(ASK_WHO)
    const plan = asked.find(({ args }) => args["path"] === "/plan.json")
    expect(plan?.args["contents"]).toContain('"repository":"octo-org/quayside"')
    expect(result.summary).toMatch(
      /; provenance of `quayside-1\.2\.0\.tar\.gz` verified: octo-org\/quayside$/,
    )
  })

  it("is asked of one that not everybody may read with its password", async () => {
    const reader = { user: "harbour", password: dag.setSecret("read", "thyme") }
    const index = () => indexOf({ attests: true, reader })
    const { calls } = await verified(index, own, undefined, {
      [ASK_WHO]: JSON.stringify({ unread: null, files: [file] }),
    })
    expect(shownCalls(calls.of(ASK_WHO))).toEqual(
      expect.arrayContaining([
        "withEnvVariable INDEX_USER harbour",
        "withSecretVariable INDEX_PASSWORD <setSecret read thyme>",
      ]),
    )
  })

  it("is asked of no other", async () => {
    const { calls } = await verified()
    expect(calls.allOf(ASK_WHO)).toEqual([])
  })
})
