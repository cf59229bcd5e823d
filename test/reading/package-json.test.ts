import { describe, expect, it } from "vitest"

import {
  foldersAbove,
  inFolder,
  readPackageJson,
} from "../../src/reading/package-json.js"
import { sources } from "../helpers/builders.js"
import { accepted, refusal } from "../helpers/refusal.js"

const reading = (text: string, folder = "frontend") => {
  const files = sources({ [inFolder(folder, "package.json")]: text })
  return (problems: Parameters<typeof readPackageJson>[2]) =>
    readPackageJson(folder, files, problems)
}

describe("a package.json", () => {
  it.each(["frontend", ""])("in %j is read as far as a release needs", (at) => {
    const text = JSON.stringify({
      name: "pier",
      private: true,
      scripts: { build: "vite build" },
      packageManager: "pnpm@10.1.0",
      engines: { node: ">=20" },
    })
    expect(accepted(reading(text, at))).toStrictEqual({
      name: "pier",
      scripts: { build: "vite build" },
      dependencies: {},
      devDependencies: {},
      optionalDependencies: {},
      packageManager: "pnpm@10.1.0",
      engines: { node: ">=20" },
    })
  })

  it("is read with the byte order mark that Windows puts before it", () => {
    expect(accepted(reading('\uFEFF{"name": "pier"}'))?.name).toBe("pier")
  })

  it("may be missing", () => {
    expect(
      accepted((problems) => readPackageJson("", sources({}), problems)),
    ).toBeUndefined()
  })

  it.each([
    [
      '{ "scripts": { "build": 1 } }',
      "frontend: `scripts.build` in `frontend/package.json` is not what npm takes\n   Write a text.",
    ],
    [
      '{ "dependencies": [] }',
      "frontend: `dependencies` in `frontend/package.json` is not what npm takes\n   Write an object, `{ … }`.",
    ],
    [
      "[]",
      "frontend: `frontend/package.json` is not what npm takes\n   Write an object, `{ … }`.",
    ],
  ])("is refused with what npm takes: %s", (text, message) => {
    expect(refusal(reading(text))).toBe(message)
  })

  it("that is no JSON is refused with the parser's reason", () => {
    expect(refusal(reading('{ "name": }'))).toMatch(
      /^frontend: `frontend\/package\.json` is not JSON: .+\n {3}Mend it at that place\.$/,
    )
  })
})

describe("the folders above a folder", () => {
  it.each([
    ["a/b/c", ["a/b", "a", ""]],
    ["a", [""]],
    ["", []],
  ])("of %j are %j", (folder, above) => {
    expect(foldersAbove(folder)).toStrictEqual(above)
  })
})
