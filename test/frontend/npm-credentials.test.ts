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
    })
  })

  it("need no variable", () => {
    const none = { variables: [], shown: [], hosts: [] }
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
})
