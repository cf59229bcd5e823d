import { describe, expect, it } from "vitest"

import { type Stop, whyStopped } from "../../src/upload/upload.js"
import answers from "../package-index/answers/answers.json" with { type: "json" }

function stopped(status: number, cause: string): Stop | undefined {
  const attempt = { outcome: "failed", cause, status } as const
  const file = { name: "boat-1.0.tar.gz", outcome: "failed" } as const
  return whyStopped({
    refused: null,
    files: [{ ...file, attempts: [attempt] }],
  })
}

const MEANINGS: Readonly<Record<string, Partial<Stop>>> = {
  taken: { denied: false, taken: true },
  denied: { denied: true, taken: false },
  burnt: {
    denied: false,
    taken: false,
    next: expect.stringContaining("release a new version") as string,
  },
  second: {
    denied: false,
    taken: false,
    next: expect.stringContaining("an sdist under another name") as string,
  },
}

describe("what an index answers to an upload", () => {
  it.each(answers)("is understood: $index ($source)", (answer) => {
    expect(stopped(answer.status, answer.said)).toMatchObject(
      MEANINGS[answer.means] ?? {},
    )
  })

  it("is told in its own words", () => {
    for (const { said, status } of answers)
      expect(stopped(status, said)?.cause).toBe(`\`boat-1.0.tar.gz\`: ${said}`)
  })
})

describe("an identity that was not exchanged", () => {
  const refused = (denied: boolean) =>
    whyStopped({ refused: { cause: "it answers", denied }, files: [] })

  it.each([true, false])(
    "is denied only where somebody said so: %s",
    (denied) => {
      expect(refused(denied)).toStrictEqual({
        cause: "it answers",
        denied,
        taken: false,
        file: undefined,
      })
    },
  )
})
