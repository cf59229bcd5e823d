import { describe, expect, it } from "vitest"

import { type Stop, whyStopped } from "../../src/upload/upload.js"
import answers from "../package-index/answers/answers.json" with { type: "json" }

function stopped(status: number, said: string): Stop | undefined {
  const attempt = { outcome: "failed", cause: null, said, status } as const
  const file = { name: "boat-1.0.tar.gz", outcome: "failed" } as const
  return whyStopped({
    refused: null,
    files: [{ ...file, attempts: [attempt] }],
  })
}

/** It is not the credential, nobody was faster, and this is what helps. */
const helps = (words: string) => ({
  denied: false,
  taken: false,
  next: expect.stringContaining(words) as string,
})

const MEANINGS: Readonly<Record<string, Partial<Stop>>> = {
  taken: { denied: false, taken: true },
  denied: { denied: true, taken: false },
  burnt: helps("can never be used again"),
  second: helps("an sdist under another name"),
  old: helps("Release a new version"),
  foreign: helps("ask an owner of the project to add you"),
  name: helps("choose another one for `[project]`"),
  publisher: helps("the name in the pending publisher"),
  account: helps("in the account that made it"),
  size: helps("or the proxy before it, for a higher limit"),
  later: helps("run the same command again later"),
  file: helps("mend what it says"),
}

describe("what an index answers to an upload", () => {
  it.each(answers)("is understood: $index ($source)", (answer) => {
    const meant = MEANINGS[answer.means]
    expect(meant).toBeDefined()
    expect(stopped(answer.status, answer.said)).toMatchObject(meant ?? {})
  })

  it("is told in its own words", () => {
    for (const { said, status } of answers)
      expect(stopped(status, said)?.cause).toContain(said.slice(0, 20))
  })

  it("is shown as code where Markdown or HTML would make something of it", () => {
    const said = "# no [click](javascript:x) `rm` <b>"
    expect(stopped(400, said)?.cause).toBe(
      "`boat-1.0.tar.gz`: ``# no [click](javascript:x) `rm` <b>``",
    )
  })
})

describe("an identity that was not exchanged", () => {
  it("where the index knows of none was not denied, and a password is asked for", () => {
    const cause = "https://index.example/_/oidc/audience answers 404"
    const refused = { cause, denied: true }
    expect(whyStopped({ refused, files: [] })).toMatchObject({
      cause,
      denied: false,
      next: expect.stringMatching(
        /no Trusted Publishing.*`--password` of `index` without `--trusted`/,
      ) as string,
    })
  })

  it.each([
    ["audience", /^No identity was shown to it: whoever runs the index has to/],
    ["identity", /^No identity was shown to the index\. Let the CI make one/],
    ["index", /^The same again changes nothing: ask whoever runs the index/],
    ["ci", /^Correct `--identity-url`/],
  ] as const)(
    "because of what nobody has denied is told with what helps: %s",
    (whose, next) => {
      const refused = { cause: "it answers", denied: false, whose }
      expect(whyStopped({ refused, files: [] })).toMatchObject({
        denied: false,
        next: expect.stringMatching(next) as string,
      })
    },
  )

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
