import { expect, it } from "vitest"

import { type Checkable, readFacts } from "../../src/files/stage.js"
import type { Around } from "../../src/git/around-stage.js"
import { alone } from "../../src/git/locate-stage.js"
import { shownCalls } from "../helpers/call-chain.js"
import { facts, wheelFile } from "../helpers/files.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"

/** How the facts are read of a wheel with or without a word that the project does not say. */
async function asked(word: string | undefined, around: boolean) {
  const requires = word === undefined ? [] : [word]
  const unnamed = { requires, urls: [], beside: [] }
  const { calls } = await recordCalls(
    () => {
      const place = alone(folder("project"))
      const given: Around = { path: "wren/", files: folder("given"), links: [] }
      return readFacts({
        ...{ built: [], dist: folder("dist"), version: undefined },
        place: around ? { ...place, around: given } : place,
        project: { mirrors: {} } as Checkable,
      })
    },
    { "python /facts.py": JSON.stringify(facts([wheelFile({ unnamed })])) },
  )
  return calls.allOf("python /facts.py").map((chain) => shownCalls(chain))
}

it("what a build was not given around its project says nothing of its metadata", async () => {
  const [, wider = []] = await asked("evil-tools", true)
  expect(wider).toContain(
    "withMountedDirectory /around <filter **/.git **/node_modules>",
  )
})

it.each([
  ["the project says all", undefined, true],
  ["nothing is around it", "evil-tools", false],
])("nothing more is asked where %s", async (_, word, around) => {
  expect(await asked(word, around)).toHaveLength(1)
})
