import { readFileSync } from "node:fs"

import { describe, expect, test } from "vitest"

import {
  DECIDED,
  DECISIVE,
  defaultsIn,
  PLACES,
} from "../../src/reading/defaults-file.js"

describe("a variable of `.env` is an argument of ours", () => {
  test.each([
    "RELEASE_INDEX=http://elsewhere.example/legacy/",
    "release_indexPassword=env://TEST_PYPI_API_TOKEN",
    "INDEX_NAME=http://elsewhere.example/legacy/",
    "export SOURCE=/",
    "REPOSITORY = ..",
    "SHIPWHEEL_SOURCE=/home",
    "shipwheel_github_token=cmd://id",
    "GITHUBAPI=https://elsewhere.example",
    "SHIPWHEEL_PROMOTE_DRY_RUN=true",
    "promote_dryRun=true",
    "\u0085SOURCE=/",
    "\u00A0\u2003\u3000SOURCE\u0085=/",
    "SHIPWHEEL_INDEXSERVICE=tcp://elsewhere.example:80",
  ])("%s", (line) => {
    const [name = ""] = line.replace("export ", "").split("=")
    const plain = name.replace(/[^\w-]/g, "")
    expect(defaultsIn(`A=1\n${line}\n`)).toEqual([plain])
  })

  test.each(["DATABASE_URL=x", "# SOURCE=/", "DATA_SOURCE=x", "RELEASE=1", ""])(
    "and this is none: %s",
    (line) => {
      expect(defaultsIn(line)).toEqual([])
    },
  )
})

describe("the public API", () => {
  const api = readFileSync(new URL("../contract/api.txt", import.meta.url))
  const functions = [
    ...api.toString().matchAll(/^(?:Shipwheel\.)?(\w+)\((.*)\).*$/gm),
  ].map(([, name = "", args = ""]) => ({
    name,
    args: [...args.matchAll(/(\w+)\??: ([\w[\]]+)/g)],
  }))

  test("has no other function that takes what is decisive", () => {
    const taking = functions.filter(({ args }) =>
      args.some(([, name = ""]) => DECISIVE.includes(name)),
    )
    expect(taking.map(({ name }) => name).sort()).toEqual([...DECIDED].sort())
  })

  test("has no option of a function that takes a secret, but is not decisive", () => {
    const options = functions
      .slice(1)
      .filter(({ args }) => args.some(([, , type]) => type === "Secret"))
      .flatMap(({ args }) => args.map(([, name = ""]) => name))
      .filter((name) => name !== "tag")
    expect(new Set(options)).toEqual(new Set(DECISIVE))
  })

  test("has no other secret and no other service", () => {
    const given = functions
      .flatMap(({ args }) => args)
      .filter(([, , type]) => type === "Secret" || type === "Service")
    const known = new Set([...DECISIVE, ...PLACES])
    expect(new Set(given.map(([, name]) => name))).toEqual(
      new Set(
        [...known].filter((name) => /key|password|service|token/i.test(name)),
      ),
    )
  })

  test("takes all of the places before a function, and no function takes one", () => {
    const [own, ...others] = functions
    const taken = (one: (typeof functions)[number] | undefined) =>
      one?.args.map(([, name = ""]) => name) ?? []
    expect(own?.name).toBe("Shipwheel")
    expect(taken(own)).toEqual(expect.arrayContaining(PLACES))
    expect(
      others.flatMap(taken).filter((name) => PLACES.includes(name)),
    ).toEqual([])
  })
})
