import { describe, expect, it } from "vitest"

import { Redaction } from "../../src/text/redaction.js"
import { core, FORMS, PASSWORD } from "../helpers/answering.js"

describe("a secret is known", () => {
  it.for(FORMS)("%s", ([, form]) => {
    const left = new Redaction(PASSWORD).text(`so: ${form}, you`)
    expect(left).toMatch(/^so: .{0,11}\*\*\*.{0,8}, you$/)
    expect(left).not.toContain(core(form))
  })
})
