import { dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { toolsContainer } from "../../src/containers/images.js"
import { Problems } from "../../src/errors.js"
import {
  checkSigned,
  checkSignedFiles,
  checkSigning,
  signatureOf,
} from "../../src/signature/stage.js"
import { beyond } from "../helpers/call-chain.js"
import { chainOf, folder, recordCalls } from "../helpers/recorded-engine.js"

const publicKey = `RW${"Q".repeat(54)}`
const project = { publicKey, mirrors: {} }
const key = () => ({ signingKey: dag.setSecret("signing-key", "sesame") })
const SIGN = "python /sign.py"
const FINE = { [SIGN]: '{ "problem": null }' }

describe("the signature of SHA256SUMS", () => {
  it("is made in a container that has the key as a variable, and in which nothing of the project is", async () => {
    const { calls } = await recordCalls(
      () => signatureOf("sums\n", project, key()),
      FINE,
    )
    const base = await chainOf(() => toolsContainer({}))
    expect(beyond(base, calls.of(SIGN))).toEqual([
      "withMountedFile /sign.py <file src/signature/sign.py>",
      "withNewFile /SHA256SUMS sums\n",
      "withSecretVariable SIGNING_KEY <setSecret signing-key sesame>",
      `withExec python /sign.py /SHA256SUMS ${publicKey} /SHA256SUMS.minisig`,
      "stdout",
    ])
  })

  it("is not made where nobody signs", async () => {
    const { calls, result } = await recordCalls(() =>
      signatureOf("sums\n", project, {}),
    )
    expect(result).toBeUndefined()
    expect(calls.asked).toEqual([])
  })
})

describe("a key that does not fit", () => {
  it("is told along with all else, before anything is built", async () => {
    const problems = new Problems()
    await recordCalls(() => checkSigning(project, key(), true, problems), {
      [SIGN]: '{ "problem": "another" }',
    })
    expect(problems.all.map(({ owner }) => owner)).toEqual(["credential"])
  })

  it("is tried, and one that fits has no problem", async () => {
    const problems = new Problems()
    const { calls } = await recordCalls(
      () => checkSigning(project, key(), true, problems),
      FINE,
    )
    expect(problems.all).toEqual([])
    expect(calls.allOf(SIGN)).toHaveLength(1)
  })
})

describe("the files of a release", () => {
  const ACCEPTS = "python /accepts.py"
  const checked = (
    answer: string,
    entries = ["SHA256SUMS", "SHA256SUMS.minisig"],
    signable: Parameters<typeof checkSigned>[2] = project,
  ) =>
    recordCalls(() => checkSigned(folder("release"), "sums\n", signable), {
      entries,
      [ACCEPTS]: answer,
    })

  it("are taken where the project's key has signed their sums", async () => {
    const { calls } = await checked('{"right": true}')
    const base = await chainOf(() => toolsContainer({}))
    expect(beyond(base, calls.of(ACCEPTS))).toEqual([
      "withMountedFile /accepts.py <file src/signature/accepts.py>",
      "withNewFile /SHA256SUMS sums\n",
      "withMountedFile /signature <file SHA256SUMS.minisig>",
      `withExec python /accepts.py /SHA256SUMS ${publicKey} /signature`,
      "stdout",
    ])
  })

  it("are refused with a signature that is another's, and without one", async () => {
    await expect(checked('{"right": false}')).rejects.toThrow(
      "project: `SHA256SUMS.minisig` is no signature of their `SHA256SUMS` by the key in `tool.shipwheel.public-key`",
    )
    await expect(checked("", ["SHA256SUMS"])).rejects.toThrow(
      "project: the files of the release have no `SHA256SUMS.minisig`, and `tool.shipwheel.public-key` says that they are signed",
    )
  })

  it("need no signature where the project has no key", async () => {
    const unsigned = { publicKey: undefined, mirrors: {} }
    const { calls } = await checked("", [], unsigned)
    expect(calls.asked).toEqual([])
  })
})

describe("the files of a release that was made before", () => {
  const WHEEL = "quayside-1.2.0-py3-none-any.whl"
  const line = (hash: string) => `${hash.repeat(64)}  ${WHEEL}\n`
  const checked = (
    answers: object,
    signable: Parameters<typeof checkSignedFiles>[1] = project,
  ) =>
    recordCalls(() => checkSignedFiles(folder("release"), signable), {
      ...{ entries: [WHEEL, "SHA256SUMS", "SHA256SUMS.minisig"], size: 1 },
      "python /accepts.py": '{"right": true}',
      "sha256sum --": line("a"),
      ...answers,
    })

  it("are taken where signed sums name them", async () => {
    await expect(checked({ contents: line("a") })).resolves.toBeDefined()
  })

  it("are refused where others lie in their place", async () => {
    await expect(checked({ contents: line("b") })).rejects.toThrow(
      `project: \`${WHEEL}\` is not what the signed \`SHA256SUMS\` of the release says`,
    )
  })

  it("are refused without a signature, and without sums", async () => {
    for (const entries of [[WHEEL, "SHA256SUMS"], [WHEEL]])
      await expect(checked({ entries, contents: line("a") })).rejects.toThrow(
        "have no `SHA256SUMS.minisig`",
      )
  })

  it("need no sums where the project has no key", async () => {
    const keyless = { publicKey: undefined, mirrors: {} }
    const { calls } = await checked({}, keyless)
    expect(calls.asked).toEqual([])
  })
})
