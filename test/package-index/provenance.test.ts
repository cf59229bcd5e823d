import { describe, expect, it } from "vitest"

import { readProvenance } from "../../src/package-index/provenance.js"

const WHEEL = "quayside-1.2.0-py3-none-any.whl"
const SDIST = "quayside-1.2.0.tar.gz"
const WHO = "octo-org/quayside (release.yml)"

const file = (name: string, changes: object = {}) => ({
  ...{ name, publishers: [WHO], offline: false, problem: null },
  ...changes,
})
const read = (
  files: object[],
  unread: string | null = null,
  attested = false,
) => readProvenance(JSON.stringify({ unread, files }), "PyPI", attested)

describe("the provenance of a release", () => {
  it("is told once for all files of one publisher", () => {
    expect(read([file(WHEEL), file(SDIST)])).toEqual({
      summary: `provenance of \`${WHEEL}\`, \`${SDIST}\` verified: ${WHO}`,
      remarks: [],
    })
  })

  it("that is wrong stops, with what is wrong of which file", () => {
    const wrong = file(WHEEL, { publishers: [], problem: "it is not" })
    expect(() => read([wrong, file(SDIST)])).toThrow(
      `what PyPI says of who published \`${WHEEL}\` can't be verified`,
    )
  })

  it("is told without what Markdown or HTML would make of an index's words", () => {
    const said = "<b> [x](y)"
    const { remarks, summary } = read(
      [file(WHEEL, { publishers: [said] })],
      `${said} \` #`,
    )
    expect(summary).toContain(`verified: \`${said}\``)
    expect(remarks[0]).toContain(`\`\`${said} \` #\`\`.`)
    expect(() => read([file(WHEEL, { problem: said })])).toThrow(
      expect.objectContaining({
        details: expect.stringContaining(
          `- \`${WHEEL}\`: \`${said}\``,
        ) as string,
      }),
    )
  })

  it("is not spoken of where nothing is attested", () => {
    const silent = [file(WHEEL, { publishers: [] })]
    expect(read(silent)).toEqual({ summary: undefined, remarks: [] })
  })

  it("that only some of the files have is remarked", () => {
    const { remarks } = read([file(WHEEL), file(SDIST, { publishers: [] })])
    expect(remarks).toEqual([`PyPI has no provenance of \`${SDIST}\`.`])
  })

  it("that is missing though the files are attested is remarked", () => {
    const silent = [file(WHEEL, { publishers: [] })]
    const { remarks, summary } = read(silent, null, true)
    expect(summary).toBeUndefined()
    expect(remarks).toEqual([`PyPI has no provenance of \`${WHEEL}\`.`])
  })

  it("that nobody could ask for is remarked, and so are roots that are not today's", () => {
    expect(read([], "it does not answer").remarks).toEqual([
      "PyPI could not be asked who published the files: it does not answer.",
    ])
    const { remarks } = read([file(WHEEL, { offline: true })])
    expect(remarks[0]).toMatch(/^Sigstore's roots of today were out of reach/)
  })
})
