import { expect, it } from "vitest"

import { refuseShallow } from "../../src/next/stage.js"
import { checkout, recordCalls } from "../helpers/recorded-engine.js"

const asked = (shallow: boolean) =>
  recordCalls(() => refuseShallow(checkout("project")), {
    "exists .git/shallow": shallow,
  })

it("no release is called the first in a shallow clone, which may lack the tags of others", async () => {
  await expect(asked(true)).rejects.toThrow(
    /^tag: which release is the last can't be known: the repository is a shallow clone[^]*`git fetch --unshallow --tags`/,
  )
})

it("where the whole repository has no tag, it may be the first", async () => {
  await expect(asked(false)).resolves.toBeDefined()
})
