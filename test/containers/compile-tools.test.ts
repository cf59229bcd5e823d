import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

import { expect, test } from "vitest"

const SRC = fileURLToPath(new URL("../../src/", import.meta.url))
const read = (path: string) => readFileSync(`${SRC}${path}`, "utf8")
const STATEMENT = /^\s*(?:from (\S+) import|import (\S+)$)/gm

const programs = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".py"),
)
const own = programs.map((path) => path.replace(/^.*\/|\.py$/g, ""))
const packages = [
  ...read("containers/tools/requirements.txt").matchAll(/^(\S+)==/gm),
].map(([, name = ""]) => name.replaceAll("-", "_"))
const compiled = [
  ...read("containers/compile_tools.py").matchAll(/^ {4}"(.+)",$/gm),
].map(([, name = ""]) => name)

/** A package is when a module of it is. */
const isCompiled = (name: string) =>
  compiled.some((each) => each === name || each.startsWith(`${name}.`))

/** What the programs import that neither Python nor a room brings. */
const imported = new Set(
  programs
    .flatMap((path) => [...read(path).matchAll(STATEMENT)])
    .map(([, from, whole]) => from ?? whole ?? "")
    .filter((name) => !own.includes(name)),
)

test("what the programs take from the tools' packages is compiled beforehand", () => {
  expect(imported.has("packaging.metadata")).toBe(true)
  const ofTools = [...imported].filter((name) =>
    packages.includes(name.split(".")[0] ?? ""),
  )
  expect(ofTools.length).toBeGreaterThan(10)
  expect(ofTools.filter((name) => !isCompiled(name))).toEqual([])
})
