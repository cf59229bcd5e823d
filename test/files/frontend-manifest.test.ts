import { describe, expect, it } from "vitest"

import {
  missingFrontend,
  wrongFrontend,
} from "../../src/files/frontend-manifest.js"
import {
  entry,
  expected,
  facts,
  sdistFile,
  wheelFile,
} from "../helpers/files.js"

const PLACE = "src/quayside/frontend"
const PLACES = expected({ destinations: [PLACE] })
const OUTPUT = { "index.html": "hash of a", "app.js": "hash of b" }
const WHEEL = "quayside-1.2.0-py3-none-any.whl"

const wheel = (...entries: ReturnType<typeof entry>[]) =>
  facts([wheelFile({ entries })], [OUTPUT])
const WHOLE = [
  entry("quayside/frontend/index.html", "a"),
  entry("quayside/frontend/app.js", "b"),
]

const both = () => {
  const entries = WHOLE.map((each) => ({
    ...each,
    name: `quayside-1.2.0/src/${each.name}`,
  }))
  return [wheelFile({ entries: WHOLE }), sdistFile({ entries })]
}

describe("a frontend's output", () => {
  it("is in a wheel below the package, and in an sdist where the project has it", () => {
    expect(wrongFrontend(facts(both(), [OUTPUT]), PLACES)).toStrictEqual([])
    expect(missingFrontend(facts(both(), [OUTPUT]), PLACES)).toBeUndefined()
  })

  it.each([".gitignore", "img/.gitkeep", ".DS_Store", "a/b/.npmignore"])(
    "need not bring %s, which is copied along and no page asks for",
    (path) => {
      const output = { ...OUTPUT, [path]: "c" }
      expect(wrongFrontend(facts(both(), [output]), PLACES)).toEqual([])
      expect(missingFrontend(facts(both(), [output]), PLACES)).toBeUndefined()
    },
  )

  it.each([".vite/manifest.json", ".htaccess", "gitignore"])(
    "has to bring %s",
    (path) => {
      const output = { ...OUTPUT, [path]: "c" }
      const [told] = wrongFrontend(facts(both(), [output]), PLACES)
      expect(told).toContain(`\`${path}\` (1 of 3 files)`)
      expect(missingFrontend(facts(both(), [output]), PLACES)).toBeDefined()
    },
  )

  it("is refused where files are missing, and how to include them is said", () => {
    const given = wheel(...WHOLE.slice(0, 1))
    expect(wrongFrontend(given, PLACES)).toStrictEqual([
      `\`${WHEEL}\` lacks the frontend's files in \`quayside/frontend\`: \`app.js\` (1 of 2 files)`,
    ])
    expect(missingFrontend(given, PLACES)).toContain(
      'artifacts = ["/src/quayside/frontend/**"]',
    )
  })

  it("is refused with other bytes, and with files that it does not have", () => {
    const index = entry("quayside/frontend/index.html", "old")
    const old = entry("quayside/frontend/old.js")
    const given = wheel(index, ...WHOLE.slice(1), old)
    expect(wrongFrontend(given, PLACES)).toStrictEqual([
      `\`${WHEEL}\` has other bytes than the frontend's in \`quayside/frontend\`: \`index.html\` (1 of 2 files)`,
      `\`${WHEEL}\` has files that the frontend did not write in \`quayside/frontend\`: \`quayside/frontend/old.js\` (1 of 2 files)`,
    ])
    expect(missingFrontend(given, PLACES)).toBeUndefined()
  })
})
