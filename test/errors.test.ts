import { describe, expect, it } from "vitest"

import { fault, problem, Problems, ReleaseError } from "../src/errors.js"
import { refusal } from "./helpers/refusal.js"

describe("a release error", () => {
  it("names the owner, what is wrong and what to do next", () => {
    const error = problem("tag", "`x` is no release tag", "Use `v1.2.0`.")
    expect(error).toBeInstanceOf(ReleaseError)
    expect(error.name).toBe("ReleaseError")
    expect(error.message).toBe("tag: `x` is no release tag\n   Use `v1.2.0`.")
  })

  it("numbers several problems below their count", () => {
    const error = new ReleaseError([
      { owner: "tag", what: "the tag is wrong", next: "Use another." },
      { owner: "index", what: "the index is down", next: "Wait." },
    ])
    expect(error.message).toBe(
      [
        "2 problems, nothing was started:",
        "1. tag: the tag is wrong\n   Use another.",
        "2. index: the index is down\n   Wait.",
      ].join("\n\n"),
    )
  })

  it("keeps its problems for whoever adds to them", () => {
    expect(problem("project", "what", "next").problems).toStrictEqual([
      { owner: "project", what: "what", next: "next" },
    ])
  })
})

describe("collected problems", () => {
  it("throw nothing when there are none", () => {
    expect(() => {
      new Problems().throwIfAny()
    }).not.toThrow()
  })

  it("are told all at once, in the order in which they were found", () => {
    const message = refusal((problems) => {
      problems.add("frontend", "first", "Do this.")
      problems.attempt(() => {
        throw problem("tag", "second", "Do that.")
      })
      problems.add("project", "third", "Do both.")
    })
    expect(message).toBe(
      [
        "3 problems, nothing was started:",
        "1. frontend: first\n   Do this.",
        "2. tag: second\n   Do that.",
        "3. project: third\n   Do both.",
      ].join("\n\n"),
    )
  })

  it("hand on the result of an attempt that refuses nothing", () => {
    expect(new Problems().attempt(() => 42)).toBe(42)
  })

  it("give no result for an attempt that refuses", () => {
    const refuse = (): number => {
      throw problem("tag", "what", "next")
    }
    expect(new Problems().attempt(refuse)).toBeUndefined()
  })

  it("let all that came of the attempts through when there are none", () => {
    expect(new Problems().orAll({ a: 1, b: "two" })).toEqual({ a: 1, b: "two" })
  })

  it("let nothing through where one was found", () => {
    const message = refusal((problems) => {
      problems.add("tag", "what", "next")
      problems.orAll({ a: 1 })
    })
    expect(message).toBe("tag: what\n   next")
  })

  it("say what is missing though nobody refused it, which is a defect of the module", () => {
    expect(() => new Problems().orAll({ a: 1, b: undefined })).toThrow(
      "nothing was refused, but there is no b",
    )
  })

  it("let a defect of the module through, which is nobody's problem to solve", () => {
    const defect = new TypeError("x is not a function")
    const fail = (): number => {
      throw defect
    }
    expect(() => new Problems().attempt(fail)).toThrow(defect)
  })
})

describe("what should never happen", () => {
  it("is told as a fault of Shipwheel, to be reported", () => {
    expect(fault("no stage is there").message).toBe(
      "this is a fault of Shipwheel, not of your project: no stage is there. Please report it, with the command and all it printed.",
    )
  })
})
