import { writeFileSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, describe, expect, it } from "vitest"

import { newFolder, runBeside } from "../helpers/programs.js"
import { lines } from "../helpers/refusal.js"
import { installLinters } from "../linters/install.mjs"

beforeAll(installLinters, 300_000)

/** Whether an identity for an audience may be shown at each of these addresses, where a service of this machine stands in for a host. */
async function shown(audience: string, near: string | null, ...urls: string[]) {
  const path = join(newFolder(), "asks.py")
  const rest = [audience, near].map((each) => JSON.stringify(each)).join(", ")
  const asks = `[may_be_shown(each, ${rest.replace("null", "None")}) for each in ${JSON.stringify(urls)}]`
  const ask = `print(json.dumps(${asks}))`
  writeFileSync(
    path,
    lines("import json", "from own_sigstore import may_be_shown", ask),
  )
  const { stdout } = await runBeside(path, [])
  return JSON.parse(stdout) as boolean[]
}

describe("an identity for attestations", () => {
  it("that is for the public Sigstore is shown to hosts of Sigstore alone, and never in the open", async () => {
    const right = ["https://fulcio.sigstore.dev", "https://sigstore.dev"]
    const wrong = [
      ...["http://fulcio.sigstore.dev", "https://sigstore.dev.example"],
      ...["https://notsigstore.dev", "https://fulcio.sigstore.dev@example.org"],
      "https://sigstore.own.example",
    ]
    expect(await shown("sigstore", null, ...right)).toEqual([true, true])
    expect(await shown("sigstore", "fulcio.sigstore.dev", ...wrong)).toEqual(
      wrong.map(() => false),
    )
  })

  it("that is for another Sigstore is shown to its host alone, in the open only where that is a service of this machine", async () => {
    const own = "sigstore.own.example"
    const urls = [`https://${own}`, `http://${own}`]
    expect(await shown(own, null, ...urls)).toEqual([true, false])
    expect(await shown(own, own, ...urls)).toEqual([true, true])
    const others = ["https://other.example", "https://fulcio.sigstore.dev"]
    expect(await shown(own, own, ...others)).toEqual([false, false])
  })
})
