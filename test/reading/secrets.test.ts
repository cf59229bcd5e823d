import { describe, expect, it } from "vitest"

import { isSecret } from "../../src/reading/secrets.js"

describe("a file may open something by its name", () => {
  it.each([
    ...[".env", "a/.env.local", "prod.env", ".envrc", ".pypirc", "a/.netrc"],
    ...["id_ed25519", ".aws/credentials", "a/key.p12", "main.tfstate"],
  ])("%s", (path) => {
    expect(isSecret(path)).toBe(true)
  })

  it.each([
    ...[".env.example", "example.env", "env.py", "credentials", "a/id_rsa.pub"],
    ...["environment.ts", "key.json"],
  ])("and %s does not", (path) => {
    expect(isSecret(path)).toBe(false)
  })
})
