import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"

import { describe, expect, it, test } from "vitest"

import { EFFECTS, GATES } from "../../src/release/stages.js"
import { complaints, flags } from "../helpers/api.js"
import {
  blocks,
  code,
  commands,
  page,
  pages,
  ROOT,
  rows,
} from "../helpers/docs.js"

const scripts = (name: string) =>
  readFileSync(join(ROOT, "src/install-scripts/templates", name), "utf8")
const { scripts: npm, version } = JSON.parse(
  readFileSync(join(ROOT, "package.json"), "utf8"),
) as { scripts: Record<string, string>; version: string }

/** Options of Dagger, twine and the example. */
const OTHERS = [
  ...["--blueprint", "--help", "--progress", "--silent"],
  ...["--strict", "--host", "--port", "--wipe", "--exit-zero"],
]
const PROGRAMS =
  /^(curl|dagger\/engine\/dagger|git|npx|powershell|sh|ssh-keygen|uv) /

describe("a command in README and docs", () => {
  const ours = ["console", "sh", "sh dagger-0.21", "sh dagger-1.0"].flatMap(
    commands,
  )
  const calls = ours.filter((line) => /\bdagger\b.* call /.test(line))

  it.for(calls)("calls what there is: %s", (line) => {
    const [, words = ""] = / call (.*)$/.exec(line) ?? []
    expect(complaints(words.split(" "))).toEqual([])
  })

  it.for(ours.filter((line) => line.startsWith("npm ")))(
    "is a script of package.json: %s",
    (line) => {
      expect(Object.keys(npm)).toContain(line.replace(/^npm (run )?/, ""))
    },
  )

  it("is of Dagger, npm or a program that people have", () => {
    const strange = ours.filter((line) => !/^(dagger|npm) /.test(line))
    expect(strange.filter((line) => !PROGRAMS.test(line))).toEqual([])
  })

  it("is refused if its function, its flag or a value it needs is not there", () => {
    expect(complaints(["frobnicate"])).not.toEqual([])
    expect(complaints(["build", "--colour", "red"])).not.toEqual([])
    expect(complaints(["release"])).not.toEqual([])
    expect(complaints(["python", "--version", "3.9"])).not.toEqual([])
    expect(complaints(["python", "--version", "3.9", "fly"])).not.toEqual([])
    expect(complaints(["--colour", "red", "test"])).not.toEqual([])
    expect(complaints(["--source", ".", "shipwheel", "test"])).not.toEqual([])
    expect(complaints(["promote", "--dry-run", "--tag", "v1"])).toEqual([])
  })

  it("never holds a token", () => {
    const shown = /(token|password)[= ](?!env:\/\/[A-Z_]+(\s|$))/
    expect(ours.filter((line) => shown.test(line))).toEqual([])
  })
})

test("an option that a page names is there", () => {
  const known = new Set([...flags, ...OTHERS, ...options("install.sh")])
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/`[^`\n]*`/g)]
      .flatMap(([inline]) => inline.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [])
      .map((flag) => ({ path, flag })),
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter(({ flag }) => !known.has(flag))).toEqual([])
})

test("the options of the install scripts are those that are described", () => {
  const described = rows(page("docs/install-scripts.md").text)
  const words = (at: number) =>
    described.map((cells) => code(cells[at])?.split(" ")[0])
  expect(words(0)).toEqual(options("install.sh"))
  expect(words(1)).toEqual(
    options("install.sh").map((each) =>
      each.replace(/^--(.)/, (_, first: string) => `-${first.toUpperCase()}`),
    ),
  )
  const [parameters = ""] =
    /^param\([^]*?^\)/m.exec(scripts("install.ps1")) ?? []
  for (const each of words(1))
    expect(parameters).toContain(`$${each?.slice(1) ?? ""}`)
})

/** Those that the help of a script lists. */
function options(name: string): string[] {
  return [...scripts(name).matchAll(/^ {2}(--[a-z]+) /gm)].map(
    ([, option = ""]) => option,
  )
}

describe("a link in README and docs", () => {
  const links = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, to = ""]) => ({
      path,
      to,
    })),
  )

  it.for(links)("leads somewhere: $to in $path", ({ path, to }) => {
    const [file = "", anchor] = to.split("#")
    const target = file === "" ? path : normalize(join(dirname(path), file))
    expect(existsSync(join(ROOT, target))).toBe(true)
    if (anchor !== undefined)
      expect(anchors(readFileSync(join(ROOT, target), "utf8"))).toContain(
        anchor,
      )
  })

  it("leads from README to every page", () => {
    const { text } = page("README.md")
    const missing = pages.filter(
      ({ path }) => path !== "README.md" && !text.includes(`(${path})`),
    )
    expect(missing).toEqual([])
  })
})

describe("a file that people who work on it are sent to", () => {
  const named = ["README.md", "CONTRIBUTING.md", "docs/decisions.md"].flatMap(
    (path) =>
      page(path).text.match(/\b(src|test|dagger|docs)\/[\w./-]*\w/g) ?? [],
  )

  it.for([...new Set(named)])("is there: %s", (path) => {
    expect(existsSync(join(ROOT, path))).toBe(true)
  })
})

test("CONTRIBUTING tells of every room, and of no other", () => {
  const described = rows(page("CONTRIBUTING.md").text)
    .map(([first]) => code(first))
    .filter((name) => name?.startsWith("src/"))
  const there = readdirSync(join(ROOT, "src")).filter(
    (name) => name !== "versions.json",
  )
  expect(described.sort()).toEqual(there.map((name) => `src/${name}`).sort())
})

test("how it works lists the stages, and what each needs", () => {
  const [section = ""] = page("docs/how-it-works.md").text.split(
    "\n## Rehearsal",
  )
  const described = rows(section).map(([name, , needs = ""]) => ({
    name: code(name),
    needs,
  }))
  expect(described).toEqual(
    [...GATES, ...EFFECTS].map(({ name, needs }) => ({
      name,
      needs:
        needs.length === GATES.length
          ? "everything above"
          : needs.map((each) => `\`${each}\``).join(", "),
    })),
  )
})

/** The anchors of the headings, as GitHub makes them. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  )
}

test("the version that README and docs pin is that of package.json", () => {
  const passages = ["sh dagger-0.21", "sh dagger-1.0"].flatMap(blocks)
  const pinned = passages.flatMap((text) =>
    [...text.matchAll(/<address>@v(\S+)/g)].map(([, each]) => each),
  )
  expect(pinned.length).toBeGreaterThan(2)
  expect(new Set(pinned)).toEqual(new Set([version]))
})

test("README is short", () => {
  expect(page("README.md").text.split("\n").length).toBeLessThan(130)
})
