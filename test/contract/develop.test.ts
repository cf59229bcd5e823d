import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const read = (path: string) => readFileSync(join(ROOT, path), "utf8")

/** What the official CLI and its TypeScript SDK write into a module's folder, besides the client in `sdk`. */
describe("`dagger develop` finds as it would write it", () => {
  it("dagger.json: two spaces, and one line for each entry", () => {
    const text = read("dagger.json")
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`)
  })

  it.each([
    [".gitignore", ["sdk", "**/node_modules/**", "**/.pnpm-store/**"]],
    [".gitattributes", ["sdk/** linguist-generated"]],
  ])("%s", (file, wanted) => {
    const text = read(file)
    expect(wanted.filter((each) => !text.includes(each))).toEqual([])
  })

  it("tsconfig.json", () => {
    const { compilerOptions } = JSON.parse(read("tsconfig.json")) as {
      compilerOptions: object
    }
    expect(compilerOptions).toMatchObject({
      experimentalDecorators: true,
      paths: {
        "@dagger.io/dagger": ["./sdk/index.ts"],
        "@dagger.io/dagger/telemetry": ["./sdk/telemetry.ts"],
      },
    })
    // An entry is put in by its text: where it stands there already in that form, nothing changes.
    for (const file of ["index", "telemetry"])
      expect(read("tsconfig.json")).toContain(`["./sdk/${file}.ts"]`)
  })

  it("package.json, but for the client, which it takes out", () => {
    expect(JSON.parse(read("package.json"))).toMatchObject({
      type: "module",
      dependencies: {
        "@dagger.io/dagger": expect.any(String) as string,
        typescript: expect.any(String) as string,
      },
    })
  })
})

describe("the client that it generates", () => {
  it("is not checked as if we had written it", () => {
    expect(read("package.json")).toContain("--project tsconfig.check.json")
    expect(JSON.parse(read("tsconfig.check.json"))).toMatchObject({
      compilerOptions: { paths: {} },
    })
  })
})
