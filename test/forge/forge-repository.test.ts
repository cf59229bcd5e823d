import { describe, expect, it } from "vitest"

import { parseConfig } from "../../src/config/config.js"
import { Problems } from "../../src/errors.js"
import { chooseRepository } from "../../src/forge/forge-repository.js"
import {
  downloadAddress,
  hostElsewhere,
  repositoryOf,
} from "../../src/forge/forge-repository.js"
import { resolveGithub } from "../../src/forge/forge-settings.js"
import { refusal } from "../helpers/refusal.js"

const urls = {
  Homepage: "https://example.org",
  Repository: "https://github.com/octo-org/quayside.git",
}

const FOUND = { repository: "octo-org/quayside", host: "github.com" }

describe("the repository", () => {
  it("is found among the project's addresses, the surest label first", () => {
    expect(
      repositoryOf({ ...urls, Homepage: "https://github.com/a/home" }),
    ).toStrictEqual(FOUND)
    expect(
      repositoryOf({ "Source Code": "https://github.example.org/b/c/" }),
    ).toStrictEqual({ repository: "b/c", host: "github.example.org" })
    expect(
      repositoryOf({ Repository: "https://gitlab.com/a/b" }),
    ).toBeUndefined()
  })

  it.each([
    "https://acme.github.io/quayside/latest/",
    "https://acme.github.io/quayside/",
    "https://github.io/acme/quayside",
    "https://notgithub.example/a/b",
    "https://example.org/github.com/a",
    "https://gist.github.com/acme/0123",
    "https://raw.githubusercontent.com/a/b",
    "https://github.com/sponsors/acme",
    "https://github.com/orgs/acme",
    "https://github.com/acme",
    "https://acme@evil.example/github.com/a",
  ])("is not %s", (Repository) => {
    expect(repositoryOf({ Repository })).toBeUndefined()
    const Homepage = "https://github.com/octo-org/quayside"
    expect(repositoryOf({ Repository, Homepage })).toStrictEqual(FOUND)
  })

  it.each([
    "https://github.com/octo-org/quayside",
    "http://www.github.com/octo-org/quayside/",
    "https://GitHub.com/octo-org/quayside.git",
  ])("is %s", (Repository) => {
    expect(repositoryOf({ Repository })).toStrictEqual(FOUND)
  })

  it("is the one that is asked for, else the configured one, else the found one", () => {
    const choose = (asked: string | undefined, github: object) =>
      chooseRepository(
        asked,
        resolveGithub({ github }, urls).repository,
        new Problems(),
      )
    expect(choose("x/y", { repository: "c/d" })).toEqual({
      owner: "x",
      repo: "y",
    })
    expect(choose(undefined, { repository: "c/d" })).toEqual({
      owner: "c",
      repo: "d",
    })
    expect(choose(undefined, {})).toEqual({
      owner: "octo-org",
      repo: "quayside",
    })
  })

  it("that is not known is a problem", () => {
    const problems = new Problems()
    chooseRepository(undefined, undefined, problems)
    expect(() => {
      problems.throwIfAny()
    }).toThrow(/which repository on GitHub.*\n.*--github-repository/)
  })
})

describe("the host of the project's own address", () => {
  const named = { repository: "octo-org/quayside", host: "github.example.org" }
  const ENTERPRISE = "https://github.example.org/api/v3"
  const PUBLIC = "https://api.github.com"
  const told = (
    asked: { githubApi?: string; githubRepository?: string },
    of: { repository?: string; host?: string } = named,
  ) => hostElsewhere(of, asked, PUBLIC)

  it("is told where the API is another host's", () => {
    expect(told({})).toBe("github.example.org")
    expect(told({ githubApi: "https://github.example.com/api/v3" })).toBe(
      "github.example.org",
    )
    expect(told({ githubApi: ENTERPRISE }, FOUND)).toBe("github.com")
    expect(told({ githubRepository: "Octo-Org/Quayside" })).toBe(
      "github.example.org",
    )
  })

  it("is not told where the API is its own", () => {
    expect(told({}, FOUND)).toBeUndefined()
    expect(told({ githubApi: ENTERPRISE })).toBeUndefined()
    const githubApi = "https://github.example.org:8443/api/v3"
    expect(told({ githubApi })).toBeUndefined()
  })

  it("says nothing of a repository that is named without one, or of one that is asked for with its API", () => {
    expect(told({}, { repository: "octo-org/quayside" })).toBeUndefined()
    expect(told({ githubRepository: "a/mirror" })).toBeUndefined()
    const asked = { githubRepository: "octo-org/quayside" }
    expect(told({ ...asked, githubApi: PUBLIC })).toBeUndefined()
  })

  it("says nothing where the API has no address", () => {
    expect(told({ githubApi: "github" })).toBeUndefined()
  })
})

describe("a repository on another forge", () => {
  it.each([
    [
      "https://gitlab.com/a/b",
      /no release is made on GitLab, because .+ seen by everybody/,
    ],
    ["https://codeberg.org/a/b", /no release is made on Gitea, because/],
    ["git@bitbucket.org:a/b", /no release is made on Bitbucket, because/],
  ])("%s is refused with what that lacks", (address, why) => {
    expect(
      refusal((problems) => chooseRepository(address, undefined, problems)),
    ).toMatch(why)
  })

  it("that nobody knows is refused without", () => {
    const given = "https://git.example.org/a/b"
    expect(
      refusal((problems) => chooseRepository(given, undefined, problems)),
    ).toMatch(
      /^github: `https:\/\/git\.example\.org\/a\/b` is no repository on GitHub\n/,
    )
  })
})

it("a key that does not exist is refused with the nearest one", () => {
  expect(() => parseConfig({ github: { repositry: "a/b" } })).toThrow(
    "Did you mean `repository`?",
  )
  expect(() => parseConfig({ notes: { file: "../x" } })).toThrow(
    "a path inside the project",
  )
})

describe("the files of a release are downloaded", () => {
  it.for([
    [
      "https://api.example.org",
      "v1.2.0",
      "https://example.org/octo-org/quayside/releases/download/v1.2.0/",
    ],
    [
      "https://github.example.org/api/v3",
      "staging/1",
      "https://github.example.org/octo-org/quayside/releases/download/staging%2F1/",
    ],
  ] as const)("beside the API at %s", ([api, tag, address]) => {
    const repository = { owner: "octo-org", repo: "quayside" }
    expect(downloadAddress(api, repository, tag)).toBe(address)
  })
})
