import { describe, expect, it } from "vitest"

import {
  fromProject,
  fromTop,
  pathFromProject,
  pathFromTop,
} from "../../src/frontend/place.js"
import { usualFrontend } from "../helpers/frontends.js"

describe("a path", () => {
  it.each([
    ["backend", "../frontend", "frontend"],
    ["backend", "..", ""],
    ["packages/wren", "../../web", "web"],
    ["backend", "wren/static", "backend/wren/static"],
    ["", "frontend", "frontend"],
  ])("of a project in `%s` is `%s` there and `%s` from the top", (...each) => {
    const [prefix, path, top] = each
    expect(pathFromTop(prefix, path)).toBe(top)
    expect(pathFromProject(prefix, top)).toBe(path)
  })

  it("that leads out of the repository is seen by its dots", () => {
    expect(pathFromTop("", "../frontend")).toBe("../frontend")
  })
})

describe("a frontend", () => {
  const beside = usualFrontend({
    path: "../frontend",
    prefix: "backend",
    root: "..",
    local: ["../tokens"],
    reads: ["schema.py"],
    outputs: [{ from: "../frontend/dist", destination: "wren/frontend" }],
  })

  it("of a project in a folder has its paths from the top in its container", () => {
    expect(fromTop(beside)).toMatchObject({
      path: "frontend",
      root: "",
      local: ["tokens"],
      reads: ["backend/schema.py"],
      outputs: [
        { from: "frontend/dist", destination: "backend/wren/frontend" },
      ],
    })
  })

  it("comes back as it was", () => {
    expect(fromProject(fromTop(beside))).toStrictEqual(beside)
  })

  it("of a project at the top is left alone", () => {
    const usual = usualFrontend()
    expect(fromTop(usual)).toBe(usual)
  })
})
