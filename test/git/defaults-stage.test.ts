import { describe, expect, it } from "vitest"

import { refuseDefaults } from "../../src/git/defaults-stage.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"

async function refusedOf(path: string, text: unknown): Promise<unknown> {
  const { result } = await recordCalls(
    () => refuseDefaults(folder("wren"), ["a.py", path]).catch(String),
    { contents: text },
  )
  return result
}

it("a file that can't be read is refused, since Dagger may read it", async () => {
  expect(await refusedOf("a/.env", new Error("no such file"))).toContain(
    "`a/.env` can't be read here",
  )
})

describe("what would decide where a credential goes", () => {
  it.each([
    [".env", "SIGNING_KEY=env://KEY"],
    [".env", "githubApi=https://elsewhere.example"],
    ["tools/.env", "SHIPWHEEL_GITHUBAPI=https://elsewhere.example"],
    ["a/b/.env", "npm_registry=https://elsewhere.example"],
  ])("is refused by its name, in %s: %s", async (path, line) => {
    const [name = ""] = line.split("=")
    expect(await refusedOf(path, `A=1\n${line}\n`)).toContain(
      `\`${path}\` sets \`${name}\`, which Dagger takes for arguments of this module`,
    )
  })

  it.each([
    [".env", "DATABASE_URL=x"],
    ["tools/.env", "SOURCE=x"],
    ["tools/.env", "GITHUB_TOKEN=x"],
    [".env/bin/activate", "SHIPWHEEL_GITHUBAPI=https://elsewhere.example"],
    ["a.env", "SHIPWHEEL_GITHUBAPI=https://elsewhere.example"],
  ])("is not what else is there, in %s: %s", async (path, line) => {
    expect(await refusedOf(path, line)).toBeUndefined()
  })
})
