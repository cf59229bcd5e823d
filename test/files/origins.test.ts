import { describe, expect, it } from "vitest"

import { putAnywhere } from "../../src/files/origins.js"
import { entry, wheelFile } from "../helpers/files.js"

const DATA = "quayside-1.2.0.data"

const wheel = wheelFile({
  entries: [
    entry("quayside/__init__.py"),
    entry("vulkan.py"),
    entry("quayside-1.2.0.dist-info/METADATA"),
    entry(`${DATA}/scripts/dock.sh`),
  ],
  entryPoints: [
    { group: "console_scripts", name: "Moor_It", value: "quayside:moor" },
    { group: "pytest11", name: "git", value: "quayside:git" },
  ],
})

const isAnywhere = (path: string) => putAnywhere(wheel)(`${DATA}/data/${path}`)

describe("what goes below `share`", () => {
  it.each(["quayside", "vulkan", "dock", "moor-it", "moor-it-prompt"])(
    "is looked up by the name of what the wheel brings: %s",
    (name) => {
      for (const path of [
        `applications/${name}.desktop`,
        `applications/org.example.${name}.desktop`,
        `bash-completion/completions/${name}.bash`,
        `zsh/vendor-completions/_${name}`,
        `fish/completions/${name}.fish`,
        `mime/packages/${name}.xml`,
        `glib-2.0/schemas/org.example.${name}.gschema.xml`,
      ])
        expect(isAnywhere(`share/${path}`)).toBe(false)
    },
  )

  it.each(["git", "moor", "moor-items", "docks", "data", "METADATA"])(
    "takes the place of what something else is called: %s",
    (name) => {
      expect(isAnywhere(`share/applications/${name}.desktop`)).toBe(true)
      expect(isAnywhere(`share/${name}/a.txt`)).toBe(true)
    },
  )

  it("is no folder of the project where others run what lies there, whatever the project is called", () => {
    expect(isAnywhere("share/vulkan/implicit_layer.d/x.json")).toBe(true)
    expect(isAnywhere("share/quayside/x.json")).toBe(false)
  })
})

it("what is no data of a wheel goes to its own place, but for commands", () => {
  const at = putAnywhere(wheel)
  expect(at("quayside/share/x/y")).toBe(false)
  expect(at(`${DATA}/headers/x.h`)).toBe(false)
  expect(at(`${DATA}/scripts/dock`)).toBe(true)
})
