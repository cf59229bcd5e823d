import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

const ROOM = fileURLToPath(new URL("../../src/package-index", import.meta.url))

/** What a function of the program says of two addresses. */
function said(name: string, ...urls: readonly string[]): unknown {
  const program = `import json, sys, own_files; json.dump(own_files.${name}(*sys.argv[1:]), sys.stdout)`
  const env = {
    ...process.env,
    PYTHONPATH: ROOM,
    PYTHONDONTWRITEBYTECODE: "1",
  }
  const args = ["-c", program, ...urls]
  return JSON.parse(execFileSync("python3", args, { env, encoding: "utf8" }))
}

const SIMPLE = "https://git.example/api/v4/projects/7/packages/pypi/simple/"
const DEVPI = "https://devpi.example/ada/dev/+simple/"

describe("a page is the index's own", () => {
  it.each([
    ["from where it was asked", SIMPLE, `${SIMPLE}boat/`],
    [
      "with its port",
      SIMPLE,
      `${SIMPLE.replace(".example", ".example:443")}boat/`,
    ],
    [
      "behind TLS",
      "http://index.example/simple/",
      "https://index.example/simple/boat/",
    ],
  ])("%s", (_, simple, answered) => {
    expect(said("sent_elsewhere", simple, answered)).toBeNull()
  })
})

describe("a page is not the index's own", () => {
  it.each([
    ["from another host", "https://pypi.example/simple/boat/", "pypi.example"],
    [
      "from another port",
      "https://git.example:8443/api/v4/projects/7/packages/pypi/simple/boat/",
      "git.example:8443",
    ],
    [
      "from another scheme",
      `${SIMPLE.replace("https", "http")}boat/`,
      "git.example",
    ],
    [
      "from beside it",
      "https://git.example/api/v4/groups/1/packages/pypi/simple/boat/",
      "/api/v4/groups/1/packages/pypi/simple/boat/",
    ],
    ["told without a password", "https://a:b@c.example/", "c.example"],
  ])("%s", (_, answered, where) => {
    expect(said("sent_elsewhere", SIMPLE, answered)).toBe(where)
  })
})

it("an address is at the index, however it has its host", () => {
  const own = said("origin_of", "http://a.example/")
  expect(said("origin_of", "HTTP://A.example:80/x")).toEqual(own)
  expect(said("origin_of", "http://a.example:8080/x")).not.toEqual(own)
})

describe("a file of a devpi", () => {
  it.each([
    ["its own", DEVPI, "https://devpi.example/ada/dev/+f/f6f/1da7/b.whl", null],
    [
      "one that it inherits",
      DEVPI,
      "https://devpi.example/root/base/+f/f6f/1da7/b.whl",
      "/root/base/",
    ],
    [
      "one of a mirror",
      DEVPI,
      "https://devpi.example/root/pypi/+e/https_files/b.whl",
      "/root/pypi/",
    ],
    [
      "of no devpi",
      "https://index.example/simple/",
      "https://files.example/+f/b.whl",
      null,
    ],
  ])("is %s", (_, simple, file, other) => {
    expect(said("borrowed_from", simple, file)).toBe(other)
  })
})
