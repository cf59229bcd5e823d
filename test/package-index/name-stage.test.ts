import { describe, expect, it } from "vitest"

import { toolsContainer } from "../../src/containers/images.js"
import { refuseSimilar } from "../../src/package-index/name-stage.js"
import { beyond, shownCalls } from "../helpers/call-chain.js"
import { indexOf } from "../helpers/indexes.js"
import { chainOf, recordCalls } from "../helpers/recorded-engine.js"

const ASK = "python /similar_names.py"
const PUBLIC = {
  name: "PyPI",
  option: "pypi",
  simpleUrl: "https://pypi.example/simple/",
}
const asked = (found: string, changes = {}) =>
  recordCalls(() => refuseSimilar(indexOf(changes), "b0at"), { [ASK]: found })

describe("a new project", () => {
  it("is refused by a public index for a name like another one's", async () => {
    await expect(asked("boat\nb-oat\n", PUBLIC)).rejects.toThrow(
      /PyPI has no project `b0at` and takes none of that name, which is too similar to `boat`, `b-oat`\n.*Choose another name/,
    )
  })

  it("may have a name that is like none", async () => {
    const { calls } = await asked("", PUBLIC)
    const base = await chainOf(() => toolsContainer({}))
    expect(beyond(base, calls.of(ASK)).slice(1)).toEqual([
      "withMountedFile /asking.py <file src/package-index/asking.py>",
      "withMountedFile /similar_names.py <file src/package-index/similar_names.py>",
      `withExec ${ASK} https://pypi.example/simple/ b0at`,
      "stdout",
    ])
    expect(shownCalls(calls.of(ASK)).join()).toContain("SHIPWHEEL_RUN")
  })

  it("may have any name on an index of one's own", async () => {
    const { calls } = await asked("boat\n")
    expect(calls.allOf(ASK)).toEqual([])
  })
})
