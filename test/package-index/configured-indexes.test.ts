import { describe, expect, it } from "vitest"

import { Problems } from "../../src/errors.js"
import { resolveIndexes } from "../../src/package-index/configured-indexes.js"
import { Sources } from "../../src/reading/sources.js"

const PATH = "keys/sigstore.json"
const TRUST = JSON.stringify({
  mediaType: "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
})
const SAID = {
  name: "company",
  url: "https://packages.example/simple/",
  "publish-url": "https://packages.example/upload/",
}
const SIGNED = { ...SAID, attestations: true, sigstore: PATH }

function resolved(said: typeof SAID | typeof SIGNED, text?: string) {
  const problems = new Problems()
  const texts = new Map(text === undefined ? [] : [[PATH, text]])
  const sources = new Sources(new Set(texts.keys()), texts)
  const [index] = resolveIndexes([said], sources, problems)
  return { index, problems: problems.all.map(({ what }) => what) }
}

describe("an index of one's own", () => {
  it("is signed for by the public Sigstore unless a file of the project says otherwise", () => {
    expect(resolved(SAID).index).toMatchObject({ sigstore: undefined })
    const { index, problems } = resolved(SIGNED, TRUST)
    expect(index).toMatchObject({ attests: true, sigstore: TRUST })
    expect(problems).toEqual([])
  })

  it.for([
    ["is not there", undefined, "which is not there"],
    ["is no JSON", "[", "which is no client trust config"],
    ["is another JSON", "{}", "which is no client trust config"],
  ] as const)("is refused where that file %s", ([, text, says]) => {
    const { problems } = resolved(SIGNED, text)
    expect(problems).toEqual([
      `\`sigstore\` of the index \`company\` names \`${PATH}\`, ${says}`,
    ])
  })

  it("is refused where it takes no attestations, and a Sigstore is named for it", () => {
    const { problems } = resolved({ ...SIGNED, attestations: false }, TRUST)
    expect(problems[0]).toMatch(/and the index takes none$/)
  })
})
