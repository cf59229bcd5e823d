import { copyFileSync, mkdtempSync, readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

import { beforeAll, describe, expect, test } from "vitest"

import { GATES } from "../../src/files/file-gates.js"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const SDK = dirname(createRequire(import.meta.url).resolve("@dagger.io/dagger"))

interface Typed {
  kind: string
  name?: string
  typeDef?: Typed
}
interface Argument {
  description: string
  type?: Typed
  isOptional: boolean
  defaultValue?: string
}
interface Method {
  description: string
  cache?: string
  isCheck: boolean
  returnType?: Typed
  arguments: Readonly<Record<string, Argument>>
}
interface Class {
  methods: Readonly<Record<string, Method>>
  _constructor?: Pick<Method, "arguments">
}
interface Api {
  objects: Readonly<Record<string, Class>>
}

/** The object that the CLI makes from the options before a function. */
const MAIN = "Shipwheel"

let api: Api
beforeAll(async () => {
  // The engine reads the module with this very code; the package doesn't export it.
  const path = join(SDK, "module/introspector/index.js")
  const { scan } = (await import(path)) as {
    scan: (files: string[], name: string, load: boolean) => Promise<Api>
  }
  const files = readdirSync(join(ROOT, "src"), { recursive: true })
    .map((file) => join(ROOT, "src", String(file)))
    .filter((file) => file.endsWith(".ts"))
  // It looks for the core types in a file of this name, where Dagger generates them.
  const client = join(mkdtempSync(join(tmpdir(), "api-")), "client.gen.ts")
  copyFileSync(join(SDK, "api/client.gen.d.ts"), client)
  api = await scan([...files, client], "shipwheel", false)
})

function methods(): [name: string, method: Method][] {
  return Object.entries(api.objects).flatMap(([object, { methods }]) =>
    Object.entries(methods).map(([name, method]): [string, Method] => [
      `${object}.${name}`,
      method,
    ]),
  )
}

function shownType(type: Typed | undefined): string {
  if (type?.typeDef) return `${shownType(type.typeDef)}[]`
  return type?.name ?? type?.kind.replace("_KIND", "").toLowerCase() ?? "?"
}

function shownArguments(args: Method["arguments"] = {}): string {
  const shown = Object.entries(args).map(([name, each]) => {
    const value = each.defaultValue ? ` = ${each.defaultValue}` : ""
    return `${name}${each.isOptional ? "?" : ""}: ${shownType(each.type)}${value}`
  })
  return `(${shown.join(", ")})`
}

function signature([name, method]: [string, Method]): string {
  const marks = [
    method.isCheck ? " @check" : "",
    method.cache ? ` cache=${method.cache}` : "",
  ]
  return `${name}${shownArguments(method.arguments)}: ${shownType(method.returnType)}${marks.join("")}`
}

describe("the public API", () => {
  test("is the one that is written down: names, arguments, checks, cache policy", async () => {
    const constructor = api.objects[MAIN]?._constructor
    const main = `${MAIN}${shownArguments(constructor?.arguments)}`
    const lines = [main, ...methods().map(signature).sort()]
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("api.txt")
  })

  test("says of every function and argument what it is", () => {
    const undocumented = methods().flatMap(([name, method]) => [
      ...(method.description ? [] : [name]),
      ...Object.entries(method.arguments)
        .filter(([, { description }]) => !description)
        .map(([argument]) => `${name}(${argument})`),
    ])
    const options = api.objects[MAIN]?._constructor?.arguments ?? {}
    expect(Object.keys(options)).toContain("source")
    expect(undocumented).toEqual([])
    for (const { description } of Object.values(options))
      expect(description).not.toBe("")
  })

  test("ends the text of every function with an example to type", () => {
    const without = methods()
      .filter(([, { description }]) => !/`dagger call [^`]+`/.test(description))
      .map(([name]) => name)
    expect(without).toEqual([])
  })

  test("says in the help of `check` each thing that is checked", () => {
    const [[, { description }] = ["", { description: "" }]] = methods().filter(
      ([name]) => name === "Shipwheel.check",
    )
    for (const { name } of GATES) expect(description).toContain(name)
  })

  test("documents no option more than twice, but the tag that is meant", () => {
    const constructor = api.objects[MAIN]?._constructor
    const named = [...methods().map(([, each]) => each), constructor]
      .flatMap((each) => Object.keys(each?.arguments ?? {}))
      .filter((name) => name !== "tag")
    const often = named.filter(
      (name) => named.filter((each) => each === name).length > 2,
    )
    expect(often).toEqual([])
  })

  test("is a face of 500 lines at most", () => {
    const lines = readFileSync(join(ROOT, "src/index.ts"), "utf8").split("\n")
    expect(lines.length - 1).toBeLessThanOrEqual(500)
  })

  // A new function has to be put on one side or the other.
  test("remembers a function only where the same arguments give the same answer for ever", () => {
    const remembered = methods()
      .filter(([, { cache }]) => cache !== "never")
      .map(([name]) => name)
    expect(remembered.sort()).toEqual(
      [
        ...["PythonLeg.container", "PythonLeg.test"],
        ...["Shipwheel.build", "Shipwheel.check", "Shipwheel.ci"],
        ...["Shipwheel.configure", "Shipwheel.describe"],
        ...["Shipwheel.environment", "Shipwheel.files", "Shipwheel.frontend"],
        ...["Shipwheel.install", "Shipwheel.integration", "Shipwheel.lint"],
        ...["Shipwheel.python", "Shipwheel.releaseDirectory"],
        ...["Shipwheel.reproduce", "Shipwheel.serve"],
        ...["Shipwheel.test", "TaggedFiles.installScripts"],
        "TaggedFiles.unpacked",
      ].sort(),
    )
  })

  test("never remembers what takes a credential, whatever it does with it", () => {
    const taking = methods().filter(([, method]) =>
      Object.values(method.arguments).some(
        ({ type }) => shownType(type) === "Secret",
      ),
    )
    expect(taking.length).toBeGreaterThan(3)
    expect(taking.filter(([, { cache }]) => cache !== "never")).toEqual([])
  })
})
