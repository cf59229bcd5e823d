import { describe, expect, test } from "vitest"

import {
  type ConfiguredIndex,
  isAddress,
  managePage,
  mayBePublic,
  refuseStaging,
  refuseStandIn,
  resolveIndex,
} from "../../src/package-index/indexes.js"
import { parseTag } from "../../src/version/version.js"

const UPLOADS = {
  pypi: "https://upload.harbour.example/legacy/",
  testpypi: "https://test.harbour.example/legacy/",
}
const COMPANY: ConfiguredIndex = {
  name: "company",
  url: "https://packages.example/pypi/simple",
  publishUrl: "https://packages.example/pypi/upload",
}

describe("--index", () => {
  test.each([undefined, "pypi", "testpypi", "rehearsal", "https://nexus/pypi"])(
    "%s says where the index is by itself",
    (option) => {
      expect(isAddress(option)).toBe(true)
    },
  )

  test("company says it only with the configuration", () => {
    expect(isAddress("company")).toBe(false)
  })

  test.each([
    ["pypi", UPLOADS.pypi, "https://harbour.example/simple/"],
    ["testpypi", UPLOADS.testpypi, "https://test.harbour.example/simple/"],
    ["company", COMPANY.publishUrl, `${COMPANY.url}/`],
    ["http://nexus/pypi", "http://nexus/pypi", "http://nexus/pypi/simple/"],
    ["http://nexus/pypi/", "http://nexus/pypi/", "http://nexus/pypi/simple/"],
    ["http://own/legacy/", "http://own/legacy/", "http://own/simple/"],
  ])("%s uploads to %s and installs from %s", (option, upload, simple) => {
    const index = resolveIndex(option, [COMPANY], UPLOADS)
    expect([index.uploadUrl, index.simpleUrl]).toEqual([upload, simple])
  })

  test("says which take attestations: the public ones, and those that are said to", () => {
    const attests = (option: string, company = COMPANY) =>
      resolveIndex(option, [company], UPLOADS).attests ?? false
    expect(["pypi", "testpypi"].map((each) => attests(each))).toEqual([
      ...[true, true],
    ])
    expect(attests("company")).toBe(false)
    expect(attests("company", { ...COMPANY, attests: true })).toBe(true)
    expect(attests("http://own/legacy/")).toBe(false)
  })

  test.each([
    [UPLOADS.pypi, "PyPI", "pypi"],
    ["http://upload.harbour.example:443/legacy", "PyPI", "pypi"],
    ["https://upload.harbour.example./", "PyPI", "pypi"],
    ["https://harbour.example/simple/", "PyPI", "pypi"],
    [UPLOADS.testpypi, "Test PyPI", "testpypi"],
  ])("knows %s for %s", (url, name, option) => {
    const company = { ...COMPANY, publishUrl: url }
    for (const each of [url, "company"])
      expect(() => resolveIndex(each, [company], UPLOADS)).toThrow(
        new RegExp(
          `is ${name}, by an address of it\\n.*Name it as \`${option}\``,
        ),
      )
    expect(resolveIndex("company", [COMPANY], UPLOADS).name).toBe("company")
  })

  test.each([
    ["pypi", true],
    ["https://a.example/legacy/", true],
    ["https://a.example/legacy", true],
    ["company", true],
    ["other", false],
    ["https://a.example/simple/", false],
    ["rehearsal", false],
  ])("asks what twine knows of for %s: %s", (option, asked) => {
    const company = { ...COMPANY, publishUrl: "https://b.example/legacy/" }
    const other = { ...COMPANY, name: "other" }
    expect(mayBePublic(option, [company, other])).toBe(asked)
  })

  test("refuses a name that nobody configured, with those that are known", () => {
    expect(() => resolveIndex("compnay", [COMPANY], undefined)).toThrow(
      /`compnay` is no index that is known\n.*`testpypi`, `pypi`, `rehearsal`, `company`/,
    )
  })

  test("refuses a password in a URL, and does not repeat it", () => {
    const open = () =>
      resolveIndex("https://me:geheim@x.example/", [], undefined)
    expect(open).toThrow("the index's URL holds a password")
    expect(open).not.toThrow("geheim")
  })

  test("does not repeat the password of what is no URL", () => {
    const open = () =>
      resolveIndex("https://me:geheim@x.example:99999/", [], undefined)
    expect(open).toThrow("`https://***@x.example:99999/` is no URL")
    expect(open).toThrow("--index-password env://INDEX_PASSWORD")
  })

  test("refuses a token behind the hash of a URL, and does not repeat it", () => {
    const open = () =>
      resolveIndex("https://x.example/legacy/#geheim", [], undefined)
    expect(open).toThrow("or may hold one behind `?` or `#`")
    expect(open).not.toThrow("geheim")
  })

  test("refuses a token behind the question mark of a URL", () => {
    const open = () =>
      resolveIndex("https://x.example/legacy/?token=geheim", [], undefined)
    expect(open).toThrow("or may hold one behind `?`")
    expect(open).not.toThrow("geheim")
  })
})

describe("a service that answers for an index", () => {
  const standIn = (url: string) => {
    refuseStandIn(resolveIndex(url, [COMPANY], undefined), UPLOADS)
  }

  test.each([
    ...["http://upload.harbour.example/legacy/"],
    ...["http://harbour.example:8080/legacy/", "https://test.harbour.example/"],
  ])("is none of a public one: %s", (url) => {
    expect(() => {
      standIn(url)
    }).toThrow("`--index-service` would stand in for")
  })

  test.each(["company", "http://boats.example/legacy/"])(
    "may be one's own: %s",
    (url) => {
      standIn(url)
    },
  )
})

test("a staging tag is refused for PyPI alone", () => {
  const staging = parseTag("staging/v1.2.0")
  expect(() => {
    refuseStaging(staging, "pypi")
  }).toThrow("is a staging tag, and PyPI is for production")
  refuseStaging(staging, "testpypi")
  refuseStaging(parseTag("v1.2.0"), "pypi")
})

test("the page for a yank is computed from the index's own address", () => {
  const pypi = resolveIndex("pypi", [], UPLOADS)
  expect(managePage(pypi, "boat", "1.0")).toBe(
    "https://harbour.example/manage/project/boat/release/1.0/",
  )
  const company = resolveIndex("company", [COMPANY], undefined)
  expect(managePage(company, "boat", "1.0")).toBeUndefined()
})
