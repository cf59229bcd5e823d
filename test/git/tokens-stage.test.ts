import { dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { refuseMangledTokens } from "../../src/git/tokens-stage.js"
import { recordCalls } from "../helpers/recorded-engine.js"

type Option = "npmToken" | "pythonToken"

async function said(option: Option, plaintext: string, pythonUser?: string) {
  const { result } = await recordCalls(
    () => {
      const given = { [option]: dag.setSecret(option, plaintext), pythonUser }
      return refuseMangledTokens(given).then(() => "", String)
    },
    { plaintext },
  )
  return result
}

describe.each<[Option, string]>([
  ["npmToken", "--npm-token"],
  ["pythonToken", "--python-token"],
])("what a private registry wants to see, %s", (option, name) => {
  it.each([
    ["pypi-hunter2\r\nline", "begins or ends with white space or holds a line"],
    ["hunter2\n", "begins or ends with white space or holds a line break"],
    ["hunter2 line", "has a blank or a special letter in it"],
    ["hunter2ä", "has a blank or a special letter in it"],
    [" ", "is empty"],
  ])("is refused by name before anybody sees it: %j", async (text, what) => {
    const told = await said(option, text)
    expect(told).toContain(`credential: the value of \`${name}\` ${what}`)
    expect(told).toContain(
      "Check the name of the variable or file that it comes from, and that nothing but the token is in there.",
    )
    expect(told).not.toContain("hunter2")
  })

  it("is taken as it is", async () => {
    expect(await said(option, "npm_abc123")).toBe("")
  })
})

it("a password of a user may have blanks", async () => {
  expect(await said("pythonToken", "a pass phrase", "me")).toBe("")
  expect(await said("pythonToken", "a\nphrase", "me")).toContain("line break")
})
