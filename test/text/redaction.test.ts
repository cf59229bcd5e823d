import { describe, expect, it } from "vitest"

import { Redaction } from "../../src/text/redaction.js"
import { PASSWORD } from "../helpers/answering.js"

describe("a secret that a service says again is hidden", () => {
  it("whole, and each line of it", () => {
    const redaction = new Redaction("token one2\nline3")
    expect(redaction.text("`token one2\nline3`, line3")).toBe("`***`, ***")
  })

  it("wherever it stands in an answer, whatever its names are", () => {
    const redaction = new Redaction("hunter2hunter2")
    expect(
      redaction.answer({
        headers: { "x-is-hunter2hunter2": "hunter2hunter2" },
        data: [{ constructor: 1, name: "a hunter2hunter2" }, null, 7],
      }),
    ).toEqual({
      headers: { "x-is-***": "***" },
      data: [{ constructor: 1, name: "a ***" }, null, 7],
    })
  })
})

describe("what is no secret stays", () => {
  it("beside one, and where it is none of its forms", () => {
    for (const text of ["harbour is closed", "salty dog & rum", "", "***"])
      expect(new Redaction(PASSWORD).text(text)).toBe(text)
  })

  it("where there is none, or none to speak of", () => {
    for (const secret of [undefined, "", "a"])
      expect(new Redaction(secret).text("a banana")).toBe("a banana")
  })

  it("such as the bytes of a file", () => {
    const data = new ReadableStream()
    expect(new Redaction("hunter2hunter2").answer({ data }).data).toBe(data)
  })
})
