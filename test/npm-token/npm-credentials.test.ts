import { describe, expect, it } from "vitest"

import {
  npmCredentials,
  refuseStrayToken,
} from "../../src/npm-token/npm-credentials.js"
import { sources } from "../helpers/builders.js"
import { lines, refusal } from "../helpers/refusal.js"

const NPMRC = lines(
  "@acme:registry=https://npm.acme.example/",
  "//npm.acme.example/:_authToken=${NPM_TOKEN}",
)
const YARN = lines(
  "npmScopes:",
  "  acme:",
  '    npmRegistryServer: "https://npm.acme.example/"',
  '    npmAuthToken: "${NPM_TOKEN}"',
)
const YARN_USUAL = lines(
  "npmRegistryServer: https://npm.acme.example/npm",
  "npmAlwaysAuth: true",
  'npmAuthToken: "${NPM_TOKEN}"',
)
const REGISTRY = "https://npm.acme.example/"

type Texts = Record<string, string>

function found(texts: Texts, tool = "npm") {
  const lockfile = tool === "npm" ? "web/package-lock.json" : "web/yarn.lock"
  return npmCredentials("web", sources(texts), {
    tool,
    lockfile: lockfile in texts ? lockfile : undefined,
    manifests: ["web/package.json"],
  })
}

/** What is refused of a token, for the registry of acme unless it is said. */
function refused(
  texts: Texts,
  {
    tool,
    ...goes
  }: { mirror?: string; registry?: string | undefined; tool?: string } = {},
): string {
  return refusal(() => {
    const all = { registry: REGISTRY, mirror: undefined, ...goes }
    refuseStrayToken(found(texts, tool), all)
  })
}

describe("the settings of a package manager", () => {
  it.each<[string, Texts]>([
    [".npmrc", { "web/.npmrc": NPMRC }],
    [".npmrc of a folder above", { ".npmrc": NPMRC }],
    [".yarnrc.yml", { "web/.yarnrc.yml": YARN.replace("}", ":-}") }],
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
    const { addresses, made, shown, stray, variables } = found(texts)
    expect({ made, shown, stray, variables }).toEqual({
      variables: ["NPM_TOKEN"],
      shown: ["NPM_TOKEN"],
      stray: [],
      made: [],
    })
    const hosts = addresses.filter((each) => each.shown).map(({ host }) => host)
    expect(hosts).toEqual(["npm.acme.example"])
  })

  it("may take variables that are for no host, and others that are no credential", () => {
    const npmrc = lines(
      "cache=${HOME}/cache",
      "; //npm.acme.example/:_authToken=${OLD}",
      "_auth=${EVERYWHERE}",
    )
    expect(found({ "web/.npmrc": npmrc })).toMatchObject({
      variables: ["EVERYWHERE"],
      shown: [],
      stray: [],
    })
  })

  it("say of each host what `.npmrc` says of it, and the nearest one last", () => {
    const near = "//npm.acme.example/:_authToken=${NPM_TOKEN}"
    const far = "//npm.acme.example/:username=ada"
    const texts = { "web/.npmrc": NPMRC, ".npmrc": lines("# far", far) }
    expect(found(texts).lines).toEqual([far, near])
  })

  it("need no variable, and are not judged without one", () => {
    const none = { variables: [], shown: [], addresses: [], stray: [] }
    expect(found({})).toMatchObject(none)
    const npmrc = lines(
      "//npm.acme.example/:_authToken=in-the-open",
      "https-proxy=http://proxy.example",
      "registry=https://evil.example/",
    )
    expect(found({ "web/.npmrc": npmrc })).toMatchObject(none)
  })
})

describe("a token", () => {
  const two = lines(NPMRC, "//evil.example:8080/:_authToken=${NPM_TOKEN}")

  it("goes to the one host that the settings name, or that it is said to be for", () => {
    const texts = { "web/.npmrc": NPMRC }
    expect(refused(texts, { registry: undefined })).toBe("")
    expect(refused(texts, { registry: `${REGISTRY}npm/` })).toBe("")
  })

  it("for one host is refused where the settings show it to another", () => {
    expect(refused({ "web/.npmrc": two })).toBe(
      "credential: `--npm-token` would be shown to `evil.example:8080`, by line 4 of `web/.npmrc` (`//evil.example:8080/:_authToken`), and it is for `npm.acme.example`\n   A token is for one host: name its registry as `--npm-registry`, and let no other take it.",
    )
  })

  it("for nobody knows whom is refused where the settings show it to two", () => {
    expect(refused({ "web/.npmrc": two }, { registry: undefined })).toContain(
      "would be shown to `evil.example:8080`, `npm.acme.example`",
    )
  })

  it.each<[string, Texts]>([
    [
      "npm",
      {
        ".npmrc": "engine-strict=true",
        "web/.npmrc": lines(
          NPMRC,
          "# Our settings",
          "registry = https://registry.example.com/npm/",
          "//npm.acme.example/:always-auth=true",
          "//npm.acme.example/npm/:_password=${NPM_PASSWORD}",
          "//npm.acme.example/npm/:username=ci",
          "always-auth=true",
          "save-exact=true",
          "save-prefix=''",
          "legacy-peer-deps=true",
          "package-lock=true",
          "fund=false",
          "audit = false",
          "loglevel=warn",
          'message="chore: %s"',
          "fetch-timeout=600000",
          "min-release-age=3",
        ),
      },
    ],
    [
      "npm with line ends of Windows, by the name that actions/setup-node writes",
      {
        "web/.npmrc":
          "//npm.acme.example/:_authToken=${NODE_AUTH_TOKEN}\r\n\r\nfund=false\r\n",
      },
    ],
    [
      "pnpm",
      {
        "web/.npmrc": lines(
          NPMRC,
          "shamefully-hoist=true",
          "public-hoist-pattern[]=*eslint*",
          "node-linker=hoisted",
          "auto-install-peers=true",
          "strict-peer-dependencies=false",
          "link-workspace-packages=deep",
        ),
        "pnpm-workspace.yaml": lines(
          "packages:",
          '  - "web"',
          '  - "!**/test/**"',
          "catalog:",
          "  react: ^19.0.0",
          "overrides:",
          "  left-pad: $left-pad",
          "onlyBuiltDependencies: [esbuild]",
          "nodeLinker: hoisted",
          "minimumReleaseAge: 1440",
          "registries:",
          '  "@acme": https://npm.acme.example/',
        ),
      },
    ],
    [
      "Yarn 1",
      {
        "web/.npmrc": NPMRC,
        "web/.yarnrc": lines(
          "# THIS IS AN AUTOGENERATED FILE.",
          "",
          'registry "https://registry.example.com"',
          '"@acme:registry" "https://npm.acme.example/"',
          "lastUpdateCheck 1600000000000",
          'save-prefix ""',
          "network-timeout 600000",
          'yarn-path ".yarn/releases/yarn-1.22.22.cjs"',
          "--install.ignore-engines true",
        ),
      },
    ],
    [
      "Yarn 2 and later",
      {
        "web/.yarnrc.yml": lines(
          "---",
          "# Our settings",
          YARN,
          "nodeLinker: node-modules",
          "compressionLevel: mixed",
          "enableGlobalCache: false",
          "enableTelemetry: false",
          "packageExtensions:",
          '  "x@*":',
          "    dependencies:",
          '      y: "^1.0.0"',
          "logFilters:",
          "  - code: YN0002",
          "    level: discard",
          "supportedArchitectures:",
          "  os: [current, linux]",
          "yarnPath: .yarn/releases/yarn-4.12.0.cjs",
        ),
      },
    ],
    ["Yarn, for all packages", { "web/.yarnrc.yml": YARN_USUAL }],
  ])("is given with settings as projects have them: %s", (_, texts) => {
    expect(refused(texts)).toBe("")
  })

  it.each<[string, string, string]>([
    [
      "in the address of a registry",
      "@evil:registry=https://evil.example/${NPM_TOKEN}/",
      "`@evil:registry`",
    ],
    [
      "as the name of a user",
      "//evil.example/:username=${NPM_TOKEN}",
      "`//evil.example/:username`",
    ],
    ["for any host", "_auth=${NPM_TOKEN}", "`_auth`"],
    [
      "with more than it",
      "//npm.acme.example/:_authToken=x${NPM_TOKEN}",
      "`//npm.acme.example/:_authToken`",
    ],
    [
      "by a credential of another in the open",
      "//evil.example/:_authToken=abc",
      "`//evil.example/:_authToken`",
    ],
    ["by a proxy", "https-proxy=http://evil.example:8080", "`https-proxy`"],
    ["without TLS", "strict-ssl=false", "`strict-ssl`"],
    ["by a further file", "userconfig=patches/rc", "`userconfig`"],
    ["by a further file for all", "globalconfig=patches/rc", "`globalconfig`"],
    ["by what it calls itself", "user-agent=${NPM_TOKEN}", "`user-agent`"],
    ["in a harmless setting", "tag=${NPM_TOKEN}", "`tag`"],
    [
      "by a program that tells it",
      "//npm.acme.example/:tokenHelper=/bin/x",
      "`//npm.acme.example/:tokenHelper`",
    ],
    [
      "by a user in an address",
      "registry=https://npm.acme.example@evil.example/",
      "`registry`",
    ],
    [
      "by a host with more than its name",
      "//npm.acme.example@evil.example/:_authToken=${NPM_TOKEN}",
      "`//npm.acme.example@evil.example/:_authToken`",
    ],
  ])("is refused where a line might show it: %s", (_, line, key) => {
    const words = `credential: line 4 of \`web/.npmrc\` (${key}) may show \`--npm-token\` to others\n   With a token, settings are the addresses of registries, one credential alone, such as \`//npm.example.org/:_authToken=\${NPM_TOKEN}\`, and what is known to show it to nobody else. Take the others out, or build without the token. Proxies and certificates are told to the engine.`
    expect(refused({ "web/.npmrc": lines(NPMRC, line) })).toBe(words)
  })

  it.each([
    ["a section", "[x]"],
    ["a key in quotes", '"registry"=https://evil.example/'],
    ["a key by a variable", "${X}registry=https://evil.example/"],
  ])("is refused where a line has a form of its own: %s", (_, line) => {
    expect(refused({ "web/.npmrc": lines(NPMRC, line) })).toContain(
      "line 4 of `web/.npmrc` may show",
    )
  })

  it("is refused where a line of its own begins after a carriage return", () => {
    const npmrc =
      "//npm.acme.example/:_authToken=${NPM_TOKEN}\r//evil.example/:_authToken=${NPM_TOKEN}\rregistry=http://evil.example/\n"
    expect(refused({ "web/.npmrc": npmrc })).toContain(
      "would be shown to `evil.example`, by line 2 of `web/.npmrc`",
    )
  })

  it.each([
    "npm_config_user_agent",
    "npm_config_otp",
    "NPM_CONFIG_AUTH",
    "PNPM_CONFIG_TOKEN",
    "YARN_NPM_AUTH_TOKEN",
    "HTTPS_PROXY",
    "NODE_OPTIONS",
    "PATH",
    "npm_token",
  ])(
    "is refused where its variable is called as a setting may be: %s",
    (name) => {
      const npmrc = `//npm.acme.example/:_authToken=\${${name}}`
      expect(refused({ "web/.npmrc": npmrc })).toContain(
        `line 1 of \`web/.npmrc\` (\`//npm.acme.example/:_authToken\`), by the name of its variable \`${name}\` instead of one such as \`NPM_TOKEN\`, may show`,
      )
    },
  )

  it.each([
    ...["NPM_TOKEN", "NODE_AUTH_TOKEN", "CI_JOB_TOKEN", "GITHUB_TOKEN"],
    ...["NEXUS_AUTH", "NPM_PASSWORD", "AZURE_PAT", "ARTIFACTORY_API_KEY"],
    ...["NPM_TOKEN_READ", "NPMTOKEN"],
  ])("is given to a variable that is called after it: %s", (name) => {
    const npmrc = `//npm.acme.example/:_authToken=\${${name}}`
    expect(refused({ "web/.npmrc": npmrc })).toBe("")
  })

  it.each([
    ["a proxy", 'https-proxy "http://evil.example"', "line 1"],
    ["an option", '--install.registry "https://evil.example"', ""],
    ["an option of scripts", "--install.ignore-scripts false", "line 1"],
    ["an option of the lockfile", "--frozen-lockfile false", "line 1"],
    ["two in a line", 'tag "x" registry "https://evil.example"', "line 1"],
    ["another folder", '--cwd "/tmp"', "line 1"],
  ])("is refused where the settings of Yarn 1 have %s", (_, line, place) => {
    const texts = { "web/.npmrc": NPMRC, "web/.yarnrc": line }
    expect(refused(texts)).toContain(`${place || "line 1"} of \`web/.yarnrc\``)
  })

  it.each([
    ["a proxy", 'httpsProxy: "http://evil.example"', "`httpsProxy` of"],
    [
      "a proxy for one host",
      'networkSettings: { "*.example": { httpsProxy: "http://evil.example" } }',
      "`networkSettings` of",
    ],
    ["a plugin", "plugins: [.yarn/plugins/a.cjs]", "`plugins` of"],
    [
      "an address with a variable",
      'npmRegistryServer: "${X:-https://evil.example/}"',
      "`npmRegistryServer` of",
    ],
    ["a variable elsewhere", "initScope: ${NPM_TOKEN}", "`initScope` of"],
    ["an anchor", 'x: &e "https://evil.example"', ""],
    ["a tag", 'nodeLinker: !!str "pnp"', ""],
    ["an alias", "npmRegistryServer: *e", ""],
    ["two of a key", "nodeLinker: pnp\nnodeLinker: pnpm", ""],
    ["a second document", "---\nnodeLinker: pnp", ""],
    ["the old form of Yarn", "# yarn lockfile v1", ""],
    ["no mapping any more", "npmRegistryServer x", ""],
  ])("is refused where the settings of Yarn have %s", (_, more, place) => {
    const texts = { "web/.yarnrc.yml": lines(YARN, more) }
    expect(refused(texts)).toContain(
      `credential: ${place}${place && " "}\`web/.yarnrc.yml\` may show`,
    )
  })

  it("is refused where Yarn reads its old form, or nobody says whose registry it is for", () => {
    const old = lines("# yarn lockfile v1", YARN_USUAL)
    expect(refused({ "web/.yarnrc.yml": old })).toContain(
      "`web/.yarnrc.yml` may show",
    )
    const usual = lines("npmAlwaysAuth: true", 'npmAuthToken: "${NPM_TOKEN}"')
    expect(refused({ "web/.yarnrc.yml": usual })).toContain(
      "`npmAuthToken` of `web/.yarnrc.yml` may show",
    )
    const hidden = lines("# \rnpmRegistryServer: https://evil.example", YARN)
    expect(refused({ "web/.yarnrc.yml": hidden })).toContain("`evil.example`")
  })

  it("is refused where the settings of pnpm have what may show it", () => {
    const settings = (text: string) =>
      refused({ "web/.npmrc": NPMRC, "pnpm-workspace.yaml": text })
    expect(
      settings("registries: { evil: 'https://x/${NPM_TOKEN}' }"),
    ).toContain("`registries` of `pnpm-workspace.yaml` may show")
    expect(settings("configDependencies: { a: 1.0.0 }")).toContain(
      "`configDependencies` of `pnpm-workspace.yaml` may show",
    )
  })

  it.each([
    ["quoted", '  "npmRegistryServer": "https://evil.example/"'],
    ["in one line", '  { npmRegistryServer: "https://evil.example/" }'],
  ])("is refused where Yarn would show it to another host: %s", (_, more) => {
    const texts = { "web/.yarnrc.yml": lines(YARN, "  evil:", `  ${more}`) }
    expect(refused(texts)).toContain(
      "would be shown to `evil.example`, by `npmScopes` of `web/.yarnrc.yml`",
    )
  })

  it("is refused where a mirror takes the place of the registry that Yarn shows it to", () => {
    const mirror = "https://mirror.example/npm/"
    expect(refused({ "web/.yarnrc.yml": YARN_USUAL }, { mirror })).toContain(
      "would be shown to `mirror.example`, by the mirror of npm",
    )
    expect(refused({ "web/.yarnrc.yml": YARN }, { mirror })).toBe("")
    expect(refused({ "web/.npmrc": NPMRC }, { mirror })).toBe("")
  })

  it("goes without TLS only where who calls says so", () => {
    const texts = { "web/.npmrc": NPMRC.replace("https:", "http:") }
    expect(refused(texts)).toContain(
      "would be shown to whoever listens, by line 1 of `web/.npmrc` (`@acme:registry`), which names `http://npm.acme.example`",
    )
    expect(refused(texts, { registry: "http://npm.acme.example" })).toBe("")
  })

  it("is not given to a credential that something else may repeat", () => {
    const yarn = YARN.replace("npmAuthToken: ", "npmAuthToken: &token ")
    expect(found({ "web/.yarnrc.yml": yarn }).shown).toEqual([])
  })
})
