import { execFileSync } from "node:child_process"

import { compare as comparePep440 } from "@renovatebot/pep440"
import fc from "fast-check"
import { compare as compareSemver } from "semver"
import { describe, expect, test } from "vitest"

import { parseTag } from "../../src/version/version.js"

/** As calendars write them, with zeros in front. */
const number = fc
  .tuple(fc.constantFrom("", "", "0", "00"), fc.nat({ max: 999 }))
  .map(([zeros, n]) => `${zeros}${String(n)}`)
const release = fc
  .array(number, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join("."))
const semverSuffix = fc
  .tuple(fc.constantFrom("alpha", "beta", "rc", "a", "b", "dev"), number)
  .map(([phase, n]) => `-${phase}.${n}`)
const pep440Suffix = fc
  .tuple(
    fc.option(fc.tuple(fc.constantFrom("a", "b", "rc"), number)),
    fc.option(number),
    fc.option(number),
  )
  .map(([pre, post, dev]) =>
    [
      pre ? pre.join("") : "",
      post === null ? "" : `.post${post}`,
      dev === null ? "" : `.dev${dev}`,
    ].join(""),
  )
const tags = fc
  .tuple(
    fc.constantFrom("", "v"),
    release,
    fc.oneof(fc.constant(""), semverSuffix, pep440Suffix),
  )
  .map((parts) => parts.join(""))
/** Three numbers and a phase that sorts alike in both: `-dev` comes after `-beta` in SemVer, and before `a` in PEP 440. */
const comparable = fc
  .tuple(
    fc
      .tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.nat({ max: 12 }))
      .map((parts) => parts.join(".")),
    fc.option(fc.tuple(fc.constantFrom("alpha", "beta", "rc"), number)),
  )
  .map(([numbers, pre]) =>
    pre ? `v${numbers}-${pre.join(".")}` : `v${numbers}`,
  )

/** What the reference implementation of PEP 440 makes of each text. */
function normalized(texts: readonly string[]): string[] {
  const program =
    "import sys; from pip._vendor.packaging.version import Version\n" +
    "print(*(Version(line.strip()) for line in sys.stdin), sep='\\n')"
  const input = texts.join("\n")
  const printed = execFileSync("python3", ["-c", program], { input })
  return printed.toString().trim().split("\n")
}

describe("any staging tag", () => {
  test("is what `packaging` makes of the tag behind it, as a dev release", () => {
    const some = fc.sample(tags, 5000)
    const plain = some.map((tag) => (/dev/.test(tag) ? tag : `${tag}.dev0`))
    expect(some.map((tag) => parseTag(`staging/${tag}`).pep440)).toEqual(
      normalized(plain),
    )
  })

  test("comes before what is tagged without `staging/`, or is a dev release as well", () => {
    fc.assert(
      fc.property(tags, (tag) => {
        const [trial, release] = [parseTag(`staging/${tag}`), parseTag(tag)]
        const order = Math.sign(comparePep440(trial.pep440, release.pep440))
        expect(order).toBe(/dev/.test(tag) ? 0 : -1)
      }),
      { numRuns: 5000 },
    )
  })
})

describe("any tag that is accepted", () => {
  test("becomes what `packaging` makes of it", () => {
    const some = fc.sample(tags, 5000)
    expect(some.map((tag) => parseTag(tag).pep440)).toEqual(normalized(some))
  })

  test("is a prerelease just when `packaging` says so", () => {
    fc.assert(
      fc.property(tags, (tag) => {
        const { pep440, prerelease } = parseTag(tag)
        expect(prerelease).toBe(/a|b|rc|dev/.test(pep440))
      }),
    )
  })

  test("keeps its order from SemVer to PEP 440", () => {
    fc.assert(
      fc.property(comparable, comparable, (one, other) => {
        const [a, b] = [parseTag(one), parseTag(other)]
        expect(Math.sign(comparePep440(a.pep440, b.pep440))).toBe(
          Math.sign(compareSemver(a.semver ?? "", b.semver ?? "")),
        )
      }),
      { numRuns: 5000 },
    )
  })

  test("is refused as soon as anything stands behind it", () => {
    fc.assert(
      fc.property(
        tags,
        fc.constantFrom(";id", "$(id)", "\n", " ", "+1", "/"),
        (tag, more) => {
          expect(() => parseTag(tag + more)).toThrow("is no release tag")
        },
      ),
    )
  })
})
