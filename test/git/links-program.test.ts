import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"

import { expect, it } from "vitest"

import { newFolder, runProgram } from "../helpers/programs.js"

/** A folder with a file, a secret that lies beside its package, and these links. */
function meant(links: Readonly<Record<string, string>>): unknown {
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
])("a link %s is told with what it means", (_, links, told) => {
  expect(meant(links)).toStrictEqual(told)
})

it.each([
  ["leads out of the folder", "a.txt", "/etc/hostname"],
  ["leads nowhere", "a.txt", "gone.txt"],
  ["leads to itself", "a.txt", "a.txt"],
  ["lies where packages are installed", "node_modules/a", "../.env"],
])("a link that %s is not told", (_, path, to) => {
  expect(meant({ [path]: to })).toStrictEqual({})
})
