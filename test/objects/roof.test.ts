import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { type Directory, ExecError } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { Shipwheel } from "../../src/index.js"
import { object } from "../../src/objects/roof.js"

const SRC = fileURLToPath(new URL("../../src", import.meta.url))
const WILD = "\u001B[2J\u202Ename\n::error::mine\n##vso[task.x]"
const TAME = "\uFFFDname\n: :error::mine\n# #vso[task.x]"

@object()
class Wild {
  readonly word = "wild"

  said(...words: string[]) {
    return `${this.word} ${words.join("")}`
  }

  async later() {
    return Promise.resolve(WILD)
  }

  raises(): never {
    throw new Error(WILD)
  }

  async fails() {
    const extensions = { cmd: ["x", WILD], exitCode: 1, stderr: WILD }
    const failed = { ...extensions, stdout: "", extensions }
    return Promise.reject(new ExecError(WILD, failed as never))
  }

  thing() {
    return this
  }
}

describe("what a public function", () => {
  it("returns as a text is tame", async () => {
    expect(new Wild().said(WILD)).toBe(`wild ${TAME}`)
    expect(await new Wild().later()).toBe(TAME)
  })

  it("raises is tame, with what a command said", async () => {
    expect(() => new Wild().raises()).toThrow(TAME)
    const error = await new Wild().fails().catch((each: unknown) => each)
    expect(error).toBeInstanceOf(ExecError)
    expect(error).toMatchObject({
      message: TAME,
      extensions: { cmd: ["x", TAME], exitCode: 1, stderr: TAME },
    })
  })

  it("returns as anything else is as it was", () => {
    const wild = new Wild()
    expect(wild.thing()).toBe(wild)
  })

  it("says of a value of its caller's is tame", async () => {
    const source = { filter: () => source } as unknown as Directory
    const stamp = new Shipwheel(source).stamp(WILD)
    await expect(stamp).rejects.toThrow(/^tag: `[^\u202E]*\uFFFDname.*# #vso/)
  })
})

it("every class of the API is under this roof", () => {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  const classes = files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(SRC, file), "utf8"))
    .filter((text) => text.includes("\n@object()\n"))
  expect(classes.length).toBeGreaterThanOrEqual(5)
  for (const text of classes)
    expect(text).toMatch(
      /^import \{ object \} from "\.\/(objects\/)?roof\.js"$/m,
    )
})
