import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

import { beforeAll, describe, expect, it } from "vitest"

import {
  newFolder,
  runBeside,
  runProgram,
  wheelOf,
} from "../helpers/programs.js"

const INFO = "quayside-1.2.0.dist-info"
const MODULE = "__version__ = '1.2.0'\n"
const METADATA = [
  ...["Metadata-Version: 2.4", "Name: quayside", "Version: 1.2.0"],
  ...["License-Expression: MIT", "Requires-Dist: mast>=1"],
  ...['Requires-Dist: anchor; extra == "heavy"'],
  'Requires-Dist: oar; python_version < "3.9"',
  "",
].join("\n")

/** What may be installed beside it: by name what each needs. */
const INSTALLED = {
  mast: ["rope[long]"],
  rope: ['knot; extra == "long"'],
  knot: [],
  anchor: [],
  oar: [],
  pip: [],
}

const READ =
  "import sys, zipfile; print(end=zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())"

const hash = (text: string) => createHash("sha256").update(text)
const recorded = (path: string, text: string) =>
  `${path},sha256=${hash(text).digest("base64url")},${text.length}\n`

function quayside() {
  const files = {
    "quayside/__init__.py": MODULE,
    [`${INFO}/METADATA`]: METADATA,
    [`${INFO}/WHEEL`]:
      "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
  }
  const lines = Object.entries(files).map(([path, text]) =>
    recorded(path, text),
  )
  const record = `${lines.join("")}${INFO}/RECORD,,\n`
  return wheelOf({ ...files, [`${INFO}/RECORD`]: record })
}

/** An environment with all of them. */
function environment(more: Readonly<Record<string, string>> = {}): string {
  const folder = newFolder()
  const files = Object.entries(INSTALLED).map(([name, needs]) => [
    `${name}-1.0.dist-info/METADATA`,
    [
      ...["Metadata-Version: 2.1", `Name: ${name}`, "Version: 1.0"],
      ...needs.map((each) => `Requires-Dist: ${each}`),
      "",
    ].join("\n"),
  ])
  write(folder, { ...(Object.fromEntries(files) as object), ...more })
  return folder
}

function write(
  folder: string,
  files: Readonly<Record<string, string | Buffer>>,
) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

interface Node {
  readonly name: string
  readonly version?: string
  readonly purl?: string
  readonly hashes?: { content: string }[]
  readonly licenses?: unknown[]
  readonly components?: Node[]
  readonly properties?: unknown[]
  readonly "bom-ref": string
}
interface Document {
  readonly specVersion: string
  readonly serialNumber: string
  readonly metadata: { timestamp: string; component: Node }
  readonly components?: Node[]
  readonly dependencies: { ref: string; dependsOn?: string[] }[]
}

interface Plan {
  readonly wheel?: string
  readonly environment?: string
  readonly python?: string
  readonly frontends?: readonly object[]
}

function planned(changes: Plan): string {
  const plan = { epoch: 1_700_000_000, python: "3.12", frontends: [] }
  const path = join(newFolder(), "plan.json")
  writeFileSync(path, JSON.stringify({ ...plan, ...changes }))
  return path
}

function sbom(changes: Plan) {
  const made = join(newFolder(), "sbom.json")
  const told = runProgram("sbom/sbom.py", planned(changes), made)
  const text = readFileSync(made, "utf8")
  const document = JSON.parse(text) as Document
  return { counts: JSON.parse(told) as unknown, text, document }
}

const names = (nodes: readonly Node[] = []) => nodes.map(({ name }) => name)

/** What npm lists: the frontend, what it ships, and what builds it. */
function listing(changes: Readonly<Record<string, object>> = {}) {
  const node = (name: string, more: object = {}) => ({
    ...{ "bom-ref": `${name}@2.0.0`, type: "library", name, version: "2.0.0" },
    purl: `pkg:npm/${name}@2.0.0`,
    ...more,
    ...changes[name],
  })
  const development = { name: "cdx:npm:package:development", value: "true" }
  const path = join(newFolder(), "listing.json")
  const document = {
    ...{ bomFormat: "CycloneDX", specVersion: "1.5", version: 1 },
    serialNumber: "urn:uuid:09f55116-97e1-49cf-b3b8-44d0207e7730",
    metadata: {
      timestamp: "2026-09-01T00:00:00.001Z",
      component: node("page"),
    },
    components: [node("react"), node("bundler", { properties: [development] })],
    dependencies: [
      { ref: "page@2.0.0", dependsOn: ["react@2.0.0", "bundler@2.0.0"] },
      { ref: "react@2.0.0", dependsOn: [] },
    ],
  }
  writeFileSync(path, JSON.stringify(document))
  return path
}

const SECRET = "hunter2"
const trace = join(newFolder(), "ran")
const { folder, wheel } = quayside()

/** One of everything, made once: each run takes a second or two. */
const rich = () => {
  const development = [{ name: "cdx:npm:package:development", value: "true" }]
  const address = `https://ada:${SECRET}@example.org`
  const react = {
    purl: `pkg:npm/react@2.0.0?vcs_url=${encodeURIComponent(`git+${address}/react.git`)}`,
    externalReferences: [{ type: "distribution", url: `${address}/react.tgz` }],
    licenses: [{ license: { id: "Newer-Than-The-Schema-1.0" } }],
  }
  const mast = { url: `${address}/mast.whl?key=${SECRET}`, archive_info: {} }
  return {
    wheel,
    python: "3.8",
    environment: environment({
      "mast-1.0.dist-info/direct_url.json": JSON.stringify(mast),
      "evil.pth": `import pathlib; pathlib.Path(${JSON.stringify(trace)}).touch()\n`,
    }),
    frontends: [
      { path: "frontend", listing: listing({ react }) },
      {
        path: "desk",
        listing: listing({ react: { properties: development } }),
      },
      { path: "web", why: "Yarn can't" },
    ],
  }
}

describe("an SBOM", () => {
  const plain = sbom({ wheel, environment: environment() })
  const whole = sbom(rich())
  const of = ({ document }: typeof plain, ref: string) =>
    document.dependencies.find((each) => each.ref === ref)?.dependsOn

  it("is of the wheel, with its hash and its licence, at the time of the build", () => {
    const { component, timestamp } = plain.document.metadata
    expect(plain.document.specVersion).toBe("1.6")
    expect(timestamp).toBe("2023-11-14T22:13:20+00:00")
    expect(component).toMatchObject({
      name: "quayside",
      version: "1.2.0",
      purl: "pkg:pypi/quayside@1.2.0",
    })
    expect(JSON.stringify(component.licenses)).toContain("MIT")
    const content = createHash("sha256")
      .update(readFileSync(wheel))
      .digest("hex")
    expect(component.hashes).toEqual([{ alg: "SHA-256", content }])
  })

  it("has every file of the wheel with its hash, but the list of them", () => {
    const files = plain.document.metadata.component.components ?? []
    expect(names(files)).toEqual([
      `${INFO}/METADATA`,
      `${INFO}/WHEEL`,
      "quayside/__init__.py",
    ])
    expect(files[2]?.hashes?.[0]?.content).toBe(hash(MODULE).digest("hex"))
  })

  it("has what the wheel needs of what is installed, through what that needs, and nothing else", () => {
    expect(names(plain.document.components)).toEqual(["knot", "mast", "rope"])
    expect(plain.counts).toEqual({ python: 3, files: 3, npm: [] })
    expect(of(plain, "quayside==1.2.0")).toEqual(["mast==1.0"])
    expect(of(plain, "mast==1.0")).toEqual(["rope==1.0"])
    expect(of(plain, "rope==1.0")).toEqual(["knot==1.0"])
  })

  it("asks markers on the Python that is meant", () => {
    expect(names(whole.document.components)).toContain("oar")
    expect(names(plain.document.components)).not.toContain("oar")
  })

  it("starts no Python where the packages are", () => {
    expect(existsSync(trace)).toBe(false)
  })

  it("has the npm packages of a frontend, less what only builds it", () => {
    expect(whole.counts).toMatchObject({
      npm: [{ packages: 1, development: false }, {}, {}],
    })
    expect(of(whole, "quayside==1.2.0")).toContain("frontend:page@2.0.0")
    expect(of(whole, "frontend:page@2.0.0")).toEqual(["frontend:react@2.0.0"])
  })

  it("has all of them where there is nothing but what builds", () => {
    expect(whole.counts).toMatchObject({
      npm: [{}, { packages: 2, development: true }, {}],
    })
    expect(of(whole, "desk:page@2.0.0")).toHaveLength(2)
  })

  it("names a frontend whose packages nobody lists, and why", () => {
    const web = whole.document.components?.find(({ name }) => name === "web")
    expect(web?.properties).toEqual([
      { name: "shipwheel:not-listed", value: "Yarn can't" },
    ])
    expect(whole.counts).toMatchObject({
      npm: [{}, {}, { packages: null, development: false }],
    })
  })

  it("says nothing of where a package was fetched from", () => {
    expect(whole.text).toContain("example.org")
    expect(whole.text).not.toContain(SECRET)
  })

  it("has no address in the names that Yarn gives, of whatever it was fetched from", () => {
    const place = encodeURIComponent(`https://ada:${SECRET}@example.org/r.tgz`)
    const ref = `react@npm:2.0.0::__archiveUrl=${place}`
    const react = { "bom-ref": ref }
    const frontends = [{ path: "frontend", listing: listing({ react }) }]
    const { document, text } = sbom({ wheel, frontends })
    expect(document.components?.map((each) => each["bom-ref"])).toContain(
      "frontend:react@npm:2.0.0",
    )
    expect(text).not.toContain(SECRET)
  })

  it("takes a licence that the schema does not know by its name", () => {
    const react = whole.document.components?.find(
      (each) => each["bom-ref"] === "frontend:react@2.0.0",
    )
    expect(react?.licenses).toEqual([
      { license: { name: "Newer-Than-The-Schema-1.0" } },
    ])
  })

  it("is the same each time, with a number that follows from what is in it", () => {
    expect(sbom(rich()).text).toBe(whole.text)
    const numbers = [plain, whole].map(({ document }) => document.serialNumber)
    expect(new Set(numbers).size).toBe(2)
  })
})

describe("an SBOM of packages whose metadata are not as they should be", () => {
  const metadata = (name: string, ...lines: string[]) =>
    ["Metadata-Version: 2.1", `Name: ${name}`, ...lines, ""].join("\n")
  const listed = (files: Readonly<Record<string, string | Buffer>>) => {
    const folder = environment()
    write(folder, files)
    const { document } = sbom({ wheel, environment: folder })
    const of = (ref: string) =>
      document.dependencies.find((each) => each.ref === ref)?.dependsOn
    return { found: document.components ?? [], of, document }
  }
  const mast = (...lines: string[]) => ({
    "mast-1.0.dist-info/METADATA": metadata("mast", "Version: 1.0", ...lines),
  })

  it.each([
    "rope (>=5.1.*)",
    "rope >=1,<2,",
    "rope >=1 <2",
    "rope[long] (>=1.*)",
    'rope (<=0.29.*) ; python_version >= "3.6"',
    "rope\n  (>=5.1.*)",
  ])("tells what one requires, of whatever versions: %j", (line) => {
    const { found, of } = listed(mast(`Requires-Dist: ${line}`))
    expect(names(found)).toContain("rope")
    expect(of("mast==1.0")).toEqual(["rope==1.0"])
    expect(names(found).includes("knot")).toBe(line.includes("[long]"))
  })

  it.each([
    'rope (>=5.1.*) ; python_version < "3"',
    'rope (>=5.1.*) ; extra == "heavy"',
    'rope ; sys_platform ~= "linux"',
    "https://example.org/rope.tar.gz",
  ])("tells nothing of what one does not require: %j", (line) => {
    const { found } = listed(mast(`Requires-Dist: ${line}`))
    expect(names(found)).toEqual(["mast"])
  })

  it("is of what can be read of them", () => {
    const lines = ["Project-URL: no-address", "License-Expression: "]
    const { found } = listed({
      ...mast("Summary: Stands\n        in the middle", ...lines),
      "mast-1.0.dist-info/direct_url.json": "{}",
    })
    const [only] = found
    expect(only).toMatchObject({
      name: "mast",
      description: "Stands in the middle",
      purl: "pkg:pypi/mast@1.0",
    })
    expect(only?.licenses).toBeUndefined()
  })

  it("has them without a version, in whatever encoding", () => {
    const text = metadata("mast", "Summary: H\u00f6ch", "Requires-Dist: rope")
    const { found } = listed({
      "mast-1.0.dist-info/METADATA": Buffer.from(text, "latin1"),
    })
    expect(found.map(({ name, version }) => [name, version])).toEqual([
      ["mast", undefined],
      ["rope", "1.0"],
    ])
  })

  it("has what others need although one has no name, or nothing at all", () => {
    const { found } = listed({
      "a-1.dist-info/METADATA": "Metadata-Version: 2.1\n",
      "b-1.dist-info/RECORD": "",
    })
    expect(names(found)).toEqual(["knot", "mast", "rope"])
  })

  it("is of the wheel itself where an older release of it is required", () => {
    const { document } = listed({
      ...mast("Requires-Dist: quayside"),
      "quayside-1.9.0.dist-info/METADATA": metadata(
        "quayside",
        "Version: 1.9.0",
      ),
    })
    expect(document.metadata.component.version).toBe("1.2.0")
  })
})

describe("a wheel that holds its SBOM", () => {
  let made: string
  const embed = async (surroundings: Readonly<Record<string, string>> = {}) => {
    const out = newFolder()
    const frontends = [{ path: "frontend", listing: listing() }]
    const plan = planned({ wheel, frontends })
    const variables = { SOURCE_DATE_EPOCH: "1700000000", ...surroundings }
    await runBeside("sbom/embed.py", [plan, folder, out], variables)
    return join(out, "quayside-1.2.0-py3-none-any.whl")
  }
  const inside = (path: string) =>
    execFileSync("python3", ["-c", READ, made, path], { encoding: "utf8" })

  beforeAll(async () => {
    made = await embed()
  })

  it("has it where PEP 770 puts it, without dependencies, its own hash and itself", () => {
    const text = inside(`${INFO}/sboms/quayside.cdx.json`)
    const { components, metadata } = JSON.parse(text) as Document
    expect(names(components).sort()).toEqual(["page", "react"])
    expect(metadata.component.hashes).toBeUndefined()
    expect(names(metadata.component.components)).toEqual([
      `${INFO}/METADATA`,
      `${INFO}/WHEEL`,
      "quayside/__init__.py",
    ])
  })

  it("lists it in RECORD, with its hash", () => {
    const text = inside(`${INFO}/sboms/quayside.cdx.json`)
    expect(inside(`${INFO}/RECORD`)).toContain(
      `${INFO}/sboms/quayside.cdx.json,sha256=${hash(text).digest("base64url")},`,
    )
  })

  it("is the same bytes elsewhere", async () => {
    const elsewhere = { TZ: "ELSEWHERE-14", LC_ALL: "C", PYTHONHASHSEED: "27" }
    expect(readFileSync(await embed(elsewhere))).toEqual(readFileSync(made))
  })
})
