import { describe, expect, it } from "vitest"

import { frontendsInside } from "../../src/project/frontends-inside.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { sources } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const BUILDS = '{ "scripts": { "build": "vite build" } }'
const HATCH = lines(
  "[tool.hatch.build.hooks.jupyter-builder]",
  'dependencies = ["hatch-jupyter-builder"]',
)

/** The frontends that nobody need name, of a project with the package `src/quay` and these files. */
const found = (texts: Record<string, string>, toml = "") =>
  frontendsInside({
    sources: sources(texts),
    pyproject: parsePyproject(toml),
    packageDir: "src/quay",
  }).map(({ path }) => path)

describe("a frontend in the project need not be named", () => {
  it.each([
    ["src/quay/frontend", "package-lock.json"],
    ["src/quay/static/src", "yarn.lock"],
  ])("where it lies in the package: %s", (folder, lockfile) => {
    const texts = {
      [`${folder}/package.json`]: BUILDS,
      [`${folder}/${lockfile}`]: "",
    }
    expect(found(texts)).toStrictEqual([folder])
  })

  it.each([
    ["vite.config.ts", 'outDir: "src/quay/static"'],
    ["webpack.config.js", 'path.resolve(__dirname, "src", "quay", "static")'],
  ])("where the project's own folder builds into it: %s", (file, text) => {
    const texts = {
      "package.json": BUILDS,
      "pnpm-lock.yaml": "",
      [file]: text,
    }
    expect(found(texts)).toStrictEqual([""])
  })

  it("where a folder beside the package builds into it", () => {
    const texts = {
      "js/package.json": BUILDS,
      "js/package-lock.json": "",
      "js/vite.config.js": 'outDir: "../src/quay/static"',
    }
    expect(found(texts)).toStrictEqual(["js"])
  })

  it("as the whole, where a part of it builds something too", () => {
    const texts = {
      "src/quay/ui/package.json": BUILDS,
      "src/quay/ui/package-lock.json": "",
      "src/quay/ui/parts/package.json": BUILDS,
    }
    expect(found(texts)).toStrictEqual(["src/quay/ui"])
  })
})

describe("what builds something has to be named or denied", () => {
  it.each([
    ["without a lockfile", { "src/quay/ui/package.json": BUILDS }, ""],
    [
      "in a template",
      {
        "src/quay/templates/app/package.json": BUILDS,
        "src/quay/templates/app/package-lock.json": "",
      },
      "",
    ],
    [
      "where its script is another",
      {
        "src/quay/ui/package.json": '{ "scripts": { "bundle": "vite build" } }',
        "src/quay/ui/package-lock.json": "",
      },
      "",
    ],
    [
      "where nothing leads into the package",
      { "js/package.json": BUILDS, "js/package-lock.json": "" },
      "",
    ],
    [
      "where the backend builds it",
      {
        "package.json": BUILDS,
        "yarn.lock": "",
        "vite.config.ts": "src/quay/a",
      },
      HATCH,
    ],
  ])("%s", (_, texts, toml) => {
    expect(found(texts, toml)).toStrictEqual([])
  })

  it("where the package is one file, or not found", () => {
    const texts = { "package.json": BUILDS, "yarn.lock": "" }
    for (const packageDir of [undefined, "quay.py"])
      expect(
        frontendsInside({
          sources: sources(texts),
          pyproject: parsePyproject(""),
          packageDir,
        }),
      ).toStrictEqual([])
  })
})
