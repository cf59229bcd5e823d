import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import semver from "semver"
import { describe, expect, it } from "vitest"

import managers from "../../src/frontend/package-managers.json" with { type: "json" }
import versions from "../../src/versions.json" with { type: "json" }

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const ENGINE = "dagger/engine"

const read = (path: string) => readFileSync(join(ROOT, path), "utf8")
const json = (path: string) => JSON.parse(read(path)) as Record<string, unknown>

/** The files in some folders, each of which has to be there, that end in one of the given ways. */
const files = (ends: RegExp, ...folders: string[]): string[] =>
  folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder)).map((name) => join(folder, name)),
    )
    .filter((path) => ends.test(path))

/** What can't read src/versions.json says the same as it. */
describe("src/versions.json agrees with", () => {
  it("dagger.json on the engine", () => {
    expect(json("dagger.json")["engineVersion"]).toBe(`v${versions.dagger}`)
  })

  it("package.json on the SDK and npm", () => {
    expect(json("package.json")).toMatchObject({
      dependencies: { "@dagger.io/dagger": versions.dagger },
      packageManager: `npm@${versions.npm}`,
    })
  })

  it("package-lock.json on the SDK", () => {
    expect(json("package-lock.json")).toMatchObject({
      packages: {
        "node_modules/@dagger.io/dagger": { version: versions.dagger },
      },
    })
  })

  it("go.mod on the engine that is built from it", () => {
    const [, built] =
      /^\tgithub\.com\/dagger\/dagger v(\S+)/m.exec(read(`${ENGINE}/go.mod`)) ??
      []
    expect(built).toBe(versions.dagger)
  })
})

describe("src/frontend/package-managers.json names", () => {
  const own = Object.values({ ...managers.pnpm, ...managers.yarn })
  const npms = managers.npm.flatMap(({ version }) => version ?? [])

  it.each([...own, ...npms])("%s, an exact version", (version) => {
    expect(semver.valid(version)).toBe(version)
  })

  it("no other npm than its own for the usual Node", () => {
    const [first] = managers.npm
    expect(first?.version).toBeUndefined()
    expect(semver.satisfies(versions.node, first?.node ?? "")).toBe(true)
  })

  it("an npm for every older Node", () => {
    for (const { node, version } of managers.npm.slice(1))
      expect([semver.validRange(node), version]).not.toContain(undefined)
  })
})

describe("the tools", () => {
  it("are installed by the uv that is among them, with the same hashes", () => {
    const uv = read("src/containers/tools/uv.txt").trimEnd()
    expect(uv).toMatch(/^uv==\S+ \\\n +--hash=sha256:/)
    expect(read("src/containers/tools/requirements.txt")).toContain(uv)
  })
})

describe("the requirements of the linters name", () => {
  const ruff = (path: string) => /^ruff==\S+/m.exec(read(path))?.[0]

  it("the ruff that Shipwheel brings", () => {
    const own = ruff("src/containers/tools/requirements.txt")
    expect(own).toMatch(/^ruff==\d/)
    expect(ruff("test/linters/requirements.txt")).toBe(own)
  })
})

describe("versions are written once:", () => {
  const pinned = Object.values(versions)
    .flat()
    .filter((version) => version.split(".").length === 3)
  const scripts = [
    `${ENGINE}/dagger`,
    `${ENGINE}/engine`,
    ...files(
      /\.(sh|mjs|dang|go)$/,
      `${ENGINE}/lib`,
      `${ENGINE}/sdk`,
      `${ENGINE}/distconsts`,
    ),
  ]

  it.each(scripts)("%s holds none of them", (path) => {
    const text = read(path)
    expect(pinned.filter((version) => text.includes(version))).toEqual([])
  })

  it.each(scripts)("%s lists no Pythons", (path) => {
    const text = read(path)
    const minors = versions.pythons.filter((minor) => text.includes(minor))
    expect(minors).toEqual([])
  })

  const pages = files(
    /\.(md|ya?ml)$/,
    ".",
    "dagger",
    ENGINE,
    ".github",
    ".github/workflows",
  )

  it.each(pages)("%s mentions no other Dagger", (path) => {
    const others = [...read(path).matchAll(/dagger\S*?[@ ]v?(\d+\.\d+\.\d+)/gi)]
      .map(([, version]) => version)
      .filter((version) => version !== versions.dagger)
    expect(others).toEqual([])
  })
})
