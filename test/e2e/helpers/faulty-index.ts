import { createHash } from "node:crypto"
import {
  createServer,
  type IncomingMessage,
  request as ask,
  type Server,
  type ServerResponse,
} from "node:http"
import type { AddressInfo } from "node:net"

import { job } from "../../helpers/sigstore.js"

/** How one request goes wrong. */
export type Fault =
  | "none"
  /** The connection breaks in the middle of the body. */
  | "cut"
  /** The file is stored, and the connection breaks before the answer. */
  | "stored, then cut"
  /** The answer comes after a moment, so that two uploads overlap. */
  | "after a moment"
  /** It comes shortly before nobody would wait for it any more. */
  | "slow"
  /** Refused, with all that was sent to prove one's right in the answer. */
  | "echo"
  /** The index as it was before the first upload. */
  | "stale"
  | "without the sdist"
  | "other bytes"
  | "garbage"
  /** A byte now and then, and never the last. */
  | "dripping"
  | { status: number; body?: string; headers?: Record<string, string> }

/** What somebody has in mind for an index. */
export interface Behaviour {
  /** For the first uploads, one each; after them there is none. */
  readonly uploads?: readonly Fault[]
  readonly everyUpload?: Fault
  /** For the first looks at the simple index, once something was uploaded. */
  readonly reads?: readonly Fault[]
  readonly everyRead?: Fault
  /** For looks at it before anything was uploaded. */
  readonly firstReads?: readonly Fault[]
  readonly format?: "json" | "html"
  /** PEP 503 lets an index leave the hashes out. */
  readonly hashless?: boolean
  /** PEP 592: the reason of the yank of everything. */
  readonly yanked?: string
  /** PEP 792. */
  readonly status?: string
  /** Nobody looks without user and password. */
  readonly private?: boolean
  /** Where it sends who asks for a project that it does not hold, as GitLab does. */
  readonly forwards?: string
  /** It is a devpi (its answers are those of devpi-server 6.20.3), and inherits from the one that is named. */
  readonly devpi?: { readonly inherits: string }
  /** It takes attestations, and tells nobody of them. */
  readonly forgets?: boolean
  /** A real index that this one stands in front of. */
  readonly upstream?: string
}

const SITE = "boats.example"
/** As PyPI makes them: a macaroon that names its site. */
export const TOKEN = `pypi-${Buffer.concat([
  Buffer.from([2, 1, SITE.length]),
  Buffer.from(`${SITE}-caesar-salad-is-a-secret`),
]).toString("base64url")}`
export const USER_PASSWORD = "rosemary-and-thyme"
/** The index's own host. */
export const AUDIENCE = SITE
/** With it a job asks its CI for an identity token. */
export const REQUEST_TOKEN = "sage-and-lavender"

/** A token as a CI signs it. */
export function identityToken(claims: object): string {
  const part = (each: object) =>
    Buffer.from(JSON.stringify(each)).toString("base64url")
  const exp = Math.floor(Date.now() / 1000) + 600
  return `${part({ alg: "RS256" })}.${part({ exp, ...claims })}.c2lnbmVk`
}

/**
 * One index of many on the same server. It answers as PyPI's own software does
 * (200 for an identical file, 400 for another one under the same name), and
 * counts what it is asked.
 */
export class FaultyIndex {
  readonly files = new Map<string, Buffer>()
  /** What was stored, in its order: a file that came twice is there twice. */
  readonly stored: string[] = []
  /** Who published a file, as it tells everybody (PEP 740). */
  readonly provenances = new Map<string, string>()
  /** Files of other projects. */
  readonly planted = new Map<string, Buffer>()
  /** The projects whose pages, and the files that were asked for. */
  readonly asked = new Set<string>()
  posts = 0
  reads = 0
  /** Called when an upload begins, with its number. */
  onUpload: (count: number) => void = () => undefined
  #uploads: Fault[]
  #reads: Fault[]
  #firstReads: Fault[]

  constructor(
    readonly uploadUrl: string,
    readonly behaviour: Behaviour,
  ) {
    this.#uploads = [...(behaviour.uploads ?? [])]
    this.#reads = [...(behaviour.reads ?? [])]
    this.#firstReads = [...(behaviour.firstReads ?? [])]
  }

  /** The names and hashes of what it holds. */
  get holds(): Record<string, string> {
    return Object.fromEntries(
      [...this.files].map(([name, bytes]) => [name, sha256(bytes)]),
    )
  }

  nextUpload(): Fault {
    this.posts++
    this.onUpload(this.posts)
    return this.#uploads.shift() ?? this.behaviour.everyUpload ?? "none"
  }

  nextRead(): Fault {
    this.reads++
    return this.posts === 0
      ? (this.#firstReads.shift() ?? "none")
      : (this.#reads.shift() ?? this.behaviour.everyRead ?? "none")
  }
}

/** A server of many indexes, each with faults of its own. */
export class IndexServer {
  readonly #indexes = new Map<string, FaultyIndex>()
  /** How often an upload token was minted for an identity. */
  minted = 0
  /** What an identity must be meant for, of whatever index of this server. */
  audience = AUDIENCE
  /** What the CI was asked an identity for. */
  readonly audiences: (string | null)[] = []
  /** The repository whose jobs may publish. */
  publisher = "boats/tinyboat"

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<IndexServer> {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
    const { port } = server.address() as AddressInfo
    const self = new IndexServer(server, port)
    server.on("request", (request: IncomingMessage, response) => {
      // A connection that breaks is part of the game.
      self.#answer(request, response).catch(() => response.destroy())
    })
    return self
  }

  add(name: string, behaviour: Behaviour = {}): FaultyIndex {
    const bare = behaviour.upstream ?? behaviour.devpi
    const path = bare ? `/${name}/` : `/${name}/legacy/`
    const url = `http://${SITE}:${this.port}${path}`
    const index = new FaultyIndex(url, behaviour)
    this.#indexes.set(name, index)
    return index
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<unknown> {
    const [, name = "", ...path] = (request.url ?? "").split("/")
    if (name === "_") return this.#mint(path.join("/"), request, response)
    const index = this.#indexes.get(name)
    if (!index) return send(response, 404)
    if (request.method === "POST")
      return upload(index, request, response, this.publisher)
    const { behaviour } = index
    if (behaviour.private && !isUser(request)) return send(response, 401)
    if (behaviour.upstream && path[0] !== "simple")
      return forward(index, request, response, await bodyOf(request))
    if (behaviour.devpi && path[0] === "+api")
      return send(response, 200, apiOf(index))
    if (path[0] === (behaviour.devpi ? "+simple" : "simple")) {
      const project = path[1] ?? ""
      index.asked.add(project)
      const inherited = behaviour.devpi?.inherits ?? ""
      const base = this.#indexes.get(inherited)
      if (base && index.files.size === 0)
        return send(response, 200, json(held(base), {}), JSON_TYPE)
      if (behaviour.forwards && index.files.size === 0)
        return send(response, 302, "", { location: behaviour.forwards })
      return project === "tinyboat"
        ? simple(index, request, response)
        : send(response, 200, json(plantedLinks(index, project), {}), JSON_TYPE)
    }
    if (path[0] === "integrity") {
      const told = index.provenances.get(path[3] ?? "")
      return send(response, told === undefined ? 404 : 200, told)
    }
    const wanted = path[path.length - 1] ?? ""
    index.asked.add(wanted)
    const file = index.files.get(wanted) ?? index.planted.get(wanted)
    return file ? send(response, 200, file) : send(response, 404)
  }

  async #mint(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<unknown> {
    if (path === "oidc/audience")
      return send(response, 200, JSON.stringify({ audience: this.audience }))
    if (path.startsWith("identity?"))
      return this.#identify(path, request, response)
    const { token } = JSON.parse((await bodyOf(request)).toString()) as {
      token: string
    }
    const claims = JSON.parse(
      Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
    ) as { repository?: string }
    if (claims.repository !== this.publisher)
      return send(
        response,
        422,
        JSON.stringify({
          errors: [{ description: `no publisher fits the identity ${token}` }],
        }),
      )
    this.minted++
    return send(response, 200, JSON.stringify({ success: true, token: TOKEN }))
  }

  /** Hands out an identity token as GitHub does: to who shows the right one, for the audience that is asked for. */
  #identify(
    path: string,
    { headers }: IncomingMessage,
    response: ServerResponse,
  ): unknown {
    if (headers.authorization !== `Bearer ${REQUEST_TOKEN}`)
      return send(response, 401)
    const asked = new URL(path, "http://ci.example").searchParams
    this.audiences.push(asked.get("audience"))
    const who = job(asked.get("job") ?? "", "v1.0.0")
    const value = identityToken({ ...who, aud: asked.get("audience") })
    return send(response, 200, JSON.stringify({ value }))
  }
}

async function upload(
  index: FaultyIndex,
  request: IncomingMessage,
  response: ServerResponse,
  publisher: string,
): Promise<unknown> {
  const fault = index.nextUpload()
  if (fault === "cut") {
    return request.once("data", () => request.socket.destroy())
  }
  const body = await bodyOf(request)
  const sent = request.headers.authorization ?? ""
  if (fault === "echo") return send(response, 403, `you sent ${told(sent)}`)
  if (fault === "after a moment") await sleep(3)
  if (fault === "slow") await sleep(12)
  if (typeof fault === "object")
    return send(response, fault.status, fault.body ?? "", fault.headers)
  if (index.behaviour.upstream) return forward(index, request, response, body)
  if (!isUser(request)) return send(response, 403, "Invalid credentials")
  const { bytes, name } = filePart(body)
  const there = index.files.get(name)
  if (there && !there.equals(bytes))
    return send(response, 400, "File already exists, with other content.")
  if (!there) {
    index.files.set(name, bytes)
    index.stored.push(name)
    const attestations = textPart(body, "attestations")
    if (attestations !== undefined && !index.behaviour.forgets)
      index.provenances.set(name, provenanceOf(attestations, publisher))
  }
  return fault === "stored, then cut"
    ? request.socket.destroy()
    : send(response, 200)
}

function sleep(seconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, seconds * 1000))
}

function simple(
  index: FaultyIndex,
  request: IncomingMessage,
  response: ServerResponse,
): unknown {
  const fault = index.nextRead()
  if (typeof fault === "object")
    return send(response, fault.status, fault.body ?? "", fault.headers)
  if (fault === "dripping") {
    drip(response)
    return
  }
  if (fault === "garbage") return send(response, 200, "<no json>", JSON_TYPE)
  if (fault === "stale") return send(response, 404)
  const { behaviour } = index
  if (behaviour.upstream)
    return forward(index, request, response, Buffer.alloc(0))
  if (index.files.size === 0 && !behaviour.status) return send(response, 404)
  const names = [...index.files.keys()].filter(
    (name) => fault !== "without the sdist" || name.endsWith(".whl"),
  )
  const links = names.map((name) => {
    const bytes = index.files.get(name) ?? Buffer.alloc(0)
    const hash = sha256(fault === "other bytes" ? Buffer.from(name) : bytes)
    const own = behaviour.devpi ? "+f/f6f/1da7fcb6b7a2e" : "files"
    const provenance = index.provenances.has(name)
      ? new URL(
          `../integrity/tinyboat/1.0.0/${name}/provenance`,
          index.uploadUrl,
        ).href
      : null
    return { name, hash, url: `../../${own}/${name}`, provenance }
  })
  return behaviour.format === "html"
    ? send(response, 200, html(links, behaviour), {
        "content-type": "text/html",
      })
    : send(response, 200, json(links, behaviour), JSON_TYPE)
}

function drip(response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE)
  const dripping = setInterval(() => response.write(" "), 500)
  response.on("close", () => {
    clearInterval(dripping)
  })
}

const JSON_TYPE = { "content-type": "application/vnd.pypi.simple.v1+json" }

function plantedLinks({ planted }: FaultyIndex, project: string): Link[] {
  return [...planted]
    .filter(([name]) => name.startsWith(`${project}-`))
    .map(([name, bytes]) => ({
      name,
      hash: sha256(bytes),
      url: `../../files/${name}`,
    }))
}

interface Link {
  readonly name: string
  readonly hash: string
  readonly url: string
  readonly provenance?: string | null
}

function json(links: readonly Link[], behaviour: Behaviour): string {
  return JSON.stringify({
    meta: { "api-version": "1.4" },
    name: "tinyboat",
    ...(behaviour.status && { "project-status": { status: behaviour.status } }),
    files: links.map(({ hash, name, provenance, url }) => ({
      filename: name,
      url,
      provenance,
      hashes: behaviour.hashless ? {} : { sha256: hash },
      yanked: behaviour.yanked ?? false,
    })),
  })
}

function html(links: readonly Link[], behaviour: Behaviour): string {
  const yanked =
    behaviour.yanked === undefined ? "" : ` data-yanked="${behaviour.yanked}"`
  const anchors = links.map(({ hash, name, url }) => {
    const fragment = behaviour.hashless ? "" : `#sha256=${hash}`
    return `<a href="${url}${fragment}"${yanked}>${name}</a><br>`
  })
  return `<!DOCTYPE html><html><body>${anchors.join("\n")}</body></html>`
}

/** What a devpi tells of an index; it knows itself by another name than its users. */
function apiOf({ uploadUrl }: FaultyIndex): string {
  const own = uploadUrl.replace(/\/\/[^/]*/, "//localhost:3141")
  return JSON.stringify({
    result: { index: own, simpleindex: `${own}+simple/`, pypisubmit: own },
    type: "apiconfig",
  })
}

/** The links of a devpi to its own files, as another one has them that inherits from it. */
function held({ files, uploadUrl }: FaultyIndex): Link[] {
  return [...files].map(([name, bytes]) => ({
    name,
    hash: sha256(bytes),
    url: `${new URL(uploadUrl).pathname}+f/25f/d97d45f41c92e/${name}`,
  }))
}

/** Hands a request to the real index behind, and its answer back. */
async function forward(
  index: FaultyIndex,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const prefix = new URL(index.uploadUrl).pathname
  const path = (request.url ?? "").replace(prefix, "/")
  const url = new URL(path, index.behaviour.upstream)
  const headers = { ...request.headers, host: url.host }
  await new Promise<void>((done, fail) => {
    const asked = ask(
      url,
      { method: request.method ?? "GET", headers },
      (answer) => {
        const parts: Buffer[] = []
        answer.on("data", (part: Buffer) => parts.push(part))
        answer.on("end", () => {
          // Its links start at its own root.
          const page = Buffer.concat(parts).toString("latin1")
          const type = answer.headers["content-type"] ?? ""
          const mended = type.startsWith("text/html")
            ? page.replaceAll('href="/', `href="${prefix}`)
            : page
          send(
            response,
            answer.statusCode ?? 502,
            Buffer.from(mended, "latin1"),
            {
              "content-type": type,
            },
          )
          done()
        })
      },
    )
    asked.on("error", fail)
    asked.end(body)
  })
}

/** The one file of a multipart form. */
function filePart(body: Buffer): { name: string; bytes: Buffer } {
  const head = /filename="([^"]+)"[^]*?\r\n\r\n/.exec(body.toString("latin1"))
  if (!head) throw new Error("the form holds no file")
  const boundary = body.subarray(0, body.indexOf("\r\n"))
  const start = head.index + head[0].length
  const end = body.indexOf(
    Buffer.concat([Buffer.from("\r\n"), boundary]),
    start,
  )
  return { name: head[1] ?? "", bytes: body.subarray(start, end) }
}

/** What a form says under a name, if anything. */
function textPart(body: Buffer, name: string): string | undefined {
  const part = new RegExp(`name="${name}"\\r\\n\\r\\n([^]*?)\\r\\n--`)
  return part.exec(body.toString("latin1"))?.[1]
}

/** What an index says of who published a file: whose identity it took, and what came with the file. */
function provenanceOf(attestations: string, repository: string): string {
  const publisher = { kind: "GitHub", repository, workflow: "release.yml" }
  const bundle = {
    publisher,
    attestations: JSON.parse(attestations) as unknown,
  }
  return JSON.stringify({ version: 1, attestation_bundles: [bundle] })
}

function isUser({ headers }: IncomingMessage): boolean {
  const sent = told(headers.authorization ?? "")
  return (
    sent.endsWith(`__token__:${TOKEN}`) ||
    sent.endsWith(`harbour:${USER_PASSWORD}`)
  )
}

function told(authorization: string): string {
  const encoded = authorization.replace("Basic ", "")
  return `${authorization} ${Buffer.from(encoded, "base64").toString()}`
}

function send(
  response: ServerResponse,
  status: number,
  body: Buffer | string = "",
  headers: Record<string, string> = {},
): unknown {
  return response.writeHead(status, headers).end(body)
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex")
}
