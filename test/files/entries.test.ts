import { describe, expect, it } from "vitest"

import { misrecorded } from "../../src/files/record.js"
import { entry, recordOf, sdistFile, wheelFile } from "../helpers/files.js"

const NAME = "quayside-1.2.0-py3-none-any.whl"
const FILES = [entry("quayside/__init__.py"), entry("quayside/berths.py", "b")]
const wheel = (entries: typeof FILES, record = recordOf(FILES)) =>
  misrecorded(wheelFile({ entries, record }))

describe("a wheel", () => {
  it("holds what its RECORD lists, and its signatures", () => {
    const info = "quayside-1.2.0.dist-info/RECORD"
    const own = ["", ".jws", ".p7s"].map((end) => entry(`${info}${end}`))
    expect(wheel([...FILES, ...own])).toStrictEqual([])
  })

  it("must have a RECORD", () => {
    expect(misrecorded({ ...wheelFile(), record: undefined })).toStrictEqual([
      `\`${NAME}\` has no RECORD`,
    ])
  })

  it("is refused with all that differs", () => {
    const entries = [entry("quayside/berths.py", "c"), entry("extra.py")]
    expect(wheel(entries)).toStrictEqual([
      `\`${NAME}\` holds what its RECORD does not list: \`extra.py\``,
      `\`${NAME}\` holds other bytes than its RECORD says: \`quayside/berths.py\``,
      `\`${NAME}\` lacks what its RECORD lists: \`quayside/__init__.py\``,
    ])
  })
})

describe("an sdist", () => {
  it("has no RECORD to hold it to", () => {
    expect(misrecorded(sdistFile())).toStrictEqual([])
  })
})
