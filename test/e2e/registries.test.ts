import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

import { afterAll, beforeAll, expect, test } from "vitest"

import { boatProject } from "./helpers/boat.js"
import { call } from "./helpers/dagger.js"
import {
  NPM_TOKEN,
  PrivateRegistries,
  PYTHON_TOKEN,
} from "./helpers/private-registries.js"
import { edit } from "./helpers/project.js"

let registries: PrivateRegistries
let project: string

beforeAll(async () => {
  registries = await PrivateRegistries.start()
  project = boatProject(
    [
      'frontend = { path = "web", output = "out", destination = "src/tinyboat/web" }',
      "[tool.shipwheel.test]",
      'requires = ["acme-core>=1", "pytest"]',
      "[tool.uv.sources]",
      'acme-core = { index = "acme" }',
      "[[tool.uv.index]]",
      'name = "acme"',
      `url = "${registries.url}/simple/"`,
      "explicit = true",
      "",
    ].join("\n"),
  )
  const host = registries.url.replace("http:", "")
  const locked = {
    version: "1.0.0",
    resolved: `${registries.url}/@acme/parts/-/parts-1.0.0.tgz`,
    integrity: registries.integrity,
    hasInstallScript: true,
  }
  const manifest = {
    ...{ name: "sail", version: "1.0.0" },
    scripts: { build: "mkdir out && cp node_modules/@acme/parts/*.js out/" },
    dependencies: { "@acme/parts": "1.0.0" },
  }
  const packages = { "": manifest, "node_modules/@acme/parts": locked }
  const lock = { ...manifest, lockfileVersion: 3, packages }
  for (const [path, text] of Object.entries({
    "tests/test_boat.py":
      "import acme_core\n\n\ndef test_boat():\n    assert acme_core\n",
    "web/package.json": JSON.stringify(manifest),
    "web/package-lock.json": JSON.stringify(lock),
    "web/.npmrc": `@acme:registry=${registries.url}/\n${host}/:_authToken=\${NPM_TOKEN}\n`,
  })) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
})
afterAll(() => {
  registries.stop()
})

test("tests run with what a private index has, by a password that no code sees", async () => {
  const token = ["--python-token", "env://OWN_PYTHON_TOKEN"]
  const env = { OWN_PYTHON_TOKEN: PYTHON_TOKEN }
  const { code, log, stdout } = await call(project, [...token, "test"], env)
  expect(code, log.slice(-3000)).toBe(0)
  expect(stdout).toContain("1 passed")
  expect(registries.given).toContain("/files/acme_core-1.2-py3-none-any.whl")
  expect(log + stdout).not.toContain(PYTHON_TOKEN)
})

test("without the password nothing is taken from elsewhere by that name, and the words say how it is given", async () => {
  const { code, log } = await call(project, ["test"])
  expect(code).not.toBe(0)
  expect(log).toContain("`dagger call --python-token env://PYTHON_TOKEN …`")
  const token = ["--python-token", "env://OWN_PYTHON_TOKEN"]
  const wrong = { OWN_PYTHON_TOKEN: "wrong-s3cret" }
  const refused = await call(project, [...token, "test"], wrong)
  expect(refused.code).not.toBe(0)
  expect(refused.log).toContain("401 Unauthorized")
  expect(refused.log).not.toContain("wrong-s3cret")
})

test("a pnpm that takes variables from a user's settings alone has its token all the same", async () => {
  const other = mkdtempSync(join(tmpdir(), "by-pnpm-"))
  cpSync(project, other, { recursive: true })
  edit(join(other, "web"), "package.json", (text) =>
    text.replace("{", '{ "packageManager": "pnpm@10.34.8",'),
  )
  rmSync(join(other, "web/package-lock.json"))
  writeFileSync(
    join(other, "web/pnpm-lock.yaml"),
    pnpmLock(registries.integrity),
  )
  const token = [
    ...["--npm-token", "env://OWN_NPM_TOKEN"],
    ...["--npm-registry", registries.url],
  ]
  const env = { OWN_NPM_TOKEN: NPM_TOKEN }
  const built = await call(other, [...token, "frontend", "entries"], env)
  rmSync(other, { recursive: true })
  expect(built.code, built.log.slice(-3000)).toBe(0)
  expect(built.log + built.stdout).not.toContain(NPM_TOKEN)
})

test("a frontend is built with what a private registry has, by a token that no script sees", async () => {
  const token = [
    ...["--npm-token", "env://OWN_NPM_TOKEN"],
    ...["--npm-registry", registries.url],
  ]
  const env = { OWN_NPM_TOKEN: NPM_TOKEN }
  const built = await call(project, [...token, "frontend", "entries"], env)
  expect(built.code, built.log.slice(-3000)).toBe(0)
  expect(registries.given).toContain("/@acme/parts/-/parts-1.0.0.tgz")
  expect(built.log + built.stdout).not.toContain(NPM_TOKEN)
  edit(join(project, "web"), "package.json", (text) =>
    text.replace('"build"', '"postbuild": "true", "build"'),
  )
  const without = await call(project, ["frontend", "entries"])
  expect(without.code).not.toBe(0)
  expect(without.log).toMatch(/401|E401|authenti/i)
})

function pnpmLock(integrity: string): string {
  return `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@acme/parts':
        specifier: 1.0.0
        version: 1.0.0

packages:

  '@acme/parts@1.0.0':
    resolution: {integrity: ${integrity}}

snapshots:

  '@acme/parts@1.0.0': {}
`
}
