import { describe, expect, test } from "vitest"

import {
  complainOfIdentity,
  complainOfSecret,
  complainOfUnused,
  credentialOption,
  missingCredential,
} from "../../src/package-index/credentials.js"
import {
  type IndexAddress,
  resolveIndex,
} from "../../src/package-index/indexes.js"

const UPLOADS = {
  pypi: "https://upload.harbour.example/legacy/",
  testpypi: "https://test.harbour.example/legacy/",
}
const PYPI = resolveIndex("pypi", [], UPLOADS)
const TEST_PYPI = resolveIndex("testpypi", [], UPLOADS)
const PRIVATE = resolveIndex("https://private.example/", [], undefined)

/** A token as PyPI makes them: a macaroon that names its site. */
function tokenFor(site: string): string {
  const head = Buffer.from([2, 1, site.length])
  const body = Buffer.concat([head, Buffer.from(site), Buffer.from("rest")])
  return `pypi-${body.toString("base64url")}`
}

function complaint(secret: string, index: IndexAddress): string | undefined {
  return complainOfSecret(secret, index, credentialOption(index))?.join(" ")
}

describe("an API token", () => {
  test.each([
    ["that is empty", "", "is empty"],
    ["that is blank", " \n", "is empty"],
    ["with a blank", "pypi-AgEI caesar", "has a blank in it"],
    ["of another kind", "hunter2", "does not start with `pypi-`"],
    [
      "of Test PyPI for PyPI",
      tokenFor("test.harbour.example"),
      "was made for `test.harbour.example`, not for `harbour.example`",
    ],
  ])("%s is refused, with where to get a right one", (_, token, words) => {
    const said = complaint(token, PYPI)
    expect(said).toContain(words)
    expect(said).toContain("https://harbour.example/manage/account/token/")
    expect(said).toContain("--pypi-token env://PYPI_API_TOKEN")
  })

  test("of PyPI is refused for Test PyPI, too", () => {
    const said = complaint(tokenFor("harbour.example"), TEST_PYPI)
    expect(said).toContain("not for `test.harbour.example`")
    expect(said).toContain("--test-pypi-token env://TEST_PYPI_API_TOKEN")
  })

  test("is accepted for its own site", () => {
    expect(complaint(tokenFor("harbour.example"), PYPI)).toBeUndefined()
    expect(complaint(tokenFor("test.harbour.example"), TEST_PYPI)).toBe(
      undefined,
    )
  })

  test("with a line break may be right without it, and is not asked for anew", () => {
    const said = complaint(`${tokenFor("harbour.example")}\n`, PYPI)
    expect(said).toMatch(
      /a line break, .*Take that out where the secret is set/,
    )
    expect(said).not.toContain("/manage/account/token/")
  })

  test("that can't be read is left to the index", () => {
    expect(complaint("pypi-whatever", PYPI)).toBeUndefined()
  })

  test("never stands in the complaint", () => {
    const token = tokenFor("test.harbour.example")
    expect(complaint(token, PYPI)).not.toContain(token)
    expect(complaint("hunter2", PYPI)).not.toContain("hunter2")
  })
})

describe("a credential that is given", () => {
  test.each([
    ["PyPI", PYPI, ["--test-pypi-token"], "`--test-pypi-token`"],
    [
      "Test PyPI",
      TEST_PYPI,
      ["--index-user", "--index-password"],
      "`--index-user`, `--index-password`",
    ],
    [
      PRIVATE.name,
      PRIVATE,
      ["--index-password", "--pypi-token"],
      "`--pypi-token`",
    ],
    [
      "the rehearsal index",
      { name: "the rehearsal index", option: "rehearsal" },
      ["--pypi-token"],
      "`--pypi-token`",
    ],
  ] as const)(
    "is refused where %s does not use it",
    (name, index, given, words) => {
      const [owner, what, next] = complainOfUnused(given, index) ?? []
      expect(owner).toBe("credential")
      expect(what).toBe(`${name} does not use ${words}`)
      expect(next).toContain("name the index that it is for with `--index`")
    },
  )

  test.each([
    [PYPI, ["--pypi-token"]],
    [TEST_PYPI, ["--identity-token"]],
    [PRIVATE, ["--index-user", "--index-password"]],
  ] as const)("is taken where it is used", (index, given) => {
    expect(complainOfUnused(given, index)).toBeUndefined()
  })
})

describe("a password of a private index", () => {
  test("is no token of a public one, whatever user it comes with", () => {
    for (const user of ["harbour", undefined]) {
      const token = tokenFor("test.harbour.example")
      const option = credentialOption(PRIVATE)
      const said = complainOfSecret(token, PRIVATE, option, user)?.join(" ")
      expect(said).toContain(
        "was made for `test.harbour.example`, not for `private.example`",
      )
      expect(said).not.toContain(token)
    }
  })

  test("need not look like a token", () => {
    expect(complaint("hunter2", PRIVATE)).toBeUndefined()
  })

  test("is asked for in the words of the command line", () => {
    const [, what, next] = missingCredential(PRIVATE)
    expect(what).toBe("there is no credential for https://private.example/")
    expect(next).toContain("--index-password env://INDEX_PASSWORD")
  })
})

describe("an identity token", () => {
  const jwt = (claims: object) =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`

  test.each([
    ["is empty", "", "is empty"],
    ["is no JWT", "abc.def", "that is a JWT"],
    ["is no JSON", "a.b.c", "that is a JWT"],
    ["has expired", jwt({ exp: 1000 }), "expired at 1970-01-01T00:16:40.000Z"],
  ])("is refused when it %s", (_, token, words) => {
    expect(complainOfIdentity(token, 2_000_000)?.join(" ")).toContain(words)
  })

  test("is named as each command names it", () => {
    expect(complainOfIdentity("", 2_000_000)?.[1]).toBe(
      "the value of `--identity-token` (`--password` of `index`) is empty",
    )
  })

  test("is asked for at a URL with whatever the CI gave for that", () => {
    const url = "https://ci.example/token?job=7"
    expect(complainOfIdentity("opaque", 2_000_000, url)).toBeUndefined()
    expect(complainOfIdentity("", 2_000_000, url)?.[1]).toContain("is empty")
    expect(complainOfIdentity("opaque", 2_000_000, "")?.[1]).toBe(
      "the value of `--identity-url` is no URL",
    )
  })

  test("is accepted while it lives", () => {
    expect(complainOfIdentity(jwt({ exp: 3000 }), 2_000_000)).toBeUndefined()
  })
})
