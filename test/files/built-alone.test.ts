import { describe, expect, it } from "vitest"

import { resolveGates } from "../../src/config/gate-config.js"
import type { Archive } from "../../src/files/facts.js"
import { type Expected, judgeFiles } from "../../src/files/file-gates.js"
import {
  entry,
  expected,
  facts,
  sdistFile,
  wheelFile,
} from "../helpers/files.js"

describe("a file of the wheel that the sdist has with other bytes", () => {
  const PATH = "quayside/__init__.py"
  const judgedWith = (path: string, changes: Partial<Expected> = {}) => {
    const wheel = wheelFile({
      entries: [...wheelFile().entries, entry(path, "of the wheel")],
    })
    const sdist = sdistFile({
      entries: [
        ...sdistFile().entries,
        entry(`quayside-1.2.0/src/${path}`, "of the sdist"),
      ],
    })
    const { refused } = judgeFiles(facts([wheel, sdist]), expected(changes))
    return refused.filter((each) => each.includes("other bytes"))
  }

  it("is refused: its build changed what was tested", () => {
    expect(judgedWith("quayside/berths.py")).toEqual([
      "forbidden: `quayside-1.2.0-py3-none-any.whl` has `quayside/berths.py` with other bytes than the sdist that it is made from: its build changed what was tested. If that is meant, allow it in `[tool.shipwheel.allow]` with its reason",
    ])
  })

  it.each([
    ...["quayside/_version.py", "quayside/conversion.py", "quayside/a.pyw"],
    ...["quayside/data/tool.sh", "quayside/static/app.js"],
  ])("is refused whatever it is: %s", (path) => {
    expect(judgedWith(path)).toHaveLength(1)
  })

  it("is let pass with a reason", () => {
    const gates = resolveGates({ allow: { "quayside/berths.py": "2to3" } }, [])
    expect(judgedWith("quayside/berths.py", { gates })).toEqual([])
  })

  it("is none where both are empty, as many are", () => {
    const wheel = wheelFile({ entries: [entry(PATH, "", 0)] })
    const sdist = sdistFile({
      entries: [
        entry(`quayside-1.2.0/src/${PATH}`, "", 0),
        entry(`quayside-1.2.0/tests/${PATH}`, "something", 9),
      ],
    })
    const { refused } = judgeFiles(facts([wheel, sdist]), expected())
    expect(refused.filter((each) => each.includes("other bytes"))).toEqual([])
  })

  it("is not meant where the sdist has the same somewhere else", () => {
    const wheel = wheelFile({ entries: [entry(PATH, "same")] })
    const sdist = sdistFile({
      entries: [
        entry(`quayside-1.2.0/src/${PATH}`, "same"),
        entry(`quayside-1.2.0/tests/${PATH}`, "another"),
      ],
    })
    const { refused } = judgeFiles(facts([wheel, sdist]), expected())
    expect(refused.filter((each) => each.includes("other bytes"))).toEqual([])
  })
})

describe("a file of the wheel is held to the file of the sdist that it is made from", () => {
  type Files = Record<string, string>
  const judged = (inWheel: Files, inSdist: Files) => {
    const entries = (files: Files, prefix: string) =>
      Object.entries(files).map(([path, content]) =>
        entry(prefix + path, content),
      )
    const wheel = wheelFile({ entries: entries(inWheel, "") })
    const sdist = sdistFile({ entries: entries(inSdist, "quayside-1.2.0/") })
    const { refused } = judgeFiles(facts([wheel, sdist]), expected())
    return refused.flatMap((each) =>
      each.includes("other bytes")
        ? [/has (`.*?`) with other/.exec(each)?.[1]]
        : [],
    )
  }

  it("and to no other with its bytes: a fake of the tests takes no module's place", () => {
    const sdist = {
      "src/quayside/auth.py": "asks",
      "src/quayside/fakes/easy.py": "always",
      "tests/quayside/auth.py": "always",
    }
    const right = {
      "quayside/auth.py": "asks",
      "quayside/fakes/easy.py": "always",
    }
    expect(judged(right, sdist)).toEqual([])
    const taken = { ...right, "quayside/auth.py": "always" }
    expect(judged(taken, sdist)).toEqual(["`quayside/auth.py`"])
  })

  it("in a second package too, wherever most of its files come from", () => {
    const sdist = {
      "lib/more/a.py": "a",
      "lib/more/b.py": "b",
      "lib/more/fake_b.py": "fake",
      "tests/berths/b.py": "fake",
    }
    const right = {
      "berths/a.py": "a",
      "berths/b.py": "b",
      "berths/fake_b.py": "fake",
    }
    expect(judged(right, sdist)).toEqual([])
    const taken = { ...right, "berths/b.py": "fake" }
    expect(judged(taken, sdist)).toEqual(["`berths/b.py`"])
  })

  it("and one that a backend moved is not held to another of its name", () => {
    const sdist = { "vendor/six.py": "six", "tests/data/six.py": "another" }
    expect(judged({ "quayside/_vendor/six.py": "six" }, sdist)).toEqual([])
  })
})

describe("what a wheel has beside its packages", () => {
  const DATA = "quayside-1.2.0.data"
  const SOURCES = {
    "scripts/deploy": "of the project",
    "share/app.js": "the app",
    "etc/quay.conf": "settings",
    "tests/curl": "a fake",
    "README.md": "read me",
    LICENSE: "the licence",
  }
  const judgedWith = (
    inWheel: Record<string, string>,
    allow: Record<string, string> = {},
    settings = "",
  ) => {
    const more = Object.entries(inWheel).map(([path, content]) =>
      entry(path, content),
    )
    const sources = Object.entries(SOURCES).map(([path, content]) => ({
      ...entry(`quayside-1.2.0/${path}`, content),
      ...(path === "scripts/deploy" && { script: "hash of #!python" }),
    }))
    const module = entry("quayside/__init__.py", "code")
    const wheel = wheelFile({ entries: [module, ...more] })
    const init = entry("quayside-1.2.0/src/quayside/__init__.py", "code")
    const sdist = sdistFile({ entries: [...sources, init], settings })
    const gates = resolveGates({ allow }, [])
    const { refused, remarks } = judgeFiles(
      facts([wheel, sdist]),
      expected({ gates, licences: [] }),
    )
    return {
      refused: refused.filter((each) => each.startsWith("forbidden")),
      told: remarks.filter((each) => each.startsWith("The build")),
    }
  }

  it.each([
    ["scripts/deploy", "a script that deploys elsewhere"],
    ["scripts/README.md", "a command by the name of a text"],
    ["data/share/app.js", "another app"],
    ["data/etc/quay.conf", "other settings"],
    ["headers/app.js", "another app"],
  ])("is refused with other bytes than the sdist has: %s", (path) => {
    const full = `${DATA}/${path}`
    expect(judgedWith({ [full]: "of the build" })).toEqual({
      refused: [expect.stringContaining(`\`${full}\` with other bytes than`)],
      told: [],
    })
    const allow = { [full]: "made anew by a hook" }
    expect(judgedWith({ [full]: "of the build" }, allow).refused).toEqual([])
  })

  it.each([
    ["scripts/deploy", "the app", "with other bytes than the sdist"],
    ["scripts/dock", "the app", "brings commands of which the project has no"],
    ["data/bin/dock", "read me", "brings commands of which the project has no"],
    ["data/etc/evil.conf", "read me", "puts into the environment, beside"],
    ["data/share/app.js", "settings", "with other bytes than the sdist"],
    ["scripts/curl", "a fake", "brings commands of which the project has no"],
  ])(
    "is refused with the bytes of another file of the sdist: %s of %j",
    (path, bytes, told) => {
      const { refused } = judgedWith({ [`${DATA}/${path}`]: bytes })
      expect(refused).toEqual([expect.stringContaining(told)])
      expect(refused[0]).toContain(`\`${DATA}/${path}\``)
    },
  )

  it("is told with those where it is only looked up by its name", () => {
    const path = `${DATA}/headers/quay.h`
    expect(judgedWith({ [path]: "settings" }).told).toEqual([
      expect.stringContaining(`\`${path}\``),
    ])
  })

  it.each([
    ["scripts/app", "the app", ""],
    ["scripts/dock", "the app", '"share/app.js" = "dock"'],
    ["scripts/deploy", "the app", "'./share/app.js' = 'deploy'"],
    [
      "data/etc/quay/main.conf",
      "settings",
      '"etc/quay.conf" = "etc/quay/main.conf"',
    ],
    ["scripts/curl", "a fake", 'scripts=["tests/curl"]'],
    ["scripts/curl", "a fake", "scripts=glob('tests/*')"],
  ])(
    "has another name where it loses its ending, or the settings say so: %s of %j by %j",
    (path, bytes, settings) => {
      const full = { [`${DATA}/${path}`]: bytes }
      expect(judgedWith(full, {}, settings)).toEqual({ refused: [], told: [] })
    },
  )

  it("is refused where it is a licence with other bytes", () => {
    const path = "quayside-1.2.0.dist-info/licenses/LICENSE"
    expect(judgedWith({ [path]: "another" }).refused).toHaveLength(1)
    expect(judgedWith({ [path]: "the licence" }).refused).toEqual([])
  })

  it("is held to where most of its folder comes from", () => {
    const same = { [`${DATA}/data/opt/quay/app.js`]: "the app" }
    expect(judgedWith(same)).toEqual({ refused: [], told: [] })
  })

  it("may be a script with its first line as a wheel has it", () => {
    const path = `${DATA}/scripts/deploy`
    expect(judgedWith({ [path]: "#!python" })).toEqual({
      refused: [],
      told: [],
    })
  })

  it.each([
    ["scripts/really-new", "brings commands of which"],
    ["data/bin/curl", "brings commands of which"],
    ["data/Scripts/curl.exe", "brings commands of which"],
    ["data/quay.ini", "puts into the environment, beside its packages,"],
    ["data/etc/profile.d/x.sh", "puts into the environment"],
    ["data/include/x.h", "puts into the environment"],
    ["data/share/systemd/user/x.service", "puts into the environment"],
    ["data/share/fish/vendor_conf.d/x.fish", "puts into the environment"],
    ["data/share/fish/vendor_functions.d/ls.fish", "puts into the environment"],
    ["data/share/nvim/site/plugin/x.lua", "puts into the environment"],
    ["data/share/nautilus-python/extensions/x.py", "puts into the environment"],
    ["data/share/nushell/vendor/autoload/quay.nu", "puts into the environment"],
    ["data/share/vulkan/implicit_layer.d/x.json", "puts into the environment"],
    ["data/share/applications/firefox.desktop", "puts into the environment"],
    ["data/share/applications/mimeapps.list", "puts into the environment"],
    ["data/share/bash-completion/completions/git", "puts into the environment"],
    ["data/share/zsh/site-functions/quayside", "puts into the environment"],
    ["data/share/flatpak/overrides/global", "puts into the environment"],
    ["data/share/quays/quayside.txt", "puts into the environment"],
    ["data/share/jupyter/kernels/python3/kernel.json", "puts into the env"],
    ["data/share/jupyter/labextensions/zz/package.json", "puts into the env"],
    ["data/share/jupyter/labextensions/@z/z/a.js", "puts into the env"],
    ["data/share/jupyter/nbextensions/zz/main.js", "puts into the env"],
    ["data/share/jupyter/nbconvert/templates/lab/a.j2", "puts into the env"],
    ["data/share/jupyter/lab/static/index.html", "puts into the environment"],
    ["data/share/jupyter/lab/settings/overrides.json", "puts into the env"],
    ["data/share/jupyter/config.json", "puts into the environment"],
    ["data/Share/man/man1/quay.1", "puts into the environment"],
  ])("is refused where the sdist has nothing of it: %s", (path, told) => {
    const full = `${DATA}/${path}`
    const { refused } = judgedWith({ [full]: "made" })
    expect(refused).toEqual([expect.stringContaining(told)])
    expect(refused[0]).toContain(`\`${full}\``)
    expect(judgedWith({ [full]: "made" }, { [full]: "meant" }).refused).toEqual(
      [],
    )
  })

  it.each([
    `${DATA}/data/share/man/man1/quay.1`,
    `${DATA}/data/share/fish/vendor_completions.d/quayside-prompt.fish`,
    `${DATA}/data/share/jupyter/kernels/quayside/kernel.json`,
    `${DATA}/data/share/jupyter/kernels/quayside-dev/kernel.json`,
    `${DATA}/data/share/jupyter/labextensions/@acme/quayside/package.json`,
    `${DATA}/data/share/jupyter/labextensions/@quayside/board/package.json`,
    `${DATA}/data/share/jupyter/nbconvert/templates/quayside/index.html.j2`,
    `${DATA}/data/share/jupyter/quayside/app.js`,
    `${DATA}/data/share/bash-completion/completions/quayside`,
    `${DATA}/data/share/zsh/site-functions/_quayside`,
    `${DATA}/data/share/applications/org.example.quayside.desktop`,
    `${DATA}/data/share/icons/hicolor/48x48/apps/any.png`,
    `${DATA}/data/share/pkgconfig/quayside.pc`,
    `${DATA}/data/share/cmake/quayside/quayside-config.cmake`,
    `${DATA}/data/share/quayside/words.txt`,
    `${DATA}/headers/quay_api.h`,
    "quayside-1.2.0.dist-info/evil.py",
    "quayside-1.2.0.dist-info/sboms/a.cdx.json",
  ])("is told where it is only looked up by its name: %s", (path) => {
    expect(judgedWith({ [path]: "made" })).toEqual({
      refused: [],
      told: [
        `The build makes files beside the packages that the sdist does not have by that name: \`${path}\`.`,
      ],
    })
  })

  it.each([
    [
      "labextensions/@lab/git/a.js",
      '"quay/lab" = "share/jupyter/labextensions/@lab/git"',
    ],
    ["kernels/python3/kernel.json", '"data" = "share/jupyter/kernels/python3"'],
    [
      "kernels/xq/kernel.json",
      "(pjoin('share', 'jupyter', 'kernels', NAME), x)",
    ],
    ["labextensions/zz/a.js", '("share/jupyter/labextensions/%s" % name, x)'],
    ["labextensions/zz/a.js", '(f"share/jupyter/labextensions/{name}", x)'],
    [
      "nbextensions/zz/a.js",
      "[options.data_files]\nshare/jupyter/nbextensions/zz = a",
    ],
    ["lab/static/a.js", '"static" = "share/jupyter/lab/static"'],
    ["lab/static/a.js", '"share" = "./share/jupyter"'],
  ])(
    "is told where the settings have a folder for Jupyter: %s by %j",
    (path, settings) => {
      const full = { [`${DATA}/data/share/jupyter/${path}`]: "made" }
      const { refused, told } = judgedWith(full, {}, settings)
      expect([refused, told]).toEqual([[], [expect.stringContaining(path)]])
      const other = settings.replace(/jupyter/g, "jupiter")
      expect(judgedWith(full, {}, other).refused).toHaveLength(1)
    },
  )

  it.each(["METADATA", "WHEEL", "top_level.txt"])(
    "is no news where backends write it: %s",
    (name) => {
      const path = `quayside-1.2.0.dist-info/${name}`
      expect(judgedWith({ [path]: "made" })).toEqual({ refused: [], told: [] })
    },
  )

  it.each(["evil-1.0.dist-info", `${DATA}/purelib/evil-1.0.dist-info`])(
    "is a stranger's where it describes something else: %s",
    (folder) => {
      const { refused } = judgedWith({ [`${folder}/entry_points.txt`]: "x" })
      expect(refused).toEqual([
        expect.stringContaining("brings `evil-1.0.dist-info`"),
      ])
    },
  )
})

describe("a module that a build writes a version into", () => {
  const PATH = "src/quayside/_version.py"
  const judgedWith = (
    how: { acts?: true; unlike?: "changed" | "made" },
    allow: Record<string, string> = {},
  ) => {
    const other = { ...entry(`quayside-1.2.0/${PATH}`), ...how }
    const entries = [...sdistFile().entries, other]
    const gates = resolveGates({ allow }, [])
    const files = facts([wheelFile(), sdistFile({ entries })])
    const { refused } = judgeFiles(files, expected({ gates }))
    return refused.filter((each) => each.startsWith("forbidden"))
  }

  it("may say what it is, and is refused where it does more", () => {
    expect(judgedWith({ unlike: "made" })).toEqual([])
    expect(judgedWith({ acts: true })).toEqual([])
    expect(judgedWith({ unlike: "made", acts: true })).toEqual([
      `forbidden: \`quayside-1.2.0.tar.gz\` has \`${PATH}\`, which its build made, and which does more than say a version. If that is meant, allow it in \`[tool.shipwheel.allow]\` with its reason`,
    ])
    expect(judgedWith({ unlike: "changed", acts: true })).toEqual([
      expect.stringContaining(`\`${PATH}\` with other bytes than the project`),
    ])
    const allow = { [PATH]: "the template of our own" }
    expect(judgedWith({ unlike: "made", acts: true }, allow)).toEqual([])
  })

  it("is refused in a wheel as well, where the sdist has none", () => {
    const path = "quayside/_version.py"
    const refusedWith = (acts: boolean) => {
      const entries = [...wheelFile().entries, { ...entry(path, "made"), acts }]
      const files = facts([wheelFile({ entries }), sdistFile()])
      const { refused } = judgeFiles(files, expected())
      return refused.filter((each) => each.startsWith("forbidden"))
    }
    expect(refusedWith(false)).toEqual([])
    expect(refusedWith(true)).toEqual([
      expect.stringContaining(`\`${path}\`, which its build made`),
    ])
  })
})

describe("a file of the sdist that the project has with other bytes", () => {
  const judgedWith = (
    path: string,
    unlike: "changed" | "made",
    allow: Record<string, string> = {},
  ) => {
    const other = { ...entry(`quayside-1.2.0/${path}`), unlike }
    const entries = [...sdistFile().entries, other]
    const gates = resolveGates({ allow }, [])
    const { refused, remarks } = judgeFiles(
      facts([wheelFile(), sdistFile({ entries })]),
      expected({ gates }),
    )
    return {
      refused: refused.filter((each) => each.includes("other bytes")),
      told: remarks.filter((each) => each.startsWith("The build ")),
    }
  }
  const PATH = "src/quayside/berths.py"

  it("is refused where it is a module: its build changed what was tested", () => {
    expect(judgedWith(PATH, "changed")).toEqual({
      refused: [
        `forbidden: \`quayside-1.2.0.tar.gz\` has \`${PATH}\` with other bytes than the project: its build changed what was tested. If that is meant, allow it in \`[tool.shipwheel.allow]\` with its reason`,
      ],
      told: [],
    })
    const allow = { [PATH]: "made by protoc" }
    expect(judgedWith(PATH, "changed", allow).refused).toEqual([])
  })

  it.each(["api_versions.py", "db_version.py", "migrations/add_version.py"])(
    "is refused where it is named after somebody's version and says none: %s",
    (path) => {
      expect(
        judgedWith(`src/quayside/${path}`, "changed").refused,
      ).toHaveLength(1)
    },
  )

  it.each(["pyproject.toml", "setup.cfg"])(
    "is refused where it says what is built: %s",
    (path) => {
      expect(judgedWith(path, "changed").refused).toHaveLength(1)
    },
  )

  it("is refused where it says so and the project has none, but for a setup.py that nothing runs", () => {
    const added = (path: string, backend: string) => {
      const other = entry(`quayside-1.2.0/${path}`)
      const entries = [{ ...other, unlike: "made" as const }]
      const sdist = sdistFile({
        entries: [...sdistFile().entries, ...entries],
      })
      const { refused } = judgeFiles(
        facts([wheelFile(), sdist]),
        expected({ backend }),
      )
      return refused.filter((each) => each.includes("does not have")).length
    }
    const OF_SETTINGS = ["pyproject.toml", "setup.cfg", "hatch.toml"]
    for (const path of [...OF_SETTINGS, "pdm.toml", "MANIFEST.in"])
      expect(added(path, "hatchling.build")).toBe(1)
    expect(added("setup.py", "setuptools.build_meta")).toBe(1)
    expect(added("setup.py", "own")).toBe(1)
    expect(added("setup.py", "poetry.core.masonry.api")).toBe(0)
    expect(added("tests/sample/setup.py", "own")).toBe(0)
  })

  it("is refused where it runs, whatever it is called: it says so, or is a command of the wheel", () => {
    const changed = {
      ...entry("quayside-1.2.0/bin/quay", "q"),
      unlike: "changed" as const,
    }
    const refusedWith = (more: object, inWheel: string[] = []) => {
      const entries = [...sdistFile().entries, { ...changed, ...more }]
      const wheel = wheelFile({
        entries: [
          ...wheelFile().entries,
          ...inWheel.map((path) => entry(path, "q")),
        ],
      })
      const { refused } = judgeFiles(
        facts([wheel, sdistFile({ entries })]),
        expected(),
      )
      return refused.filter((each) => each.includes("with other bytes"))
    }
    const told = [
      expect.stringContaining("`bin/quay` with other bytes than the project"),
    ]
    expect(refusedWith({ runs: true })).toEqual(told)
    expect(refusedWith({}, ["quayside-1.2.0.data/scripts/quay"])).toEqual(told)
    expect(refusedWith({})).toEqual([])
  })

  it("is refused where it is a link that the project does not have as the same one", () => {
    const refusedWith = (
      unlike?: "changed" | "made",
      changes: Partial<Expected> = {},
    ) => {
      const name = "quayside-1.2.0/src/quayside/core"
      const link = {
        ...entry(name),
        link: true as const,
        ...(unlike && { unlike }),
      }
      const entries = [...sdistFile().entries, link]
      return judgeFiles(
        facts([wheelFile(), sdistFile({ entries })]),
        expected(changes),
      ).refused
    }
    expect(refusedWith()).toEqual([])
    for (const how of ["changed", "made"] as const) {
      expect(refusedWith(how)).toEqual([
        expect.stringContaining(
          "has `src/quayside/core`, links that the project does not have",
        ),
      ])
      const gates = resolveGates(
        { allow: { "src/quayside/core": "meant" } },
        [],
      )
      expect(refusedWith(how, { gates })).toEqual([])
    }
  })

  it.each([
    ...["static/app.js", "templates/index.html", "static/app.css", "q.sql"],
    ...["run.lua", "install.sh", "templates/mail.j2", "static/logo.svg"],
  ])("is refused where it runs for users: %s", (path) => {
    expect(judgedWith(`src/quayside/${path}`, "changed")).toEqual({
      refused: [
        expect.stringContaining(`\`src/quayside/${path}\` with other bytes`),
      ],
      told: [],
    })
  })

  it.each(["src/quayside/static/app.js", PATH, "setup.py"])(
    "is told where it says no more than the version otherwise: %s",
    (path) => {
      const other = {
        ...entry(`quayside-1.2.0/${path}`),
        stamped: true as const,
      }
      const entries = [{ ...other, unlike: "changed" as const }]
      const { refused, remarks } = judgeFiles(
        facts([
          wheelFile(),
          sdistFile({ entries: [...sdistFile().entries, ...entries] }),
        ]),
        expected(),
      )
      expect(refused).toEqual([])
      expect(remarks).toContainEqual(
        expect.stringContaining(`into the sdist: \`${path}\``),
      )
    },
  )

  it("is told where it is in a frontend's place, whose output it is held to", () => {
    const path = "src/quayside/static/app.js"
    const other = {
      ...entry(`quayside-1.2.0/${path}`),
      unlike: "changed" as const,
    }
    const entries = [...sdistFile().entries, other]
    const { refused } = judgeFiles(
      facts([wheelFile(), sdistFile({ entries })]),
      expected({ destinations: ["src/quayside/static"] }),
    )
    expect(refused).toEqual([])
  })

  it.each([
    "docs/changelog.rst",
    "src/quayside/rules.json",
    "src/quayside/quay.po",
  ])("is told where it is data: %s", (path) => {
    expect(judgedWith(path, "changed")).toEqual({
      refused: [],
      told: [
        `The build changes files on their way from the project into the sdist: \`${path}\`.`,
      ],
    })
  })

  it("is told where it is a module that the project does not have", () => {
    expect(judgedWith("src/quayside/more.py", "made")).toEqual({
      refused: [],
      told: [
        "The build makes code that is in the sdist and not in the project: `src/quayside/more.py`.",
      ],
    })
  })

  it.each([
    ["src/quayside/_version.py", "changed"],
    ["src/quayside/_version.py", "made"],
    ["src/quayside.egg-info/SOURCES.txt", "made"],
    ["src/quayside/static/app.js", "made"],
  ] as const)("is no news where a backend writes it: %s, %s", (path, how) => {
    expect(judgedWith(path, how)).toEqual({ refused: [], told: [] })
  })
})

describe("of what a wheel has by its build alone", () => {
  const WHEEL = "forbidden: `quayside-1.2.0-py3-none-any.whl`"
  const refusedWith = (
    more: Partial<Archive>,
    allow: Record<string, string> = {},
    sources: string[] = [],
  ) => {
    const [wheel, sdist] = [wheelFile(), sdistFile()]
    const entries = [...wheel.entries, ...(more.entries ?? [])]
    const names = sources.map((each) => entry(`quayside-1.2.0/${each}`, each))
    const files = [
      wheelFile({ ...more, entries }),
      sdistFile({
        entries: [...sdist.entries, ...names],
        settings: '[project.scripts]\nquay = "quayside:main"\n',
      }),
    ]
    const gates = resolveGates({ allow }, [])
    return judgeFiles(facts(files), expected({ gates })).refused
  }
  const holding = (path: string) => ({ entries: [entry(path, "made")] })

  it.each([
    [
      "compiled code, which Python takes before the source of that name,",
      holding("quayside/__init__.abi3.so"),
      "has compiled code, which its build added, and which Python takes before the source of that name: `quayside/__init__.abi3.so`",
      "quayside/__init__.abi3.so",
    ],
    [
      "a package in the place of a module,",
      {
        entries: [
          entry("quayside/auth.py", "scripts/auth.py"),
          entry("quayside/auth/__init__.py", "scripts/fake.py"),
        ],
      },
      "has a package beside a module of that name, which only its build can have made, and which Python takes before the module: `quayside/auth/__init__.py`",
      "quayside/auth/__init__.py",
    ],
    [
      "a command of which the project has no file",
      holding("quayside-1.2.0.data/scripts/quay"),
      "brings commands of which the project has no file by that name outside of tests, docs and examples: `quayside-1.2.0.data/scripts/quay`",
      "quayside-1.2.0.data/scripts/quay",
    ],
    [
      "an entry point that no settings name",
      {
        entryPoints: [{ group: "pytest11", name: "evil", value: "evil:x" }],
      },
      "has entry points that no settings in the sdist name: `entry-points/pytest11/evil`",
      "entry-points/pytest11/evil",
    ],
    [
      "a requirement that no file of the project names",
      { unnamed: { requires: ["evil-boat"], urls: [], beside: [] } },
      "requires what no file of the project names: `evil-boat`",
      "evil-boat",
    ],
    [
      "an address that no file of the project names",
      { unnamed: { requires: [], urls: ["https://evil.example"], beside: [] } },
      "leads to what no file of the project names: `https://evil.example`",
      "https://evil.example",
    ],
    [
      "a platform that no file of the project names",
      { unnamed: { requires: [], urls: [], beside: ["Platform: evil"] } },
      "says in its metadata what no file of the project names: `Platform: evil`",
      "Platform: evil",
    ],
  ])("%s is refused, unless it is allowed", (_, more, told, path) => {
    const sources = ["scripts/auth.py", "scripts/fake.py"]
    const refused = (files: Partial<Archive>, allow = {}) =>
      refusedWith(files, allow, sources)
    expect(refused(more)).toEqual([
      `${WHEEL} ${told}. If that is meant, allow it in \`[tool.shipwheel.allow]\` with its reason`,
    ])
    expect(refused(more, { [path]: "meant" })).toEqual([])
  })

  it("a module of the project that the sdist does not have is refused, unless a build writes the version there", () => {
    const judged = (path: string, inSdist: string[] = [], allow = {}) => {
      const [wheel, sdist] = [wheelFile(), sdistFile()]
      const also = inSdist.map((each) => entry(`quayside-1.2.0/${each}`))
      const files = [
        { ...wheel, entries: [...wheel.entries, entry(path, "a fake")] },
        { ...sdist, entries: [...sdist.entries, ...also] },
      ]
      const tracked = [`src/${path}`, "tests/quayside/other.py"]
      const gates = resolveGates({ allow }, [])
      return judgeFiles(
        facts(files),
        expected({ gates, tracked }),
      ).refused.filter((each) => each.includes("took something else"))
    }
    const path = "quayside/berths.py"
    expect(judged(path)).toEqual([
      `${WHEEL} has \`${path}\`, which the project has, and the sdist that it is made from has not: its build took something else for it. If that is meant, allow it in \`[tool.shipwheel.allow]\` with its reason`,
    ])
    expect(judged(path, [], { [path]: "meant" })).toEqual([])
    expect(judged(path, [`src/${path}`])).toEqual([])
    expect(judged("quayside/_version.py")).toEqual([])
    expect(judged("quayside/words.txt")).toEqual([])
  })

  it("a page's script of the project that the sdist does not have is refused as well, unless a frontend writes it", () => {
    const path = "quayside/static/app.js"
    const judged = (destinations: readonly string[]) =>
      judgeFiles(
        facts([
          wheelFile({ entries: [...wheelFile().entries, entry(path, "made")] }),
          sdistFile(),
        ]),
        expected({ tracked: [`src/${path}`], destinations }),
      ).refused.filter((each) => each.includes("took something else"))
    expect(judged([])).toEqual([expect.stringContaining(`has \`${path}\``)])
    expect(judged(["src/quayside/static"])).toEqual([])
  })

  it("a package beside a module is the project's own where the sdist and its source have both", () => {
    const both = ["quayside/auth.py", "quayside/auth/__init__.py"]
    const files = facts([
      wheelFile({ entries: both.map((each) => entry(each, each)) }),
      sdistFile({
        entries: both.map((each) => entry(`quayside-1.2.0/src/${each}`, each)),
      }),
    ])
    const hiding = (present: string[]) =>
      judgeFiles(files, expected({ present })).refused.filter((each) =>
        each.includes("before the module"),
      )
    expect(hiding(both.map((each) => `src/${each}`))).toEqual([])
    expect(hiding([])).toEqual([
      expect.stringMatching(
        /^forbidden: `quayside-1\.2\.0\.tar\.gz` .*: `src\/quayside\/auth\/__init__\.py`\./,
      ),
    ])
  })

  it("nothing is refused that the sdist has, or its settings name", () => {
    const command = "quayside-1.2.0.data/scripts/run"
    const same = { entries: [entry(command, "scripts/run.sh")] }
    expect(refusedWith(same, {}, ["scripts/run.sh"])).toEqual([])
    const point = { group: "console_scripts", name: "quay" }
    const value = "quayside:main"
    expect(refusedWith({ entryPoints: [{ ...point, value }] })).toEqual([])
    for (const other of [
      { ...point, value: "quayside.b:main" },
      { ...point, value: "side:main" },
      // Of each the letters are there.
      { ...point, name: "uay", value },
      { ...point, name: "scripts", value },
    ])
      expect(refusedWith({ entryPoints: [other] })).toHaveLength(1)
  })

  it.each([
    'quay = "quayside:main"',
    '"ship" = "quayside:ship"\n"quay" = "quayside:main"\n"raft" = "quayside:raft"',
    '"quay" = { reference = "quayside:main", type = "console" }',
    '[tool.poetry.scripts.quay]\nreference = "quayside:main"',
    "[options.entry_points]\nconsole_scripts =\n    quay = quayside:main [fast]",
    "setup(entry_points={'console_scripts': ['quay=quayside:main']})",
    '{"console_scripts": ["quay = quayside:main"]}',
  ])("an entry point is named by %j", (settings) => {
    const point = { group: "console_scripts", name: "quay" }
    const wheel = wheelFile({
      entryPoints: [{ ...point, value: "quayside:main [fast]" }],
    })
    const files = facts([wheel, sdistFile({ settings })])
    expect(judgeFiles(files, expected()).refused).toEqual([])
  })

  it("a wheel for every platform that says it is for one is refused, unless settings ask for that or it is allowed", () => {
    const path = "Root-Is-Purelib: false"
    const refusedOf = (settings: string, allow = {}) =>
      judgeFiles(
        facts([wheelFile({ platlib: true }), sdistFile({ settings })]),
        expected({ gates: resolveGates({ allow }, []) }),
      ).refused
    expect(refusedOf("[project]")).toEqual([
      expect.stringContaining(
        `no settings of the project ask for: \`${path}\``,
      ),
    ])
    for (const asking of ["is-purelib = false", "[tool.hatch.build.hooks.a]"])
      expect(refusedOf(asking)).toEqual([])
    expect(refusedOf("[project]", { [path]: "meant" })).toEqual([])
  })

  it("compiled code is refused whatever the wheel is called, and a wheel for a platform where no settings ask for one", () => {
    const name = "quayside-1.2.0-cp312-cp312-manylinux_2_17_x86_64.whl"
    const compiled = { ...holding("quayside/fast.abi3.so"), name }
    const tags = "cp312-cp312-manylinux_2_17_x86_64"
    const told = [
      expect.stringContaining("has compiled code, which its build added"),
      expect.stringContaining(
        `is not for every platform, and no settings of the project ask for that, so that all others get the sdist alone: \`${tags}\``,
      ),
    ]
    expect(refusedWith(compiled)).toEqual(told)
    expect(refusedWith({ name }, { [tags]: "meant" })).toEqual([])
    for (const settings of [
      "[bdist_wheel]\nplat-name = manylinux",
      "a.hooks.b",
    ])
      expect(
        judgeFiles(
          facts([wheelFile({ name }), sdistFile({ settings })]),
          expected(),
        ).refused,
      ).toEqual([])
    expect(
      refusedWith({ name: "quayside-1.2.0-py2.py3-none-any.whl" }),
    ).toEqual([])
  })
})

describe("what a build adds to the wheel by way of the sdist", () => {
  const added = (
    inSdist: string,
    inWheel: string | undefined,
    changes: Partial<Expected> = {},
    settings = "",
    unlike: "made" | "moved" = "made",
  ) => {
    const more = { ...entry(`quayside-1.2.0/${inSdist}`, "new"), unlike }
    const { entries } = wheelFile()
    const files = facts([
      wheelFile({
        entries: [...entries, ...(inWheel ? [entry(inWheel, "new")] : [])],
      }),
      sdistFile({ entries: [...sdistFile().entries, more], settings }),
    ])
    return judgeFiles(files, expected(changes)).refused
  }
  const DATA = "quayside-1.2.0.data"

  it.each([
    ["bin/evil", `${DATA}/scripts/evil`, "brings commands of which"],
    ["conf/pip.conf", `${DATA}/data/pip.conf`, "puts into the environment"],
    ["src/requests/api.py", "requests/api.py", "brings `requests`"],
    ["src/quayside/a.so", "quayside/a.so", "has compiled code"],
  ])("is refused all the same: %s", (inSdist, inWheel, told) => {
    const refused = added(inSdist, inWheel)
    const ofWheel = refused.filter((each) => each.includes("none-any.whl`"))
    expect(ofWheel).toEqual([expect.stringContaining(told)])
  })

  it.each([
    ["src/quayside/a.so", "has compiled code, which its build added"],
    ["src/requests/api.py", "brings `requests`, of which the project has"],
    ["src/evil.py", "brings `evil.py`"],
  ])("is refused in the sdist, too: %s", (path, told) => {
    const name = "forbidden: `quayside-1.2.0.tar.gz`"
    const refused = added(path, undefined)
    expect(refused).toEqual([expect.stringContaining(told)])
    expect(refused[0]).toContain(name)
    const gates = resolveGates({ allow: { [path]: "meant" } }, [])
    expect(added(path, undefined, { gates })).toEqual([])
  })

  it.each<[string, string, Partial<Expected>, string]>([
    ["src/more/a.py", "more/a.py", { present: ["src/more/b.py"] }, ""],
    ["src/quay_version.py", "quay_version.py", {}, ""],
    ["src/quayside/gen.py", "quayside/gen.py", {}, ""],
    ["web/x.py", "web/x.py", { destinations: ["web"] }, ""],
    ["bin/x", `${DATA}/scripts/x`, { destinations: ["bin"] }, ""],
    ["lib/x.py", "lib/x.py", {}, '"../shared/lib" = "lib"'],
    ["bin/x", `${DATA}/scripts/x`, {}, '"../scripts/x" = "bin/x"'],
    ["bin/x", `${DATA}/scripts/x`, { tracked: ["bin"] }, ""],
  ])(
    "is none where the project has its name, a frontend wrote it, or it comes from around the project: %s",
    (inSdist, inWheel, changes, settings) => {
      expect(added(inSdist, inWheel, changes, settings)).toEqual([])
    },
  )

  it("is a stranger's where a file of the project was only moved there", () => {
    expect(
      added("src/requests/a.py", "requests/b.py", {}, "", "moved"),
    ).toHaveLength(1)
  })
})
