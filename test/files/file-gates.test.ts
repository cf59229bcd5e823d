import { describe, expect, it } from "vitest"

import { resolveGates } from "../../src/config/gate-config.js"
import type { Archive } from "../../src/files/facts.js"
import { type Expected, GATES, judgeFiles } from "../../src/files/file-gates.js"
import {
  entry,
  expected,
  facts,
  holding,
  METADATA,
  recordOf,
  refused,
  sdistFile,
  wheelFile,
} from "../helpers/files.js"

describe("files that are in order", () => {
  it("pass every gate without a word", () => {
    const { passed, refused, remarks } = judgeFiles(facts(), expected())
    expect(passed).toStrictEqual(GATES.map(({ name }) => name))
    expect(refused).toStrictEqual([])
    expect(remarks).toStrictEqual([])
  })
})

describe("names and metadata", () => {
  it("refuse a file that carries another version than the tag", () => {
    const late = wheelFile({ name: "quayside-1.1.0-py3-none-any.whl" })
    expect(refused(facts([late, sdistFile()]))).toStrictEqual([
      "names: `quayside-1.1.0-py3-none-any.whl` carries version 1.1.0, the tag says 1.2.0",
    ])
  })

  it("tell what settings add to the names, where they do", () => {
    const advice = (settings: string, name: string) =>
      judgeFiles(
        facts([wheelFile({ name }), sdistFile({ settings })]),
        expected(),
      ).advice.join("\n")
    const late = "quayside-1.2.0.dev7-py3-none-any.whl"
    expect(advice("[egg_info]\ntag_build = \ntag_date = 0\n", late)).toContain(
      "let it take name and version from where the project has them",
    )
    expect(advice("[egg_info]\ntag_build = .dev7\n", late)).toContain(
      "Take `tag_build` and `tag_date` out of `[egg_info]` in `setup.cfg`",
    )
    const tagged = "quayside-1.2.0-py313-none-any.whl"
    expect(advice("[bdist_wheel]\npython-tag = py313\n", tagged)).toMatch(
      /^Take `python_tag` out of `\[bdist_wheel\]`/,
    )
    const script =
      "class own(bdist_wheel):\n  def initialize_options(self):\n    self.python_tag = python()"
    expect(advice(script, tagged)).toMatch(
      /^The `python_tag` of `bdist_wheel` says that, in `setup\.py` .* `pythons`/,
    )
    expect(advice(script, tagged)).not.toContain("version-in")
  })

  it("refuse a wheel that says otherwise of itself than its name", () => {
    const other = wheelFile({ mislabelled: ["Tag: cp39-cp39-win32"] })
    expect(refused(facts([other, sdistFile()]))).toStrictEqual([
      expect.stringMatching(/^names: .*says in its WHEEL/),
    ])
    const { advice } = judgeFiles(facts([other, sdistFile()]), expected())
    expect(advice).toEqual([expect.stringMatching(/^The backend writes WHEEL/)])
  })

  it("refuse metadata that says another version than the tag", () => {
    const late = sdistFile({ metadata: { ...METADATA, Version: "1.1.0" } })
    expect(refused(facts([wheelFile(), late]))).toStrictEqual([
      "metadata: the metadata of `quayside-1.2.0.tar.gz` says version 1.1.0, the tag says 1.2.0",
    ])
  })

  it("take a name in another spelling, and refuse another name", () => {
    const named = (Name: string) =>
      refused(
        facts([wheelFile({ metadata: { ...METADATA, Name } }), sdistFile()]),
      )
    expect(named("Quayside")).toStrictEqual([])
    expect(named("quay")).toStrictEqual([
      "metadata: the metadata of `quayside-1.2.0-py3-none-any.whl` has the name `quay`",
    ])
  })

  it("refuse a file without metadata", () => {
    const bare = {
      ...{ Classifier: [], Dynamic: [], "License-File": [] },
      ...{ "Provides-Extra": [], "Requires-Dist": [] },
    }
    expect(
      refused(facts([wheelFile({ metadata: bare }), sdistFile()])),
    ).toStrictEqual([
      "metadata: the metadata of `quayside-1.2.0-py3-none-any.whl` has the name `none`",
      "metadata: the metadata of `quayside-1.2.0-py3-none-any.whl` says version none, the tag says 1.2.0",
    ])
  })
})

describe("the RECORD of a wheel", () => {
  const init = entry("quayside/__init__.py")
  const licence = entry("quayside-1.2.0.dist-info/licenses/LICENSE")
  const judged = (record: Record<string, string> | undefined) =>
    refused(
      facts([
        { ...wheelFile({ entries: [init, licence] }), record },
        sdistFile(),
      ]),
    )

  it("has to be there", () => {
    expect(judged(undefined)).toStrictEqual([
      "record: `quayside-1.2.0-py3-none-any.whl` has no RECORD",
    ])
  })

  it("has to list what is in the wheel, with its hash, and nothing else", () => {
    const listed = { [licence.name]: "other", "quayside/gone.py": "x" }
    expect(judged(listed)).toStrictEqual([
      "record: `quayside-1.2.0-py3-none-any.whl` holds what its RECORD does not list: `quayside/__init__.py`",
      "record: `quayside-1.2.0-py3-none-any.whl` holds other bytes than its RECORD says: `quayside-1.2.0.dist-info/licenses/LICENSE`",
      "record: `quayside-1.2.0-py3-none-any.whl` lacks what its RECORD lists: `quayside/gone.py`",
    ])
  })

  it("has to have a hash of each file, which an installer holds it against", () => {
    const right = recordOf([init, licence])
    expect(judged({ ...right, [init.name]: "" })).toStrictEqual([
      "record: `quayside-1.2.0-py3-none-any.whl` has no SHA-256 in its RECORD of: `quayside/__init__.py`",
    ])
    expect(judged(right)).toStrictEqual([])
  })
})

describe("Python versions", () => {
  const claiming = (range: string, ...pythons: string[]) => {
    const Classifier = pythons.map(
      (each) => `Programming Language :: Python :: ${each}`,
    )
    const metadata = { ...METADATA, "Requires-Python": range, Classifier }
    return facts([wheelFile({ metadata }), sdistFile()])
  }

  it("refuse a classifier that Requires-Python excludes", () => {
    expect(refused(claiming(">=3.9", "3", "3.8", "3.9", "3.12"))).toStrictEqual(
      [
        "classifiers: classifiers name Python 3.8, which `Requires-Python: >=3.9` excludes",
      ],
    )
  })

  it("refuse a Python of the matrix that Requires-Python excludes", () => {
    expect(refused(claiming(">=3.10", "3.12"))).toStrictEqual([
      "classifiers: Python 3.9 is in the matrix, and `Requires-Python: >=3.10` excludes it",
    ])
  })

  it("remark on what is claimed and was not tested, and the reverse", () => {
    const { refused, remarks } = judgeFiles(
      claiming(">=3.9", "3.12", "3.13"),
      expected(),
    )
    expect(refused).toStrictEqual([])
    expect(remarks).toStrictEqual([
      "The classifiers name Python 3.13, on which nothing was tested.",
      "No classifier names Python 3.9, which passed.",
    ])
  })
})

describe("licence files", () => {
  it("have to be in the wheel's metadata and in the sdist", () => {
    const bare = [entry("quayside/__init__.py"), entry("quayside/LICENSE")]
    expect(
      refused(
        facts([wheelFile({ entries: bare }), sdistFile({ entries: [] })]),
      ),
    ).toStrictEqual([
      "licence: none of `LICENSE` is in `quayside-1.2.0-py3-none-any.whl`",
      "licence: none of `LICENSE` is in `quayside-1.2.0.tar.gz`",
    ])
  })

  it("are only missed aloud where the project has none", () => {
    const { refused, remarks } = judgeFiles(
      facts([wheelFile({ entries: [] }), sdistFile({ entries: [] })]),
      expected({ licences: [] }),
    )
    expect(refused).toStrictEqual([])
    expect(remarks).toStrictEqual([
      "The project has no licence file at its top.",
    ])
  })
})

describe("the frontend", () => {
  const OUTPUT = { "index.html": "hash of page", "_next/a.js": "hash of a" }
  const wanted = expected({ destinations: ["src/quayside/frontend"] })
  const wheel = (...entries: ReturnType<typeof entry>[]) =>
    wheelFile({ entries: [...wheelFile().entries, ...entries] })
  const sdist = (...entries: ReturnType<typeof entry>[]) =>
    sdistFile({ entries: [...sdistFile().entries, ...entries] })
  const whole = (prefix: string) => [
    entry(`${prefix}/index.html`, "page"),
    entry(`${prefix}/_next/a.js`, "a"),
  ]
  const SDIST = "quayside-1.2.0/src/quayside/frontend"
  const good = sdist(...whole(SDIST))

  it("passes when all of its files are in both archives with the same bytes", () => {
    const files = [wheel(...whole("quayside/frontend")), good]
    expect(refused(facts(files, [OUTPUT]), wanted)).toStrictEqual([])
  })

  it("is missed in the wheel by name", () => {
    const half = wheel(entry("quayside/frontend/index.html", "page"))
    expect(refused(facts([half, good], [OUTPUT]), wanted)).toStrictEqual([
      "frontend: `quayside-1.2.0-py3-none-any.whl` lacks the frontend's files in `quayside/frontend`: `_next/a.js` (1 of 2 files)",
    ])
  })

  it("is missed in the sdist by name", () => {
    const files = [wheel(...whole("quayside/frontend")), sdist()]
    expect(refused(facts(files, [OUTPUT]), wanted)).toStrictEqual([
      "frontend: `quayside-1.2.0.tar.gz` lacks the frontend's files in `src/quayside/frontend`: `index.html`, `_next/a.js` (2 of 2 files)",
    ])
  })

  it("is refused with other bytes, and with files of another build", () => {
    const stale = wheel(
      entry("quayside/frontend/index.html", "an older page"),
      entry("quayside/frontend/_next/a.js", "a"),
      entry("quayside/frontend/_next/old.js", "old"),
    )
    expect(refused(facts([stale, good], [OUTPUT]), wanted)).toStrictEqual([
      "frontend: `quayside-1.2.0-py3-none-any.whl` has other bytes than the frontend's in `quayside/frontend`: `index.html` (1 of 2 files)",
      "frontend: `quayside-1.2.0-py3-none-any.whl` has files that the frontend did not write in `quayside/frontend`: `quayside/frontend/_next/old.js` (1 of 2 files)",
      expect.stringMatching(/^forbidden: .* with other bytes than the sdist/),
    ])
  })

  it("is looked for where the package is, flat or not", () => {
    const flat = expected({
      packageDir: "quayside",
      destinations: ["quayside/frontend"],
    })
    const files = [
      wheel(...whole("quayside/frontend")),
      sdist(...whole("quayside-1.2.0/quayside/frontend")),
    ]
    expect(refused(facts(files, [OUTPUT]), flat)).toStrictEqual([])
  })
})

describe("what a gate refuses", () => {
  const odd = holding(wheelFile(), "quayside/a.py", "quayside/a.py")
  const CASES: [string, Archive[], Partial<Expected>, string][] = [
    ["names", [wheelFile()], {}, "The backend gives files their names"],
    [
      "metadata",
      [
        wheelFile({ metadata: { ...wheelFile().metadata, Version: "1.1" } }),
        sdistFile(),
      ],
      {},
      "The backend writes the metadata",
    ],
    [
      "record",
      [wheelFile({ record: {} }), sdistFile()],
      {},
      "The backend writes RECORD",
    ],
    [
      "classifiers",
      [wheelFile(), sdistFile()],
      { pythons: ["3.4"] },
      "Let the classifiers, `requires-python` and the Pythons",
    ],
    [
      "licence",
      [wheelFile(), sdistFile()],
      { licences: ["COPYING"] },
      "Name it as `license-files` in `[project]`",
    ],
    ["duplicates", [odd, sdistFile()], {}, "The backend packs it twice"],
    [
      "size",
      [wheelFile({ size: 2 ** 40 }), sdistFile()],
      {},
      "raise the limit in MiB in `[tool.shipwheel.size]`",
    ],
  ]

  it.each(CASES)(
    "comes with its next step: %s",
    (name, files, changes, next) => {
      const judged = judgeFiles(facts(files), expected(changes))
      expect(judged.refused.some((each) => each.startsWith(`${name}: `))).toBe(
        true,
      )
      expect(judged.advice.join("\n")).toContain(next)
    },
  )

  it("is the only thing that an advice is given for", () => {
    expect(judgeFiles(facts(), expected()).advice).toStrictEqual([])
  })
})

describe("duplicates and size", () => {
  it("refuse an entry that is in a file twice", () => {
    const twice = holding(wheelFile(), "quayside/a.py", "quayside/a.py")
    expect(refused(facts([twice, sdistFile()]))).toStrictEqual([
      "duplicates: `quayside-1.2.0-py3-none-any.whl` holds more than once: `quayside/a.py`",
    ])
  })

  it("refuse a file above the limit with its ten largest files", () => {
    const entries = Array.from({ length: 12 }, (_, at) =>
      entry(`quayside/${String(at)}.bin`, "", at * 2 ** 20),
    )
    const big = wheelFile({
      size: 101 * 2 ** 20,
      entries: [...wheelFile().entries, ...entries],
    })
    const [said = ""] = refused(facts([big, sdistFile()]))
    expect(said).toMatch(
      /^size: `quayside-1\.2\.0-py3-none-any\.whl` has 101\.0 MiB, the limit is 100\.0 MiB; its largest files: `quayside\/11\.bin` \(11\.0 MiB\), /,
    )
    expect(said.match(/\.bin/g)).toHaveLength(10)
  })

  it("take the configured limit of each kind", () => {
    const gates = resolveGates({ size: { sdist: 0.0005 } }, [])
    const said = refused(facts(), expected({ gates }))
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/^size: `quayside-1\.2\.0\.tar\.gz` has 1000 B/)
  })
})

describe("a gate that is switched off", () => {
  it("refuses nothing, and its reason is told", () => {
    const gates = resolveGates({ skip: { duplicates: "made on purpose" } }, [])
    const twice = holding(wheelFile(), "quayside/a.py", "quayside/a.py")
    const judged = judgeFiles(facts([twice, sdistFile()]), expected({ gates }))
    expect(judged.refused).toStrictEqual([])
    expect(judged.passed).not.toContain("duplicates")
    expect(judged.remarks).toStrictEqual([
      "Gate `duplicates` switched off: made on purpose.",
    ])
  })
})
