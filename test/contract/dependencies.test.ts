import { execFileSync } from "node:child_process"
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { isBuiltin } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import typescript from "typescript"
import { describe, expect, it } from "vitest"

type Group = "dependencies" | "devDependencies"
type Package = Record<Group | "imports", Record<string, string>>

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
/** What the SDK of our own engine does to package.json as well. */
const EDIT = join(ROOT, "dagger/engine/sdk/package.mjs")
const CLIENT = "@dagger.io/dagger"
/** What no source imports: the official runtime reads the types with the TypeScript that it finds here. */
const COMPILER = "typescript"

const read = (path: string) => readFileSync(join(ROOT, path), "utf8")
const own = JSON.parse(read("package.json")) as Package

function specifiers(paths: readonly string[]): string[] {
  return (
    paths
      .filter((path) => /\.(m?ts|m?js)$/.test(path))
      .flatMap((path) => typescript.preProcessFile(read(path)).importedFiles)
      .map(({ fileName }) => fileName)
      // Neither a file of ours nor a string in a regular expression that reads imports.
      .filter((name) => /^[#@\w][\w@./-]*$/.test(name) && !isBuiltin(name))
  )
}

/** What stands behind a name of `imports`. */
function target(name: string): string {
  for (const [from, to] of Object.entries(own.imports)) {
    const [before = "", after] = from.split("*")
    if (after === undefined ? name === from : name.startsWith(before))
      return to.replace("*", name.slice(before.length))
  }
  return name
}

/** The packages that files import, for their types alone as well: those are read at each call. */
function imported(paths: readonly string[]): string[] {
  const names = specifiers(paths)
    .map(target)
    .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
  return [...new Set(names)].sort()
}

const below = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map(
    (path) => join(folder, path),
  )

const ofSources = imported(below("src"))

describe("package.json", () => {
  it("has no package in two groups", () => {
    const twice = Object.keys(own.dependencies).filter(
      (name) => name in own.devDependencies,
    )
    expect(twice).toEqual([])
  })

  it("has in dependencies what the sources import, and nothing else but the compiler", () => {
    const wanted = [...ofSources, COMPILER].sort()
    expect(Object.keys(own.dependencies).sort()).toEqual(wanted)
  })

  it("lists all that tests and settings import", () => {
    const listed = { ...own.dependencies, ...own.devDependencies }
    const unlisted = imported([...below("test"), ...readdirSync(ROOT)]).filter(
      (name) => !(name in listed),
    )
    expect(unlisted).toEqual([])
  })
})

// On the official runtime the compiler reads, at each call, the types of all that the sources import, in a way of
// resolving that does not know `imports`: 10 MB of Octokit's would cost a second.
describe("the types of a large dependency", () => {
  const names = specifiers(below("src"))

  it("are not read at a call: it is imported by a name of `imports` alone", () => {
    const large = Object.values(own.imports).map((to) => to.replace("*", ""))
    expect(
      names.filter((name) => large.some((each) => name.startsWith(each))),
    ).toEqual([])
  })

  it("are found by our own checks, and not where types are read at a call", () => {
    const from = join(ROOT, "src/index.ts")
    const resolve = (name: string, how: typescript.ModuleResolutionKind) =>
      typescript.resolveModuleName(
        name,
        from,
        { moduleResolution: how, module: typescript.ModuleKind.NodeNext },
        typescript.sys,
      ).resolvedModule
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the way that the SDK asks for
    const { NodeNext, Node10 } = typescript.ModuleResolutionKind
    const hidden = [...new Set(names.filter((name) => name.startsWith("#")))]
    expect(hidden).toContain("#octokit/core")
    for (const name of hidden) {
      expect(resolve(name, NodeNext), name).toBeDefined()
      expect(resolve(name, Node10), name).toBeUndefined()
    }
  })
})

describe("an install the official runtime's way", () => {
  const needed = [COMPILER, ...ofSources.filter((name) => name !== CLIENT)]

  it("has what the sources import", () => {
    expect(installed(own)).toEqual(expect.arrayContaining(needed))
  })

  it.each([
    ["in both groups", (name: string) => twice(name)],
    ["in devDependencies alone", (name: string) => moved(name)],
  ])("lacks a package that stands %s", (_where, change) => {
    expect(installed(change("yaml"))).not.toContain("yaml")
  })

  // Why the compiler is a dependency: the runtime adds it to dependencies, and then it stands in both.
  it("lacks the compiler when that is a development dependency", () => {
    expect(installed(moved(COMPILER))).not.toContain(COMPILER)
  })
})

const twice = (name: string): Package => ({
  ...own,
  devDependencies: {
    ...own.devDependencies,
    [name]: own.dependencies[name] ?? "",
  },
})

const moved = (name: string): Package => ({
  ...twice(name),
  dependencies: without(name, own.dependencies),
})

const without = (name: string, versions: Record<string, string>) =>
  Object.fromEntries(Object.entries(versions).filter(([key]) => key !== name))

/** What `npm install --omit=dev` installs once the runtime has edited package.json: npm works it out from the lockfile. */
function installed(before: Package): string[] {
  const folder = mkdtempSync(join(tmpdir(), "shipwheel-official-"))
  try {
    for (const file of ["package-lock.json", ".npmrc"])
      copyFileSync(join(ROOT, file), join(folder, file))
    writeFileSync(join(folder, "package.json"), JSON.stringify(before))
    execFileSync("node", [EDIT], { cwd: folder })
    const offline = ["--offline", "--ignore-scripts", "--loglevel=error"]
    execFileSync("npm", ["install", "--package-lock-only", ...offline], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    })
    return kept(readFileSync(join(folder, "package-lock.json"), "utf8"))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function kept(lockfile: string): string[] {
  const { packages } = JSON.parse(lockfile) as {
    packages: Record<string, { dev?: boolean }>
  }
  return Object.entries(packages).flatMap(([path, { dev }]) =>
    dev ? [] : [path.replace(/^node_modules\//, "")],
  )
}
