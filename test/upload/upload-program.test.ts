import { copyFileSync, writeFileSync } from "node:fs"
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
      "301 For Basic ***: redirected to /elsewhere?Basic ***",
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
})

const HOST = "127.0.0.1"

function identity(exp: number, aud: unknown = HOST): string {
  const part = (each: object) =>
    Buffer.from(JSON.stringify(each)).toString("base64url")
  return `${part({ alg: "RS256" })}.${part({ exp, aud })}.c2lnbmVk`
}

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
        "the index answers without a text for `token`, which Trusted Publishing needs; pass an API token in its place",
      denied: false,
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

  it("that is good elsewhere as well is not shown either", async () => {
    const { result } = await upload(minting(9), {
      plan: TRUSTED,
      secret: identity(SOON, [HOST, "pypi"]),
    })
    expect(result.refused?.cause).toContain(`this index accepts \`${HOST}\``)
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

  it("whose answer unpacks to gigabytes is read in bounded memory, and shown in a line that moves no terminal", async () => {
    const start = Buffer.from("\u001B[2J\u001B]0;x\u0007no\n::error::")
    const packed = gzipSync(Buffer.concat([start, Buffer.alloc(1 << 28)]))
    const { result, stderr } = await upload(
      taking((_, response) => {
        const headers = { "content-encoding": "gzip" }
        response.writeHead(400, headers).end(packed)
      }),
      { most: 600_000 },
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
