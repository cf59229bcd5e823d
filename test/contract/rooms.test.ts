import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

const SRC = fileURLToPath(new URL("../../src", import.meta.url))

/** From the roof down: a room imports only what stands below it. */
const FLOORS = [
  ...["index", "objects", "release", "preflight", "next"],
  ...["project"],
  ...["upload"],
  ...["compare"],
  ...["page", "ci", "audit", "install-scripts", "forge", "package-index"],
  ...["sbom", "signature", "install", "lint", "test", "build", "files"],
  ...["index-rules", "environments", "notes", "frontend"],
  ...["backends", "npm-token", "version"],
  ...["config", "git", "reading", "containers", "pipeline", "text", "errors"],
]

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts"),
)

/** What each file of `src` imports of the others, as `from -> to`. */
const arrows = files.flatMap((from) =>
  [...readFileSync(join(SRC, from), "utf8").matchAll(/from "(\.[^"]+)\.js"/g)]
    .map(([, to = ""]) => normalize(join(dirname(from), to)))
    .map((to) => ({ from, to })),
)

function roomOf(file: string): string {
  const [room = ""] = file.replace(/\.ts$/, "").split("/")
  return room
}

const floor = (file: string) => FLOORS.indexOf(roomOf(file))

describe("src", () => {
  it("has these rooms, and no other", () => {
    expect(new Set(files.map(roomOf))).toEqual(new Set(FLOORS))
  })

  it("imports nothing upwards", () => {
    expect(arrows.length).toBeGreaterThan(files.length)
    const upwards = arrows
      .filter(({ from, to }) => roomOf(from) !== roomOf(to))
      .filter(({ from, to }) => floor(from) >= floor(to))
    expect(upwards).toEqual([])
  })

  it("holds no more than 20 files in a room", () => {
    const counts = FLOORS.map((room) => ({
      room,
      count: files.filter((file) => roomOf(file) === room).length,
    }))
    expect(counts.filter(({ count }) => count > 20)).toEqual([])
  })

  // In a signature Dagger looks a type up by its bare name.
  it("gives no name to two types", () => {
    const declared = files.flatMap((file) =>
      [
        ...readFileSync(join(SRC, file), "utf8").matchAll(
          /^(?:export )?(?:interface|class|enum|type) (\w+)\b(?!,)/gm,
        ),
      ].map(([, name = ""]) => ({ name, file })),
    )
    const names = declared.map(({ name }) => name)
    const twice = declared.filter(
      ({ name }) => names.indexOf(name) !== names.lastIndexOf(name),
    )
    expect(twice.sort((a, b) => a.name.localeCompare(b.name))).toEqual([])
  })
})
