import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"

import { expect, it } from "vitest"

import { newFolder, runProgram } from "../helpers/programs.js"

/** A folder with a file, a secret that lies beside its package, and these links. */
function told(links: Readonly<Record<string, string>>): unknown {
  const folder = newFolder()
  for (const each of ["wren/data", "node_modules"])
    mkdirSync(join(folder, each), { recursive: true })
  for (const each of ["wren/core.py", "wren/data/songs.txt", ".env"])
    writeFileSync(join(folder, each), "")
  for (const [path, to] of Object.entries(links))
    symlinkSync(to, join(folder, path))
  return JSON.parse(runProgram("git/links.py", folder))
}

it.each([
  ["to a file", { "wren/a.txt": "../.env" }, { "wren/a.txt": ".env" }],
  ["to a folder", { songs: "wren/data" }, { songs: "wren/data" }],
  [
    "to a link, to what that means in the end",
    { "b.py": "wren/core.py", "a.py": "b.py" },
    { "a.py": "wren/core.py", "b.py": "wren/core.py" },
  ],
])("a link %s is told with what it means", (_, links, meant) => {
  expect(told(links)).toStrictEqual({ meant, broken: {} })
})

it.each([
  ["leads out of the folder", { "a.txt": "/etc/passwd" }, "/etc/passwd"],
  ["leads nowhere", { "a.txt": "wren/../gone.txt" }, "gone.txt"],
  ["leads to one that does", { "a.txt": "wren/b", "wren/b": "c" }, "wren/c"],
  ["leads to itself", { "a.txt": "a.txt" }, "a.txt"],
])("a link that %s is told with where that is", (_, links, to) => {
  expect(told(links)).toMatchObject({ meant: {}, broken: { "a.txt": to } })
})

it("a link that lies where packages are installed is not told", () => {
  const links = { "node_modules/a": "../.env", "node_modules/b": "gone" }
  expect(told(links)).toStrictEqual({ meant: {}, broken: {} })
})
