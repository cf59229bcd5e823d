import { describe, expect, test } from "vitest"

import {
  checkRelease,
  checkShown,
  onForge,
} from "../../src/release/promotion.js"
import {
  attemptList,
  joinUploads,
  NOTHING_UPLOADED,
  parseUpload,
  shortUpload,
  whyStopped,
} from "../../src/upload/upload.js"
import { parseTag } from "../../src/version/version.js"
import { lines, refusal } from "../helpers/refusal.js"

const A = "a".repeat(64)
const B = "b".repeat(64)
const WHEEL = { name: "boat-1.0-py3-none-any.whl", size: 1, sha256: A }
const SDIST = { name: "boat-1.0.tar.gz", size: 1, sha256: B }
const SUMS = `${A}  ${WHEEL.name}\n${B}  ${SDIST.name}\n`

describe("a release directory", () => {
  const check = (
    files = [WHEEL, SDIST],
    sums: string | undefined = SUMS,
    others: string[] = [],
  ) => {
    checkRelease(files, sums, "boat", parseTag("v1.0"), others)
  }

  const checkTwoWheels = (name: string) => {
    check([WHEEL, { ...WHEEL, name }, SDIST], `${SUMS}${A}  ${name}\n`)
  }

  test("is taken when SHA256SUMS names its files, and maybe more", () => {
    check()
    check([WHEEL, SDIST], `${SUMS}${A}  install.sh\n`)
  })

  test("is taken with an archive of another name beside its files, and that in SHA256SUMS, wherever it is", () => {
    const sums = `${SUMS}${A}  site.tar.gz\n${A}  other-2.0-py3-none-any.whl\n`
    check([WHEEL, SDIST], sums, ["site.tar.gz"])
    check([WHEEL, SDIST], sums)
  })

  test("with files of an older release is refused, and the advice takes those away", () => {
    const old = { ...WHEEL, name: "boat-0.9-py3-none-any.whl" }
    expect(() => {
      check([old, WHEEL, SDIST])
    }).toThrow(
      /`boat-0\.9-py3-none-any\.whl`.*`dagger call release-directory --tag v1\.0 export --wipe --path release`/s,
    )
  })

  test("is taken whatever ends its lines, and in capitals too", () => {
    check([WHEEL, SDIST], SUMS.replaceAll("\n", "\r\n"))
    check([WHEEL, SDIST], SUMS.replaceAll(A, A.toUpperCase()))
  })

  test("is taken with a wheel that has a build number, where none is without", () => {
    const built = { ...WHEEL, name: "boat-1.0-1-py3-none-any.whl" }
    check([built, SDIST], `${A}  ${built.name}\n${B}  ${SDIST.name}\n`)
  })

  test.each([
    "boat-1.0-py312-none-any.whl",
    "boat-1.0-cp312-none-any.whl",
    "boat-1.0-py2.py3-none-any.whl",
    "boat-1.0-cp39-abi3-win_amd64.whl",
    "boat-1.0-1-cp312-cp312-manylinux_2_28_x86_64.whl",
  ])("with a second wheel for the same Python is refused: %s", (name) => {
    expect(() => {
      checkTwoWheels(name)
    }).toThrow(`and \`${name}\` are two wheels for the same Python`)
  })

  test("is taken with wheels of which no installer could take several", () => {
    checkTwoWheels("boat-1.0-py2-none-any.whl")
    const wheels = ["cp312-win_amd64", "cp312-macosx_11_0_arm64"].map(
      (tag) => ({
        ...WHEEL,
        name: `boat-1.0-${tag.replace("-", "-cp312-")}.whl`,
      }),
    )
    const sums = wheels.map(({ name }) => `${A}  ${name}\n`)
    check([...wheels, SDIST], `${sums.join("")}${B}  ${SDIST.name}\n`)
  })

  test("that is the release on GitHub is called that, and has two ways on", () => {
    const called = { githubRepository: "octo-org/boat" }
    const origin = onForge(parseTag("v1.0"), called)
    const refused = refusal(() => {
      checkRelease([SDIST], SUMS, "boat", parseTag("v1.0"), [], origin)
    })
    expect(refused).toContain("index: the release on GitHub: there is no wheel")
    expect(refused).toContain(
      `index: \`${WHEEL.name}\` is in \`SHA256SUMS\`, but not in the release on GitHub`,
    )
    expect(refused).toMatch(
      /`dagger call --github-repository octo-org\/boat status --tag v1\.0` prints what completes it[^]*release-directory[^]*with `--release release`/,
    )
    const { next } = onForge(parseTag("v1.0"), called, "company")
    expect(next).toContain("octo-org/boat index --name company status --tag")
  })

  test("that is the release on GitHub has nothing beside its files with other bytes than SHA256SUMS says", () => {
    const shown = (sums: string) => {
      const origin = onForge(parseTag("v1.0"), {})
      checkShown(new Map([["install.sh", A]]), sums, origin)
    }
    shown("")
    shown(`${A}  install.sh\n`)
    const refused = refusal(() => {
      shown(`${B}  install.sh\n`)
    })
    expect(refused).toContain(
      `the release on GitHub: \`install.sh\` has the SHA-256 \`${A}\`, \`SHA256SUMS\` says \`${B}\``,
    )
    expect(refused).toContain("with `--release release`")
  })

  test("that is the release on GitHub has all that SHA256SUMS names", () => {
    const has = new Map([["install.sh", A]])
    const lacks = (...names: string[]) =>
      refusal(() => {
        const sums = ["install.sh", ...names].map((name) => `${A}  ${name}\n`)
        checkShown(has, sums.join(""), onForge(parseTag("v1.0"), {}))
      })
    expect(lacks("docs.zip")).toContain(
      "index: `docs.zip` is in `SHA256SUMS`, but not in the release on GitHub",
    )
    const many = Array.from({ length: 1000 }, (_, at) => `file-${at}.whl`)
    expect(lacks(...many)).toContain("`file-9.whl` and 990 more are in")
  })

  test.each([
    [
      "with a wheel that is taken before the one that is verified",
      () => {
        checkTwoWheels("boat-1.0-1-py3-none-any.whl")
      },
      "`boat-1.0-py3-none-any.whl` and `boat-1.0-1-py3-none-any.whl` are two wheels for the same Python",
    ],
    [
      "without SHA256SUMS",
      () => {
        checkRelease([WHEEL, SDIST], undefined, "boat", parseTag("v1.0"))
      },
      "has no `SHA256SUMS`",
    ],
    [
      "with another file than it names",
      () => {
        check([{ ...WHEEL, sha256: B }, SDIST])
      },
      `has the SHA-256 \`${B}\`, \`SHA256SUMS\` says \`${A}\``,
    ],
    [
      "with a file that it does not name",
      () => {
        check([WHEEL, SDIST], `${A}  ${WHEEL.name}\n`)
      },
      `\`${SDIST.name}\` is not in \`SHA256SUMS\``,
    ],
    [
      "without a file that it names",
      () => {
        check([WHEEL, SDIST], `${SUMS}${A}  boat-1.0-cp312-none-any.whl\n`)
      },
      "is in `SHA256SUMS`, but not in the release directory",
    ],
    [
      "of another project",
      () => {
        check([], SUMS, ["raft-1.0-py3-none-any.whl", "raft-1.0.tar.gz"])
      },
      "`raft-1.0.tar.gz` is not named after `boat`",
    ],
    [
      "of another version",
      () => {
        checkRelease([WHEEL, SDIST], SUMS, "boat", parseTag("v2.0"))
      },
      "the tag says 2.0",
    ],
  ])("%s is refused", (_, step, words) => {
    expect(step).toThrow(words)
  })
})

describe("an upload", () => {
  const result = parseUpload(
    JSON.stringify({
      refused: null,
      files: [
        {
          name: WHEEL.name,
          outcome: "uploaded",
          attempts: [
            { outcome: "failed", cause: "503", status: 503, pause: 1 },
            { outcome: "uploaded", cause: null, status: null },
          ],
        },
        {
          name: SDIST.name,
          outcome: "failed",
          attempts: [{ outcome: "failed", cause: "denied", status: 403 }],
        },
      ],
    }),
  )

  test("is told with every attempt", () => {
    expect(attemptList(result)).toBe(
      lines(
        `- \`${WHEEL.name}\`: uploaded; attempt 1: 503, then 1 s`,
        `- \`${SDIST.name}\`: failed; attempt 1: denied`,
      ).trimEnd(),
    )
  })

  test("says in short what went and what was there", () => {
    expect(shortUpload(result, [{ name: "old.whl" }])).toBe(
      `uploaded \`${WHEEL.name}\` (attempt 2); kept \`old.whl\` (there already, same hash)`,
    )
  })

  test("tells a denied credential from the rest", () => {
    expect(whyStopped(result)).toEqual({
      cause: `\`${SDIST.name}\`: denied`,
      denied: true,
      taken: false,
      file: SDIST.name,
    })
    expect(whyStopped(NOTHING_UPLOADED)).toBeUndefined()
  })

  test("goes on where another one stopped", () => {
    const joined = joinUploads(result, { refused: null, files: [] })
    expect(joined.files).toHaveLength(2)
  })
})
