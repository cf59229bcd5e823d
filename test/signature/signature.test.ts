import { describe, expect, it } from "vitest"

import {
  complainOfSigning,
  refuseUnfitKey,
  refuseUnnamed,
  signatureName,
  signingRemarks,
} from "../../src/signature/signature.js"

const MINISIGN = `RW${"Q".repeat(54)}`

describe("a signature", () => {
  it("is called as the tool of its key calls it", () => {
    expect(signatureName(MINISIGN)).toBe("SHA256SUMS.minisig")
    expect(signatureName("ssh-ed25519 AAAA")).toBe("SHA256SUMS.sig")
  })
})

describe("a secret key", () => {
  const refusal = (problem: string | null) => () => {
    refuseUnfitKey(JSON.stringify({ problem }))
  }

  it("that signs is taken", () => {
    expect(refusal(null)).not.toThrow()
  })

  it.for([
    ["unreadable", "is no secret key of the kind that `public-key` is of"],
    ["encrypted", "is a key with a password, which nobody types here"],
    ["kind", "is an SSH key that is no Ed25519 one"],
    ["another", "is not the key that `tool.shipwheel.public-key` belongs to"],
  ] as const)(
    "that is %s is refused, with how to make one",
    ([problem, said]) => {
      expect(refusal(problem)).toThrow(
        `credential: the value of \`--signing-key\` ${said}`,
      )
      expect(refusal(problem)).toThrow(/ssh-keygen -t ed25519 -N ''.*minisign/)
    },
  )
})

describe("the files of a signed release", () => {
  const sums = `${"a".repeat(64)}  q-1.0.tar.gz\n`
  const held = (name: string, hash: string) => () => {
    refuseUnnamed([{ name, size: 1, sha256: hash.repeat(64) }], sums)
  }

  it("are those that the sums name", () => {
    expect(held("q-1.0.tar.gz", "a")).not.toThrow()
  })

  it("are refused with other bytes and under other names, with the next step", () => {
    const told =
      /is not what the signed `SHA256SUMS` of the release says[^]*put back what was built/
    expect(held("q-1.0.tar.gz", "b")).toThrow(told)
    expect(held("q-1.0-py3-none-any.whl", "a")).toThrow(told)
  })
})

describe("before a release begins, signing", () => {
  const given = { publicKey: MINISIGN, isGiven: true, isAnnounced: true }

  it("has nothing wrong where both keys are there, or none", () => {
    expect(complainOfSigning(given)).toBeUndefined()
    const none = { ...given, publicKey: undefined, isGiven: false }
    expect(complainOfSigning(none)).toBeUndefined()
  })

  it("is refused with a key whose signatures nobody could check", () => {
    const [owner, what] =
      complainOfSigning({ ...given, publicKey: undefined }) ?? []
    expect(owner).toBe("configuration")
    expect(what).toContain("`tool.shipwheel.public-key` is not set")
  })

  it("is missed where install scripts would look for it, and only there", () => {
    const [owner, what] = complainOfSigning({ ...given, isGiven: false }) ?? []
    expect(owner).toBe("credential")
    expect(what).toContain("there is no `--signing-key`")
    const rehearsal = { ...given, isGiven: false, isAnnounced: false }
    expect(complainOfSigning(rehearsal)).toBeUndefined()
    expect(signingRemarks(rehearsal)).toEqual([
      "`SHA256SUMS` is not signed here: there is no `--signing-key`.",
    ])
    expect(signingRemarks(given)).toEqual([])
  })
})
