import { describe, expect, it } from "vitest"

import { buildDistribution, buildInput } from "../../src/build/stage.js"
import { pythonContainer, TOOLS_PYTHON } from "../../src/containers/images.js"
import { alone, type Located } from "../../src/git/locate-stage.js"
import { NOWHERE } from "../../src/git/whereabouts.js"
import type { Version } from "../../src/version/version.js"
import { project, version } from "../helpers/builders.js"
import { beyond, type Chain, shownCalls } from "../helpers/call-chain.js"
import { builtFrontend, usualFrontend } from "../helpers/frontends.js"
import { chainOf, folder, recordCalls } from "../helpers/recorded-engine.js"

const COMMITTED = 1_700_000_000
const TAGGED = version("v1.2.0")
const BUILD = "python /build.py /dist"
const ANSWERS = {
  "python /epoch.py": `${COMMITTED}\n`,
  contents: '[project]\nname = "quayside"\nversion = "1.1.0"\n',
  "glob **/*": ["pyproject.toml"],
  "python /tree.py": '{"linked":false,"paths":["pyproject.toml"]}',
}

const checkout = (): Located => ({
  ...alone(folder("project")),
  folder: folder("repository"),
})

/** The same in a folder of its repository, with a link that leaves it. */
const member = (): Located => ({
  ...checkout(),
  path: "packages/quayside/",
  around: {
    path: "packages/quayside/",
    files: folder("around"),
    links: ["README.md"],
  },
})

const SCM = {
  texts: {
    "pyproject.toml":
      '[project]\nname = "quayside"\ndynamic = ["version"]\n[build-system]\nrequires = ["setuptools", "setuptools-scm"]\nbuild-backend = "setuptools.build_meta"\n[tool.setuptools_scm]\n',
  },
}

/** Everything that a build asks the engine. */
async function built(
  source = project(),
  given: Version | null = TAGGED,
  place = checkout,
) {
  const frontends = source.frontends.map((each) => builtFrontend("out", each))
  const { calls } = await recordCalls(async () => {
    const input = await buildInput(
      place(),
      source,
      given ?? undefined,
      frontends,
      "c0ffee",
    )
    await (await buildDistribution(input)).id()
  }, ANSWERS)
  return calls
}

/** What is built from. */
function treeOf(build: Chain): Chain {
  const placed = build.find(({ operation }) => operation === "withDirectory")
  return placed?.args["source"] as Chain
}

describe("a build", () => {
  it("runs on the tools' Python, on the tree, as its last layer", async () => {
    const calls = await built()
    const base = await chainOf(() => pythonContainer(TOOLS_PYTHON, {}))
    expect(beyond(base, calls.of(BUILD))).toEqual([
      "withMountedFile /build.py <file src/build/build.py>",
      `withEnvVariable SOURCE_DATE_EPOCH ${COMMITTED}`,
      "withoutEnvVariable UV_NO_CACHE",
      expect.stringMatching(
        /^withDirectory \/src <withNewFile pyproject\.toml /,
      ),
      "withWorkdir /src/",
      `withExec timeout -k 10 3600 ${BUILD}`,
      "sync",
    ])
  })

  it("gives the folder that it wrote", async () => {
    const calls = await built()
    expect(shownCalls(calls.made).slice(-1)).toEqual(["directory /dist"])
  })

  it("writes the tag's version into a copy, and only there", async () => {
    const tree = treeOf((await built()).of(BUILD))
    expect(tree.filter(({ operation }) => operation === "withNewFile")).toEqual(
      [
        {
          operation: "withNewFile",
          args: {
            path: "pyproject.toml",
            contents: '[project]\nname = "quayside"\nversion = "1.2.0"\n',
          },
        },
      ],
    )
  })

  it("of no tag changes no file", async () => {
    const tree = treeOf((await built(project(), null)).of(BUILD))
    expect(shownCalls(tree).map((each) => each.split(" ")[0])).toEqual([
      "directory",
      "directory",
      "filter",
    ])
  })

  it("carries the time of its commit", async () => {
    const asked = (await built()).of("python /epoch.py")
    expect(shownCalls(asked)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^withMountedDirectory \/repository <filter /),
        "withExec python /epoch.py --commit c0ffee /repository",
      ]),
    )
  })

  it("without a repository carries the time of the newest file", async () => {
    const { calls } = await recordCalls(
      () => buildInput(checkout(), project(), undefined, [], undefined),
      ANSWERS,
    )
    expect(shownCalls(calls.of("python /epoch.py"))).toEqual(
      expect.arrayContaining([
        "withMountedDirectory /source <directory project>",
        "withExec python /epoch.py /source",
      ]),
    )
  })

  it("tells the version to a backend that would ask git, before it runs", async () => {
    const source = project(SCM)
    const [variable = ""] = source.versioning.variables
    const build = shownCalls((await built(source)).of(`${BUILD} --git`))
    const told = build.indexOf(`withEnvVariable ${variable} 1.2.0`)
    expect(told).toBeGreaterThan(0)
    expect(told).toBeLessThan(
      build.indexOf(`withExec timeout -k 10 3600 ${BUILD} --git`),
    )
  })

  it("leaves out what an earlier build left, and puts the frontend in its place", async () => {
    const source = { ...project(), frontends: [usualFrontend()] }
    const tree = treeOf((await built(source)).of(BUILD))
    const [filtered] = tree.filter(({ operation }) => operation === "filter")
    expect(filtered?.args["exclude"]).toEqual(
      expect.arrayContaining([
        "dist",
        "src/quayside/frontend",
        "!src/quayside/frontend/**/*.py",
      ]),
    )
    expect(shownCalls(tree).slice(-1)).toEqual([
      "withDirectory src/quayside/frontend <directory out>",
    ])
  })

  it("of a member runs in its folder, with what it refers to around it", async () => {
    const build = (await built(project(), TAGGED, member)).of(BUILD)
    expect(shownCalls(build)).toContain("withWorkdir /src/packages/quayside/")
    expect(shownCalls(treeOf(build)).slice(-2)).toEqual([
      "directory around",
      expect.stringMatching(/^withDirectory packages\/quayside\/ /),
    ])
  })

  it("of a member that asks git has its links as git has them", async () => {
    const build = (await built(project(SCM), TAGGED, member)).of(BUILD)
    const tree = treeOf(build)
    const operations = tree.map(({ operation }) => operation)
    expect(operations.slice(-4)).toEqual([
      "withDirectory",
      "filter",
      "withDirectory",
      "withDirectory",
    ])
    expect(tree.at(-3)?.args).toEqual({
      exclude: ["packages/quayside/README.md"],
    })
    expect((tree.at(-2)?.args["source"] as Chain).at(-1)?.args).toEqual({
      include: ["packages/quayside/README.md"],
    })
    expect(tree.at(-1)?.args["path"]).toBe(".git")
  })

  const untagged = () => ({
    tree: folder("tree"),
    epoch: COMMITTED,
    versioning: project().versioning,
    version: undefined,
    mirrors: {},
    python: "3.12",
    prefix: "",
    withheld: NOWHERE,
    hasGit: false,
    building: { node: undefined, variables: {}, pure: false },
    limit: 3600,
  })

  const NONE = { meant: {}, broken: {} }

  it.each([
    ["that the project has", true, NONE, /lacks `js`, which .*`graft js`/],
    ["that nobody has", false, NONE, /see what the sdist lacks\.$/],
    [
      "that is a link to what it has",
      true,
      { meant: { js: "web" }, broken: {} },
      /lacks `js`, or `web` .*`graft js` and `graft web`/,
    ],
    [
      "that is a link to what git ignores",
      true,
      { meant: { js: "local" }, broken: {} },
      /needs `js`, a link to `local`, which git does not track/,
    ],
    [
      "that is a link to nothing",
      false,
      { meant: {}, broken: { js: "gone" } },
      /needs `js`, a link to `gone`, which is not in the repository/,
    ],
  ])(
    "of a wheel that looks in the sdist for something %s tells that",
    async (_, has, links, told) => {
      const stderr =
        "FileNotFoundError: [Errno 2] No such file or directory: 'js'\nerror: Failed to build `/dist/a-1.tar.gz`\n  cause: The build backend returned an error\n"
      const failed = recordCalls(() => buildDistribution(untagged()), {
        [BUILD]: new Error(stderr),
        "exists pyproject.toml": false,
        "exists js": has,
        "python /links.py": JSON.stringify(links),
        "glob **/*": (chain: Chain) =>
          shownCalls(chain).join(" ").includes("gitignore")
            ? ["web"]
            : ["web", "local"],
      })
      await expect(failed).rejects.toMatchObject({
        details: expect.stringMatching(told) as string,
      })
    },
  )

  it("that fails says so in the words of the backend", async () => {
    const input = untagged()
    const failed = recordCalls(() => buildDistribution(input), {
      [BUILD]: new Error("no module named hatchling"),
      "exists pyproject.toml": false,
    })
    await expect(failed).rejects.toMatchObject({
      summary: `the build failed: \`${BUILD}\` exited with 1`,
      details: expect.stringContaining("no module named hatchling") as string,
    })
  })
})
