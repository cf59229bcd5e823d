import { beforeAll, describe, expect, it } from "vitest"

import { core, FORMS, PASSWORD, USER } from "../helpers/answering.js"
import { runBeside } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

/** Hides a secret, and says what is left of each text. */
const HIDE = `
import json, sys
from asking import Secrets
user, secret, *texts = json.loads(sys.argv[1])
secrets = Secrets()
secrets.hide(secret, user)
print(json.dumps([secrets.redact(each) for each in texts]))
`

async function hidden(
  secret: string,
  texts: readonly string[],
): Promise<string[]> {
  const given = JSON.stringify([USER, secret, ...texts])
  const { stdout } = await runBeside("-c", [HIDE, given])
  return JSON.parse(stdout) as string[]
}

let left: string[]

beforeAll(async () => {
  installLinters()
  left = await hidden(
    PASSWORD,
    FORMS.map(([, form]) => `so: ${form}, you`),
  )
}, 300_000)

describe("a secret is hidden", () => {
  it.for(FORMS.map(([name, form], at) => ({ name, form, at })))(
    "$name",
    ({ at, form }) => {
      expect(left[at]).toMatch(/^so: .{0,8}\*\*\*.{0,8}, you$/)
      expect(left[at]).not.toContain(core(form))
    },
  )

  it("also where it is very short, as it is", async () => {
    expect(await hidden("abc", ["abcabc, bc"])).toEqual(["******, bc"])
  })

  it("where each letter is written in another way", async () => {
    const said = 's%C3%A4l\\u0074%2579&#32;&quot;d\\x6fg" &amp;amp; <rum>/\\+'
    expect(await hidden(PASSWORD, [said])).toEqual(["***"])
  })

  it("of many letters, also where a part of it is quoted", async () => {
    const token = Array.from({ length: 3000 }, (_, at) => at * 7919).join("-")
    const inBase64 = Buffer.from(token).toString("base64")
    const texts = [`<${token.slice(40, 80)}>`, `<${inBase64.slice(9, 33)}>`]
    expect(await hidden(token, texts)).toEqual(["<***>", "<***>"])
  })

  it("and what is beside it, or is none of its forms, stays", async () => {
    const texts = ["harbour is closed", "salty dog & rum", "", "***"]
    expect(await hidden(PASSWORD, texts)).toEqual(texts)
  })

  it("and where there is none, nothing is", async () => {
    expect(await hidden("", ["harbour:"])).toEqual(["harbour:"])
  })
})
