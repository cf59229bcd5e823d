import { statSync } from "node:fs"

import { beforeAll, describe, expect, it } from "vitest"

import { parseFacts } from "../../src/files/facts.js"
import { parseMetadata } from "../../src/project/metadata.js"
import { runProgram, wheelOf } from "../helpers/programs.js"
import { lines } from "../helpers/refusal.js"
import { installLinters } from "../linters/install.mjs"

const INFO = "quayside-1.2.0.dist-info"
const METADATA = lines(
  "Metadata-Version: 2.4",
  "Name: quayside",
  "Version: 1.2.0",
  "Author: Zoë",
  "Requires-Python: >=3.9",
  "Classifier: Programming Language :: Python :: 3.9",
  "Classifier: Typing :: Typed",
  "License-File: LICENSE",
  "Provides-Extra: test",
  "Requires-Dist: uvicorn",
  'Requires-Dist: fastapi>=0.110; python_version < "4"',
  'Requires-Dist: pytest; extra == "test"',
  'Requires-Dist: tomli; python_version < "3.11" and extra == "test"',
  "",
  "Requires-Dist: this-is-prose",
)
const ENTRY_POINTS = lines("[console_scripts]", "quayside = quayside.cli:main")

beforeAll(installLinters, 300_000)

/** A wheel with this metadata, and the folder that it is in. */
const made = (metadata = METADATA) =>
  wheelOf({
    "quayside/__init__.py": "",
    [`${INFO}/METADATA`]: metadata,
    [`${INFO}/RECORD`]: "quayside/__init__.py,,\n",
    [`${INFO}/entry_points.txt`]: ENTRY_POINTS,
  })

describe("a wheel's own metadata is read", () => {
  it("for the gates", () => {
    const { files } = parseFacts(runProgram("files/facts.py", made().folder))
    expect(files[0]?.metadata).toEqual({
      Name: "quayside",
      Version: "1.2.0",
      "Requires-Python": ">=3.9",
      Classifier: ["Programming Language :: Python :: 3.9", "Typing :: Typed"],
      "License-File": ["LICENSE"],
      "Metadata-Version": "2.4",
      Dynamic: [],
      "Provides-Extra": ["test"],
      "Requires-Dist": [
        "uvicorn",
        'fastapi>=0.110; python_version < "4"',
        'pytest; extra == "test"',
        'tomli; python_version < "3.11" and extra == "test"',
      ],
    })
  })

  it("for the gates, where it says next to nothing", () => {
    const bare = lines("Metadata-Version: 2.1", "Name: quayside")
    const { folder } = made(bare)
    const { files } = parseFacts(runProgram("files/facts.py", folder))
    expect(files[0]?.metadata).toEqual({
      Name: "quayside",
      "Metadata-Version": "2.1",
      ...{ Classifier: [], Dynamic: [], "License-File": [] },
      ...{ "Provides-Extra": [], "Requires-Dist": [] },
    })
  })

  it("for what it asks of an environment, extra by extra", () => {
    const text = runProgram("project/metadata.py", made().folder)
    expect(parseMetadata(text)).toEqual({
      name: "quayside",
      classifiers: ["Programming Language :: Python :: 3.9", "Typing :: Typed"],
      dependencies: ["uvicorn", 'fastapi>=0.110; python_version < "4"'],
      extras: { test: ["pytest", 'tomli; python_version < "3.11"'] },
      requiresPython: ">=3.9",
    })
  })

  it("for the install scripts", () => {
    const { wheel } = made()
    const text = runProgram("install-scripts/installable.py", wheel)
    expect(JSON.parse(text)).toEqual({
      name: "quayside",
      version: "1.2.0",
      size: statSync(wheel).size,
      requiresPython: ">=3.9",
      commands: ["quayside"],
      requirements: ['fastapi>=0.110; python_version < "4"', "uvicorn"],
    })
  })

  it("for what a verified install takes from elsewhere", () => {
    const program = "package-index/wheel_requirements.py"
    expect(runProgram(program, made().wheel)).toBe(
      lines('fastapi>=0.110; python_version < "4"', "uvicorn"),
    )
  })
})
