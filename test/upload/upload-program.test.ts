import { copyFileSync, writeFileSync } from "node:fs"
import type { ServerResponse } from "node:http"
import { basename, join } from "node:path"
import { gzipSync } from "node:zlib"

import { afterEach, beforeAll, describe, expect, it } from "vitest"

import { parseUpload, whyStopped } from "../../src/upload/upload.js"
import {
  Answering,
  drip,
  FORMS,
  type Handler,
  PASSWORD,
  USER,
} from "../helpers/answering.js"
import { newFolder, runBeside, wheelOf } from "../helpers/programs.js"
import { lines } from "../helpers/refusal.js"
import { installLinters } from "../linters/install.mjs"

const INFO = "quayside-1.2.0.dist-info"
const METADATA = lines(
  ...["Metadata-Version: 2.1", "Name: quayside", "Version: 1.2.0"],
)
let server: Answering

beforeAll(installLinters, 300_000)

afterEach(() => {
  server.stop()
})

interface Sent {
  readonly plan?: Readonly<Record<string, unknown>>
  /** Where on the server the CI hands out identities. */
  readonly asks?: string
  readonly secret?: string
  readonly files?: readonly string[]
  /** How much memory it may take, in KiB. */
  readonly most?: number
}

const WHEEL = "quayside-1.2.0-py3-none-any.whl"
/** The same wheel for another Python: the file that comes after it. */
const SECOND = "quayside-1.2.0-py2-none-any.whl"

async function upload(
  handler: Handler,
  { asks, files = [WHEEL], most, plan = {}, secret = PASSWORD }: Sent = {},
) {
  server = await Answering.start(handler)
  const { folder, wheel } = wheelOf({
    [`${INFO}/METADATA`]: METADATA,
    [`${INFO}/RECORD`]: "",
  })
  for (const name of files)
    if (name !== basename(wheel)) copyFileSync(wheel, join(folder, name))
  const whole = {
    ...{ files, user: USER, private: false, identity: false, limit: 60 },
    ...{ attempts: 2, backoff: 0.1, patience: 1 },
    publishUrl: server.url("/legacy/"),
    simpleUrl: server.url("/simple/"),
    ...(asks !== undefined && { identityUrl: server.url(asks) }),
    ...plan,
  }
  const path = join(newFolder(), "plan.json")
  writeFileSync(path, JSON.stringify(whole))
  const variables = { INDEX_SECRET: secret }
  const told = await runBeside(
    ...(["upload/upload.py", [path], variables, folder, most] as const),
  )
  return { ...told, result: parseUpload(told.stdout) }
}

/** Does with uploads what it is told, and lists nothing. */
function taking(answer: Handler): Handler {
  return (request, response, body) => {
    if (request.method === "GET") response.writeHead(404).end()
    else answer(request, response, body)
  }
}

describe("what an index says again of a password is hidden", () => {
  it("in its page, its status line and where it sends to", async () => {
    const { result, stderr, stdout } = await upload(
      taking(({ headers }, response) => {
        const sent = headers.authorization ?? ""
        const location = `/elsewhere?${sent}`
        response.writeHead(301, `For ${sent}`, { location }).end()
      }),
    )
    expect(whyStopped(result)?.cause).toContain(
      "301 `For Basic ***: redirected to /elsewhere?Basic ***, where no",
    )
    for (const [, form] of FORMS)
      for (const text of [stdout, stderr]) expect(text).not.toContain(form)
  })

  it("and nothing else is", async () => {
    const { result } = await upload(
      taking((_, response) => response.writeHead(400).end("harbour is closed")),
    )
    expect(whyStopped(result)?.cause).toBe(
      `\`${WHEEL}\`: 400 Bad Request: harbour is closed`,
    )
  })

  it("where it says more than is read, so that a part of it could be cut off", async () => {
    const { result } = await upload(
      taking(({ headers }, response) => {
        const sent = (headers.authorization ?? "").slice("Basic ".length)
        const before = " ".repeat((1 << 16) - sent.length + 4)
        response.writeHead(400).end(before + sent)
      }),
    )
    expect(whyStopped(result)?.cause).toBe(
      `\`${WHEEL}\`: 400 Bad Request: with an answer of more than 64 KiB, which is not shown`,
    )
  })
})

const TEXT = "text/plain; charset"
const CANT = "with an answer that can't be read"

describe("what nobody can read in an answer to an upload ends in words, without a part of it", () => {
  it.for<[string, Record<string, string>, string, string]>([
    ["a charset of none", { "content-type": `${TEXT}=undefined` }, "", CANT],
    ["a charset of hosts", { "content-type": `${TEXT}=idna` }, "", CANT],
    ["a page of no page", { "content-type": "text/html" }, "<![*", CANT],
    ["a wait of many digits", { "retry-after": "9".repeat(5000) }, "", "***"],
    ["a wait of fewer", { "retry-after": "9".repeat(400) }, "", "asks to wait"],
    [
      "a wait until no year",
      { "retry-after": "Sat, 01 Jan 99999 00:00:00 GMT" },
      ...(["", "***"] as const),
    ],
    ["a place of no host", { location: "http://[" }, "", "not be read: Value"],
  ])("%s", async ([, headers, before, words]) => {
    const status = headers["retry-after"] ? 503 : headers.location ? 301 : 400
    const { result, stderr, stdout } = await upload(
      taking((request, response) => {
        const sent = (request.headers.authorization ?? "").replace("Basic ", "")
        response.writeHead(status, headers).end(before + sent)
      }),
    )
    expect(whyStopped(result)?.cause).toContain(words)
    expect(stderr).not.toContain("Traceback")
    const sent = Buffer.from(`${USER}:${PASSWORD}`, "latin1").toString("base64")
    for (const text of [stdout, stderr])
      expect(text).not.toContain(sent.slice(0, 12))
  })
})

const HOST = "127.0.0.1"

function identity(exp: number, aud: unknown = HOST): string {
  const part = (each: object) =>
    Buffer.from(JSON.stringify(each)).toString("base64url")
  return `${part({ alg: "RS256" })}.${part({ exp, aud })}.c2lnbmVk`
}

const valued = (value: string) => JSON.stringify({ value })

const SOON = Date.now() / 1000 + 600

/** An index that mints so many tokens, each of which is good for so many uploads. */
function minting(good: number, audience: unknown = HOST, most = 9): Handler {
  let minted = 0
  let left = 0
  return ({ headers, method, url = "" }, response) => {
    const say = (answer: object) => response.end(JSON.stringify(answer))
    if (url.endsWith("/audience")) return void say({ audience })
    if (url.startsWith("/identity")) return void say({ value: identity(SOON) })
    if (url.endsWith("/mint-token")) {
      if (minted === most)
        return void response.writeHead(422).end('{"errors": ["no more"]}')
      minted++
      left = good
      return void say({ token: `token-number-${minted}` })
    }
    if (method === "GET") return void response.writeHead(404).end()
    const shown = Buffer.from(`__token__:token-number-${minted}`)
    const right = headers.authorization === `Basic ${shown.toString("base64")}`
    if (right && left-- > 0) return void response.end()
    response.writeHead(403).end("Invalid or non-existent authentication.")
  }
}

const TRUSTED = { identity: true, user: "__token__" }
const mints = () =>
  server.asked.filter((each) => each.endsWith("/mint-token")).length

describe("a token that was minted", () => {
  const files = [WHEEL, SECOND]

  it("and ends between two files is minted again", async () => {
    const sent = { files, plan: TRUSTED, secret: identity(SOON) }
    const { result } = await upload(minting(1), sent)
    expect(result.files.map(({ outcome }) => outcome)).toEqual([
      ...["uploaded", "uploaded"],
    ])
    expect(mints()).toBe(2)
  })

  it("is minted for an identity that the CI is asked for anew", async () => {
    const sent = { files, plan: TRUSTED, secret: "sage", asks: "/identity?a=b" }
    const { result } = await upload(minting(1), sent)
    expect(result.files).toHaveLength(2)
    expect(mints()).toBe(2)
    expect(
      server.asked.filter((each) => each.startsWith("GET /identity")),
    ).toHaveLength(2)
  })

  it("is not when nobody takes it: one that is new is denied for good", async () => {
    const sent = { files, plan: TRUSTED, secret: identity(SOON) }
    const { result } = await upload(minting(0), sent)
    expect(whyStopped(result)).toMatchObject({ denied: true, file: WHEEL })
    expect(mints()).toBe(1)
  })

  it("is not where the index does not want to any more, and what is out is told", async () => {
    const sent = { files, plan: TRUSTED, secret: identity(SOON) }
    const { result } = await upload(minting(1, HOST, 1), sent)
    expect(result.files.map(({ name, outcome }) => [name, outcome])).toEqual([
      [WHEEL, "uploaded"],
    ])
    expect(whyStopped(result)).toMatchObject({
      denied: true,
      cause: expect.stringContaining("answers 422: no more") as string,
    })
  })
})

describe("an identity", () => {
  it.for([
    ["PyPI", "pypi", "which is not its own"],
    ["what is no text", ["pypi", HOST], "without a text for `audience`"],
  ])(
    "is shown to no index that asks for one for %s",
    async ([, audience, words]) => {
      const { result } = await upload(minting(9, audience), {
        plan: TRUSTED,
        secret: identity(SOON, audience),
      })
      expect(result.refused?.cause).toContain(words)
      expect(whyStopped(result)).toMatchObject({ denied: false })
      expect(whyStopped(result)?.next).toMatch(/API token or a password/)
      expect(mints()).toBe(0)
    },
  )

  it("for which something comes that is no token is told, with what to do", async () => {
    const { result } = await upload(
      ({ url = "" }, response) => {
        const audience = url.endsWith("/audience")
        response.end(audience ? `{"audience": "${HOST}"}` : '{"token": 5}')
      },
      { plan: TRUSTED, secret: identity(SOON) },
    )
    expect(result.refused).toEqual({
      cause:
        "the index answers without a text for `token`, which Trusted Publishing needs",
      said: null,
      denied: false,
      whose: "index",
    })
  })

  it.for<[string, Handler, string]>([
    [
      "JSON that goes deeper than anybody reads",
      (_, response) => response.end("[".repeat(30_000)),
      "without a text for `audience`",
    ],
    [
      "a place that is none",
      (_, response) => response.writeHead(302, { location: "http://[" }).end(),
      "/_/oidc/audience answers what can't be read (ValueError)",
    ],
    [
      "a refusal of what is no text",
      (_, response) => response.writeHead(422).end('{"errors": [[{}], {}, 5]}'),
      "/_/oidc/audience answers 422",
    ],
  ])(
    "for which an index answers %s is told, without a traceback",
    async ([, handler, words]) => {
      const sent = { plan: TRUSTED, secret: identity(SOON) }
      const { result, stderr } = await upload(handler, sent)
      expect(result.refused?.cause).toContain(words)
      expect(stderr).toBe("")
    },
  )

  it.for([
    ["more letters than any has", "a".repeat(20_000), "20000 letters for"],
    ["letters that no token has", "\ud800abc", "without a text for `token`"],
  ])(
    "for which a token of %s comes is told",
    async ([, token = "", words = ""]) => {
      const { result } = await upload(
        ({ url = "" }, response) => {
          const audience = url.endsWith("/audience")
          const answer = audience ? { audience: HOST } : { token }
          response.end(JSON.stringify(answer))
        },
        { plan: TRUSTED, secret: identity(SOON) },
      )
      expect(result.refused?.cause).toContain(words)
      expect(result.refused?.cause).not.toContain("aaaa")
    },
  )

  it("for which an index sends elsewhere does not follow, and where to is told", async () => {
    const { result } = await upload(
      ({ url = "" }, response) => {
        if (url.endsWith("/audience")) response.end(`{"audience": "${HOST}"}`)
        else response.writeHead(307, { location: "/evil" }).end()
      },
      { plan: TRUSTED, secret: identity(SOON) },
    )
    expect(server.asked.join()).not.toContain("/evil")
    expect(whyStopped(result)).toMatchObject({
      denied: false,
      cause: expect.stringMatching(
        /mint-token answers 307, .* sends to \/evil$/,
      ) as string,
      next: expect.stringContaining("ask whoever runs the index") as string,
    })
  })

  it("that has ended is not shown, and the way to a new one is told", async () => {
    const sent = { plan: TRUSTED, secret: identity(1000) }
    const { result } = await upload(minting(9), sent)
    expect(whyStopped(result)).toMatchObject({
      denied: false,
      cause: expect.stringMatching(/ended before .*--identity-url/) as string,
    })
    expect(mints()).toBe(0)
  })

  it.for<[string, (response: ServerResponse) => unknown, string]>([
    [
      "a refusal",
      (response) => response.writeHead(401).end(),
      "/identity answers 401",
    ],
    [
      "a way to nowhere",
      (response) => response.writeHead(302, { location: "/gone" }).end(),
      "answers 404",
    ],
    [
      "one for somebody else",
      (response) => response.end(valued(identity(SOON, "pypi"))),
      "is meant for the audience `pypi`",
    ],
    [
      "no token",
      (response) => response.end(valued("sage")),
      "what came for an identity token is none",
    ],
  ])(
    "for which the CI answers with %s is told as its matter, not the index's",
    async ([, answer, words]) => {
      const index = minting(9)
      const sent = { plan: TRUSTED, secret: "sage", asks: "/identity" }
      const { result } = await upload((request, response, body) => {
        if (request.url?.startsWith("/identity")) answer(response)
        else if (request.url === "/gone") response.writeHead(404).end()
        else index(request, response, body)
      }, sent)
      expect(whyStopped(result)).toMatchObject({
        denied: false,
        next: expect.stringContaining("Correct `--identity-url`") as string,
      })
      expect(result.refused?.cause).toContain(words)
      expect(mints()).toBe(0)
    },
  )

  it("that the CI hands out when it has ended is told with its clock", async () => {
    const index = minting(9)
    const sent = { plan: TRUSTED, secret: "sage", asks: "/identity" }
    const { result } = await upload((request, response, body) => {
      if (request.url?.startsWith("/identity"))
        response.end(valued(identity(1000)))
      else index(request, response, body)
    }, sent)
    expect(whyStopped(result)?.cause).toContain("its clock or the one of this")
    expect(mints()).toBe(0)
  })

  it("that is good elsewhere as well is not shown either", async () => {
    const { result } = await upload(minting(9), {
      plan: TRUSTED,
      secret: identity(SOON, [HOST, "pypi"]),
    })
    expect(result.refused?.cause).toContain(`this index accepts \`${HOST}\``)
    expect(whyStopped(result)?.next).toContain("Let the CI make one for it")
    expect(mints()).toBe(0)
  })

  it("of a public index is for its own host alone", async () => {
    const path = join(newFolder(), "asks.py")
    writeFileSync(
      path,
      lines(
        "import json, upload",
        "hosts = [*upload.PUBLIC_AUDIENCES.values(), 'https://own.example/legacy/']",
        "names = [*upload.PUBLIC_AUDIENCES, 'own.example', 'https://own.example']",
        "print(json.dumps([[n for n in names if upload.may_ask_for(n, h)] for h in hosts]))",
      ),
    )
    const { stdout } = await runBeside(path, [])
    expect(JSON.parse(stdout)).toEqual([
      ["pypi"],
      ["testpypi"],
      ["own.example", "https://own.example"],
    ])
  })
})

describe("an upload", () => {
  it("whose answer comes by a byte now and then is ended at its limit, and not tried again", async () => {
    const { result } = await upload(
      taking((_, response) => {
        drip(response)
      }),
      { plan: { limit: 1 } },
    )
    expect(result.files[0]?.attempts).toHaveLength(1)
    expect(whyStopped(result)?.cause).toBe(
      `\`${WHEEL}\`: it still ran after 1 s, the limit of one upload: \`upload\` in \`[tool.shipwheel.limits]\``,
    )
  })

  it("whose answer unpacks to gigabytes is read in bounded memory", async () => {
    const packed = gzipSync(Buffer.alloc(1 << 28))
    const { result } = await upload(
      taking((_, response) => {
        const headers = { "content-encoding": "gzip" }
        response.writeHead(400, headers).end(packed)
      }),
      { most: 600_000 },
    )
    expect(whyStopped(result)?.cause).toContain("of more than 64 KiB")
  })

  it("whose answer moves a terminal is shown in a line that does not", async () => {
    const start = "\u001B[2J\u001B]0;x\u0007no\n::error::"
    const { result, stderr } = await upload(
      taking((_, response) =>
        response.writeHead(400).end(start + "\0".repeat(1 << 15)),
      ),
    )
    const cause = whyStopped(result)?.cause ?? ""
    expect(cause).toContain("no ::error::")
    expect(cause.length).toBeLessThan(700)
    for (const text of [cause, stderr.trimEnd()])
      expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/)
  })

  it("of what twine can't read says so, and sends nothing", async () => {
    const { result } = await upload(
      taking((_, response) => response.end()),
      { files: ["quayside-1.2.0.tar.gz", WHEEL].slice(0, 1) },
    )
    expect(whyStopped(result)?.cause).toContain("it can't be read")
    expect(server.asked).toEqual([])
  })

  it("goes with what is attested of the file, as PyPI takes it", async () => {
    const folder = newFolder()
    const attestation = { version: 1, envelope: "signed" }
    const path = join(folder, `${WHEEL}.publish.attestation`)
    writeFileSync(path, JSON.stringify(attestation))
    const bodies: string[] = []
    const { result } = await upload(
      taking((_request, response, body) => {
        bodies.push(body)
        response.end()
      }),
      { plan: { attestations: folder } },
    )
    expect(result.files).toMatchObject([{ outcome: "uploaded" }])
    const [, sent = ""] =
      /name="attestations"\r\n\r\n(.*)\r\n/.exec(bodies.join("")) ?? []
    expect(JSON.parse(sent)).toEqual([attestation])
  })
})
