import { dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import {
  openAllForReading,
  openForReading,
  openIndex,
  openTried,
  type Publishing,
} from "../../src/package-index/open-stage.js"
import { recordCalls } from "../helpers/recorded-engine.js"

const COMPANY = {
  name: "company",
  url: "https://company.example/simple/",
  publishUrl: "https://company.example/upload/",
}
const PROJECT: Publishing = {
  indexes: [COMPANY, { ...COMPANY, name: "other", url: "https://b.example/" }],
  mirrors: {},
}
/** What twine is asked for, where a public index is meant. */
const ANSWERS = {
  plaintext: "a-request-token",
  "python /public_indexes.py":
    "https://upload.harbour.example/legacy/\nhttps://test.harbour.example/legacy/\n",
}
const OWN = { user: "harbour", password: dag.setSecret("own", "rosemary") }
const TRIED = dag.setSecret("tried", "thyme")

/** What opening one gives, with nothing there that would answer. */
async function opened<T>(open: () => Promise<T>): Promise<T> {
  const { result } = await recordCalls(open, ANSWERS)
  return result
}

const target = (url: string) =>
  opened(() =>
    openForReading(PROJECT, url, {
      indexUser: OWN.user,
      indexPassword: OWN.password,
    }),
  )

describe("the password of an index that is promoted to", () => {
  const readerAt = async (tried: string) => {
    const there = await target("https://a.example:8443/legacy/")
    return (await opened(() => openTried(PROJECT, tried, there, {}))).reader
  }

  it("is shown to the test index where both are on one host and port", async () => {
    expect(await readerAt("https://a.example:8443/tried/legacy/")).toEqual(OWN)
  })

  it.for([
    ["another host", "https://b.example:8443/legacy/"],
    ["a host below it", "https://x.a.example:8443/legacy/"],
    ["another port", "https://a.example/legacy/"],
    ["no TLS", "http://a.example:8443/legacy/"],
    ["a configured index elsewhere", "company"],
    ["Test PyPI", "testpypi"],
  ])("is not shown to a test index at %s", async ([, url = ""]) => {
    expect(await readerAt(url)).toBeUndefined()
  })
})

describe("a test index", () => {
  it("has a user and a password of its own, and the other's is not shown there", async () => {
    const there = await target("https://a.example/legacy/")
    const given = { testIndexUser: "boat", testIndexPassword: TRIED }
    const url = "https://a.example/tried/legacy/"
    const { reader } = await opened(() => openTried(PROJECT, url, there, given))
    expect(reader).toEqual({ user: "boat", password: TRIED })
  })

  it("is shown a token as tokens are", async () => {
    const given = { testIndexPassword: TRIED }
    const { reader } = await opened(() =>
      openTried(PROJECT, "company", undefined, given),
    )
    expect(reader).toEqual({ user: "__token__", password: TRIED })
  })

  it.for([{ testIndexPassword: TRIED }, { testIndexUser: "boat" }])(
    "that lets everybody read is given none: %j",
    async (given) => {
      const open = opened(() =>
        openTried(PROJECT, "testpypi", undefined, given),
      )
      await expect(open).rejects.toThrow(
        /are for an index of your own, and `testpypi` lets everybody read\n.*`--test-index`/,
      )
    },
  )
})

describe("a password to look at several indexes with", () => {
  const readers = async (...options: string[]) => {
    const args = { indexUser: OWN.user, indexPassword: OWN.password }
    const all = await opened(() => openAllForReading(PROJECT, options, args))
    return all.map(({ reader }) => reader)
  }

  it("goes to the one that is nobody else's", async () => {
    expect(await readers("testpypi", "company", "pypi")).toEqual([
      ...[undefined, OWN, undefined],
    ])
  })

  it("is refused where it would go to two, with how to go on", async () => {
    await expect(readers("company", "other")).rejects.toThrow(
      /is for one index, and `company`, `other` are several\n.*one index at a time/,
    )
  })

  it("is refused where everybody may read", async () => {
    await expect(readers("testpypi", "pypi")).rejects.toThrow(
      /`testpypi` and `pypi` let everybody read\n.*Leave it out/,
    )
  })
})

describe("a Sigstore of one's own", () => {
  const caUrls = [{ url: "http://company.example/ca" }]
  const sigstore = JSON.stringify({ signingConfig: { caUrls } })
  const open = (skip = new Map<string, string>()) =>
    opened(() =>
      openIndex(
        {
          ...PROJECT,
          indexes: [{ ...COMPANY, attests: true, sigstore }],
          gates: { skip },
        },
        {
          index: "company",
          identityToken: dag.setSecret("identity", "a-request-token"),
          identityUrl: "https://ci.example/identity",
        },
      ),
    )

  it("that makes certificates in the open is refused before anything is built", async () => {
    await expect(open()).rejects.toThrow(
      /where no identity is shown: that takes https\n.*`--index-service`/,
    )
  })

  it("that is asked for none is taken", async () => {
    const skip = new Map([["attestations", "a mirror of ours"]])
    await expect(open(skip)).resolves.toMatchObject({ attests: true })
  })
})
