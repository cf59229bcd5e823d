import { describe, expect, it } from "vitest"

import {
  allowances,
  forbidden,
  foreignTops,
  howToAllow,
} from "../../src/files/forbidden.js"
import { entry, holding, sdistFile, wheelFile } from "../helpers/files.js"

const NONE = new Map<string, string>()
const inWheel = (...names: string[]) =>
  forbidden(holding(wheelFile(), ...names), NONE)
const inSdist = (...names: string[]) =>
  forbidden(
    holding(sdistFile(), ...names.map((each) => `quayside-1.2.0/${each}`)),
    NONE,
  )

describe("what is in no package on purpose", () => {
  it.each([
    "quayside/frontend/node_modules/react/index.js",
    "quayside/.git/config",
    "quayside/__pycache__/a.cpython-312.pyc",
    "quayside/.venv/bin/activate",
    "quayside/venv/pyvenv.cfg",
    "quayside/.pytest_cache/README.md",
    "frontend/.next/cache/webpack/0.pack",
    "quayside/.env",
    "quayside/.env.production",
    ".pypirc",
    "quayside/id_ed25519",
  ])("is refused in both files: %s", (path) => {
    expect(inWheel(path)).toStrictEqual([expect.stringContaining(path)])
    expect(inSdist(path)).toStrictEqual([expect.stringContaining(path)])
  })

  it.each([
    "quayside/.env.example",
    "quayside/environment.py",
    "quayside/node_modules.py",
    "quayside/frontend/_next/static/chunks/env.js",
    ".gitignore",
    ".github/workflows/ci.yml",
    "quayside/git/tests/data.json",
  ])("lets pass what only looks like it: %s", (path) => {
    expect([...inWheel(path), ...inSdist(path)]).toStrictEqual([])
  })

  it.each([
    "zz_evil.pth",
    "sitecustomize.py",
    "usercustomize/__init__.py",
    "sitecustomize.cpython-312-x86_64-linux-gnu.so",
    "quayside-1.2.0.data/purelib/evil.pth",
    "quayside-1.2.0.data/platlib/sitecustomize.py",
    "quayside-1.2.0.data/data/lib/python3.12/site-packages/evil.pth",
  ])("refuses of a wheel what runs whenever Python starts: %s", (path) => {
    expect(inWheel(path)).toStrictEqual([
      `\`quayside-1.2.0-py3-none-any.whl\` holds code that runs whenever Python starts: \`${path}\``,
    ])
    expect(inSdist(path)).toStrictEqual([])
  })

  it.each([
    "quayside-1.2.0.dist-info/direct_url.json",
    "quayside-1.2.0.dist-info/INSTALLER",
    "quayside-1.2.0.dist-info/REQUESTED",
    "quayside-1.2.0.data/purelib/quayside-1.2.0.dist-info/direct_url.json",
  ])(
    "refuses of a wheel what an installer writes of an install: %s",
    (path) => {
      expect(inWheel(path)).toStrictEqual([
        `\`quayside-1.2.0-py3-none-any.whl\` holds what an installer writes of an install, such as where it is from: \`${path}\``,
      ])
      expect(inWheel("quayside/direct_url.json")).toStrictEqual([])
    },
  )

  it.each([
    "lib/python3.12/sitecustomize.py",
    "lib64/python3.12/site-packages/pip/__init__.py",
    "Lib/site-packages/requests/__init__.py",
    "lib/pypy3.10/os.py",
  ])(
    "refuses a file of a wheel that is installed into Python's own library: %s",
    (name) => {
      const path = `quayside-1.2.0.data/data/${name}`
      expect(inWheel(path)).toStrictEqual([
        `\`quayside-1.2.0-py3-none-any.whl\` holds files in the library of whichever Python it is installed for: \`${path}\``,
      ])
    },
  )

  it.each(["pip", "pip3.12", "python3", "activate", "uv"])(
    "refuses a script of a wheel in the place of %s",
    (name) => {
      const path = `quayside-1.2.0.data/scripts/${name}`
      expect(inWheel(path)).toStrictEqual([
        `\`quayside-1.2.0-py3-none-any.whl\` holds a program that takes the place of one that every environment has: \`${path}\``,
      ])
    },
  )

  it.each(["bin/sudo", "bin/pip3", "Scripts/activate.bat"])(
    "refuses a file of a wheel that is installed as a command of everybody's: %s",
    (name) => {
      const path = `quayside-1.2.0.data/data/${name}`
      expect(inWheel(path)).toStrictEqual([
        `\`quayside-1.2.0-py3-none-any.whl\` holds a program that takes the place of one that every environment has: \`${path}\``,
      ])
    },
  )

  it("refuses a module that every Python has by that name already, but for the package that is called so", () => {
    const wheel = {
      ...holding(wheelFile(), "pip/__init__.py", "typing.py"),
      taken: ["pip", "typing"],
    }
    expect(forbidden(wheel, NONE, "quayside")).toStrictEqual([
      "`quayside-1.2.0-py3-none-any.whl` holds a module of a name that every Python has already: `pip/__init__.py`, `typing.py`",
    ])
    expect(forbidden(wheel, NONE, "pip")).toStrictEqual([
      "`quayside-1.2.0-py3-none-any.whl` holds a module of a name that every Python has already: `typing.py`",
    ])
  })

  it("refuses an entry point that becomes one, but for the package whose command it is", () => {
    const entryPoints = ["quayside", "pip", "pip-compile", "uvicorn"].map(
      (name) => ({ group: "console_scripts", name, value: "quayside:main" }),
    )
    const wheel = { ...wheelFile(), entryPoints }
    expect(forbidden(wheel, NONE, "quayside")).toStrictEqual([
      "`quayside-1.2.0-py3-none-any.whl` holds a program that takes the place of one that every environment has: `bin/pip`",
    ])
    expect(forbidden(wheel, NONE, "pip")).toStrictEqual([])
    const allowed = new Map([["bin/pip", "we are a pip"]])
    expect(forbidden(wheel, allowed, "quayside")).toStrictEqual([])
    expect(howToAllow([wheel], NONE, "quayside")).toContain(
      '"bin/pip" = "the reason"',
    )
  })

  it.each([
    "quayside-1.2.0.data/scripts/pip-compile",
    "quayside-1.2.0.data/scripts/uvicorn",
    "quayside/models/net.pth",
    "quayside/sitecustomize.py",
    "quayside-1.2.0.data/scripts/quayside-admin",
    "quayside-1.2.0.data/data/share/quayside/pip.conf",
    "quayside-1.2.0.data/data/lib/quayside/python.so",
  ])("lets pass of a wheel what does nothing by itself: %s", (path) => {
    expect(inWheel(path)).toStrictEqual([])
  })

  it("lets what runs whenever Python starts pass where it is allowed", () => {
    const allowed = new Map([["quayside-hooks.pth", "it finds our namespaces"]])
    const wheel = holding(wheelFile(), "quayside-hooks.pth")
    expect(forbidden(wheel, allowed)).toStrictEqual([])
  })

  it("refuses tests at the top of a wheel, where an sdist has them", () => {
    expect(inWheel("tests/test_a.py")).toStrictEqual([
      "`quayside-1.2.0-py3-none-any.whl` holds tests at the top, where any package's would land: `tests/test_a.py`",
    ])
    expect(inSdist("tests/test_a.py")).toStrictEqual([])
  })

  it("refuses a private key by what is in it, but for those of an sdist's tests", () => {
    const key = (name: string) => ({ ...entry(name), secret: "a private key" })
    const wheel = {
      ...wheelFile(),
      entries: [key("quayside/tests/server.pem")],
    }
    const sdist = (path: string) => ({
      ...sdistFile(),
      entries: [key(`quayside-1.2.0/${path}`)],
    })
    expect(forbidden(wheel, NONE)).toStrictEqual([
      "`quayside-1.2.0-py3-none-any.whl` holds a private key: `quayside/tests/server.pem`",
    ])
    expect(forbidden(sdist("deploy.pem"), NONE)).toStrictEqual([
      "`quayside-1.2.0.tar.gz` holds a private key: `deploy.pem`",
    ])
    expect(forbidden(sdist("tests/certs/server.pem"), NONE)).toStrictEqual([])
  })

  it.each([
    ["quayside/.git-credentials", "credentials"],
    ["quayside/_netrc", "credentials"],
    ["quayside/.htpasswd", "credentials"],
    ["quayside/.aws/credentials", "credentials"],
    ["quayside/sign.p12", "a store of keys or passwords"],
    ["quayside/team.kdbx", "a store of keys or passwords"],
    ["quayside/putty.ppk", "a store of keys or passwords"],
    [
      "quayside/infra/terraform.tfstate",
      "the state of Terraform, which has passwords in it",
    ],
    ["quayside/.envrc", "settings that are often secret"],
    ["quayside/prod.env", "settings that are often secret"],
  ])("refuses what holds nothing else by its name: %s", (path, what) => {
    const told = `\`quayside-1.2.0-py3-none-any.whl\` holds ${what}: \`${path}\``
    expect(inWheel(path)).toStrictEqual([told])
  })

  it.each([
    ...["quayside/example.env", "quayside/tests.env", "quayside/env.py"],
    ...["quayside/credentials", "quayside/p12.py", "quayside/.env.example"],
  ])("lets pass what is only called like it: %s", (path) => {
    expect(inWheel(path)).toStrictEqual([])
  })

  it("takes the stores of an sdist's tests for theirs", () => {
    expect(inSdist("tests/certs/client.p12")).toStrictEqual([])
    expect(inSdist("client.p12")).toHaveLength(1)
  })

  it("tells a token in a file by its kind, and how it is allowed", () => {
    const token = { ...entry("quayside/tok.py"), secret: "a token of PyPI" }
    const wheel = { ...wheelFile(), entries: [token] }
    expect(forbidden(wheel, NONE)).toStrictEqual([
      "`quayside-1.2.0-py3-none-any.whl` holds a token of PyPI: `quayside/tok.py`",
    ])
    expect(howToAllow([wheel], NONE, "quayside")).toBe(
      'Take it out, and have the secret made anew where it was real: whoever could read the repository has it. What is no secret is allowed in `pyproject.toml`:\n\n```\n[tool.shipwheel.allow]\n"quayside/tok.py" = "the reason"\n```',
    )
  })

  it("names five of many, and counts the rest", () => {
    const many = Array.from(
      { length: 7 },
      (_, at) => `node_modules/${String(at)}`,
    )
    expect(inSdist(...many)[0]).toMatch(/`node_modules\/4` and 2 more$/)
  })
})

describe("what is allowed with a reason", () => {
  const sdist = holding(
    sdistFile(),
    "quayside-1.2.0/tests/fixtures/.netrc",
    "quayside-1.2.0/tests/keys/.netrc",
    "quayside-1.2.0/tests/keys/id_rsa",
    "quayside-1.2.0/.netrc",
  )
  const allowed = new Map([
    ["tests/fixtures/.netrc", "holds no secret"],
    ["tests/keys/", "made for the tests"],
    [".env", "is an example"],
  ])

  it("is a path alone or all of a folder, and nothing else of that name", () => {
    expect(forbidden(sdist, allowed)).toStrictEqual([
      "`quayside-1.2.0.tar.gz` holds credentials: `.netrc`",
    ])
  })

  it("is told with its reason, and what needs no leave is told too", () => {
    expect(allowances([sdist], allowed)).toStrictEqual([
      "`tests/fixtures/.netrc` is let into the files: holds no secret.",
      "`tests/keys/` is let into the files: made for the tests.",
      "`tool.shipwheel.allow` names `.env`, which no gate refuses.",
    ])
  })

  it("may be beside the files, where git does not track it", () => {
    const manual = new Map([["manual.pdf", "made by the step before"]])
    expect(allowances([sdist], manual, "", [], ["manual.pdf"])).toStrictEqual([
      "`manual.pdf` may be used, though git does not track it: made by the step before.",
    ])
  })
})

describe("a folder of the project at the top of a wheel", () => {
  it.each([
    "e2e/page.py",
    "docs/conf.py",
    "examples/a.py",
    "scripts/b.py",
    "src/x/a.py",
  ])("is refused, because everybody's packages are there: %s", (path) => {
    expect(inWheel(path)).toStrictEqual([expect.stringContaining(path)])
    expect(inSdist(path)).toStrictEqual([])
  })

  it("is told the line that lets it pass, which does", () => {
    const file = holding(holding(wheelFile(), "tools/a.py"), "tools/b.py")
    expect(howToAllow([file], NONE, "quayside")).toContain(
      '[tool.shipwheel.allow]\n"tools/" = "the reason"\n```',
    )
    const allowed = new Map([["tools/", "a package beside ours"]])
    expect(foreignTops([file], NONE, "quayside")).toEqual(["tools"])
    expect(forbidden(file, allowed, "quayside")).toStrictEqual([])
    expect(howToAllow([file], allowed, "quayside")).toBeUndefined()
    expect(foreignTops([file], allowed, "quayside")).toEqual([])
  })

  it("is the package itself where that has such a name", () => {
    const file = holding(wheelFile(), "tools/__init__.py")
    expect(forbidden(file, NONE, "tools.hammer")).toStrictEqual([])
    expect(forbidden(file, NONE, "quayside")).toHaveLength(1)
  })
})
