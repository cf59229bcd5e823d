import { describe, expect, it } from "vitest"

import {
  buildPython,
  linuxContainer,
  type Mirrors,
  nodeContainer,
  pythonContainer,
  pythonWithMore,
  toolsContainer,
} from "../../src/containers/images.js"
import versions from "../../src/versions.json" with { type: "json" }
import { beyond, shownCalls } from "../helpers/call-chain.js"
import { chainOf } from "../helpers/recorded-engine.js"

const MIRRORS: Mirrors = {
  index: "https://mirror.example/simple",
  npm: "https://mirror.example/npm",
  images: "mirror.example/library",
}
const PLAIN: Mirrors = { index: "http://mirror.example:3141/simple" }
const INSTALLS_TOOLS = [
  "in turn pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-cache-dir --no-deps --require-hashes --only-binary :all: --requirement /uv.txt",
  "in turn uv pip install --quiet --system --no-config --no-cache --no-python-downloads --no-deps --require-hashes --no-build --requirement /tools.txt",
  "in turn python /compile_tools.py",
]
const AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
const READERS = [
  "NODE_EXTRA_CA_CERTS",
  "PIP_CERT",
  "REQUESTS_CA_BUNDLE",
  "SSL_CERT_FILE",
]

const [major = ""] = versions.node.split(".")

/** Each container that a stage may start with. */
const CONTAINERS = {
  tools: {
    make: toolsContainer,
    image: `python:${versions.toolsPython}-slim`,
  },
  python: {
    make: (mirrors: Mirrors) => pythonContainer("3.9", mirrors),
    image: "python:3.9-slim",
  },
  linux: {
    make: (mirrors: Mirrors) => linuxContainer("debian:12", mirrors),
    image: "debian:12",
  },
  node: { make: nodeContainer, image: `node:${major}-slim` },
}
const EACH = Object.entries(CONTAINERS).map(([name, each]) => ({
  name,
  ...each,
}))

describe.each(EACH)("the container of $name", ({ image, make }) => {
  it("starts from its image", async () => {
    const made = shownCalls(await chainOf(() => make({})))
    expect(made.slice(0, 2)).toEqual(["container", `from ${image}`])
  })

  it("starts from the mirror's image, where there is one", async () => {
    const made = shownCalls(await chainOf(() => make(MIRRORS)))
    expect(made[1]).toBe(`from mirror.example/library/${image}`)
  })

  it("tells every tool to read the system's authorities first of all", async () => {
    const made = shownCalls(await chainOf(() => make({})))
    expect(made.slice(2, 2 + READERS.length)).toEqual(
      READERS.map((name) => `withEnvVariable ${name} ${AUTHORITIES}`),
    )
  })

  it("names no mirror where none is configured", async () => {
    const made = shownCalls(await chainOf(() => make({})))
    expect(made.join("\n")).not.toMatch(/INDEX|registry|TRUSTED/)
  })
})

describe("the tools", () => {
  it("are installed from the lock alone, each by its hash", async () => {
    const made = shownCalls(await chainOf(() => toolsContainer({})))
    const mounts = [
      "withMountedFile /in_turn.sh <file src/containers/in_turn.sh>",
      "withMountedFile /uv.txt <file src/containers/tools/uv.txt>",
      "withMountedFile /tools.txt <file src/containers/tools/requirements.txt>",
      "withMountedFile /compile_tools.py <file src/containers/compile_tools.py>",
    ]
    const [first = ""] = mounts
    expect(made.slice(made.indexOf(first))).toEqual([
      ...mounts,
      ...INSTALLS_TOOLS,
      "withoutMount /compile_tools.py",
      "withoutMount /tools.txt",
      "withoutMount /uv.txt",
      "withoutMount /in_turn.sh",
    ])
  })

  it("come from the mirror of the index, if there is one", async () => {
    const made = shownCalls(await chainOf(() => toolsContainer(MIRRORS)))
    const [install = ""] = INSTALLS_TOOLS
    for (const name of ["PIP_INDEX_URL", "UV_DEFAULT_INDEX"]) {
      const named = made.indexOf(
        `withEnvVariable ${name} https://mirror.example/simple`,
      )
      expect(named).toBeGreaterThan(0)
      expect(named).toBeLessThan(made.indexOf(install))
    }
  })

  it("trust a mirror without TLS by its host, and no other", async () => {
    expect(shownCalls(await chainOf(() => toolsContainer(PLAIN)))).toContain(
      "withEnvVariable PIP_TRUSTED_HOST mirror.example:3141",
    )
    const secure = shownCalls(await chainOf(() => toolsContainer(MIRRORS)))
    expect(secure.join("\n")).not.toContain("PIP_TRUSTED_HOST")
  })
})

describe("a Python", () => {
  it("has uv from the tools, which reads nobody's settings and fetches no Python", async () => {
    const made = shownCalls(await chainOf(() => pythonContainer("3.9", {})))
    expect(made).toEqual(
      expect.arrayContaining([
        "withFile /usr/local/bin/uv <file /usr/local/bin/uv>",
        "withEnvVariable UV_NO_CONFIG 1",
        "withEnvVariable UV_PYTHON_DOWNLOADS never",
        "withEnvVariable UV_SYSTEM_PYTHON 1",
      ]),
    )
  })

  it("asks the mirror of the index, if there is one", async () => {
    const made = shownCalls(
      await chainOf(() => pythonContainer("3.9", MIRRORS)),
    )
    expect(made).toContain(
      "withEnvVariable UV_DEFAULT_INDEX https://mirror.example/simple",
    )
  })

  it("gets requirements in one layer, none of them an option", async () => {
    const bare = await chainOf(() => pythonContainer("3.9", {}))
    const made = await chainOf(() =>
      pythonContainer("3.9", {}, ["one", "two>=2"]),
    )
    expect(beyond(bare, made)).toEqual([
      "withMountedFile /in_turn.sh <file src/containers/in_turn.sh>",
      "withMountedFile /compile_few.py <file src/containers/compile_few.py>",
      "in turn uv pip install --quiet -- one two>=2",
      "in turn python /compile_few.py",
      "withoutMount /compile_few.py",
      "withoutMount /in_turn.sh",
    ])
  })

  it("is left alone where nothing is required", async () => {
    const bare = await chainOf(() => pythonContainer("3.9", {}))
    const made = await chainOf(() => pythonContainer("3.9", {}, []))
    expect(beyond(bare, made)).toEqual([])
  })
})

describe("what a project depends on, and what its tests do", () => {
  const [DEPENDS, NEEDS] = [["one"], ["one", "pytest"]]

  it("is what an install of it has, and the rest on top of that", async () => {
    const installed = await chainOf(() => pythonContainer("3.9", {}, DEPENDS))
    const made = await chainOf(() =>
      pythonWithMore("3.9", {}, DEPENDS, NEEDS, []),
    )
    expect(beyond(installed, made)).toContain(
      "in turn uv pip install --quiet -- one pytest",
    )
  })

  it("is the same where tests need nothing more", async () => {
    const installed = await chainOf(() => pythonContainer("3.9", {}, DEPENDS))
    const made = await chainOf(() =>
      pythonWithMore("3.9", {}, DEPENDS, DEPENDS, []),
    )
    expect(beyond(installed, made)).toEqual([])
  })

  it("has Debian's packages before all of it, which may be compiled with them", async () => {
    const made = await chainOf(() =>
      pythonWithMore("3.9", {}, DEPENDS, NEEDS, [], ["gcc"]),
    )
    const at = (words: string) =>
      made.map((each) => JSON.stringify(each).includes(words)).indexOf(true)
    expect(at("apt-get install")).toBeGreaterThan(0)
    expect(at("apt-get install")).toBeLessThan(at("pytest"))
    expect(at("pytest")).toBe(
      made.map((each) => JSON.stringify(each).includes('"one"')).indexOf(true),
    )
  })

  it.each([
    ["versions are decided", DEPENDS, ["one==1"]],
    ["some of it comes from a folder", ["one", "beside"], []],
  ])("is installed at once where %s", async (_, depends, constraints) => {
    const made = await chainOf(() =>
      pythonWithMore("3.9", {}, depends, NEEDS, constraints),
    )
    const together = await chainOf(() =>
      pythonContainer("3.9", {}, NEEDS, constraints),
    )
    expect(beyond(together, made)).toEqual([])
  })
})

describe("Node", () => {
  it("asks the mirror of npm's registry, if there is one", async () => {
    expect(shownCalls(await chainOf(() => nodeContainer(MIRRORS)))).toContain(
      "withEnvVariable npm_config_registry https://mirror.example/npm",
    )
  })

  it("sends no telemetry", async () => {
    expect(shownCalls(await chainOf(() => nodeContainer({})))).toContain(
      "withEnvVariable NEXT_TELEMETRY_DISABLED 1",
    )
  })
})

describe("the Python that builds", () => {
  it("is the newest that the project supports, in whatever order", () => {
    expect(buildPython(["3.9", versions.toolsPython, "3.99"])).toBe("3.99")
    expect(buildPython(["3.10", "3.9"])).toBe("3.10")
  })

  it("is that of the tools, where nothing is known", () => {
    expect(buildPython([])).toBe(versions.toolsPython)
  })
})
