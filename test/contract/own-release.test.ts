import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"

import { describe, expect, it } from "vitest"
import { parse } from "yaml"

import { ROOT } from "../helpers/docs.js"

const read = (path: string) => readFileSync(join(ROOT, path), "utf8")
const json = (path: string) => JSON.parse(read(path)) as Record<string, unknown>
const { license, version } = json("package.json") as Record<string, string>
const changelog = read("CHANGELOG.md")

interface Workflow {
  readonly permissions: object
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions: Readonly<Record<string, string>>
        readonly steps?: readonly { readonly uses?: string }[]
      }
    >
  >
}

const workflow = parse(read(".github/workflows/release.yml")) as Workflow

/** What is printed for a tag. */
function notes(tag: string) {
  const script = join(ROOT, ".github/release-notes.mjs")
  return spawnSync("node", [script, tag], { encoding: "utf8" })
}

describe("a release of Shipwheel itself", () => {
  it("has one version, in package.json, its lockfile and the changelog", () => {
    const headings = [...changelog.matchAll(/^## \[([^\]]+)\]/gm)].map(
      ([, heading]) => heading,
    )
    expect(headings.slice(0, 2)).toEqual(["Unreleased", version])
    expect(json("package-lock.json")).toMatchObject({
      version,
      packages: { "": { version } },
    })
  })

  it("has the notes of its section, and nothing of another's", () => {
    const { status, stdout } = notes(`v${version ?? ""}`)
    expect(status).toBe(0)
    expect(stdout.trim()).not.toBe("")
    expect(changelog).toContain(stdout.trim())
    expect(stdout).not.toMatch(/^## /m)
  })

  it.each(["v99.0.0", "main", ""])("is not made of the tag `%s`", (tag) => {
    const { status, stderr, stdout } = notes(tag)
    expect(stdout).toBe("")
    expect(stderr).toContain(`the tag is \`${tag}\``)
    expect(status).not.toBe(0)
  })

  it("is written by a job that runs no code of the repository, and no other may write", () => {
    const writers = Object.entries(workflow.jobs).filter(([, job]) =>
      Object.values(job.permissions).includes("write"),
    )
    expect(workflow.permissions).toEqual({})
    expect(writers.map(([name]) => name)).toEqual(["draft"])
    expect(workflow.jobs["draft"]?.permissions).toEqual({ contents: "write" })
    const uses = workflow.jobs["draft"]?.steps?.map((step) => step.uses)
    expect(uses).toEqual([undefined])
  })

  it("runs the same actions as the tests, by commit", () => {
    const actions = (path: string) => [
      ...new Set(read(path).match(/[\w-]+\/[\w-]+@[0-9a-f]{40}/g)),
    ]
    const tested = actions(".github/workflows/ci.yml")
    const released = actions(".github/workflows/release.yml")
    expect(released.length).toBeGreaterThan(0)
    expect(tested).toEqual(expect.arrayContaining(released))
  })

  it("is under the licence that package.json names", () => {
    expect(license).toBe("Apache-2.0")
    expect(read("LICENSE")).toMatch(/Apache License\s+Version 2\.0/)
  })
})
