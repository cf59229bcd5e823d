import { describe, expect, it } from "vitest"

import type { Problems } from "../../src/errors.js"
import { resolveFrontends } from "../../src/frontend/frontend.js"
import {
  librariesOf,
  missingNode,
  npmFor,
} from "../../src/frontend/node-version.js"
import { outline, PACKAGE } from "../helpers/builders.js"
import { accepted, refusal } from "../helpers/refusal.js"

interface Asking {
  readonly configured?: string
  readonly engines?: string
  readonly manifest?: Readonly<Record<string, unknown>>
  readonly files?: Readonly<Record<string, string>>
}

function node({ configured, engines, files = {}, manifest: more }: Asking) {
  const manifest = {
    ...{ scripts: { build: "vite" }, engines: { node: engines } },
    ...more,
  }
  const looked = outline({
    toml:
      configured === undefined
        ? []
        : [`[tool.shipwheel.frontend]\npath = "web"\nnode = "${configured}"`],
    texts: {
      "web/package.json": JSON.stringify(manifest),
      "web/package-lock.json": "{}",
      ...files,
    },
    paths: [PACKAGE],
  })
  return (problems: Problems) => resolveFrontends(looked, problems)[0]?.node
}

describe("the Node of a frontend", () => {
  it.each([
    ["nothing", {}],
    ["webpack", { manifest: { devDependencies: { webpack: "^5.1.0" } } }],
    ["any webpack", { manifest: { devDependencies: { webpack: ">=4" } } }],
    ["a tag", { manifest: { devDependencies: { webpack: "latest" } } }],
    [
      "an older webpack, by its author's own way,",
      {
        manifest: {
          devDependencies: { webpack: "^4.46.0" },
          scripts: {
            build: "NODE_OPTIONS=--openssl-legacy-provider webpack",
          },
        },
      },
    ],
    ["engines", { engines: ">=20.11" }],
    ["engines", { engines: "^24.0.0" }],
    ["engines", { engines: "*" }],
    ["configured", { configured: "24" }],
    [".nvmrc", { files: { "web/.nvmrc": "lts/*" } }],
    [".nvmrc", { files: { "web/.nvmrc": "lts/krypton\n" } }],
    [".nvmrc", { files: { "web/.nvmrc": "node" } }],
    [".node-version", { files: { "web/.node-version": "v24\n" } }],
  ])("is the usual one where %s will have it: %j", (_, asking) => {
    expect(accepted(node(asking))).toBeUndefined()
  })

  it.each([
    [
      { manifest: { dependencies: { "react-scripts": "4.0.3" } } },
      ">=16.0.0 <17.0.0-0",
      "react-scripts of web/package.json",
    ],
    [
      { manifest: { devDependencies: { webpack: "^4.46.0" } } },
      ">=16.0.0 <17.0.0-0",
      "webpack of web/package.json",
    ],
    [{ engines: ">=18 <21" }, ">=18.0.0 <21.0.0-0", "web/package.json"],
    [
      { engines: "20 || 22" },
      ">=20.0.0 <21.0.0-0||>=22.0.0 <23.0.0-0",
      "web/package.json",
    ],
    [{ files: { "web/.nvmrc": "v20.11.1\n" } }, "20.11.1", "web/.nvmrc"],
    [
      { files: { "web/.nvmrc": "22 # until May\n" } },
      ">=22.0.0 <23.0.0-0",
      "web/.nvmrc",
    ],
    [
      { files: { "web/.nvmrc": "lts/jod" } },
      ">=22.0.0 <23.0.0-0",
      "web/.nvmrc",
    ],
    [
      { files: { ".node-version": "22" } },
      ">=22.0.0 <23.0.0-0",
      ".node-version",
    ],
    [
      { configured: "22.12" },
      ">=22.12.0 <22.13.0-0",
      "tool.shipwheel.frontend.node",
    ],
  ])("is another where it has to be: %j", (asking, range, from) => {
    expect(accepted(node(asking))).toMatchObject({ range, from })
  })

  it("is asked for by the configuration before .nvmrc, .node-version and engines, nearest first", () => {
    const engines = "18"
    const files: Record<string, string> = { ".nvmrc": "20" }
    const from = (configured?: string) =>
      accepted(node({ engines, files, ...(configured && { configured }) }))
        ?.from
    expect(from()).toBe(".nvmrc")
    files["web/.node-version"] = "21"
    expect(from()).toBe("web/.node-version")
    files["web/.nvmrc"] = "22"
    expect(from()).toBe("web/.nvmrc")
    expect(from("23")).toBe("tool.shipwheel.frontend.node")
  })

  it.each(["latest-ish", "", "lts/nobody", "--help"])(
    "is refused where it is no version: %j",
    (asked) => {
      expect(refusal(node({ files: { "web/.nvmrc": asked } }))).toBe(
        `frontend: \`web/.nvmrc\` asks for Node \`${asked}\`, which is no version of it\n   Write one such as \`24\`, \`22.12\` or \`20.19.0\`.`,
      )
    },
  )

  it("is missing where nobody has published it, with what there is", () => {
    const wanted = { range: "99.x", asked: "99", from: "web/.nvmrc" }
    const there = ["0.12.0", "20.1.0", "20.19.0", "24.2.0", "22.0.0"]
    expect(missingNode(wanted, there)).toStrictEqual({
      owner: "frontend",
      what: "`web/.nvmrc` asks for Node `99`, and there is none",
      next: "Ask for one that there is: 24.2.0, 22.0.0, 20.19.0.",
    })
    expect(missingNode({ ...wanted, range: "20" }, there)).toBeUndefined()
  })

  it.each([
    ["22", undefined],
    ["20", undefined],
    ["20.9.0", "10.9.9"],
    ["18", "10.9.9"],
    ["16", "9.9.4"],
  ])("%s is given an npm that runs on it: %s", (range, version) => {
    expect(npmFor(range)).toBe(version)
  })
})

describe("the libraries of a Node", () => {
  const needs = (range: string) =>
    librariesOf({ range, asked: range, from: ".nvmrc" })

  it("are those that it has needed since 25, wherever such a one may be taken", () => {
    expect(needs(">=26.0.0 <27.0.0-0")).toEqual(["libatomic1"])
    expect(needs(">=22")).toEqual(["libatomic1"])
    expect(needs(">=20.0.0 <21.0.0-0")).toEqual([])
    expect(librariesOf(undefined)).toEqual([])
  })
})
