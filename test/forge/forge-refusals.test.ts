import { describe, expect, it } from "vitest"

import { Problems } from "../../src/errors.js"
import type { Forge, ForgeRelease } from "../../src/forge/forge.js"
import {
  refuseAbsent,
  refuseConflicts,
  refuseEmpty,
  refuseImmutable,
  refuseLongSums,
  refuseNames,
  refuseOpenAddress,
  verifyDownload,
} from "../../src/forge/forge-refusals.js"
import { version } from "../helpers/builders.js"
import { refusal } from "../helpers/refusal.js"

const RELEASE: ForgeRelease = {
  id: 1,
  tag: "v1.2.0",
  title: "",
  notes: "",
  draft: false,
  prerelease: false,
  immutable: false,
  url: "https://forge.example/releases/v1.2.0",
  uploadUrl: "https://forge.example/upload",
}
const FORGE = { name: "GitHub", where: "octo-org/quayside" } as Forge
const ASSET = {
  name: "a.whl",
  size: 3,
  sha256: "a".repeat(64),
  record: false,
}

describe("the address of an API", () => {
  const said = (api: string | undefined) => {
    const problems = new Problems()
    refuseOpenAddress(api, problems)
    return refusal(() => {
      problems.throwIfAny()
    })
  }

  it.each([undefined, "https://github.example.org/api/v3"])(
    "is an address alone: %s",
    (api) => {
      expect(said(api)).toBe("")
    },
  )

  it.each([
    "https://ada:thyme@github.example.org/",
    "https://thyme@github.example.org/",
    "https://github.example.org/?token=thyme",
    "https://github.example.org/#thyme",
  ])("holds no credential, which is not repeated: %s", (api) => {
    expect(said(api)).toContain("`--github-api` holds a user, a password")
    expect(said(api)).toContain("`--github-token env://GITHUB_TOKEN`")
    expect(said(api)).not.toContain("thyme")
  })

  it("is no other text", () => {
    expect(said("github")).toContain("`github` of `--github-api` is no URL")
    expect(said("file:///etc")).toContain("is no URL")
    expect(said("https://ada:thyme@github.example.org:99999/")).toContain(
      "`https://***@github.example.org:99999/` of `--github-api` is no URL",
    )
  })
})

describe("the names of a release's files", () => {
  const named = (...names: readonly string[]) =>
    refusal(() => {
      refuseNames(
        FORGE,
        RELEASE,
        names.map((name) => ({ name })),
      )
    })

  it("are those that a forge gives", () => {
    expect(named("SHA256SUMS", "a-1.0+b.tar.gz", "_a.whl")).toBe("")
  })

  it.each(["../../evil.sh", "/etc/evil", "a/b", ".profile", "a\nb", "", "a."])(
    "are no paths, and nothing is downloaded: %j",
    (name) => {
      expect(named("a.whl", name)).toBe(
        `github: the release ${RELEASE.url} has files whose names GitHub would not give: ${JSON.stringify(name)}\n   Nothing was downloaded. See that \`--github-api\` is the address of that forge, and who wrote the release.`,
      )
    },
  )

  it("are each the name of one file", () => {
    expect(named("a.whl", "a.whl")).toContain("would not give")
  })
})

describe("files are taken of a release", () => {
  const taken = (release: ForgeRelease | undefined) =>
    refusal(() => refuseAbsent(FORGE, version("v1.2.0"), release))

  it("that is published", () => {
    expect(refuseAbsent(FORGE, version("v1.2.0"), RELEASE)).toBe(RELEASE)
  })

  it("and of no draft, which may still change", () => {
    expect(taken({ ...RELEASE, draft: true })).toBe(
      "github: the release of `v1.2.0` in `octo-org/quayside` is still a draft, which may change\n   Complete it, which publishes it: `dagger call release --tag v1.2.0 --github-token env://GITHUB_TOKEN`.",
    )
  })

  it("and of none that is not there on a GitHub of one's own, whose address stays in the command", () => {
    const githubApi = "https://github.example.org/api/v3"
    expect(
      refusal(() =>
        refuseAbsent(FORGE, version("v1.2.0"), undefined, { githubApi }),
      ),
    ).toContain(`\`dagger call --github-api ${githubApi} release --tag v1.2.0`)
  })

  it("and of none without a file, with what completes it where that can be", () => {
    const remote = { ...ASSET, id: 1, complete: true }
    expect(
      refusal(() => {
        refuseEmpty(RELEASE, [remote])
      }),
    ).toBe("")
    expect(
      refusal(() => {
        refuseEmpty(RELEASE, [])
      }),
    ).toBe(
      `github: the release ${RELEASE.url} has no files\n   Complete it: \`dagger call release --tag v1.2.0 --github-token env://GITHUB_TOKEN\`.`,
    )
    const immutable = { ...RELEASE, immutable: true }
    expect(
      refusal(() => {
        refuseEmpty(immutable, [])
      }),
    ).toContain("release a new version")
  })

  it("and of none that is not there", () => {
    expect(taken(undefined)).toBe(
      "github: there is no release of `v1.2.0` in `octo-org/quayside`\n   Release it first: `dagger call release --tag v1.2.0 --github-token env://GITHUB_TOKEN`.",
    )
  })
})

describe("a downloaded file", () => {
  it.each(["b".repeat(64), undefined])(
    "is taken where the forge says the hash that it has, or none: %s",
    (sha256) => {
      const step = () => {
        verifyDownload(FORGE, { name: "a.whl", sha256 }, "b".repeat(64))
      }
      expect(refusal(step)).toBe("")
    },
  )

  it("is refused with other bytes, and both hashes are told", () => {
    const said = refusal(() => {
      verifyDownload(FORGE, ASSET, "b".repeat(64))
    })
    expect(said).toContain(`sha256 \`${"b".repeat(64)}\``)
    expect(said).toContain(`GitHub says \`${"a".repeat(64)}\``)
  })
})

describe("a published release", () => {
  it("is left alone where it has other bytes, and each of them is told", () => {
    const remote = { id: 2, ...ASSET, sha256: undefined, complete: true }
    expect(
      refusal(() => {
        refuseConflicts(RELEASE, [{ asset: ASSET, remote }])
      }),
    ).toBe(
      `github: the release ${RELEASE.url} is published with other bytes: \`a.whl\` is published with sha256 \`unknown\`, and \`${ASSET.sha256}\` was built\n   Nothing was changed there. What people may have downloaded is not replaced: release a new version.`,
    )
    expect(
      refusal(() => {
        refuseConflicts(RELEASE, [])
      }),
    ).toBe("")
  })

  it("that is immutable gets no more files", () => {
    const step = (immutable: boolean) =>
      refusal(() => {
        refuseImmutable({ ...RELEASE, immutable }, [ASSET])
      })
    expect(step(true)).toContain("published and immutable, and lacks `a.whl`")
    expect(step(false)).toBe("")
  })
})

describe("what is to say which files a release has", () => {
  const said = (name: string, size: number) =>
    refusal(() => {
      refuseLongSums(RELEASE, [{ name, size }])
    })

  it.each(["SHA256SUMS", "SHA256SUMS.sig", "SHA256SUMS.minisig"])(
    "is refused before it is downloaded where it is longer than any: %s",
    (name) => {
      expect(said(name, 2 ** 20)).toBe("")
      expect(said(name, 300 * 2 ** 20)).toContain(
        `github: \`${name}\` of the release ${RELEASE.url} has 300.0 MiB, and none of ours has more than 1.0 MiB`,
      )
    },
  )

  it("is not what a wheel is", () => {
    expect(said("a.whl", 2 ** 30)).toBe("")
  })
})
