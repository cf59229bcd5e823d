import { readFileSync } from "node:fs"

import { describe, expect, test } from "vitest"

import {
  DECIDED,
  DECISIVE,
  defaultsIn,
} from "../../src/reading/defaults-file.js"

describe("a variable of `.env` is an argument of ours", () => {
  test.each([
    "PUBLISH_INDEX=http://elsewhere.example/legacy/",
    "publish_indexPassword=env://TEST_PYPI_API_TOKEN",
    "export SOURCE=/",
    "REPOSITORY = ..",
    "SHIPWHEEL_SOURCE=/home",
    "shipwheel_github_release_githubToken=cmd://id",
    "GITHUBRELEASE_GITHUBAPI=https://elsewhere.example",
    "RELEASE_INDEXSERVICE=tcp://elsewhere.example:80",
  ])("%s", (line) => {
    const [name = ""] = line.replace("export ", "").split("=")
    expect(defaultsIn(`A=1\n${line}\n`)).toEqual([name.trim()])
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
    ...api.toString().matchAll(/^Shipwheel\.(\w+)\((.*)\): .*$/gm),
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

  test("has no other secret and no other service", () => {
    const given = functions
      .filter(({ name }) => name !== "constructor")
      .flatMap(({ args }) => args)
      .filter(([, , type]) => type === "Secret" || type === "Service")
    expect(given.length).toBeGreaterThan(20)
    expect(
      given.filter(([, name = ""]) => !DECISIVE.includes(name)).map(String),
    ).toEqual([])
  })
})
