import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import type { ServerResponse } from "node:http"
import { join } from "node:path"

import { afterEach, beforeAll, describe, expect, it } from "vitest"

import { parseListing } from "../../src/package-index/index-state.js"
import {
  Answering,
  drip,
  FORMS,
  type Handler,
  PASSWORD,
  USER,
} from "../helpers/answering.js"
import { pour } from "../helpers/endless.js"
import { newFolder, runBeside } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

const WHEEL = "quayside-1.2.0-py3-none-any.whl"
const BYTES = "a wheel"
const HASH = createHash("sha256").update(BYTES).digest("hex")
const servers: Answering[] = []

beforeAll(installLinters, 300_000)

afterEach(() => {
  for (const each of servers.splice(0)) each.stop()
})

async function serve(handler: Handler, host?: string): Promise<Answering> {
  const server = await Answering.start(handler, host)
  servers.push(server)
  return server
}

const JSON_TYPE = { "content-type": "application/vnd.pypi.simple.v1+json" }

function page(response: ServerResponse, more: object = {}, file = {}): void {
  const url = `/files/${WHEEL}`
  const listed = { filename: WHEEL, url, hashes: { sha256: HASH }, ...file }
  const meta = { "api-version": "1.4" }
  const text = { meta, name: "quayside", versions: ["1.2.0"], files: [listed] }
  response.writeHead(200, JSON_TYPE).end(JSON.stringify({ ...text, ...more }))
}

const PRIVATE = { INDEX_USER: USER, INDEX_PASSWORD: PASSWORD }

/** Reads the listing of a server, once; with a folder, its files too. */
async function read(
  handler: Handler,
  variables: Readonly<Record<string, string>> = {},
  wait = "1",
  ...more: readonly string[]
) {
  return readAt("/simple/", handler, variables, wait, ...more)
}

async function readAt(
  path: string,
  handler: Handler,
  variables: Readonly<Record<string, string>> = {},
  wait = "1",
  ...more: readonly string[]
) {
  const server = await serve(handler)
  const expected = join(newFolder(), "expected.txt")
  writeFileSync(expected, `${HASH}  ${WHEEL}\n`)
  const args = [server.url(path), "quayside", "1.2.0", expected, wait]
  const told = await runBeside(
    "package-index/index_files.py",
    [...args, ...more],
    variables,
  )
  return { ...told, server, listing: parseListing(told.stdout) }
}

describe("an index answers for itself, however its address is spelled", () => {
  it.each([
    "/%7Eada/simple/",
    "/v%64/simple/",
    "/v%c3%bc/simple/",
    "/vü/simple/",
    "/a%2fb/simple/",
    "/ada/../vd/simple/",
    "//vi//simple//",
    "/simple",
  ])("at %s", async (path) => {
    const { listing } = await readAt(path, (_, response) => {
      page(response)
    })
    expect(listing).toMatchObject({ failure: null, forwarded: null })
    expect(listing.files).toMatchObject([{ name: WHEEL, sha256: HASH }])
  })

  it("and not where it sends its readers to another folder of itself", async () => {
    const { listing } = await readAt("/v%64/simple/", ({ url }, response) => {
      if (url?.startsWith("/vd/")) {
        response.writeHead(302, { location: "/other/simple/quayside/" }).end()
        return
      }
      page(response)
    })
    expect(listing).toMatchObject({
      files: [],
      forwarded: "/other/simple/quayside/",
    })
  })
})

describe("what an index says again of a reader's password is hidden", () => {
  it("in its status line", async () => {
    const { listing, stderr, stdout } = await read(({ headers }, response) => {
      response.writeHead(500, `No ${headers.authorization ?? ""}`).end()
    }, PRIVATE)
    expect(listing.failure).toBe("the index answers 500 `No Basic ***`")
    for (const [, form] of FORMS)
      for (const text of [stdout, stderr]) expect(text).not.toContain(form)
  })

  it("where it answers what is no answer, of which nothing is logged", async () => {
    const { stderr } = await read(({ headers, socket }) => {
      const said = Buffer.from(headers.authorization ?? "", "latin1")
      socket.end(`HTTP/1.1 200 OK\r\nno header ${said.toString()}\r\n\r\n`)
    }, PRIVATE)
    expect(stderr).not.toContain("no header")
  })

  it("in all that it says of a project and its files, whose names and hashes stay", async () => {
    const said = FORMS.map(([, form]) => form).join(" ")
    const { listing, stdout } = await read((_, response) => {
      const status = { status: "active", reason: said }
      page(response, { "project-status": status }, { yanked: said })
    }, PRIVATE)
    expect(listing.files).toMatchObject([{ name: WHEEL, sha256: HASH }])
    expect(listing.files[0]?.yanked).toContain("***")
    for (const [, form] of FORMS) expect(stdout).not.toContain(form)
  })

  it("and where there is none, everything is as it says", async () => {
    const { listing } = await read((_, response) => {
      page(response, {}, { yanked: "harbour is closed" })
    })
    expect(listing.files[0]?.yanked).toBe("harbour is closed")
  })
})

describe("a version came", () => {
  const files = [
    {
      filename: "quayside-1.1.0.tar.gz",
      "upload-time": "2026-04-14T01:00:00Z",
    },
    {
      filename: "quayside-1.1.0-py3-none-any.whl",
      "upload-time": "2026-04-13T23:00:00Z",
    },
    { filename: "quayside-1.0.0.tar.gz" },
  ].map((each) => ({ url: `/files/${each.filename}`, hashes: {}, ...each }))

  it("with its first file, where the index tells when", async () => {
    const { listing } = await read((_, response) => {
      page(response, { files })
    })
    expect(listing.versions).toEqual(["1.0.0", "1.1.0"])
    expect(listing.released).toEqual([{ version: "1.1.0", date: "2026-04-13" }])
  })
})

describe("a reader's password", () => {
  it("goes to the index", async () => {
    const { server } = await read((_, response) => {
      page(response)
    }, PRIVATE)
    const header = Buffer.from(`${USER}:${PASSWORD}`).toString("base64")
    expect(server.shown).toEqual([`Basic ${header}`])
  })

  it("goes nowhere else, not where it redirects, and not to another port of its host", async () => {
    const other = await serve((_, response) => {
      response.end(BYTES)
    })
    const folder = join(newFolder(), "fetched")
    const { server } = await read(
      ({ url = "" }, response) => {
        if (url.endsWith("/quayside/"))
          page(response, {}, { url: other.url("/apart.whl") })
        else response.writeHead(404).end()
      },
      PRIVATE,
      "0",
      ...[folder, "60"],
    )
    expect(server.shown[0]).toContain("Basic")
    expect(other.shown).toEqual([""])
    expect(readFileSync(join(folder, WHEEL), "utf8")).toBe(BYTES)
  })
})

describe("nothing is waited for without an end", () => {
  it("not a password of many backslashes, of which an index says more", async () => {
    const { listing } = await read(
      (_, response) => {
        response.writeHead(403, "\\".repeat(300)).end()
      },
      { ...PRIVATE, INDEX_PASSWORD: `${"\\".repeat(62)}x` },
    )
    expect(listing.failure).toMatch(/^the index answers 403 /)
  })

  it("not a page that comes by a byte now and then", async () => {
    const { listing } = await read((_, response) => {
      drip(response)
    })
    expect(listing.failure).toBe(
      "the index does not answer (not all of a page in 5 s)",
    )
  })

  it("not a file: its limit is told, and the key that raises it", async () => {
    const handler: Handler = ({ url = "" }, response) => {
      if (url.startsWith("/files/")) drip(response)
      else page(response)
    }
    const folder = join(newFolder(), "fetched")
    await expect(read(handler, {}, "0", folder, "1")).rejects.toThrow(
      `the download of \`${WHEEL}\` still ran after 1 s, its limit: \`install\` in \`[tool.shipwheel.limits]\``,
    )
  })
})

describe("an index that answers", () => {
  it("a page of more than anybody needs is not read to its end", async () => {
    const { listing } = await read((_, response) => {
      pour(response.writeHead(200, JSON_TYPE))
    })
    expect(listing.failure).toBe("the index answers a page of more than 64 MiB")
  })

  it("by an address, and more beside it than anybody reads, is followed", async () => {
    const { listing } = await read(({ url }, response) => {
      const location = "/simple/quayside/index.json"
      if (url === location) page(response)
      else pour(response.writeHead(302, { location }))
    })
    expect(listing.files).toMatchObject([{ name: WHEEL, sha256: HASH }])
  })

  it.for([
    ["no JSON", "{"],
    ["JSON of another form", '[{"files": 1}]'],
    ["bytes that are no text", "\xff\xfe\x00"],
    ["nothing", ""],
  ])("%s is told in our words", async ([, text = ""]) => {
    const { listing } = await read((_, response) => {
      response.writeHead(200, JSON_TYPE).end(Buffer.from(text, "latin1"))
    })
    expect(listing.failure).toMatch(
      /^the index answers what is no listing of files/,
    )
  })

  const url = `/files/${WHEEL}`
  const one = { filename: WHEEL, url, hashes: { sha256: HASH } }
  const other = { ...one, hashes: { sha256: "0".repeat(64) } }

  it("a name that is listed for two files, of which an installer takes any, is told", async () => {
    const { listing } = await read((_, response) => {
      page(response, { files: [one, other] })
    })
    expect(listing.failure).toBe(
      `the index lists \`${WHEEL}\` twice, with different hashes`,
    )
  })

  it("a local version beside a version, which installers take before it, is told", async () => {
    const named = (filename: string, more = {}) => ({
      ...one,
      filename,
      ...more,
    })
    const local = "quayside-1.2.0+evil-py3-none-any.whl"
    const { listing } = await read((_, response) => {
      page(response, {
        files: [
          one,
          named(local),
          named("quayside-1.2.0+old.tar.gz", { yanked: true }),
          named("quayside-1.2.0.post1.tar.gz"),
          named("quayside-1.2.1+evil.tar.gz"),
        ],
      })
    })
    expect(listing.files.map(({ name }) => name)).toEqual([WHEEL])
    expect(listing.beside).toEqual([local])
  })

  it("a file that is listed twice with the same hash is one", async () => {
    const { listing } = await read((_, response) => {
      page(response, { files: [one, one] })
    })
    expect(listing.failure).toBeNull()
  })

  const NO_FILE = { files: [] }
  it.for([
    [
      "no file",
      (_, response) => {
        page(response, NO_FILE)
      },
      "it did before",
    ],
    [
      "an error",
      (_, response) => response.writeHead(403).end(),
      "the index answers 403 Forbidden",
    ],
  ] satisfies [string, Handler, string][])(
    "%s where a file was asked for by its hash leaves nothing",
    async ([, handler, cause]) => {
      const folder = join(newFolder(), "fetched")
      await expect(read(handler, {}, "0", folder, "60")).rejects.toThrow(
        `the index does not list \`${WHEEL}\` with the hash that was asked for: ${cause}. Run the same command again.`,
      )
      expect(existsSync(folder)).toBe(false)
    },
  )

  it("a file with other bytes than it lists ends the download", async () => {
    const handler: Handler = ({ url = "" }, response) => {
      if (url.startsWith("/files/")) response.end("other bytes")
      else page(response)
    }
    const folder = join(newFolder(), "fetched")
    const failed = read(handler, {}, "0", folder, "60")
    await expect(failed).rejects.toThrow("with another SHA-256")
    await expect(failed).rejects.not.toThrow("Traceback")
    expect(existsSync(folder)).toBe(true)
  })

  const fetching = (handler: Handler, variables = {}, ...held: string[]) =>
    read(handler, variables, "0", join(newFolder(), "fetched"), "60", ...held)

  const listing =
    (file: object, answer: Handler): Handler =>
    (request, response, body) => {
      if (request.url?.startsWith("/files/")) answer(request, response, body)
      else page(response, {}, file)
    }

  it("a file with more bytes than it lists is not read any further", async () => {
    const endless: Handler = (_, response) => {
      pour(response.writeHead(200))
    }
    await expect(fetching(listing({ size: 7 }, endless))).rejects.toThrow(
      `\`${WHEEL}\` comes with more than the 7 bytes that the index lists, and is not read any further`,
    )
    const same = listing({ size: 7 }, (_, response) => response.end(BYTES))
    expect((await fetching(same)).listing.files).toHaveLength(1)
  })

  it("a file with more bytes than it lists is not read for its hash either", async () => {
    const file = { size: 7, hashes: {} }
    const endless = listing(file, (_, response) => {
      pour(response.writeHead(200))
    })
    const { listing: seen } = await read(endless)
    expect(seen.failure).toContain("more of a file than the 7 bytes")
  })

  it("a file that can't be had is told with its address and what was answered", async () => {
    const gone: Handler = (_, response) => response.writeHead(404).end()
    const here = fetching(listing({}, gone))
    await expect(here).rejects.toThrow(
      /can't be downloaded: the answer is 404 at `http:\/\/127\.0\.0\.1:\d+\/files\/quayside-\S+`\. Run the same/,
    )
    const other = await serve(gone)
    const url = other.url("/apart.whl?key=thyme")
    const apart = fetching(listing({ url }, gone), PRIVATE)
    await expect(apart).rejects.toThrow(
      `the answer is 404 at \`${other.url("/apart.whl")}\`, which is not the index and which was shown no password`,
    )
    await expect(apart).rejects.not.toThrow("thyme")
    other.stop()
    const silent = fetching(listing({ url }, gone))
    await expect(silent).rejects.toThrow(
      `nothing answers at \`${other.url("/apart.whl")}\`, which is not the index.`,
    )
  })

  it("a file that is said to be at no address ends it, with what to do", async () => {
    const handler: Handler = ({ url = "" }, response) => {
      if (!url.startsWith("/files/")) page(response)
      else response.writeHead(302, { location: "http://[" }).end()
    }
    const folder = join(newFolder(), "fetched")
    const failed = read(handler, {}, "0", folder, "60")
    await expect(failed).rejects.toThrow("can't be downloaded (ValueError)")
    await expect(failed).rejects.not.toThrow("Traceback")
  })
})

describe("the Python that a listing names of a file that is fetched to be installed", () => {
  const METADATA = `Metadata-Version: 2.1\nName: quayside\nVersion: 1.2.0\nRequires-Python: >=3.9,<4\n\n`
  const MAKE = `import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as out: out.writestr("quayside-1.2.0.dist-info/METADATA", sys.argv[2])`

  function wheelBytes(): Buffer {
    const path = join(newFolder(), WHEEL)
    execFileSync("python3", ["-c", MAKE, path, METADATA])
    return readFileSync(path)
  }

  async function fetched(listed: string | undefined, ...held: string[]) {
    const bytes = wheelBytes()
    const sha256 = createHash("sha256").update(bytes).digest("hex")
    const file = { hashes: { sha256 }, "requires-python": listed }
    const server = await serve(({ url = "" }, response) => {
      if (url.startsWith("/files/")) response.end(bytes)
      else page(response, {}, file)
    })
    const expected = join(newFolder(), "expected.txt")
    writeFileSync(expected, `${sha256}  ${WHEEL}\n`)
    const at = [server.url("/simple/"), "quayside", "1.2.0", expected, "0"]
    return runBeside(
      "package-index/index_files.py",
      [...at, join(newFolder(), "fetched"), "60", ...held],
      {},
    )
  }

  it.each([">=3.9,<4", "<4, >=3.9", undefined, ""])(
    "is what the wheel requires: %j",
    async (listed) => {
      const { stdout } = await fetched(listed, "held")
      expect(parseListing(stdout).files).toMatchObject([{ name: WHEEL }])
    },
  )

  it.each([">=4.0", ">=3.8", "whatever"])(
    "or leads every installer another way, and is told: %j",
    async (listed) => {
      await expect(fetched(listed, "held")).rejects.toThrow(
        `the index lists \`${WHEEL}\` for Python \`${listed}\`, and its wheel requires \`>=3.9,<4\``,
      )
    },
  )

  it("is nobody's concern where the files are compared alone", async () => {
    const { stdout } = await fetched(">=4.0")
    expect(parseListing(stdout).files).toMatchObject([{ name: WHEEL }])
  })
})
