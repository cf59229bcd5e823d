import { existsSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { ROOT } from "../helpers/docs.js"
import { LONGEST } from "../helpers/longest-first.js"
import { slowest } from "../helpers/slowest.js"

test("every file that a whole run begins with is there", () => {
  const lost = LONGEST.filter((name) => !existsSync(join(ROOT, name)))
  expect(lost).toEqual([])
  expect(new Set(LONGEST).size).toBe(LONGEST.length)
})

test("a whole run ends with the files that took longest on the engine", () => {
  const file = (name: string, seconds: number, project = "engine") => ({
    ...{ name, seconds, project },
  })
  const many = Array.from({ length: 20 }, (_, at) => file(`f${at}`, at))
  const [head, first, ...rest] = slowest([file("fast", 99, "fast"), ...many])
  expect(head).toBe("20 files on an engine took 190 s, side by side:")
  expect(first).toBe("    19 s  f19")
  expect(rest).toHaveLength(11)
})

test("of one file nothing more is told", () => {
  expect(slowest([{ name: "f", project: "engine", seconds: 9 }])).toEqual([])
})
