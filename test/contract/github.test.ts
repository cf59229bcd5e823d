import { createHash } from "node:crypto"
import { createRequire } from "node:module"

import Bottleneck from "bottleneck"
import { afterEach, describe, expect, it, vi } from "vitest"

import { isOwnFile } from "../../src/files/distribution.js"
import type { ForgeRelease } from "../../src/forge/forge.js"
import { answeredAt } from "../../src/forge/forge-access-stage.js"
import {
  filesFromGithub,
  publicRelease,
} from "../../src/forge/forge-files-stage.js"
import {
  type AssetFile,
  findRelease,
  lookAhead,
  lookAtFiles,
  putRelease,
  type Wanted,
  withHash,
} from "../../src/forge/forge-release.js"
import { Github } from "../../src/forge/github.js"
import { parseTag } from "../../src/version/version.js"
import { GithubServer, type Settings } from "../helpers/github-server.js"

const COMMIT = "c0ffee".padEnd(40, "0")
const servers: GithubServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => each.stop()))
})

describe("a new release", () => {
  it("is a draft until every file is there, and published with its notes", async () => {
    const { github, server } = await start()
    const done = await putRelease(github, wanted("v1.2.0"))
    const [release] = server.releases
    expect(release).toMatchObject({
      tag_name: "v1.2.0",
      name: "quayside 1.2.0",
      body: "- New: a board",
      draft: false,
      prerelease: false,
      make_latest: "true",
    })
    expect(release?.assets.map(({ name }) => name)).toEqual(NAMES)
    expect(done.uploaded).toEqual(NAMES)
    expect(done.url).toMatch(/\/releases\/tag\/v1\.2\.0$/)
    const writes = server.log.filter((each) => !each.startsWith("GET"))
    expect(writes[0]).toMatch(/^POST .*\/releases$/)
    expect(writes.at(-1)).toMatch(/^PATCH .*\/releases\/\d+$/)
    // The files are compared before anybody sees them.
    const published = server.log.indexOf(writes.at(-1) ?? "")
    const readBack = server.log.lastIndexOf(
      `GET /repos/${server.repository}/releases/${release?.id}/assets?per_page=100&page=1`,
      published,
    )
    expect(readBack).toBeGreaterThan(server.log.indexOf(writes.at(-2) ?? ""))
  })

  it("is made with repositories whose releases can't be changed once published", async () => {
    const { github, server } = await start({ immutable: true })
    await putRelease(github, wanted("v1.2.0"))
    expect(server.releases[0]).toMatchObject({ draft: false, immutable: true })
    expect(server.releases[0]?.assets).toHaveLength(NAMES.length)
  })

  it("is made on GitHub Enterprise Server, whose API has a path and tells no digests", async () => {
    const { github, server } = await start({
      prefix: "/api/v3",
      digests: false,
    })
    await putRelease(github, wanted("v1.2.0"))
    expect(server.releases[0]?.draft).toBe(false)
    expect(
      server.log.filter((each) => each.includes("/storage/")),
    ).toHaveLength(NAMES.length)
  })

  it("has files that can be downloaded, the token staying behind", async () => {
    const { github, server } = await start({ digests: false })
    await putRelease(github, wanted("v1.2.0"))
    const release = findRelease(await github.releases(), "v1.2.0")
    const [wheel] = release ? await github.assets(release) : []
    expect(wheel && (await withHash(github, wheel)).sha256).toBe(
      sha256("wheel"),
    )
    expect(server.log.some((each) => each.startsWith("GET /storage/"))).toBe(
      true,
    )
  })
})

describe("which release is the latest", () => {
  it.each([
    ["a prerelease never is", "v2.0.0-beta.1", ["v1.1.0"], true, "false"],
    ["a hotfix of an older line is not", "v1.1.1", ["v1.2.0"], false, "false"],
    [
      "the newest final one is",
      "v1.2.1",
      ["v1.2.0", "v1.10.0-rc.1"],
      false,
      "true",
    ],
    ["versions are compared as numbers", "v1.10.0", ["v1.9.0"], false, "true"],
    [
      "a newer prerelease does not count",
      "v1.2.0",
      ["v2.0.0-rc.1"],
      false,
      "true",
    ],
    [
      "tags of other things do not count",
      "v1.2.0",
      ["docs-9", "nightly"],
      false,
      "true",
    ],
    [
      "other members of the repository do not count",
      "wren-v1.2.0",
      ["heron-v9.0.0", "wren-v1.1.0"],
      false,
      "true",
    ],
    [
      "a member is not where the repository has releases without a prefix",
      "wren-v1.2.0",
      ["v1.0.0"],
      false,
      "false",
    ],
    ["a staging release never is", "staging/v1.2.0-rc.1", [], true, "false"],
  ])("%s", async (_, tag, before, prerelease, make_latest) => {
    const { github, server } = await start()
    server.tags.set(tag, COMMIT)
    for (const each of before)
      server.seed({ tag_name: each, prerelease: each.includes("-") })
    await putRelease(github, wanted(tag))
    expect(server.releases.at(-1)).toMatchObject({ prerelease, make_latest })
  })
})

describe("a release that was begun", () => {
  it("is found although a draft is invisible by tag, on whatever page of the list", async () => {
    const { github, server } = await start()
    server.seed({ tag_name: "v1.2.0", draft: true })
    for (let n = 0; n < 120; n++) server.seed({ tag_name: `v0.${n}.0` })
    await putRelease(github, wanted("v1.2.0"))
    expect(
      server.releases.filter(({ tag_name }) => tag_name === "v1.2.0"),
    ).toMatchObject([{ draft: false }])
    // Before and after the files, to see what another run did, and which drafts are left.
    expect(server.log.filter((each) => /[?&]page=2/.test(each))).toHaveLength(3)
  })

  it("keeps the same bytes, replaces others and adds what is missing", async () => {
    const { github, server } = await start()
    const files = { [WHEEL]: "wheel", [SDIST]: "an older sdist" }
    const draft = server.seed({ tag_name: "v1.2.0", draft: true }, files)
    const kept = draft.assets[0]?.id
    const done = await putRelease(github, wanted("v1.2.0"))
    expect(done).toMatchObject({ kept: [WHEEL], others: [] })
    expect(draft.assets.find(({ name }) => name === WHEEL)?.id).toBe(kept)
    expect(
      draft.assets.find(({ name }) => name === SDIST)?.bytes.toString(),
    ).toBe("sdist")
    expect(draft.draft).toBe(false)
  })

  it("is no release while it holds a wheel, a script or a signature of another one, which stay", async () => {
    const { github, server } = await start()
    const left = {
      "quayside-1.2.0-py2.py3-none-any.whl": "another wheel",
      "install.sh": "a script",
      "SHA256SUMS.sig": "a signature",
      "notes.txt": "by hand",
    }
    const draft = server.seed({ tag_name: "v1.2.0", draft: true }, left)
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /holds what this release does not have: `quayside-1.2.0-py2.py3-none-any.whl`, `install.sh`, `SHA256SUMS.sig`\n.*delete these files from the draft/s,
    )
    expect(draft.draft).toBe(true)
    expect(draft.assets.map(({ name }) => name)).toEqual(Object.keys(left))
  })

  it("is published with what people put beside its files by hand", async () => {
    const { github, server } = await start()
    server.seed({ tag_name: "v1.2.0", draft: true }, { "notes.txt": "by hand" })
    const done = await putRelease(github, wanted("v1.2.0"))
    expect(done.others).toEqual(["notes.txt"])
    expect(server.releases[0]?.draft).toBe(false)
  })

  it("tells what its people had written there, which GitHub keeps no longer", async () => {
    const { github, server } = await start()
    const text = { name: "By hand", body: "Thanks\r\nto all", prerelease: true }
    server.seed({ tag_name: "v1.2.0", draft: true, ...text })
    const done = await putRelease(github, wanted("v1.2.0"))
    expect(done.replaced).toEqual({
      title: "By hand",
      notes: "Thanks\r\nto all",
      prerelease: true,
    })
  })

  it("has nothing to tell of a draft without words, or with those of a run that was killed", async () => {
    for (const text of [
      {},
      { name: wanted("v1.2.0").title, body: `${wanted("v1.2.0").notes}\r\n` },
    ]) {
      const { github, server } = await start()
      server.seed({ tag_name: "v1.2.0", draft: true, ...text })
      const done = await putRelease(github, wanted("v1.2.0"))
      expect(done.replaced).toEqual({})
    }
  })

  it("that somebody deletes meanwhile is told as that, and made anew by the same command", async () => {
    for (const moment of ["upload", "publish"] as const) {
      const { github, server } = await start()
      const step = github[moment].bind(github) as (
        ...given: unknown[]
      ) => Promise<never>
      vi.spyOn(github, moment).mockImplementationOnce((...given: unknown[]) => {
        server.releases.length = 0
        return step(...given)
      })
      await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
        /the draft of `v1\.2\.0` in `octo-org\/quayside` was deleted on GitHub.*Run the same command again/s,
      )
      await putRelease(github, wanted("v1.2.0"))
      expect(server.releases).toMatchObject([{ draft: false }])
    }
  })

  it("replaces what a broken upload left behind", async () => {
    const { github, server } = await start()
    server.breakUpload()
    await putRelease(github, wanted("v1.2.0"))
    const [release] = server.releases
    expect(release?.assets.map(({ state }) => state)).toEqual(
      NAMES.map(() => "uploaded"),
    )
    expect(release?.draft).toBe(false)
  })

  it("stays a draft where GitHub has other bytes of a file after each upload, and names that file alone", async () => {
    const { github, server } = await start()
    server.changes = WHEEL
    const told = await putRelease(github, wanted("v1.2.0")).catch(String)
    expect(told).toContain(
      `GitHub holds other bytes than were sent, also after three uploads: \`${WHEEL}\`\n`,
    )
    expect(told).toContain(
      "Another run of this release may send its own at the same time: run the same command again when that one has ended. The release stays a draft until all of it is right.",
    )
    expect(server.releases).toMatchObject([{ draft: true }])
  })

  it("stays a draft where GitHub keeps a file under another name, and both are named", async () => {
    const { github, server } = await start()
    server.renames = "install.sh"
    const files = [file("install.sh", "#!/bin/sh")]
    const release = { ...wanted("v1.2.0"), assets: files }
    const told = await putRelease(github, release).catch(String)
    expect(told).toMatch(
      /GitHub took what was sent as `install\.sh` three times, and has no file of that name\n.*`install\.sh\.txt`\. Delete/,
    )
    expect(server.releases).toMatchObject([{ draft: true }])
  })

  it("stays a draft when GitHub fails, and the same command completes it", async () => {
    const { github, server } = await start()
    for (let n = 0; n < 4; n++) server.next(/name=.*tar\.gz/, 502, {})
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /answered 502 when asked to upload `quayside-1\.2\.0\.tar\.gz`.*\n.*Run the same command again/,
    )
    expect(server.releases).toMatchObject([{ draft: true }])
    const done = await putRelease(github, wanted("v1.2.0"))
    expect(done.kept).toEqual([WHEEL])
    expect(server.releases).toMatchObject([{ draft: false }])
  })
})

describe("two runs at once", () => {
  const drafts = ({ log }: GithubServer) =>
    log.filter((each) => /^POST .*\/releases$/.test(each))

  it("end with one release that has every file once, and leave no draft", async () => {
    const { github, server } = await start()
    const done = await Promise.all([
      putRelease(github, wanted("v1.2.0")),
      putRelease(github, wanted("v1.2.0")),
    ])
    // Both began one, or this shows nothing.
    expect(drafts(server)).toHaveLength(2)
    expect(server.releases).toMatchObject([{ draft: false }])
    const names = server.releases[0]?.assets.map(({ name }) => name)
    expect(names?.sort()).toEqual([...NAMES].sort())
    expect(new Set(done.map(({ url }) => url)).size).toBe(1)
  })

  it("do not fight over their reports, nor over the one that a killed run left", async () => {
    const { github, server } = await start()
    server.seed({ tag_name: "v1.2.0", draft: true }, { "report.md": "old" })
    const run = (text: string) => {
      const { assets, ...rest } = wanted("v1.2.0")
      const report = { ...file("report.md", text), record: true }
      return putRelease(github, {
        ...rest,
        assets: [...assets.slice(0, 2), report],
      })
    }
    await Promise.all([run("one"), run("two")])
    const [release] = server.releases
    expect(release?.draft).toBe(false)
    const report = release?.assets.filter(({ name }) => name === "report.md")
    expect(report).toHaveLength(1)
    expect(["one", "two"]).toContain(report?.[0]?.bytes.toString())
  })

  it("leave no draft where GitHub shows the other one too late", async () => {
    const { github, server } = await start()
    const files = { [WHEEL]: "wheel", [SDIST]: "sdist", "report.md": "other" }
    server.seed({ tag_name: "v1.2.0" }, files)
    for (let n = 0; n < 2; n++) server.next(/^GET .*\/releases\?/, 200, [])
    const done = await putRelease(github, wanted("v1.2.0"))
    expect(drafts(server)).toHaveLength(1)
    expect(server.releases).toMatchObject([{ draft: false }])
    expect(done).toMatchObject({ existed: true, uploaded: [], kept: NAMES })
  })

  it("is published where only the answer was lost on its way", async () => {
    const { github } = await start()
    const publish = github.publish.bind(github)
    vi.spyOn(github, "publish").mockImplementationOnce(async (...given) => {
      await publish(...given)
      throw new Error("GitHub answered 502")
    })
    const done = await putRelease(github, wanted("v1.2.0"))
    expect(done).toMatchObject({ existed: false, kept: [], latest: true })
  })

  it.each([
    ["each answer was lost", 3, true],
    ["the last answer alone came", 3, false],
  ])("is one draft where %s after it was made", async (_, made, isLost) => {
    const { github, server } = await start()
    const create = github.createDraft.bind(github)
    vi.spyOn(github, "createDraft").mockImplementationOnce(async (text) => {
      for (let each = 1; each < made; each++) await create(text)
      const last = await create(text)
      if (isLost) throw new Error("GitHub answered 502")
      return last
    })
    await putRelease(github, wanted("v1.2.0"))
    expect(server.releases).toMatchObject([{ draft: false }])
  })

  it("tells of a draft that GitHub showed only when the release was out", async () => {
    const { github, server } = await start()
    const publish = github.publish.bind(github)
    vi.spyOn(github, "publish").mockImplementationOnce(async (...given) => {
      server.seed({ tag_name: "v1.2.0", draft: true })
      return publish(...given)
    })
    const { drafts, url } = await putRelease(github, wanted("v1.2.0"))
    expect(drafts).toEqual([expect.stringContaining("/releases/")])
    expect(drafts).not.toContain(url)
    expect(server.releases).toHaveLength(2)
  })

  it("tells of a draft beside a release that is out already", async () => {
    const { github, server } = await start()
    await putRelease(github, wanted("v1.2.0"))
    server.seed({ tag_name: "v1.2.0", draft: true })
    server.seed({ tag_name: "v1.3.0", draft: true })
    const done = await putRelease(github, wanted("v1.2.0"))
    expect(done.existed).toBe(true)
    expect(done.drafts).toHaveLength(1)
  })

  it("has no draft to tell of where each of its own went", async () => {
    const { github } = await start()
    const { drafts } = await putRelease(github, wanted("v1.2.0"))
    expect(drafts).toEqual([])
  })

  it("leaves alone the draft of another run that came after its own", async () => {
    const { github, server } = await start()
    const create = github.createDraft.bind(github)
    let later = 0
    vi.spyOn(github, "createDraft").mockImplementationOnce(async (text) => {
      const own = await create(text)
      later = (await create(text)).id
      return own
    })
    const begun: number[] = []
    const upload = github.upload.bind(github)
    vi.spyOn(github, "upload").mockImplementation((...given) => {
      begun.push(...server.releases.map(({ id }) => id))
      return upload(...given)
    })
    await putRelease(github, wanted("v1.2.0"))
    expect(begun).toContain(later)
  })

  it("is refused for what GitHub says where no draft was made", async () => {
    const { github, server } = await start()
    vi.spyOn(github, "createDraft").mockRejectedValueOnce(new Error("502"))
    const refused = putRelease(github, wanted("v1.2.0"))
    await expect(refused).rejects.toThrow("502")
    expect(server.releases).toEqual([])
  })

  it("tell where the other one published a release of its own at the end", async () => {
    const { github, server } = await start()
    vi.spyOn(github, "publish").mockImplementationOnce(() => {
      server.seed({ tag_name: "v1.2.0" })
      return Promise.reject(new Error("already_exists"))
    })
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /another release of `v1\.2\.0` was published .*\n.*Run the same command again.*The draft of this run stays/,
    )
  })

  it("tell where somebody publishes the draft before all files are there, for good", async () => {
    const { github, server } = await start({ immutable: true })
    const upload = github.upload.bind(github)
    vi.spyOn(github, "upload").mockImplementationOnce(async (...given) => {
      const sent = await upload(...given)
      const [draft] = server.releases
      if (draft) Object.assign(draft, { draft: false, immutable: true })
      return sent
    })
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /is published and immutable, and lacks `quayside-1\.2\.0\.tar\.gz`, `report\.md`\n.*release a new version/,
    )
  })

  it("stop where the other one published other bytes, and leave no draft", async () => {
    const { github, server } = await start()
    server.seed({ tag_name: "v1.2.0" }, { [WHEEL]: "another wheel" })
    for (let n = 0; n < 2; n++) server.next(/^GET .*\/releases\?/, 200, [])
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /is published with other bytes.*\n.*release a new version/,
    )
    expect(server.releases).toMatchObject([{ draft: false }])
  })

  it("replace nothing that the other one has published meanwhile", async () => {
    const { github, server } = await start()
    const draft = { tag_name: "v1.2.0", draft: true }
    const seeded = server.seed(draft, { [WHEEL]: "another wheel" })
    const assets = github.assets.bind(github)
    vi.spyOn(github, "assets").mockImplementationOnce(async (release) => {
      const listed = await assets(release)
      seeded.draft = false
      return listed
    })
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      "is published with other bytes",
    )
    expect(seeded.assets).toMatchObject([{ name: WHEEL }])
    expect(String(seeded.assets[0]?.bytes)).toBe("another wheel")
  })

  it("tell where the other one has replaced what was compared", async () => {
    const { github, server } = await start()
    const publish = github.publish.bind(github)
    vi.spyOn(github, "publish").mockImplementationOnce(async (...given) => {
      const published = await publish(...given)
      const [asset] = server.releases[0]?.assets ?? []
      if (asset) asset.bytes = Buffer.from("of the other one")
      return published
    })
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      "is published with other bytes",
    )
  })

  it("go on with the older of two drafts that killed runs left", async () => {
    const { github, server } = await start()
    server.seed({ tag_name: "v1.2.0", draft: true }, { [WHEEL]: "wheel" })
    server.seed({ tag_name: "v1.2.0", draft: true })
    const done = await putRelease(github, wanted("v1.2.0"))
    expect(done.kept).toEqual([WHEEL])
    expect(server.releases[0]?.draft).toBe(false)
  })

  it("find files closed where the other one published them meanwhile", async () => {
    const { github, server } = await start({ immutable: true })
    const message = "Cannot upload assets to an immutable release."
    server.next(/name=.*whl/, 422, { message })
    await putRelease(github, wanted("v1.2.0"))
    expect(server.releases).toMatchObject([{ draft: false }])
  })
})

/** A draft as GitHub shows it, which nothing else here knows of. */
function draftOf(server: GithubServer): object {
  server.seed({ tag_name: "v0.9.9", draft: true })
  const shown = server.shown("v0.9.9")
  server.releases.pop()
  return shown
}

describe("what answers and is not GitHub", () => {
  it.each([
    ["a login page", "<title>Log in</title>"],
    ["an empty object", {}],
    ["a list", [5, null]],
    ["nothing", null],
  ])("is told for what it is: %s", async (_, body) => {
    const { github, server } = await start()
    const other = (matching: RegExp) => {
      server.next(matching, 200, body as object)
    }
    const said =
      /what answers at `http:[^`]+` is not GitHub's API: it was asked to .*\n.*Check the address in `--github-api`/
    other(/^GET \/repos\/[^/]+\/[^/]+$/)
    await expect(github.proveAccess()).rejects.toThrow(said)
    other(/\/git\/ref\//)
    await expect(github.commitOf("v1.2.0")).rejects.toThrow(said)
    other(/\/releases\?/)
    await expect(github.releases()).rejects.toThrow(said)
  })

  it("does not get the files and the token at another host", async () => {
    const { github, server } = await start()
    server.seed({ tag_name: "v1.2.0", draft: true })
    const upload_url = "http://evil.test/assets{?name,label}"
    server.next(/\/releases\?/, 200, [
      { ...server.shown("v1.2.0"), upload_url },
    ])
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /names `evil\.test` to upload `.*`, which is not its own, so nothing was sent there/,
    )
    expect(server.log.join("\n")).not.toMatch(/^PATCH /m)
  })

  it.each([
    /^PATCH .*\/releases\//,
    /^POST .*\/uploads\//,
    /^GET .*\/releases\?/,
  ])("may not send on to another host: %s", async (asked) => {
    const [{ github, server }, other] = [await start(), await start()]
    const location = `http://localhost:${String(other.server.port)}/published`
    server.next(asked, 307, {}, { location })
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /sends on to `http:\/\/localhost:\d+`, which is not its own, so nothing was asked there\n.*Check the address in `--github-api`/,
    )
    expect(other.server.log).toEqual([])
    expect(server.releases.filter(({ draft }) => !draft)).toEqual([])
  })

  it("may send on to itself, as it does where a repository was renamed, but not for ever", async () => {
    const { github, server } = await start()
    const there = `/repos/${server.repository}/releases`
    const location = `http://127.0.0.1:${String(server.port)}${there}`
    server.next(/^POST .*\/releases$/, 307, {}, { location })
    server.next(/^GET .*\/releases\?/, 301, {}, { location: there })
    await putRelease(github, wanted("v1.2.0"))
    expect(server.releases).toMatchObject([
      { name: "quayside 1.2.0", draft: false },
    ])
    for (let n = 0; n < 8; n++)
      server.next(/^GET .*\/releases/, 301, {}, { location: there })
    await expect(github.releases()).rejects.toThrow("sends on to")
  })

  it("may not answer with another release", async () => {
    const { github, server } = await start()
    const other = server.seed({ tag_name: "v1.1.0" })
    server.next(/^PATCH /, 200, server.shown("v1.1.0"))
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      "is not GitHub's API: it was asked to publish the release",
    )
    expect(other.name).not.toBe("quayside 1.2.0")
  })

  it("may have releases whose tags have signs that end an address in a report", async () => {
    const { github, server } = await start()
    server.seed({ tag_name: "v1.0(1)" }, {})
    const [release] = await github.releases()
    expect(release).toMatchObject({
      tag: "v1.0(1)",
      url: expect.stringMatching(/\/tag\/v1\.0%281%29$/) as string,
    })
  })

  it("tells of a file that is gone since it was listed", async () => {
    const { github } = await start()
    const gone = { id: 7, name: "manual.pdf", size: 1 }
    await expect(github.download(gone)).rejects.toThrow(
      /lists `manual\.pdf`, and GitHub has no such file any more\n.*run the same command again/,
    )
  })

  it("may name what stands in for it", async () => {
    const { server } = await start()
    const standIn = `http://127.0.0.1:${String(server.port)}`
    const github = new Github({
      token: "classic",
      repository: { owner: "octo-org", repo: "quayside" },
      api: "https://github.example.org/api/v3",
      fetch: answeredAt(standIn, "https://github.example.org"),
      standIn,
    })
    server.settings.prefix = "/api/v3"
    server.seed({ tag_name: "v1.2.0", draft: true })
    const [release] = await github.releases()
    expect(release?.uploadUrl).toContain(standIn)
    const sent = release && github.upload(release, "a.txt", new Blob(["a"]))
    expect(await sent).toBe(true)
  })

  it("has no page whose address is anything but one", async () => {
    const { github, server } = await start()
    const html_url = "javascript:alert(1)"
    server.next(/\/releases\?/, 200, [{ ...draftOf(server), html_url }])
    await expect(github.releases()).rejects.toThrow("is not GitHub's API")
    for (const [address, url] of [
      ["http://a\n## b", "http://a%0a##%20b"],
      ["http://a)`", "http://a%29%60"],
      ["http://a\u00a0", "http://a%c2%a0"],
    ]) {
      const shown = { ...draftOf(server), html_url: address }
      server.next(/\/releases\?/, 200, [shown])
      expect(await github.releases()).toMatchObject([{ url }])
    }
  })

  const TOKEN = "ghp_supersecret123"
  const AGAIN = `${TOKEN}, ${btoa(`x:${TOKEN}`)}, ${encodeURIComponent(TOKEN)}`

  /** Whatever came of it, and all that went to the log meanwhile. */
  async function toldOf(
    doing: (github: Github) => Promise<unknown>,
    ...answer: [matching: RegExp, status: number, body: object]
  ): Promise<string> {
    const { github, server } = await start({}, TOKEN)
    server.tokens.set(TOKEN, { scopes: "repo", write: true })
    const headers: Record<string, string> = { deprecation: "true" }
    for (const name of ["x-oauth-scopes", "x-accepted-oauth-scopes", "sunset"])
      headers[name] = AGAIN
    server.next(...answer, headers)
    const logged = vi.spyOn(console, "warn").mockReturnValue()
    const told = await doing(github).then(JSON.stringify, String)
    const all = [told, ...logged.mock.calls.flat().map(String)].join("\n")
    logged.mockRestore()
    return all
  }

  const read = (github: Github) => github.proveAccess()
  const list = (github: Github) => github.releases()
  const tag = (github: Github) => github.commitOf("v1.2.0")
  it.each<[string, Parameters<typeof toldOf>]>([
    ["in words", [list, /./, 422, { message: AGAIN }]],
    ["in the words of a header", [read, /./, 403, { message: "no" }]],
    ["in scopes of a repository", [read, /./, 200, { private: false }]],
    [
      "in place of a commit",
      [tag, /./, 200, { object: { type: "commit", sha: AGAIN } }],
    ],
    [
      "in the address of a release",
      [
        list,
        /./,
        200,
        [
          {
            ...{ id: 1, tag_name: AGAIN, draft: false, prerelease: false },
            html_url: `http://a/${TOKEN}/${btoa(TOKEN)}`,
            upload_url: `http://${TOKEN}/`,
          },
        ],
      ],
    ],
  ])("says a token again, which is hidden: %s", async (_, answer) => {
    const told = await toldOf(...answer)
    expect(told).toContain("***")
    expect(told).not.toMatch(/supersecret|c3VwZXJzZWNyZXQ|zdXBlcnNlY3Jld/)
  })

  it("is not believed that it published what is a draft still", async () => {
    const { github, server } = await start()
    server.next(/^PATCH /, 200, draftOf(server))
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /was asked to publish the release of `v1\.2\.0` in `.*`, and has it as a draft still\n.*Run the same command again/,
    )
  })

  it("is not asked for pages without an end", async () => {
    const { github, server } = await start()
    const next = { link: '<http://127.0.0.1/releases>; rel="next"' }
    server.seed({ tag_name: "v1.0.0" })
    for (let n = 0; n < 101; n++)
      server.next(/\/releases\?/, 200, [server.shown("v1.0.0")], next)
    await expect(github.releases()).rejects.toThrow(
      /its pages have no end\n.*at most 100 pages/,
    )
    expect(server.log).toHaveLength(100)
  })
})

describe("a release that is published", () => {
  it("is left alone when it has these bytes", async () => {
    const { github, server } = await start()
    await putRelease(github, wanted("v1.2.0"))
    const { length } = server.log
    const done = await putRelease(github, wanted("v1.2.0"))
    expect(done).toMatchObject({ existed: true, uploaded: [], kept: NAMES })
    expect(
      server.log.slice(length).every((each) => each.startsWith("GET")),
    ).toBe(true)
  })

  it("is a stop with both hashes when it has other bytes", async () => {
    const { github, server } = await start()
    server.seed({ tag_name: "v1.2.0" }, { [WHEEL]: "another wheel" })
    const run = putRelease(github, wanted("v1.2.0"))
    await expect(run).rejects.toThrow(sha256("another wheel"))
    await expect(run).rejects.toThrow(sha256("wheel"))
    expect(server.log.every((each) => each.startsWith("GET"))).toBe(true)
  })

  it("keeps the report of the run that published it", async () => {
    const { github, server } = await start()
    const published = server.seed(
      { tag_name: "v1.2.0" },
      { [WHEEL]: "wheel", [SDIST]: "sdist", "report.md": "an earlier run" },
    )
    const done = await putRelease(github, wanted("v1.2.0"))
    expect(done.kept).toContain("report.md")
    expect(published.assets.at(-1)?.bytes.toString()).toBe("an earlier run")
  })

  it("gets what is missing, unless it is immutable", async () => {
    const { github, server } = await start()
    const files = { [WHEEL]: "wheel" }
    const open = server.seed({ tag_name: "v1.2.0" }, files)
    await putRelease(github, wanted("v1.2.0"))
    expect(open.assets).toHaveLength(NAMES.length)
    server.tags.set("v1.3.0", COMMIT)
    server.seed({ tag_name: "v1.3.0", immutable: true }, files)
    await expect(putRelease(github, wanted("v1.3.0"))).rejects.toThrow(
      /immutable, and lacks `quayside-1\.2\.0\.tar\.gz`/,
    )
  })
})

describe("what GitHub holds of a release already", () => {
  const foreseen = {
    certain: ["SHA256SUMS", "sbom.cdx.json"],
    isOurs: wanted("v1.2.0").isOurs,
    isPossible: (name: string) => name.startsWith("quayside-1.2.0"),
  }
  const SUMS = { SHA256SUMS: "sums" }

  it("is refused before anything is made where no file could mend it", async () => {
    const { github, server } = await start()
    const held = server.seed({ tag_name: "v1.2.0", immutable: true }, SUMS)
    const look = () => lookAhead(github, "v1.2.0", foreseen)
    await expect(look()).rejects.toThrow(
      /is published and immutable, and lacks `sbom\.cdx\.json`\n.*release a new version/,
    )
    held.draft = true
    held.immutable = false
    held.assets.splice(0)
    server.seed({ tag_name: "v1.1.0", immutable: true })
    await look()
    for (const stray of ["quayside-1.1.0.tar.gz", "SHA256SUMS.sig"]) {
      server.releases.splice(0)
      server.seed(
        { tag_name: "v1.2.0", draft: true },
        { [stray]: "of another" },
      )
      await expect(look()).rejects.toThrow(
        `holds what this release does not have: \`${stray}\``,
      )
    }
  })

  it.each([
    ["nothing", []],
    ["a draft that was begun", [{ draft: true }, { [WHEEL]: "wheel" }]],
    ["a draft with what came by hand", [{ draft: true }, { "a.txt": "a" }]],
    ["a published one that may be completed", [{}, {}]],
    ["a whole one", [{ immutable: true }, { ...SUMS, "sbom.cdx.json": "{}" }]],
  ] as const)("is no problem: %s", async (_, [release, files]) => {
    const { github, server } = await start()
    if (release) server.seed({ tag_name: "v1.2.0", ...release }, files)
    await lookAhead(github, "v1.2.0", foreseen)
    expect(server.log.filter((each) => !each.startsWith("GET"))).toEqual([])
  })

  it("counts nothing as there that an upload left unfinished", async () => {
    const { github, server } = await start()
    const files = { ...SUMS, "sbom.cdx.json": "{}" }
    const held = server.seed({ tag_name: "v1.2.0", immutable: true }, files)
    Object.assign(held.assets[0] ?? {}, { state: "open" })
    await expect(lookAhead(github, "v1.2.0", foreseen)).rejects.toThrow(
      "immutable, and lacks `SHA256SUMS`",
    )
  })

  const files = () => Promise.resolve(wanted("v1.2.0"))
  const all = { [WHEEL]: "wheel", [SDIST]: "sdist", "report.md": "of before" }

  it.each([
    [
      "other bytes, with both hashes",
      {},
      { [WHEEL]: "another wheel" },
      new RegExp(
        `sha256 \`${sha256("another wheel")}\`, and \`${sha256("wheel")}\` was built`,
      ),
    ],
    [
      "a file too few for good",
      { immutable: true },
      { [WHEEL]: "wheel" },
      /lacks/,
    ],
    [
      "a wheel of another build in a draft",
      { draft: true },
      { "quayside-1.2.0-py2-none-any.whl": "wheel" },
      /holds what this release does not have/,
    ],
  ])(
    "is compared with what was built, and refused: %s",
    async (_, release, held, words) => {
      const { github, server } = await start()
      server.seed({ tag_name: "v1.2.0", ...release }, held)
      await expect(lookAtFiles(github, "v1.2.0", files)).rejects.toThrow(words)
      expect(server.log.filter((each) => !each.startsWith("GET"))).toEqual([])
    },
  )

  it("is compared with what was built, and changed by nothing where it is fit", async () => {
    for (const [release, held] of [
      [{ immutable: true }, all],
      [{}, { [WHEEL]: "wheel" }],
      [{ draft: true }, { [WHEEL]: "another wheel" }],
    ] as const) {
      const { github, server } = await start({ digests: false })
      server.seed({ tag_name: "v1.2.0", ...release }, held)
      await lookAtFiles(github, "v1.2.0", files)
      expect(server.log.filter((each) => !each.startsWith("GET"))).toEqual([])
    }
  })

  it("asks for no file where there is nothing", async () => {
    const { github } = await start()
    await lookAtFiles(github, "v1.2.0", () => Promise.reject(new Error()))
  })
})

describe("the files of a release that is published", () => {
  it("are not handed out where there are none, unless some alone are asked for", async () => {
    const { server } = await start()
    const held = server.seed({ tag_name: "v1.2.0" }, { [WHEEL]: "wheel" })
    Object.assign(held.assets[0] ?? {}, { state: "open" })
    const { repository } = server
    const githubApi = `http://127.0.0.1:${String(server.port)}`
    const files = (wanted?: (names: readonly string[]) => readonly string[]) =>
      filesFromGithub(
        { github: { repository } },
        parseTag("v1.2.0"),
        { githubApi, githubRepository: repository },
        wanted,
      )
    await expect(files()).rejects.toThrow(
      /has no files\n.*release --tag v1\.2\.0/,
    )
    const asked: unknown[] = []
    const some = files((names) => {
      asked.push(names)
      throw new Error("asked")
    })
    await expect(some).rejects.toThrow("asked")
    expect(asked).toEqual([[]])
  })
})

describe("what everybody sees of a release", () => {
  async function look(
    settings: Settings,
    change: (server: GithubServer) => void,
  ) {
    const { server } = await start(settings)
    change(server)
    const githubApi = `http://127.0.0.1:${String(server.port)}`
    const { repository } = server
    const args = { githubApi, githubRepository: repository }
    const hosted = { github: { repository } }
    return publicRelease(hosted, parseTag("v1.2.0"), args)
  }

  it("is what is published, with its files", async () => {
    const seen = await look({}, (server) => {
      server.seed({ tag_name: "v1.2.0" }, { [WHEEL]: "wheel" })
    })
    expect(seen).toMatchObject({
      where: "octo-org/quayside",
      release: { tag: "v1.2.0", draft: false },
      assets: [{ name: WHEEL, sha256: sha256("wheel") }],
    })
    expect(seen.sums).toBeUndefined()
  })

  it("is what its SHA256SUMS says, unless that is longer than any of ours", async () => {
    const sumsOf = async (sums: string) => {
      const files = { [WHEEL]: "wheel", SHA256SUMS: sums }
      const seen = await look({}, (server) => {
        server.seed({ tag_name: "v1.2.0" }, files)
      })
      return seen.sums
    }
    expect(await sumsOf("a  b\n")).toBe("a  b\n")
    expect(await sumsOf("a".repeat(2 ** 20 + 1))).toBe("")
  })

  it("is no draft", async () => {
    const seen = await look({}, (server) => {
      server.seed({ tag_name: "v1.2.0", draft: true })
      server.seed({ tag_name: "v1.1.0" })
    })
    expect(seen.release).toBeUndefined()
    expect(seen.failure).toBeUndefined()
  })

  it("is not known where a token would have to be shown", async () => {
    const { failure } = await look({ private: true }, () => undefined)
    expect(failure).toMatch(
      /there is no repository `octo-org\/quayside` at .* that everybody may read, and no token was shown .*what is private is shown to a token alone/,
    )
  })

  it("is not known where GitHub does not answer, which nobody waits long for", async () => {
    const limit = { message: "API rate limit exceeded" }
    const reset = String(Math.floor(Date.now() / 1000) + 600)
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }
    const limited = await look({}, (server) => {
      server.next(/releases/, 403, limit, headers)
    })
    expect(limited.failure).toMatch(/rate limit without a token is used up/)
    const broken = await look({}, (server) => {
      for (let n = 0; n < 2; n++) server.next(/releases/, 503, {})
    })
    expect(broken.failure).toMatch(/GitHub answered 503/)
    expect(broken.release).toBeUndefined()
  })

  it("is not known where the repository is on another GitHub", async () => {
    const github = { repository: "a/b", host: "github.example.org" }
    const seen = await publicRelease({ github }, parseTag("v1.2.0"), {})
    expect(seen.failure).toContain("pass `--github-api https://github.example")
  })
})

describe("the tag", () => {
  it("must be pushed, because GitHub would make it from the default branch", async () => {
    const { github, server } = await start()
    server.tags.clear()
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /`v1\.2\.0` is no tag of `octo-org\/quayside`\n.*git push origin v1\.2\.0/,
    )
    expect(server.releases).toEqual([])
  })

  it("must stand for the commit that was built, annotated or not", async () => {
    const { github, server } = await start()
    server.tags.set("v1.2.0", "object").set("annotated:object", COMMIT)
    await putRelease(github, wanted("v1.2.0"))
    server.tags.set("annotated:object", "beef".padEnd(40, "0"))
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /is commit `beef0+` in `octo-org\/quayside`, and `c0ffee0+` was built/,
    )
  })

  it("may stand for a tag, and that for another one, up to the commit", async () => {
    const { github, server } = await start()
    server.tags
      .set("v1.2.0", "signed")
      .set("annotated:signed", "inner")
      .set("annotated:inner", COMMIT)
    expect(await github.commitOf("v1.2.0")).toBe(COMMIT)
    server.tags.set("annotated:inner", "signed")
    await expect(github.commitOf("v1.2.0")).rejects.toThrow(
      "tag: `v1.2.0` stands for a tag in `octo-org/quayside`, and for no commit",
    )
  })

  it("is looked at again before and after the release is published", async () => {
    for (const moment of ["upload", "publish"] as const) {
      const { github, server } = await start()
      const move = () => {
        server.tags.set("v1.2.0", "beef".padEnd(40, "0"))
      }
      const step = github[moment].bind(github) as (
        ...given: unknown[]
      ) => Promise<never>
      vi.spyOn(github, moment).mockImplementationOnce(
        async (...given: unknown[]) => {
          const done = await step(...given)
          move()
          return done
        },
      )
      await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
        "is commit `beef",
      )
      expect(server.releases).toMatchObject([{ draft: moment === "upload" }])
    }
  })

  it("that stands for files alone is told as that", async () => {
    const { github, server } = await start()
    const object = { type: "tree", sha: "0".repeat(40) }
    server.next(/git\/ref\/tags/, 200, { object })
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      /stands for a tree in .*, and for no commit\n\s*Tag the commit that is released/,
    )
  })
})

describe("what is wrong is named", () => {
  it("a wrong token", async () => {
    const { github } = await start({}, "stolen")
    await expect(github.proveAccess()).rejects.toThrow(
      /^credential: GitHub refuses the token: Bad credentials\n.*Contents: write/,
    )
  })

  it("a classic token without the scope", async () => {
    const { github, server } = await start({}, "reader")
    server.tokens.set("reader", { scopes: "read:org", write: true })
    await expect(github.proveAccess()).rejects.toThrow(
      "the token lacks the scope `repo` or `public_repo` for `octo-org/quayside`; it has `read:org`",
    )
  })

  it("`public_repo` is not enough for a private repository", async () => {
    const { github, server } = await start({ private: true }, "public")
    server.tokens.set("public", { scopes: "public_repo", write: true })
    await expect(github.proveAccess()).rejects.toThrow("lacks the scope `repo`")
  })

  it("a token of the other kinds without the permission", async () => {
    const { github, server } = await start({}, "reader")
    server.tokens.set("reader", { write: false })
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      "the token may not create a draft release in `octo-org/quayside`, for which GitHub wants `contents=write`",
    )
  })

  it("somebody who may not write", async () => {
    const { github, server } = await start({}, "reader")
    server.tokens.set("reader", { scopes: "repo", write: false })
    await expect(github.proveAccess()).rejects.toThrow(
      "the token's owner may not write to `octo-org/quayside`",
    )
  })

  it("a repository that is not there, or hidden from the token", async () => {
    const { github, server } = await start({ private: true }, "blind")
    server.tokens.set("blind", { write: false, blind: true })
    await expect(github.proveAccess()).rejects.toThrow(
      /there is no repository `octo-org\/quayside` at .*, or the token may not read the repository there\n.*Correct `--github-repository`/,
    )
  })

  it("an archived repository", async () => {
    const { github } = await start({ archived: true })
    await expect(github.proveAccess()).rejects.toThrow("is archived")
  })

  it("an organization whose single sign-on the token was not authorized for", async () => {
    const { github, server } = await start()
    server.next(
      /^GET/,
      403,
      { message: "Resource protected by SAML" },
      {
        "x-github-sso": "required; url=https://github.test/sso?authorize=1",
      },
    )
    await expect(github.proveAccess()).rejects.toThrow(
      /single sign-on.*\n.*Authorize it: https:\/\/github\.test\/sso\?authorize=1/,
    )
  })

  it("a GitHub that is not there", async () => {
    const { github, server } = await start()
    await server.stop()
    await expect(github.proveAccess()).rejects.toThrow(
      /can't be reached at `http:\/\/127\.0\.0\.1:\d+` to read the repository.*\n.*--github-api/,
    )
  })

  it("a file that is too large, whether we see it or GitHub does", async () => {
    const { github, server } = await start()
    const large = { ...file("film.mp4", "x"), size: 2 * 1024 ** 3 }
    const release = wanted("v1.2.0")
    await expect(
      putRelease(github, { ...release, assets: [large] }),
    ).rejects.toThrow("`film.mp4` has 2147483648 bytes")
    expect(server.log).toEqual([])
    server.next(/name=/, 413, { message: "Request Entity Too Large" })
    server.next(/name=/, 413, { message: "Request Entity Too Large" })
    server.next(/name=/, 413, { message: "Request Entity Too Large" })
    server.next(/name=/, 413, { message: "Request Entity Too Large" })
    await expect(putRelease(github, release)).rejects.toThrow(
      /refuses to upload .*too large/,
    )
  })

  it("a name that GitHub would change", async () => {
    const { github } = await start()
    const assets = [file("the manual.pdf", "pdf")]
    await expect(
      putRelease(github, { ...wanted("v1.2.0"), assets }),
    ).rejects.toThrow("`the manual.pdf` is a name that GitHub would change")
  })
})

describe("rate limits", () => {
  const soon = () => String(Math.floor(Date.now() / 1000))

  it("are waited for, as GitHub says", async () => {
    const { github, server } = await start()
    server.next(
      /^GET/,
      403,
      { message: "API rate limit exceeded" },
      {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": soon(),
      },
    )
    server.next(
      /name=/,
      403,
      { message: "You have exceeded a secondary rate limit" },
      {
        "retry-after": "1",
      },
    )
    await putRelease(github, wanted("v1.2.0"))
    expect(server.releases).toMatchObject([{ draft: false }])
  })

  const HOUR = 60 * 60
  const inAnHour = Math.floor(Date.now() / 1000) + HOUR

  it.each([
    [String(inAnHour), `at ${new Date(inAnHour * 1000).toISOString()}`],
    ["2114380800", "in some minutes"],
    // Milliseconds and microseconds, as a proxy may tell them.
    [`${inAnHour}000`, "in some minutes"],
    [`${inAnHour}000000`, "in some minutes"],
    ["soon", "in some minutes"],
  ])(
    "that are too long end with the time to come back, or without: %s",
    async (reset, when) => {
      const { github, server } = await start()
      // Octokit reads an odd time as none, and asks three times more.
      for (let asked = 0; asked < 4; asked += 1)
        server.next(
          /^GET/,
          403,
          { message: "API rate limit exceeded" },
          { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
        )
      const told = await putRelease(github, wanted("v1.2.0")).catch(String)
      expect(told).toMatch(/rate limit for this token is used up/)
      expect(told).toContain(`again ${when}; what is done stays done`)
    },
  )

  it("on how fast things are made end with the minutes to wait", async () => {
    const { github, server } = await start()
    const message = "You have exceeded a secondary rate limit"
    server.next(/^POST/, 403, { message }, { "retry-after": "3600" })
    await expect(putRelease(github, wanted("v1.2.0"))).rejects.toThrow(
      "Run the same command again in 60 minutes; what is done stays done",
    )
  })
})

describe("a token is proven", () => {
  it.each(["classic", "fine-grained"])(
    "without leaving anything behind: %s",
    async (token) => {
      const { github, server } = await start({}, token)
      await github.proveAccess()
      expect(server.releases).toEqual([])
      expect([...server.tags.keys()]).toEqual(["v1.2.0"])
    },
  )

  it("by the drafts that killed runs left behind, which go", async () => {
    const { github, server } = await start({}, "fine-grained")
    server.seed({ tag_name: "shipwheel-preflight", draft: true })
    server.seed({ tag_name: "shipwheel-preflight", draft: true })
    await github.proveAccess()
    expect(server.releases).toEqual([])
  })

  it("that does not tell its scopes by a draft that is deleted at once", async () => {
    const { github, server } = await start({}, "app")
    server.tokens.set("app", { write: false })
    server.next(/^GET \/repos\/[^/]+\/[^/]+$/, 200, { private: false })
    await expect(github.proveAccess()).rejects.toThrow("contents=write")
  })
})

describe("answers that GitHub really gave", () => {
  it("are understood: a name that is taken, then the same after a deletion", async () => {
    const recorded = createRequire(import.meta.url)(
      "@octokit/fixtures/scenarios/api.github.com/release-assets-conflict/normalized-fixture.json",
    ) as Recorded[]
    const { asked, replay } = player(recorded)
    const github = new Github({
      token: "0".repeat(40),
      repository: {
        owner: "octokit-fixture-org",
        repo: "release-assets-conflict",
      },
      fetch: replay,
      pace: PACE(),
    })
    const answer = recorded[0]?.response as { id: number; upload_url: string }
    const release: ForgeRelease = {
      ...{ id: answer.id, uploadUrl: answer.upload_url, url: "" },
      ...{ tag: "v1.0.0", title: "", notes: "" },
      ...{ draft: false, prerelease: false, immutable: false },
    }
    const send = () =>
      github.upload(release, "test-upload.txt", new Blob(["x"]))
    expect(await send()).toBe(false)
    const [taken] = await github.assets(release)
    expect(taken).toMatchObject({ name: "test-upload.txt", complete: true })
    await github.deleteAsset({ id: taken?.id ?? 0, name: "test-upload.txt" })
    expect(await send()).toBe(true)
    expect(asked.map((each) => each.split("?")[0])).toEqual([
      "POST /repos/octokit-fixture-org/release-assets-conflict/releases/1000/assets",
      "GET /repos/octokit-fixture-org/release-assets-conflict/releases/1000/assets",
      "DELETE /repos/octokit-fixture-org/release-assets-conflict/releases/assets/1000",
      "POST /repos/octokit-fixture-org/release-assets-conflict/releases/1000/assets",
    ])
  })
})

const WHEEL = "quayside-1.2.0-py3-none-any.whl"
const SDIST = "quayside-1.2.0.tar.gz"
const NAMES = [WHEEL, SDIST, "report.md"]

/** GitHub's own pace would make each test take seconds. */
const PACE = () => ({
  throttle: {
    id: String(Math.random()),
    write: new Bottleneck.Group({ minTime: 0 }),
    notifications: new Bottleneck.Group({ minTime: 0 }),
    retryAfterBaseValue: 1,
  },
  retry: { retryAfterBaseValue: 1 },
})

async function start(settings: Settings = {}, token = "classic") {
  const server = new GithubServer(settings)
  servers.push(server)
  server.tags.set("v1.2.0", COMMIT)
  const api = await server.start()
  const [owner = "", repo = ""] = server.repository.split("/")
  const repository = { owner, repo }
  const github = new Github({ token, repository, api, pace: PACE() })
  return { github, server }
}

function wanted(tag: string): Wanted {
  return {
    version: parseTag(tag),
    title: "quayside 1.2.0",
    notes: "- New: a board",
    assets: [
      file(WHEEL, "wheel"),
      file(SDIST, "sdist"),
      { ...file("report.md", "# Report"), record: true },
    ],
    isOurs: (name) =>
      isOwnFile("quayside", name) ||
      ["install.sh", "install.ps1", "SHA256SUMS.sig"].includes(name),
    commit: COMMIT,
  }
}

function file(name: string, text: string): AssetFile {
  return {
    name,
    size: text.length,
    sha256: sha256(text),
    open: () => Promise.resolve(new Blob([text])),
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}

interface Recorded {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly response: unknown
}

/** Gives recorded answers, each once, in their order. */
function player(recorded: readonly Recorded[]) {
  const left = [...recorded]
  const asked: string[] = []
  const replay: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const method = init?.method ?? "GET"
    asked.push(`${method} ${url.pathname}${url.search}`)
    const at = left.findIndex(
      (each) =>
        each.method === method.toLowerCase() &&
        each.path.split("?")[0] === url.pathname,
    )
    const [found] = left.splice(at, 1)
    const body = found?.status === 204 ? null : JSON.stringify(found?.response)
    return Promise.resolve(
      new Response(body, {
        status: found?.status ?? 500,
        headers: { "content-type": "application/json; charset=utf-8" },
      }),
    )
  }
  return { asked, replay }
}
