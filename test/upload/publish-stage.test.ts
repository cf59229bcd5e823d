import { dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { LIMITS } from "../../src/config/limits.js"
import {
  attestationTools,
  toolsContainer,
} from "../../src/containers/images.js"
import type { Forge } from "../../src/forge/forge.js"
import { rehearsalIndex } from "../../src/package-index/rehearsal-stage.js"
import type { PackageIndex } from "../../src/package-index/stage.js"
import type { Finding } from "../../src/pipeline/pipeline.js"
import { publish, publishWork } from "../../src/upload/publish-stage.js"
import { sdist, wheel } from "../helpers/builders.js"
import {
  askedFor,
  beyond,
  type Chain,
  shownCalls,
  textsIn,
} from "../helpers/call-chain.js"
import { indexOf, listingOf, SOUGHT, TOKEN } from "../helpers/indexes.js"
import { chainOf, folder, recordCalls } from "../helpers/recorded-engine.js"

const UPLOAD = "python /upload.py /plan.json"
const LIST = "python /index_files.py"
const RULES = "python /index_rules.py"
const PATIENCE = {
  indexWait: 300,
  limits: LIMITS,
  gates: { skip: new Map<string, string>() },
}
const BOTH = [wheel(), sdist()]

function uploaded(...names: string[]): string {
  const done = { outcome: "uploaded", cause: null, status: null }
  const files = names.map((name) => ({
    name,
    outcome: "uploaded",
    attempts: [done],
  }))
  return JSON.stringify({ refused: null, files })
}

/** Nothing was uploaded: the identity was denied, or nobody answered. */
function untaken(denied: boolean): string {
  const refused = { cause: "it is not for you", denied }
  return JSON.stringify({ refused, files: [] })
}

/** Publishes to an index that shows one listing after the other. */
function published(
  index: () => PackageIndex,
  listings: string[],
  answer = uploaded(...BOTH.map(({ name }) => name)),
) {
  const shown = [...listings]
  return recordCalls(() => publish(folder("dist"), SOUGHT, index(), PATIENCE), {
    [RULES]: "[]",
    [LIST]: () => shown.shift(),
    [UPLOAD]: answer,
  })
}

const whole = () => published(indexOf, [listingOf([]), listingOf(BOTH)])

function planIn(upload: Chain): Record<string, unknown> {
  const written = upload.find(({ args }) => args["path"] === "/plan.json")
  return JSON.parse(String(written?.args["contents"])) as Record<
    string,
    unknown
  >
}

function nonceOf(chain: Chain): unknown {
  return chain.find(({ args }) => args["name"] === "SHIPWHEEL_RUN")?.args[
    "value"
  ]
}

it("says what else the index has of the version once all is there, which installers may take first", async () => {
  const built = "quayside-1.2.0-1-py3-none-any.whl"
  const beside = { ...wheel(), name: built, sha256: "0".repeat(64) }
  const listings = [listingOf([]), listingOf([...BOTH, beside])]
  const { result } = await published(indexOf, listings)
  expect(result.details).toContain(`also has \`${built}\` of this version`)
  expect((await whole()).result.details).not.toContain("also has")
})

describe("files that the forge would refuse", () => {
  const announced = (
    unfit: string[],
    held: object[] = [],
    wanted = new Error(),
  ) => {
    const github = {
      name: "GitHub",
      unfit: () => unfit,
      releases: () => Promise.resolve(held),
    } as unknown as Forge
    return recordCalls(
      async () => {
        const { run } = publishWork({
          project: { name: "quayside", ...PATIENCE },
          version: SOUGHT.version,
          index: indexOf(),
          dist: () => Promise.resolve(folder("dist")),
          files: () => Promise.resolve(BOTH),
          announcement: { github, wanted: () => Promise.reject(wanted) },
        }) as { run: () => Promise<Finding> }
        return run()
      },
      {
        [RULES]: "[]",
        [LIST]: listingOf(BOTH),
        [UPLOAD]: uploaded(),
      },
    )
  }

  it("are refused while nothing is out", async () => {
    await expect(announced(["`a.whl` is too large"])).rejects.toThrow(
      "the release's files don't fit GitHub: `a.whl` is too large",
    )
  })

  it("are uploaded where it takes them", async () => {
    const { result } = await announced([])
    expect(result.summary).toContain("kept")
  })

  it("are compared with what it has published of the release, while nothing is out", async () => {
    const wanted = new Error("the files are asked for")
    const published = { tag: SOUGHT.version.tag, draft: false, id: 1 }
    await expect(announced([], [published], wanted)).rejects.toThrow(wanted)
    const other = { ...published, tag: "v0.1.0" }
    const { result } = await announced([], [other], wanted)
    expect(result.summary).toContain("kept")
  })
})

describe("files that PyPI would refuse", () => {
  const rule = (name: string) => ({
    rule: name,
    subject: "quayside-1.2.0-py3-none-any.whl",
    what: `it breaks \`${name}\``,
    next: "Mend it.",
  })
  const found = JSON.stringify([rule("direct-urls"), rule("summary")])
  const attempt = (changes: Partial<PackageIndex>) => {
    const asked: string[] = []
    const note = (name: string, answer: string) => () => {
      asked.push(name)
      return answer
    }
    const done = recordCalls(
      () => publish(folder("dist"), SOUGHT, indexOf(changes), PATIENCE),
      {
        [RULES]: found,
        [LIST]: note("list", listingOf(BOTH)),
        [UPLOAD]: note("upload", uploaded()),
      },
    )
    return { asked, done }
  }

  it("are refused by all that is wrong, before the index is asked for anything", async () => {
    const { asked, done } = attempt({})
    await expect(done).rejects.toMatchObject({
      summary: "the index would refuse the files: `direct-urls`, `summary`",
      details: expect.stringContaining(
        "it breaks `summary`. Mend it.",
      ) as string,
    })
    expect(asked).toEqual([])
  })

  it("are refused by what an index of one's own does not say that it takes", async () => {
    const { asked, done } = attempt({ takes: ["summary"] })
    await expect(done).rejects.toMatchObject({
      summary: "the index would refuse the files: `direct-urls`",
    })
    expect(asked).toEqual([])
  })

  it("go to an index that takes them", async () => {
    const { done } = attempt({ takes: ["summary", "direct-urls"] })
    expect((await done).result.summary).toContain("kept")
  })
})

describe("files of another version than the tag's", () => {
  it("are refused, whatever made them, and the index is asked for nothing", async () => {
    const files = [wheel({ name: "quayside-9.9.9-py3-none-any.whl" }), sdist()]
    const failed = recordCalls(() =>
      publish(folder("dist"), { ...SOUGHT, files }, indexOf(), PATIENCE),
    )
    await expect(failed).rejects.toMatchObject({
      summary:
        "`quayside-9.9.9-py3-none-any.whl` carries version 9.9.9, the tag says 1.2.0",
    })
  })
})

describe("an upload", () => {
  it("runs in the tools, after a nonce, with the files, the plan and the token as a variable", async () => {
    const { calls } = await whole()
    const base = await chainOf(() => toolsContainer({}))
    expect(beyond(base, calls.of(UPLOAD))).toEqual([
      expect.stringMatching(/^withEnvVariable SHIPWHEEL_RUN [0-9a-f-]{36}$/),
      "withMountedDirectory /dist <directory dist>",
      "withWorkdir /dist",
      "withMountedFile /asking.py <file src/package-index/asking.py>",
      "withMountedFile /upload.py <file src/upload/upload.py>",
      expect.stringMatching(/^withNewFile \/plan\.json /),
      expect.stringMatching(
        /^withSecretVariable INDEX_SECRET <setSecret token /,
      ),
      `withExec ${UPLOAD}`,
      "stdout",
    ])
  })

  it("is never the one before it", async () => {
    const [one, other] = [await whole(), await whole()]
    expect(nonceOf(one.calls.of(UPLOAD))).not.toBe(
      nonceOf(other.calls.of(UPLOAD)),
    )
  })

  it("shows the token to nothing but the secret", async () => {
    const { calls } = await whole()
    const secrets = calls
      .of(UPLOAD)
      .flatMap(({ args, operation }) =>
        operation === "withSecretVariable" ? textsIn(args["secret"]) : [],
      )
    const all = calls.asked.flatMap(textsIn)
    const within = (texts: string[]) =>
      texts.filter((each) => each.includes(TOKEN)).length
    expect(within(secrets)).toBe(1)
    expect(within(all)).toBe(1)
  })

  it("plans the files that are absent, the wheel first", async () => {
    const { calls } = await whole()
    expect(planIn(calls.of(UPLOAD))).toMatchObject({
      files: ["quayside-1.2.0-py3-none-any.whl", "quayside-1.2.0.tar.gz"],
      publishUrl: "https://index.example/legacy/",
      simpleUrl: "https://index.example/simple/",
      user: "__token__",
      identity: false,
      patience: 300,
      limit: 1800,
    })
  })

  it("leaves alone what is there with the same hash", async () => {
    const { calls, result } = await published(
      indexOf,
      [listingOf([wheel()]), listingOf(BOTH)],
      uploaded("quayside-1.2.0.tar.gz"),
    )
    expect(planIn(calls.of(UPLOAD))["files"]).toEqual(["quayside-1.2.0.tar.gz"])
    expect(result.summary).toBe(
      "uploaded `quayside-1.2.0.tar.gz`; kept `quayside-1.2.0-py3-none-any.whl` (there already, same hash) to the index",
    )
  })

  it("is none where everything is there", async () => {
    const { calls } = await published(indexOf, [
      listingOf(BOTH),
      listingOf(BOTH),
    ])
    expect(calls.allOf(UPLOAD)).toEqual([])
  })

  it("is none where other bytes are there", async () => {
    const other = listingOf([wheel({ sha256: "c".repeat(64) })])
    let uploads = 0
    const failed = recordCalls(
      () => publish(folder("dist"), SOUGHT, indexOf(), PATIENCE),
      { [RULES]: "[]", [LIST]: other, [UPLOAD]: () => uploads++ },
    )
    await expect(failed).rejects.toMatchObject({
      summary:
        "the index holds other bytes under `quayside-1.2.0-py3-none-any.whl`",
    })
    expect(uploads).toBe(0)
  })
})

describe("the listing", () => {
  it("is read once before, and waited for after what was sent", async () => {
    const { calls } = await whole()
    const reads = calls
      .allOf(LIST)
      .map((each) => shownCalls(each).at(-2)?.split(" ").at(-1))
    expect(reads).toEqual(["0", "300"])
  })

  it("is not waited for where nothing was sent", async () => {
    const refused = untaken(true)
    let waits = ""
    const failed = recordCalls(
      async () => publish(folder("dist"), SOUGHT, indexOf(), PATIENCE),
      {
        [`${LIST} https://index.example/simple/ quayside 1.2.0 /expected.txt 300`]:
          () => (waits = "waited"),
        [RULES]: "[]",
        [LIST]: listingOf([]),
        [UPLOAD]: refused,
      },
    )
    await expect(failed).rejects.toMatchObject({
      summary: "the upload to the index stopped: it is not for you",
    })
    expect(waits).toBe("")
  })

  it.each([
    [
      true,
      true,
      "Name this repository and its workflow as a trusted publisher in the project's settings at https://index.example, or pass an API token instead: `--index-password env://INDEX_PASSWORD`, which `index` takes as `--password`.",
    ],
    [true, false, "Ask whoever runs https://index.example for a user"],
    [false, true, "Run the same command again"],
  ])(
    "where nothing was sent is followed by what to do: denied %s, an identity %s",
    async (denied, identity, next) => {
      const secret = () => dag.setSecret("token", TOKEN)
      const failed = published(
        () =>
          indexOf({
            credential: { user: "__token__", secret: secret(), identity },
          }),
        [listingOf([]), listingOf([])],
        untaken(denied),
      )
      await expect(failed).rejects.toMatchObject({
        details: expect.stringContaining(next) as string,
      })
    },
  )

  it("is read anew each time", async () => {
    const { calls } = await whole()
    const nonces = calls.allOf(LIST).map(nonceOf)
    expect(new Set(nonces).size).toBe(2)
  })

  it("is compared with the hashes that were built", async () => {
    const { calls } = await whole()
    const [first = []] = calls.allOf(LIST)
    const expected = first.find(({ args }) => args["path"] === "/expected.txt")
    expect(expected?.args["contents"]).toBe(
      `${"a".repeat(64)}  quayside-1.2.0-py3-none-any.whl\n${"b".repeat(64)}  quayside-1.2.0.tar.gz\n`,
    )
  })
})

describe("a release that the index does not show is followed by what helps", () => {
  const NAMES = BOTH.map(({ name }) => name)
  const failed = (status: number, cause: string, name = NAMES[0]) => {
    const attempt = { outcome: "failed", cause, status }
    const files = [{ name, outcome: "failed", attempts: [attempt] }]
    return JSON.stringify({ refused: null, files })
  }
  const other = wheel({ sha256: "c".repeat(64) })

  it("because it yanked what it was sent", async () => {
    const whole = JSON.parse(listingOf(BOTH)) as {
      files: { yanked: string | null }[]
    }
    for (const file of whole.files) file.yanked = "held"
    const listings = [listingOf([]), JSON.stringify(whole)]
    await expect(
      published(indexOf, listings, uploaded(...NAMES)),
    ).rejects.toMatchObject({
      details: expect.stringContaining("yanked it: take that back") as string,
    })
  })

  it.each([
    ["after it was sent", uploaded(...NAMES), [], "tool.shipwheel.index-wait"],
    [
      "with other bytes",
      uploaded(...NAMES),
      [other, sdist()],
      "release a new version; `recover` prints the commands",
    ],
    [
      "under a name that is taken",
      failed(400, "File already exists"),
      [],
      "It has a file of that name and does not list it",
    ],
    [
      "because it takes nothing now",
      failed(403, "Uploads are temporarily disabled."),
      [],
      "run the same command again later",
    ],
    [
      "because it refused the token",
      failed(403, "No."),
      [],
      "Ask whoever runs https://index.example",
    ],
    [
      "because it refused a second file, and took the first",
      failed(403, "No.", NAMES[1]),
      [wheel()],
      "ask whoever runs it which files it takes",
    ],
    [
      "because it sends uploads elsewhere",
      failed(
        307,
        "307: redirected to https://other.example, where no credential follows",
      ),
      [],
      "Correct where uploads go: `publish-url`",
    ],
    [
      "for a cause that is not known",
      failed(400, "No."),
      [],
      "the same again alone changes nothing: do what it says",
    ],
  ])("%s", async (_, answer, shown, next) => {
    const listings = [listingOf([]), listingOf(shown)]
    await expect(published(indexOf, listings, answer)).rejects.toMatchObject({
      details: expect.stringContaining(next) as string,
    })
  })
})

describe("the rehearsal index", () => {
  const rehearsed = () =>
    published(() => rehearsalIndex({}), [listingOf([]), listingOf(BOTH)])

  it("is started first, and outlives the upload", async () => {
    const { calls } = await rehearsed()
    const asked = calls.asked.map((each) => each.at(-1)?.operation)
    expect(asked.slice(0, 2)).toEqual(["stdout", "start"])
    expect(askedFor(calls.asked[0] ?? [])).toContain(RULES)
  })

  it("is bound to what uploads and what reads, under its own name", async () => {
    const { calls } = await rehearsed()
    for (const each of [calls.of(UPLOAD), ...calls.allOf(LIST)])
      expect(shownCalls(each).join("\n")).toMatch(
        /withServiceBinding index <asService pypi-server run /,
      )
  })

  it("takes a token of its own, which nobody has seen before", async () => {
    const runs = [await rehearsed(), await rehearsed()]
    const tokens = runs.map(({ calls }) => {
      const [secret] = calls
        .of(UPLOAD)
        .filter(({ operation }) => operation === "withSecretVariable")
      return textsIn(secret).find((each) => each.startsWith("pypi-"))
    })
    expect(tokens[0]).toMatch(/^pypi-[0-9a-f-]{36}$/)
    expect(tokens[0]).not.toBe(tokens[1])
  })
})

describe("an identity", () => {
  it("goes as the secret, and is exchanged where the index says", async () => {
    const { calls } = await published(
      () =>
        indexOf({
          credential: {
            user: "__token__",
            secret: dag.setSecret("identity", "header.claims.signature"),
            identity: true,
            identityUrl: "https://ci.example/token",
          },
        }),
      [listingOf([]), listingOf(BOTH)],
    )
    expect(planIn(calls.of(UPLOAD))).toMatchObject({
      identity: true,
      identityUrl: "https://ci.example/token",
    })
    expect(shownCalls(calls.of(UPLOAD)).join("\n")).toContain(
      "withSecretVariable INDEX_SECRET <setSecret identity",
    )
  })
})

describe("files that are attested", () => {
  const trusted = (changes: Partial<PackageIndex> = {}) =>
    indexOf({
      attests: true,
      credential: {
        user: "__token__",
        secret: dag.setSecret("identity", "a request token"),
        identity: true,
        identityUrl: "https://ci.example/identity",
      },
      ...changes,
    })
  const ATTEST = "python /attest.py /plan.json /attestations"
  const attempt = (
    index: () => PackageIndex,
    refused: string | null = null,
    skip = new Map<string, string>(),
    kept = true,
    whose: string | null = null,
  ) => {
    const shown = [listingOf([]), listingOf(BOTH, kept)]
    const patience = { ...PATIENCE, gates: { skip } }
    return recordCalls(
      () => publish(folder("dist"), SOUGHT, index(), patience),
      {
        [RULES]: "[]",
        [LIST]: () => shown.shift(),
        [ATTEST]: JSON.stringify({ refused, whose }),
        [UPLOAD]: uploaded(...BOTH.map(({ name }) => name)),
      },
    )
  }

  it("are so in a container of their own, before anything is uploaded, and go out with that", async () => {
    const { calls } = await attempt(trusted)
    const base = await chainOf(() => attestationTools({}))
    expect(beyond(base, calls.of(ATTEST))).toEqual([
      expect.stringMatching(/^withEnvVariable SHIPWHEEL_RUN [0-9a-f-]{36}$/),
      "withMountedDirectory /dist <directory dist>",
      "withWorkdir /dist",
      "withMountedFile /asking.py <file src/package-index/asking.py>",
      "withMountedFile /own_sigstore.py <file src/package-index/own_sigstore.py>",
      "withMountedFile /upload.py <file src/upload/upload.py>",
      "withMountedFile /attest.py <file src/upload/attest.py>",
      expect.stringMatching(/^withNewFile \/plan\.json .*"identityUrl"/),
      "withSecretVariable IDENTITY <setSecret identity a request token>",
      `withExec ${ATTEST}`,
      "stdout",
    ])
    expect(shownCalls(calls.of(UPLOAD))).toContain(
      "withMountedDirectory /attestations <directory /attestations>",
    )
    expect(planIn(calls.of(UPLOAD))["attestations"]).toBe("/attestations")
  })

  it("are not uploaded where they can't be, and the way without is told", async () => {
    const failed = attempt(trusted, "Sigstore: no answer")
    await expect(failed).rejects.toMatchObject({
      summary:
        "the files for the index could not be attested: Sigstore: no answer",
      details: expect.stringContaining("skip = { attestations") as string,
    })
  })

  it.for([
    ["trust", "Correct the file that `sigstore` of the index names"],
    ["ci", "Correct `--identity-url`"],
    ["sigstore", "waiting may not help"],
    [null, "Run the same command again when Sigstore answers"],
  ] satisfies [string | null, string][])(
    "are waited for where that helps: %s",
    async ([whose, next]) => {
      const skip = new Map<string, string>()
      const failed = attempt(trusted, "a cause", skip, true, whose)
      await expect(failed).rejects.toMatchObject({
        details: expect.stringContaining(next) as string,
      })
    },
  )

  it.for([
    ["an index that takes none", () => trusted({ attests: undefined })],
    ["whoever shows an API token", () => indexOf({ attests: true })],
  ] satisfies [string, () => PackageIndex][])(
    "are none for %s",
    async ([, index]) => {
      const { calls } = await attempt(index)
      expect(calls.allOf(ATTEST)).toEqual([])
      expect(planIn(calls.of(UPLOAD))["attestations"]).toBeUndefined()
    },
  )

  it("are none where that is switched off", async () => {
    const off = new Map([["attestations", "a mirror of ours"]])
    const { calls } = await attempt(trusted, null, off)
    expect(calls.allOf(ATTEST)).toEqual([])
  })

  it("are told where the index says nothing of who published them, though it took them so", async () => {
    const failed = attempt(trusted, null, new Map(), false)
    await expect(failed).rejects.toMatchObject({
      summary: `the index took ${BOTH.map(({ name }) => `\`${name}\``).join(", ")} with attestations, and says nothing of who published them`,
    })
  })

  it("are signed by the Sigstore of the index, in the open only where a service of this machine answers", async () => {
    const sigstore = '{"mediaType": "…"}'
    const own = () =>
      trusted({ sigstore, service: dag.container().asService() })
    const { calls } = await attempt(own)
    expect(planIn(calls.of(ATTEST))).toMatchObject({
      sigstore,
      near: "index.example",
    })
    const bare = await attempt(() => trusted({ sigstore }))
    expect(planIn(bare.calls.of(ATTEST))["near"]).toBeUndefined()
  })
})
