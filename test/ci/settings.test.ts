import { readFileSync } from "node:fs"

import { describe, expect, it } from "vitest"

import { fetchingSecrets } from "../../src/ci/passed-options.js"
import { ciFiles } from "../../src/ci/providers.js"
import { OPTIONS } from "../../src/ci/wrapper-values.js"
import type { Source } from "../helpers/builders.js"
import { facts, PROVIDERS } from "../helpers/ci.js"
import { settings } from "../helpers/settings.js"

const KEY = `RWQ${"a".repeat(53)}`
const ENVIRONMENTS = "[tool.shipwheel.environments]"

/** Settings that the files of a CI have to know, and how each may differ from what is usual. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  "tag-prefix": ["[tool.shipwheel]", 'tag-prefix = "quayside-"'],
  "public-key": ["[tool.shipwheel]", `public-key = "${KEY}"`],
  "limits.stage": ["[tool.shipwheel.limits]", "stage = 14400"],
  "github.repository": [
    "[tool.shipwheel.github]",
    'repository = "octo-org/quayside"',
  ],
  "github.artifact-attestations": [
    "[tool.shipwheel.github]",
    "artifact-attestations = true",
  ],
  "index.attestations": [
    "[tool.shipwheel]",
    'environments.production.index = "company"',
    "[[tool.shipwheel.index]]",
    'name = "company"',
    'url = "https://index.example/simple/"',
    'publish-url = "https://index.example/"',
    "attestations = true",
  ],
  "environments.<name>.refs": [
    ENVIRONMENTS,
    'check.refs = ["refs/heads/trunk"]',
  ],
  "environments.<name>.index": [ENVIRONMENTS, 'production.index = "company"'],
  "environments.<name>.github": [ENVIRONMENTS, "production.github = false"],
  "environments.<name>.approval": [
    ENVIRONMENTS,
    'production.approval = "harbour"',
  ],
}

/** What each call reads itself, so that a file which calls needs to know nothing of it. */
const READ_BY_CALLS = [
  ...["allow", "build-env", "changelog", "imports", "index-wait", "installers"],
  ...["not-shipped", "package", "pure", "pythons", "released-apart", "sbom"],
  ...["smoke", "version"],
  ...below("audit", "frontend python"),
  ...below("compare", "breaks ignore scheme version-check"),
  ...below("environments.<name>.frontend", "script variables"),
  ...below(
    "environments.<name>.skip",
    "audit compare install installers integration lint reproduce serve test",
  ),
  ...below("frontend", "destination node output path reads script"),
  ...below("github", "asset-names extra notes-comparison title"),
  // An index is named by its name; who may read there, the project does not say.
  ...below("index", "name publish-url sigstore takes url"),
  // A stage's own limit is the longest of all.
  ...below("limits", "build command compare install serve test upload"),
  ...below("mirrors", "images index npm osv"),
  ...below("notes", "file template"),
  ...below("serve", "command path port"),
  ...below("size", "sdist wheel"),
  ...below(
    "skip",
    "attestations black changelog classifiers contents duplicates flake8 forbidden installers isort licence lint mypy pyright reproduce ruff sbom",
  ),
  ...below("test", "extras fresh integration lock reads requires system unit"),
  ...below("version-in", "path pattern"),
]

function below(table: string, keys: string): string[] {
  return keys.split(" ").map((key) => `${table}.${key}`)
}

describe("a setting of the project", () => {
  it("is known to the files of a CI, or is read by what they call", () => {
    const said = [...Object.keys(KNOWN), ...READ_BY_CALLS]
    expect(said.map((each) => `tool.shipwheel.${each}`).sort()).toEqual(
      [...settings].sort(),
    )
  })

  it.each(Object.entries(KNOWN))("changes the files: %s", (_, toml) => {
    const texts = (source: Source) =>
      PROVIDERS.flatMap((each) => ciFiles(each, facts({}, source))).map(
        ({ text }) => text,
      )
    expect(texts({ toml })).not.toEqual(texts({}))
  })
})

describe("a secret that a release or a promotion takes", () => {
  const api = readFileSync(
    new URL("../contract/api.txt", import.meta.url),
    "utf8",
  ).split("\n")
  const asked = api
    .filter((line) => /^Shipwheel(?:\.(?:release|promote))?\(/.test(line))
    .flatMap((line) => [...line.matchAll(/(\w+)\?: Secret/g)])
    .map(([, name = ""]) => name.replace(/[A-Z]/g, (each) => `-${each}`))
    .map((name) => `--${name.toLowerCase()}`)

  /** With every setting and every argument that asks for one. */
  const all = (trusted: boolean, staging = "trials") =>
    facts(
      {
        ...{ github: true, signed: true, trusted },
        passed: { indexUser: "ada", npmToken: true, pythonToken: true },
      },
      {
        toml: [
          ENVIRONMENTS,
          'production.index = "company"',
          `staging.index = "${staging}"`,
        ],
      },
    )

  it("is passed by the files of a CI where it is asked for", () => {
    const text = [
      ...PROVIDERS.flatMap((each) => ciFiles(each, all(false))),
      ...ciFiles("github", all(true)),
      ...ciFiles("shell", all(false, "testpypi")),
    ]
      .map((each) => each.text)
      .join("\n")
    expect(asked.length).toBeGreaterThan(5)
    const missing = asked.filter((each) => !text.includes(` ${each} env://`))
    expect(missing).toEqual([])
  })

  it.each(PROVIDERS)("is named by what `%s` has to hold", (provider) => {
    const texts = ciFiles(provider, all(false)).map(({ text }) => text)
    const head = /Secrets: ([A-Z_, ]+),/.exec(texts.join("\n"))?.[1] ?? ""
    const passed = [...texts.join("\n").matchAll(/env:\/\/([A-Z_]+)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => name in OPTIONS || name.startsWith("INDEX_PASSWORD"))
    const own = provider === "github" ? ["GITHUB_TOKEN"] : []
    expect([...new Set([...head.split(", "), ...own])].sort()).toEqual(
      [...new Set(passed)].sort(),
    )
    expect(passed).toEqual(
      expect.arrayContaining(fetchingSecrets(all(false).passed)),
    )
  })
})
