import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"

import Mustache from "mustache"
import { describe, expect, it } from "vitest"

import type { CiFacts } from "../../src/ci/ci-facts.js"
import { CI_PROVIDERS, ciFiles, type Provider } from "../../src/ci/providers.js"
import { anyOf, slashed } from "../../src/ci/tag-patterns.js"
import { wrapperValues } from "../../src/ci/wrapper-values.js"
import versions from "../../src/versions.json" with { type: "json" }
import { facts, PROVIDERS, TRUSTED } from "../helpers/ci.js"
import { refusal } from "../helpers/refusal.js"

const text = (provider: Provider, given = facts()) =>
  ciFiles(provider, given)
    .map((file) => file.text)
    .join("\n")

const UPDATE = "git submodule update --init --recursive"
/** What makes each fetch the files of LFS, and the submodules. */
const FETCHES: Readonly<Record<Provider, readonly [string, string]>> = {
  github: ["\n          lfs: true\n", "\n          submodules: recursive\n"],
  gitlab: ['GIT_LFS_SKIP_SMUDGE: "0"', "GIT_SUBMODULE_STRATEGY: recursive"],
  jenkins: ["lfs(),", "submodule(recursiveSubmodules: true"],
  circleci: ["git lfs pull", UPDATE],
  buildkite: ["git lfs pull", UPDATE],
  woodpecker: ["\n      lfs: true\n", "\n      recursive: true"],
  shell: ["git lfs pull", UPDATE],
}

it("installs the pinned CLI where a shell finds none, or one of another version", () => {
  expect(text("shell")).toContain(
    `case $(dagger version 2> /dev/null) in\n  "dagger v${versions.dagger} "*) ;;\n  *)\n    curl `,
  )
})

it.each(PROVIDERS)(
  "names the source in each call for %s, before a file of defaults that a pull request brings does",
  (provider) => {
    const calls = text(provider).match(/--silent call.*/g) ?? []
    expect(calls.length).toBeGreaterThan(0)
    for (const each of calls)
      expect(each).toMatch(/^--silent call --source \. /)
  },
)

const MEMBER = { github: true, path: "packages/wren/", tagPrefix: "wren-" }

describe("a member of a repository", () => {
  it.each(PROVIDERS)("is named in each call for %s", (provider) => {
    const whole = text(provider, facts(MEMBER))
    const calls = whole.match(/--silent call/g) ?? []
    const named = whole.match(
      /--silent call --source packages\/wren --repository \. /g,
    )
    expect(calls.length).toBeGreaterThan(0)
    expect(named).toHaveLength(calls.length)
  })

  it.each([
    [
      "github",
      [".github/workflows/wren-ci.yml", ".github/workflows/wren-release.yml"],
    ],
    ["gitlab", [".gitlab-ci.yml"]],
    ["shell", ["ci/wren-shipwheel.sh"]],
  ] as const)(
    "has files of its own for %s where there may be several",
    (provider, paths) => {
      const files = ciFiles(provider, facts(MEMBER))
      expect(files.map(({ path }) => path)).toStrictEqual(paths)
    },
  )

  it("has workflows and groups of its own on GitHub, which cancel none of another's", () => {
    const said = (given: CiFacts) =>
      text("github", given).match(/^name: .*|^ {2}group: [^$]*/gm)
    expect(said(facts(MEMBER))).toEqual([
      ...["name: wren-ci", "  group: "],
      ...["name: wren-release", "  group: wren-release-"],
    ])
    expect(said(facts())).toEqual([
      ...["name: ci", "  group: "],
      ...["name: release", "  group: release-"],
    ])
  })

  it("promotes no release of another on GitHub", () => {
    const condition = (given: CiFacts) =>
      /promote:\n.*\n(?: +#.*\n)? +if: (.*)/.exec(text("github", given))?.[1]
    const own = ["v", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
      .map(
        (lead) =>
          `startsWith(github.event.release.tag_name, 'wren-${String(lead)}')`,
      )
      .join(" || ")
    expect(condition(facts(MEMBER))).toBe(
      `github.event_name == 'workflow_dispatch' || github.event_name == 'release' && (${own})`,
    )
    expect(condition(facts())).toBe("github.event_name != 'push'")
  })

  it.each(["packages/a b/", "$(id)/", "packages/x;id/", "-x/"])(
    "in %s is refused, as its name would stand in a shell",
    (path) => {
      expect(
        refusal(() => ciFiles("github", facts({ ...MEMBER, path }))),
      ).toContain("can't be named in the files of a CI")
    },
  )
})

describe.each(PROVIDERS)("the wrapper for %s", (provider) => {
  it("calls the gates, the release and the promotion, and decides nothing", () => {
    const whole = text(provider)
    expect(whole).toMatch(/ call (?:--.* )?gates --ref \\?"/)
    expect(whole).toMatch(
      / call (?:--.* )?release --tag \\?"[^"]+" --test-pypi-token env:\/\/TEST_PYPI_API_TOKEN/,
    )
    expect(whole).toMatch(
      / call (?:--.* )?promote --tag \\?"[^"]+" .*--pypi-token env:\/\/PYPI_API_TOKEN/,
    )
  })

  it("installs the pinned CLI", () => {
    expect(text(provider)).toMatch(
      new RegExp(`(DAGGER_VERSION=|version: ")${versions.dagger}\\b`),
    )
  })

  it("says which Dagger it is for, and how Shipwheel has to be in the project, in each of its files", () => {
    for (const file of ciFiles(provider, facts()))
      expect(file.text).toContain(
        `Dagger: the CLI ${versions.dagger}, with Shipwheel as the blueprint in dagger.json; where it is a toolchain, write \`call shipwheel\` in place of \`call\`.`,
      )
  })

  it("tells GitHub of the release where the project has a repository there", () => {
    const option = "--github-token env://GITHUB_TOKEN"
    expect(text(provider, facts({ github: true }))).toContain(option)
    expect(text(provider).includes(option)).toBe(provider === "github")
  })

  it("fetches LFS and submodules where the project has them, and there alone", () => {
    const [lfs, submodules] = FETCHES[provider]
    const plain = text(provider)
    expect(plain).not.toContain(lfs)
    expect(plain).not.toContain(submodules)
    const large = text(provider, facts({ lfs: true }))
    expect(large).toContain(lfs)
    expect(large).not.toContain(submodules)
    const nested = text(provider, facts({ submodules: true }))
    expect(nested).toContain(submodules)
    expect(nested).not.toContain(lfs)
  })

  it("passes the password of an index of one's own, and promotes what was tried there", () => {
    const own = facts(
      {},
      {
        toml: [
          "[tool.shipwheel.environments]",
          'staging.index = "company"',
          'production.index = "company"',
        ],
      },
    )
    const whole = text(provider, own)
    expect(whole).not.toContain("TEST_PYPI")
    expect(whole).toContain("--index-password env://INDEX_PASSWORD")
    expect(whole).toContain("--test-index company")
  })
})

const OWN = (...attesting: readonly string[]) => [
  "[tool.shipwheel.environments]",
  'staging.index = "company.trials"',
  'production.index = "company"',
  ...["company", "company.trials"].flatMap((name) => [
    "[[tool.shipwheel.index]]",
    `name = "${name}"`,
    'url = "https://index.example/simple/"',
    'publish-url = "https://index.example/"',
    `attestations = ${String(attesting.includes(name))}`,
  ]),
]

describe.each(PROVIDERS)("two indexes of one's own, for %s", (provider) => {
  it("have a password each, of which a tag shows its own", () => {
    const whole = text(
      provider,
      facts({ passed: { indexUser: "ada" } }, { toml: OWN() }),
    )
    expect(whole).toContain(
      " --index-password env://INDEX_PASSWORD_COMPANY --staging-password env://INDEX_PASSWORD_COMPANY_TRIALS",
    )
    expect(whole).toContain(
      " --test-index company --test-index-user ada --test-index-password env://INDEX_PASSWORD_COMPANY",
    )
    expect(whole).toContain(
      "INDEX_PASSWORD_COMPANY is that of `company`. INDEX_PASSWORD_COMPANY_TRIALS is that of `company.trials`.",
    )
    expect(whole).not.toMatch(/INDEX_PASSWORD\b/)
  })
})

describe("an index of one's own that attests", () => {
  const passwords = (
    provider: Provider,
    more: Parameters<typeof facts>[0],
    ...attesting: readonly string[]
  ) =>
    text(provider, facts(more, { toml: OWN(...attesting) })).includes(
      "INDEX_PASSWORD",
    )
  const both = ["company", "company.trials"] as const

  it("is shown the identity alone, without which it attests nothing", () => {
    expect(passwords("github", { trusted: true }, ...both)).toBe(false)
  })

  it("is shown its password where there is no identity to attest with, or somebody has to read", () => {
    expect(passwords("github", {}, ...both)).toBe(true)
    expect(passwords("gitlab", { trusted: true }, ...both)).toBe(true)
    expect(passwords("github", { trusted: true }, "company")).toBe(true)
    const read = { trusted: true, passed: { indexUser: "ada" } }
    expect(passwords("github", read, ...both)).toBe(true)
  })
})

/** Each call of a wrapper, without what is before and behind it. */
const callsIn = (provider: Provider, given: CiFacts) =>
  text(provider, given).match(/--silent call .*/g) ?? []

describe.each(PROVIDERS)("what a release needs, for %s", (provider) => {
  const keeps = CI_PROVIDERS[provider].keepsFiles
  const SIGNS = "--signing-key env://SIGNING_KEY"

  it("is the key where the project names the one that belongs to it, in each call that makes its files", () => {
    const signing = (given: CiFacts) =>
      callsIn(provider, given).filter((call) => call.includes(SIGNS))
    expect(signing(facts())).toEqual([])
    const calls = callsIn(provider, facts({ github: true, signed: true }))
    const made = calls.filter((call) =>
      / (?:release|release-directory) --tag /.test(call),
    )
    expect(signing(facts({ github: true, signed: true }))).toEqual(made)
    expect(made.length).toBe(keeps ? 2 : 1)
  })

  it("is no token of GitHub where nothing is announced there", () => {
    const own = facts(
      { github: true },
      {
        toml: ["[tool.shipwheel.environments]", "production.github = false"],
      },
    )
    expect(text(provider, own)).not.toContain("GITHUB_TOKEN")
    expect(text(provider, own)).not.toMatch(
      /contents: write|types: \[published\]/,
    )
    const [promotion = ""] = callsIn(provider, own).filter((call) =>
      call.includes(" promote --tag "),
    )
    expect(promotion).toMatch(/ --release /)
  })

  it("is the user of an index that not everybody may read, where `ci` is told of one", () => {
    const toml = [
      "[tool.shipwheel.environments]",
      'production.index = "company"',
    ]
    const own = text(
      provider,
      facts({ passed: { indexUser: "ada" } }, { toml }),
    )
    expect(own).toMatch(/ --index-user ada .*release --tag /)
    expect(own).toContain(
      " --test-index company --test-index-user ada --test-index-password env://INDEX_PASSWORD",
    )
    expect(own).toContain("INDEX_PASSWORD is that of `company`.")
    expect(own).toContain("`dagger call --index-user ada ci --provider ")
    const open = text(provider, facts({}, { toml }))
    expect(open).not.toMatch(/--silent .*index-user/)
    expect(open).toContain("write these files by `dagger call --index-user")
    const passed = { indexUser: "ada" }
    expect(text(provider, facts({ passed }))).not.toMatch(
      /--silent .*index-user/,
    )
  })

  it("is what private registries want to see, in each call that builds, where `ci` was shown it", () => {
    const passed = {
      ...{ npmToken: true, npmRegistry: "https://npm.company.example/" },
      ...{ pythonToken: true, pythonUser: "ada" },
    }
    const calls = callsIn(provider, facts({ passed, attested: true }))
    const building = calls.filter((call) => !/ promote --tag /.test(call))
    expect(building.length).toBeGreaterThan(1)
    for (const call of building)
      expect(call).toContain(
        " --npm-registry https://npm.company.example/ --python-user ada --npm-token env://NPM_TOKEN --python-token env://PYTHON_TOKEN",
      )
  })
})

describe("a value that `ci` was called with", () => {
  it.each(["a b", "$(id)", "it's", "-x", "`id`"])(
    "is refused where a shell would make something else of it: %s",
    (indexUser) => {
      const toml = [
        "[tool.shipwheel.environments]",
        'production.index = "company"',
      ]
      const own = facts({ passed: { indexUser } }, { toml })
      expect(refusal(() => ciFiles("github", own))).toContain(
        "can't stand in the files of a CI",
      )
    },
  )
})

describe("Trusted Publishing", () => {
  it("replaces the tokens of the indexes where PyPI trusts the provider", () => {
    for (const provider of TRUSTED) {
      const whole = text(provider, facts({ trusted: true }))
      expect(whole).not.toContain("PYPI_API_TOKEN")
      expect(whole).toMatch(/--identity-token env:\/\/\w+/)
    }
  })

  it("asks GitHub for an identity in those jobs alone that publish", () => {
    const permission = /^ +id-token: write/gm
    expect(text("github").match(permission)).toBeNull()
    const [ci, release] = ciFiles("github", facts({ trusted: true }))
    expect(ci?.text.match(permission)).toBeNull()
    expect(release?.text.match(permission)).toHaveLength(2)
  })

  it("attests on GitHub what was built, where that is wanted, and may not without", () => {
    const release = (attested: boolean) =>
      ciFiles("github", facts({ attested }))[1]?.text ?? ""
    const attestations = /attestations: write|attest-build-provenance/g
    expect(release(false).match(attestations)).toBeNull()
    expect(release(true).match(attestations)).toHaveLength(2)
    expect(release(true).match(/^ +id-token: write/gm)).toHaveLength(1)
    expect(release(true)).toContain("build --tag")
  })

  it.each(PROVIDERS.filter((each) => !TRUSTED.some((one) => one === each)))(
    "is refused for %s",
    (provider) => {
      expect(
        refusal(() => ciFiles(provider, facts({ trusted: true }))),
      ).toContain(`PyPI trusts no identity of \`${provider}\``)
    },
  )
})

describe("what a provider would put into the text of a command", () => {
  it("is left to the shell by two dollars on Buildkite", () => {
    expect(text("buildkite")).not.toMatch(/(?<!\$)\$(?!\$)/)
  })

  it("has no braces on Woodpecker, or two dollars", () => {
    expect(text("woodpecker")).not.toMatch(/(?<!\$)\$\{/)
  })

  it("is in single quotes on Jenkins", () => {
    expect(text("jenkins")).not.toMatch(/sh "/)
  })

  it("stands in no command on GitHub", () => {
    expect(text("github")).not.toMatch(/- run: .*\$\{\{/)
  })
})

describe("several patterns", () => {
  it("are one regular expression", () => {
    expect(anyOf(["v*", "staging/*", "a.b/**"])).toBe(
      "^(v[^/]*|staging/[^/]*|a\\.b/.*)$",
    )
    expect(slashed(["staging/*"])).toBe("/^(staging\\/[^\\/]*)$/")
  })
})

describe("a template", () => {
  const folder = fileURLToPath(
    new URL("../../src/ci/templates", import.meta.url),
  )
  const templates = readdirSync(folder).map((file) => {
    const text = readFileSync(join(folder, file), "utf8")
    const tokens = Mustache.parse(text, ["<%", "%>"]) as Tokens
    return { name: basename(file, ".mustache"), tokens: flat(tokens) }
  })
  const values = wrapperValues("github", CI_PROVIDERS.github, facts())
  const inside = {
    ...values.release,
    ...values.promotedTag,
    name: "",
    lower: "",
  }

  it.each(templates)("$name takes nothing that is not given", ({ tokens }) => {
    const known = (path: string) =>
      path in inside ||
      path
        .split(".")
        .reduce<unknown>((each, key) => (each as never)[key], values) !==
        undefined
    const taken = tokens.filter(([kind]) => /^(?:name|[#&^])$/.test(kind))
    expect(taken.filter(([, name]) => !known(name))).toStrictEqual([])
  })

  it("names the version of the CLI wherever it is installed", () => {
    const versions = templates.flatMap(({ tokens }) =>
      tokens.filter(([, name]) => name === "version"),
    )
    expect(versions.length).toBeGreaterThanOrEqual(PROVIDERS.length)
  })

  it("is that of a file, or is included", () => {
    const used = [
      ...Object.values(CI_PROVIDERS).flatMap(({ files }) =>
        Object.values(files),
      ),
      ...templates.flatMap(({ tokens }) =>
        tokens.flatMap(([kind, name]) => (kind === ">" ? [name] : [])),
      ),
    ]
    const there = templates.map(({ name }) => name)
    expect([...new Set(used)].sort()).toStrictEqual(there.sort())
  })
})

describe("the head of a file", () => {
  it.each(PROVIDERS)("for %s says where the secrets have to be", (provider) => {
    expect(text(provider)).toMatch(/TEST_PYPI_API_TOKEN/)
    expect(text(provider)).toContain(
      provider === "shell" ? "in the environment" : "Approval: ",
    )
  })
})

type Tokens = readonly [kind: string, name: string, ...rest: unknown[]][]

function flat(tokens: Tokens): Tokens {
  return tokens.flatMap((token) => [
    token,
    ...(Array.isArray(token[4]) ? flat(token[4] as Tokens) : []),
  ])
}
