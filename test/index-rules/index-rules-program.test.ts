import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { beforeAll, describe, expect, it } from "vitest"

import {
  INDEX_RULES,
  type IndexRule,
} from "../../src/config/index-rule-names.js"
import {
  type IndexRefusal,
  parseRefusals,
} from "../../src/index-rules/refusals.js"
import { newFolder, runProgram } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

const MAKER = fileURLToPath(new URL("../helpers/archives.py", import.meta.url))

/** A path, and the hash that RECORD has of it, or what is in it. */
type Row = readonly [path: string, second: string]

/** One file, how it differs from one that every index takes, and what is said of it. */
interface Case {
  readonly rule: IndexRule
  readonly fact: string
  /** Fields in place of the usual ones, or beside them. */
  readonly fields?: readonly string[]
  readonly body?: string
  /** Its name where it is not the usual one; `NAME` is that of the project. */
  readonly file?: string
  readonly project?: string
  readonly version?: string
  readonly members?: Readonly<Record<string, string | null>>
  /** What RECORD has in the place of a row with the hash of each file. */
  readonly recorded?: (rows: readonly Row[]) => readonly Row[]
  readonly trouble?: string
  /** Words of what is wrong and of what to do; absent where nothing is. */
  readonly says?: string
  readonly next?: string
}

const WHEEL = "NAME-1.2.0-py3-none-any.whl"
const SDIST = "NAME-1.2.0.tar.gz"
const INFO = "NAME-1.2.0.dist-info"
const BACKEND = "Build with the newest release of the backend."
const OLD = "Build with a newer release of the backend"
const label = (letters: number) =>
  `Project-URL: ${"l".repeat(letters)}, https://example.org/`
const scripts = (name: string) => ({
  [`${INFO}/entry_points.txt`]: `[console_scripts]\n${name} = boat:main\n`,
})

const sha = (kind: string, text: string) =>
  `${kind}=${createHash(kind).update(text).digest("base64url")}`
const hashed = (rows: readonly Row[], path: string, hash: string): Row[] =>
  rows.map((row) => (row[0] === path ? [path, hash] : row))

const cases: readonly Case[] = [
  { rule: "metadata", fact: "2.5", fields: ["Metadata-Version: 2.5"] },
  {
    rule: "metadata",
    fact: "2.6, which PyPI does not take yet",
    fields: ["Metadata-Version: 2.6"],
    says: "`Metadata-Version` 2.6 is not taken yet, 2.5 is",
    next: "Build with a backend that writes that one.",
  },
  {
    rule: "metadata",
    fact: "a field that its version does not have",
    fields: ["Metadata-Version: 2.1", "License-Expression: MIT"],
    says: "metadata is not as its `Metadata-Version` has it",
    next: BACKEND,
  },
  { rule: "metadata", fact: "a dynamic field", fields: ["Dynamic: Summary"] },
  {
    rule: "metadata",
    fact: "a version that is dynamic",
    fields: ["Dynamic: Version"],
    says: "'version' is not allowed as a dynamic field",
    next: BACKEND,
  },
  {
    rule: "metadata",
    fact: "`Dynamic` that is dynamic",
    fields: ["Dynamic: Dynamic"],
    says: "`Dynamic` names itself",
    next: BACKEND,
  },
  {
    rule: "metadata",
    fact: "two forms of a licence",
    fields: ["License: MIT", "License-Expression: MIT"],
    says: "`License` and `License-Expression`",
    next: "Leave out the first.",
  },
  {
    rule: "metadata",
    fact: "something that is provided and no requirement",
    fields: ["Provides-Dist: a b"],
    says: "`a b` in `provides-dist` is no requirement",
    next: BACKEND,
  },
  {
    rule: "classifiers",
    fact: "one that is known",
    fields: ["Classifier: Framework :: Flask"],
  },
  {
    rule: "classifiers",
    fact: "one that is unknown",
    fields: ["Classifier: Framework :: Flaskk"],
    says: "`Framework :: Flaskk` is no classifier",
    next: "Did you mean `Framework :: Flask`?",
  },
  {
    rule: "classifiers",
    fact: "one that is no longer taken",
    fields: ["Classifier: Natural Language :: Ukranian"],
    says: "is no longer taken",
    next: "Use `Natural Language :: Ukrainian`.",
  },
  {
    rule: "classifiers",
    fact: "a private one",
    fields: ["Classifier: Private :: Do Not Upload"],
    says: "forbids every upload",
    next: "Take it out once the package may be published.",
  },
  {
    rule: "direct-urls",
    fact: "a version",
    fields: ["Requires-Dist: six>=1"],
  },
  {
    rule: "direct-urls",
    fact: "an address in an extra",
    fields: [
      "Provides-Extra: maps",
      'Requires-Dist: six @ https://example.org/six.whl ; extra == "maps"',
    ],
    says: "it requires `six` from an address of its own",
    next: "Require a version that is on the index",
  },
  {
    rule: "summary",
    fact: "512 characters",
    fields: [`Summary: ${"s".repeat(512)}`],
  },
  {
    rule: "summary",
    fact: "513 characters",
    fields: [`Summary: ${"s".repeat(513)}`],
    says: "513 characters, 512 are taken",
    next: "Shorten `description`",
  },
  {
    rule: "local-version",
    fact: "a version of a prerelease",
    version: "1.2.0rc1",
    file: "NAME-1.2.0rc1.tar.gz",
  },
  {
    rule: "local-version",
    fact: "a version with a local part",
    version: "1.2.0+local.7",
    file: "NAME-1.2.0+local.7.tar.gz",
    says: "local part, `+local.7`",
    next: "Release a version without it.",
  },
  { rule: "name", fact: "a name of its own", project: "quayside" },
  {
    rule: "name",
    fact: "a module of Python",
    project: "dataclasses",
    says: "`dataclasses` is the name of a module of Python itself",
    next: "Choose another name",
  },
  {
    rule: "name",
    fact: "a module that Python had once",
    project: "asyncore",
    says: "`asyncore` is the name of a module of Python itself",
    next: "Choose another name",
  },
  {
    rule: "name",
    fact: "a module of a package of Python",
    project: "xml-etree",
    file: "xml_etree-1.2.0.tar.gz",
    says: "`xml-etree` is the name of a module of Python itself",
    next: "Choose another name",
  },
  {
    rule: "emails",
    fact: "an address with a name",
    fields: ["Author-email: Zoë <zoe@example.org>"],
  },
  {
    rule: "emails",
    fact: "no address",
    fields: ["Maintainer-email: Zoë <zoe@harbour>"],
    says: "`zoe@harbour` is no address of mail",
    next: "Correct `authors` or `maintainers`.",
  },
  {
    rule: "urls",
    fact: "an address",
    fields: ["Project-URL: Docs, https://example.org/ä?q=1#top"],
  },
  {
    rule: "urls",
    fact: "an address of another kind",
    fields: ["Project-URL: Chat, irc://example.org/boats"],
    says: "`irc://example.org/boats` of `Chat` is no address",
    next: "Correct it in `[project.urls]`",
  },
  {
    rule: "urls",
    fact: "a page with no scheme",
    fields: ["Home-page: example.org"],
    says: "`example.org` of `Home-page` is no address",
    next: "Correct it in `[project.urls]`",
  },
  {
    rule: "urls",
    fact: "an address with a user and a password",
    fields: ["Project-URL: Code, https://ada:ghp_secret@example.org/boat"],
    says: "the URL of `Code` holds a user or password",
    next: "and the password out of use",
  },
  {
    rule: "urls",
    fact: "no address at all",
    fields: ["Project-URL: Docs"],
    says: "`` of `Docs` is no address",
    next: "or leave it out",
  },
  {
    rule: "urls",
    fact: "an address with no label",
    fields: ["Project-URL: , https://example.org/"],
    says: "has no label",
    next: "Give it one",
  },
  { rule: "url-labels", fact: "32 characters", fields: [label(32)] },
  {
    rule: "url-labels",
    fact: "33 characters",
    fields: [label(33)],
    says: "33 characters, 32 are taken",
    next: "Shorten it in `[project.urls]`.",
  },
  {
    rule: "description",
    fact: "one in reStructuredText",
    fields: ["Description-Content-Type: text/x-rst"],
    body: "Boats\n=====\n",
  },
  {
    rule: "description",
    fact: "one that is broken",
    fields: ["Description-Content-Type: text/x-rst"],
    body: "====\nBroken\n==\n",
    says: "its description can't be rendered",
    next: "mend the readme",
  },
  {
    rule: "description",
    fact: "one in HTML",
    fields: ["Description-Content-Type: text/html"],
    body: "<p>Boats</p>",
    says: "its description is `text/html`, which is not rendered",
    next: "Let `readme` be Markdown",
  },
  {
    rule: "file-names",
    fact: "a wheel with a build number",
    file: "NAME-1.2.0-1-py3-none-any.whl",
  },
  {
    rule: "file-names",
    fact: "metadata of another project",
    project: "requests",
    file: "tiny_boat-1.2.0-py3-none-any.whl",
    says: "its metadata is that of `requests`, and its name is another's",
    next: "Release the files as the build of this project makes them",
  },
  {
    rule: "file-names",
    fact: "an sdist whose name is not normalised",
    project: "Tiny.Boat",
    file: "Tiny.Boat-1.2.0.tar.gz",
    says: "its name has to be `tiny_boat-1.2.0.tar.gz`",
    next: OLD,
  },
  {
    rule: "file-names",
    fact: "a version that is not normalised",
    version: "1.2.0-rc.1",
    file: "NAME-1.2.0-rc.1.tar.gz",
    says: "-1.2.0rc1.tar.gz`",
    next: OLD,
  },
  {
    rule: "file-names",
    fact: "a wheel that lacks its tags",
    file: "NAME-1.2.0-none.whl",
    says: "its name is none of a wheel",
    next: OLD,
  },
  ...["macosx_11_0_universal2", "manylinux_2_28_riscv64", "win_arm64"].map(
    (platform): Case => ({
      rule: "platform-tags",
      fact: platform,
      file: `NAME-1.2.0-cp312-cp312-${platform}.whl`,
    }),
  ),
  ...["linux_x86_64", "macosx_11_3_arm64", "manylinux_2_28_mips"].map(
    (platform): Case => ({
      rule: "platform-tags",
      fact: platform,
      file: `NAME-1.2.0-cp312-cp312-${platform}.whl`,
      says: `it is for the platform \`${platform}\`, which no public index takes`,
      next: "Build the others with cibuildwheel",
    }),
  ),
  { rule: "archive", fact: "a wheel that is one" },
  { rule: "archive", fact: "an sdist that is one", file: SDIST },
  ...(
    [
      ["none", WHEEL, "it is no zip archive"],
      ["none", SDIST, "it is no tar archive"],
      ["cut", SDIST, "it is no tar archive"],
      ["bzip2", WHEEL, "packed in another way than deflate"],
      ["twice", WHEEL, "two files in it have one name"],
      ["comment", WHEEL, "a file in it has a comment"],
      ["streamed", WHEEL, "data descriptors"],
      ["before", WHEEL, "something before its first file"],
      ["after", WHEEL, "something after its end"],
      ["renamed", WHEEL, "the files themselves differ"],
      ["unlisted", WHEEL, "bytes behind the last file are in no file"],
      ["resized", WHEEL, "says otherwise of itself"],
      ["sparse", SDIST, "a file in it is sparse"],
    ] as const
  ).map(([trouble, file, says]): Case => ({
    ...{ rule: "archive", fact: `${file}: ${trouble}`, trouble, file },
    ...{ says, next: BACKEND },
  })),
  {
    ...{ rule: "archive", fact: "a wheel with a file that is all but empty" },
    trouble: "bomb",
    says: "more than 50 times its size, most of it `zeros` (65.0 MiB)",
    next: "Leave out of the package what is so empty",
  },
  ...[`${"a/".repeat(2048)}b.py`, `${"b".repeat(253)}.py`].map(
    (path): Case => ({
      ...{
        rule: "archive",
        fact: `a wheel with a path of ${path.length} signs`,
      },
      members: { [path]: "" },
      says: `longer than a system takes (4,096 bytes, 255 for each name): \`${path.slice(0, 80)}`,
      next: "Give the file a shorter path.",
    }),
  ),
  {
    rule: "archive",
    fact: "a wheel with a path that is as long as systems take",
    members: { [`${"b".repeat(252)}.py`]: "" },
  },
  {
    rule: "archive",
    fact: "a wheel without `WHEEL`",
    members: { [`${INFO}/WHEEL`]: null },
    says: ".dist-info/WHEEL`",
    next: BACKEND,
  },
  {
    rule: "archive",
    fact: "a wheel with a file that its RECORD does not list",
    recorded: (rows) => rows.filter(([path]) => !path.endsWith("METADATA")),
    says: ".dist-info/METADATA`",
    next: BACKEND,
  },
  {
    rule: "archive",
    fact: "a wheel with other bytes than its RECORD says",
    recorded: (rows) => hashed(rows, "boat.py", "sha256=nothing"),
    says: "`boat.py` in it has other bytes than its RECORD says",
    next: BACKEND,
  },
  {
    rule: "archive",
    fact: "a wheel whose RECORD has no hash of a file",
    recorded: (rows) => hashed(rows, "boat.py", ""),
    says: "its RECORD has no hash of `boat.py` by SHA-256 or better",
    next: BACKEND,
  },
  {
    rule: "archive",
    fact: "a wheel whose RECORD has no hash of any file",
    recorded: (rows) => rows.map(([path]) => [path, ""]),
    says: "its RECORD has no hash of `boat.py` by SHA-256 or better (and 2 more)",
    next: BACKEND,
  },
  ...["md5=1B2M2Y8AsgTpgAmY7PhCfg", "shake_128=nothing", "tide=nothing"].map(
    (hash) => ({
      rule: "archive" as const,
      fact: `a wheel whose RECORD has a file by ${hash}`,
      recorded: (rows: readonly Row[]) => hashed(rows, "boat.py", hash),
      says: "its RECORD has no hash of `boat.py` by SHA-256 or better",
      next: BACKEND,
    }),
  ),
  {
    rule: "archive",
    fact: "a wheel whose RECORD lists what is not in it",
    recorded: (rows) => [...rows, ["goat.py", sha("sha256", "")]],
    says: "its RECORD lists `goat.py`, which is not in it",
    next: BACKEND,
  },
  {
    rule: "archive",
    fact: "a wheel whose RECORD has a hash that is better than SHA-256",
    recorded: (rows) => hashed(rows, "boat.py", sha("sha512", "")),
  },
  {
    rule: "archive",
    fact: "a wheel whose RECORD has no signatures of itself",
    members: { [`${INFO}/RECORD.jws`]: "{}" },
    recorded: (rows) => rows.filter(([path]) => !path.endsWith(".jws")),
  },
  {
    rule: "archive",
    fact: "a wheel without `RECORD`",
    members: { [`${INFO}/RECORD`]: null },
    says: ".dist-info/RECORD`",
    next: BACKEND,
  },
  {
    rule: "archive",
    fact: "a name that can't be printed",
    members: { "bo\u0007at": "" },
    says: "can't be printed",
    next: BACKEND,
  },
  {
    rule: "archive",
    fact: "an sdist of two folders",
    file: SDIST,
    members: { "other/README": "" },
    says: "it has 2 files and folders at its top",
    next: BACKEND,
  },
  {
    rule: "archive",
    fact: "an sdist without metadata",
    file: SDIST,
    members: { "NAME-1.2.0/PKG-INFO": null, "NAME-1.2.0/README": "" },
    says: "it has no `",
    next: BACKEND,
  },
  {
    rule: "licence-files",
    fact: "one that is there",
    fields: ["License-File: LICENSE"],
    members: { [`${INFO}/licenses/LICENSE`]: "" },
  },
  {
    rule: "licence-files",
    fact: "one that is in the sdist",
    file: SDIST,
    fields: ["License-File: legal/LICENSE"],
    members: { "NAME-1.2.0/legal/LICENSE": "" },
  },
  {
    rule: "licence-files",
    fact: "one that is missing",
    fields: ["License-File: LICENSE"],
    members: { [`${INFO}/LICENSE`]: "" },
    says: "its metadata names the licence `LICENSE`",
    next: "Let the backend put it there (`license-files`)",
  },
  { rule: "entry-points", fact: "a command", members: scripts("tiny-boat.v2") },
  {
    rule: "entry-points",
    fact: "a path as a command",
    members: scripts("../boat"),
    says: "`../boat` is no name of a command",
    next: "Correct `[project.scripts]`",
  },
  {
    rule: "entry-points",
    fact: "a list that is none",
    members: { [`${INFO}/entry_points.txt`]: "boat\n" },
    says: "`entry_points.txt` can't be read",
    next: "Correct `[project.scripts]`",
  },
]

/** Files of all cases at once, each of a project of its own. */
let found: IndexRefusal[]

beforeAll(() => {
  installLinters()
  const folder = newFolder()
  const input = JSON.stringify(cases.map(fileOf))
  execFileSync("python3", [MAKER, folder], { input })
  found = parseRefusals(runProgram("index-rules/index_rules.py", folder), [])
}, 300_000)

function fileOf(each: Case, at: number) {
  const project = each.project ?? `boat${String(at)}`
  const filled = (text: string) => text.replaceAll("NAME", project)
  const file = filled(each.file ?? WHEEL)
  const version = each.version ?? "1.2.0"
  const usual = ["Metadata-Version: 2.4"].filter(
    () => !each.fields?.some((field) => field.startsWith("Metadata-Version")),
  )
  const given = [...usual, ...(each.fields ?? [])].join("\n")
  const metadata = `${given}\nName: ${project}\nVersion: ${version}\n\n${each.body ?? ""}`
  const stem = file.split("-").slice(0, 2).join("-")
  const members: Record<string, string | null> = file.endsWith(".whl")
    ? {
        "boat.py": "",
        [`${stem}.dist-info/METADATA`]: metadata,
        [`${stem}.dist-info/WHEEL`]: "Wheel-Version: 1.0\n",
        [`${stem}.dist-info/RECORD`]: "",
      }
    : { [`${file.replace(/\.tar\.gz$/, "")}/PKG-INFO`]: metadata }
  for (const [path, text] of Object.entries(each.members ?? {}))
    members[filled(path)] = text && filled(text)
  const record = `${stem}.dist-info/RECORD`
  const kept = Object.entries(members).flatMap(([path, text]) =>
    text === null ? [] : [[path, text] as const],
  )
  const rows = kept.map(([path, text]): Row => [
    path,
    path === record ? "" : sha("sha256", text),
  ])
  const lines = (each.recorded?.(rows) ?? rows).map((row) => row.join(","))
  const listed = kept.map(([path, text]): Row => [
    path,
    path === record ? `${lines.join(",\n")},\n` : text,
  ])
  return { file, members: Object.fromEntries(listed), trouble: each.trouble }
}

/** What a rule says of a file, which others may speak of as well. */
const said = (each: Case) =>
  found.filter(
    ({ rule, subject }) =>
      rule === each.rule && subject === fileOf(each, cases.indexOf(each)).file,
  )

describe("an index takes", () => {
  it.each(cases.filter(({ says }) => says === undefined))(
    "$rule: $fact",
    (each) => {
      expect(said(each)).toEqual([])
    },
  )
})

describe("an index refuses", () => {
  it.each(cases.filter(({ says }) => says !== undefined))(
    "$rule: $fact",
    (each) => {
      const refused = said(each)
      expect(refused.map(({ what }) => what).join("\n")).toContain(each.says)
      expect(refused.map(({ next }) => next).join("\n")).toContain(each.next)
    },
  )

  it("one-sdist: all sdists of a release but one", () => {
    const folder = newFolder()
    const input = JSON.stringify(
      ["tiny_boat-1.2.0.tar.gz", "Tiny.Boat-1.2.0.tar.gz"].map((file) =>
        fileOf({ rule: "one-sdist", fact: "", project: "tiny-boat", file }, 0),
      ),
    )
    execFileSync("python3", [MAKER, folder], { input })
    const all = parseRefusals(
      runProgram("index-rules/index_rules.py", folder),
      [],
    )
    expect(all.filter(({ rule }) => rule === "one-sdist")).toEqual([
      {
        rule: "one-sdist",
        subject: "tiny_boat-1.2.0.tar.gz",
        what: "it is a second sdist of one release",
        next: "Leave one of them out.",
      },
    ])
  })
})

it("each rule has its pass and its refusal here", () => {
  const rules = (refused: boolean) =>
    new Set(
      cases
        .filter(({ says }) => (says !== undefined) === refused)
        .map(({ rule }) => rule),
    )
  const apart = INDEX_RULES.filter((rule) => rule !== "one-sdist")
  expect([...rules(false)].sort()).toEqual([...apart].sort())
  expect([...rules(true)].sort()).toEqual([...apart].sort())
})

describe("of a project that is not built yet is told", () => {
  const refused = (files: Readonly<Record<string, string>>) => {
    const folder = newFolder()
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(folder, name), text)
    const printed = runProgram(
      "index-rules/index_rules.py",
      "--project",
      folder,
    )
    return parseRefusals(printed, []).map(({ rule }) => rule)
  }
  const BROKEN = "====\nBroken\n==\n"
  const PROJECT = `[project]
name = "distutils"
readme = "README.rst"
authors = [{ name = "Zoë", email = "zoe@harbour" }]
classifiers = ["Private :: Do Not Upload"]
[project.urls]
Chat = "irc://example.org"
[project.scripts]
"../boat" = "boat:main"
`

  it("what `[project]` and its readme say", () => {
    const files = { "pyproject.toml": PROJECT, "README.rst": BROKEN }
    expect(refused(files)).toEqual([
      ...["classifiers", "name", "emails", "urls", "description"],
      "entry-points",
    ])
  })

  it("what `[tool.poetry]` says", () => {
    const poetry = `[tool.poetry]
name = "boat"
description = "${"d".repeat(513)}"
authors = ["Zoë <zoe@harbour>"]
dependencies = { six = "^1" }
`
    const rules = ["summary", "emails"]
    expect(refused({ "pyproject.toml": poetry })).toEqual(rules)
  })

  it("what `setup.cfg` says", () => {
    const setup = `[metadata]
name = boat
url = example.org
version = attr: boat.__version__
classifiers =
    Framework :: Flaskk
[options]
install_requires =
    six @ https://example.org/six.whl
`
    const rules = ["classifiers", "direct-urls", "urls"]
    expect(refused({ "setup.cfg": setup })).toEqual(rules)
  })

  it("nothing where nothing is wrong, or nothing is static", () => {
    const dynamic = '[project]\nname = "boat"\ndynamic = ["readme"]\n'
    expect(refused({ "pyproject.toml": dynamic })).toEqual([])
    expect(refused({ "setup.cfg": "no = ini\n" })).toEqual([])
  })
})
