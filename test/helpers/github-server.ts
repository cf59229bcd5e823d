import { createHash } from "node:crypto"
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http"
import type { AddressInfo } from "node:net"

import type { components } from "@octokit/openapi-types"

type Schemas = components["schemas"]
type ReleaseShape = Schemas["release"]
type AssetShape = Schemas["release-asset"]

/** A token and what it may do, in the words of its kind. */
export interface Token {
  /** Scopes of a classic token; absent for the kinds that do not tell. */
  readonly scopes?: string
  readonly write: boolean
  /** A token that may not even know of a private repository. */
  readonly blind?: boolean
}

interface StoredAsset {
  id: number
  name: string
  bytes: Buffer
  state: "uploaded" | "open"
}

interface StoredRelease {
  id: number
  tag_name: string
  name: string
  body: string
  draft: boolean
  prerelease: boolean
  make_latest: string
  immutable: boolean
  assets: StoredAsset[]
}

/** How this GitHub differs from github.com as it is out of the box. */
export interface Settings {
  /** Releases can't be changed once published. */
  immutable?: boolean
  /** GitHub Enterprise Server before 3.18 tells no digests. */
  digests?: boolean
  private?: boolean
  archived?: boolean
  /** Where the API lies, such as `/api/v3` on GitHub Enterprise Server. */
  prefix?: string
}

/** Whoever shows no token reads what is public. */
const ANYBODY: Token = { write: false, blind: true }

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * A GitHub of one repository, in memory, that behaves as the REST API's documentation
 * says: a draft is invisible by tag and to readers, an asset's name is taken once
 * (422), lists come in pages with a Link header, an immutable release stays as it is.
 */
export class GithubServer {
  readonly repository = "octo-org/quayside"
  readonly releases: StoredRelease[] = []
  /** Tags that were pushed, and their commits. */
  readonly tags = new Map<string, string>()
  readonly tokens = new Map<string, Token>([
    ["classic", { scopes: "repo, workflow", write: true }],
    ["fine-grained", { write: true }],
  ])
  /** Every request, such as `POST /repos/…/releases`. */
  readonly log: string[] = []
  latest: number | undefined
  #id = 1000
  #once: Answer[] = []
  #server: Server | undefined
  #origin = ""

  constructor(readonly settings: Settings = {}) {}

  async start(): Promise<string> {
    const server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error))
      })
    })
    this.#server = server
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve)
    })
    this.#origin = `http://127.0.0.1:${this.port}`
    return this.#origin + this.#prefix
  }

  get port(): number {
    return (this.#server?.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  /** The file of which it stores other bytes than it was sent, each time. */
  changes: string | undefined

  /** The file that it stores under another name. */
  renames: string | undefined

  /** Answers the next request that matches in another way, once. */
  next(
    matching: RegExp,
    status: number,
    body: object,
    headers: Record<string, string> = {},
  ): void {
    this.#once.push((request, response) => {
      if (!matching.test(line(request))) return false
      send(response, status, body, headers)
      return true
    })
  }

  /** Breaks the next upload off in its middle: GitHub keeps an asset that is not complete. */
  breakUpload(): void {
    this.#once.push((request, response) => {
      if (!/^POST .*\/assets\?name=/.test(line(request))) return false
      const { searchParams } = new URL(request.url ?? "", this.#origin)
      this.releases.at(-1)?.assets.push({
        id: this.#id++,
        name: searchParams.get("name") ?? "",
        bytes: Buffer.alloc(0),
        state: "open",
      })
      response.destroy()
      return true
    })
  }

  /** Adds a release as if somebody had made it before. */
  seed(
    release: Partial<StoredRelease> & { tag_name: string },
    files: Readonly<Record<string, string | Buffer>> = {},
  ): StoredRelease {
    const stored = {
      id: this.#id++,
      name: release.tag_name,
      body: "",
      draft: false,
      prerelease: false,
      make_latest: "false",
      immutable: false,
      assets: Object.entries(files).map(([name, bytes]) => ({
        id: this.#id++,
        name,
        bytes: Buffer.from(bytes),
        state: "uploaded" as const,
      })),
      ...release,
    }
    this.releases.push(stored)
    return stored
  }

  /** A release as a list shows it. */
  shown(tag: string): object {
    const found = this.releases.find(({ tag_name }) => tag_name === tag)
    if (!found) throw new Error(`there is no release of ${tag}`)
    return this.#shown(found, this.#origin)
  }

  get #prefix(): string {
    return this.settings.prefix ?? ""
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const shown = line(request)
    this.log.push(shown)
    // The address of a service is the engine's, not this machine's.
    const origin = `http://${request.headers.host ?? ""}`
    const url = new URL(request.url ?? "", origin)
    const at = this.#once.findIndex((each) => each(request, response))
    if (at >= 0) {
      this.#once.splice(at, 1)
      return
    }
    if (url.pathname.startsWith("/storage/")) {
      this.#storage(url, response)
      return
    }
    const { authorization } = request.headers
    const [, name] = /^(?:token|bearer) (.+)$/i.exec(authorization ?? "") ?? [
      undefined,
      "",
    ]
    const token = authorization === undefined ? ANYBODY : this.tokens.get(name)
    if (!token) {
      send(response, 401, { message: "Bad credentials" })
      return
    }
    const body = await readBody(request)
    const reply = this.#route(request.method ?? "", url, body, token, origin)
    const scopes =
      token.scopes === undefined ? {} : { "x-oauth-scopes": token.scopes }
    send(response, reply.status, reply.body, { ...scopes, ...reply.headers })
  }

  #route(
    method: string,
    url: URL,
    body: Buffer,
    token: Token,
    origin: string,
  ): Reply {
    const root = `${this.#prefix}/repos/${this.repository}`
    const uploads = `/uploads/repos/${this.repository}`
    const pathname = decodeURIComponent(url.pathname)
    if (token.blind && this.settings.private) return notFound()
    if (method !== "GET" && !token.write) return this.#forbidden(token)
    const upload = new RegExp(`^${uploads}/releases/(\\d+)/assets$`).exec(
      pathname,
    )
    if (upload && method === "POST")
      return this.#upload(Number(upload[1]), url, body, origin)
    if (!pathname.startsWith(root)) return notFound()
    const path = pathname.slice(root.length)
    if (path === "") return this.#repository(token)
    const tag = /^\/git\/ref\/tags\/(.+)$/.exec(path)?.[1]
    if (tag !== undefined) return this.#ref(tag)
    const annotated = /^\/git\/tags\/(.+)$/.exec(path)?.[1]
    if (annotated) return this.#annotated(annotated)
    if (path === "/releases" && method === "GET")
      return this.#page(
        url,
        [...this.releases]
          .reverse()
          .filter(({ draft }) => !draft || token.write)
          .map((each) => this.#shown(each, origin)),
      )
    if (path === "/releases" && method === "POST")
      return this.#create(JSON.parse(body.toString()) as object, origin)
    const byTag = /^\/releases\/tags\/(.+)$/.exec(path)?.[1]
    if (byTag !== undefined) return this.#byTag(byTag, origin)
    const asset = /^\/releases\/assets\/(\d+)$/.exec(path)?.[1]
    if (asset) return this.#asset(method, Number(asset), origin)
    const release = /^\/releases\/(\d+)(\/assets)?$/.exec(path)
    if (release)
      return this.#release(
        method,
        Number(release[1]),
        release[2] !== undefined,
        url,
        body,
        origin,
      )
    return notFound()
  }

  #repository(token: Token): Reply {
    return ok({
      full_name: this.repository,
      private: this.settings.private ?? false,
      archived: this.settings.archived ?? false,
      permissions: { admin: false, push: token.write, pull: true },
    })
  }

  #ref(tag: string): Reply {
    const sha = this.tags.get(tag)
    if (!sha) return notFound()
    const type = this.tags.has(`annotated:${sha}`) ? "tag" : "commit"
    return ok({ ref: `refs/tags/${tag}`, object: { type, sha } })
  }

  #annotated(sha: string): Reply {
    const commit = this.tags.get(`annotated:${sha}`)
    if (!commit) return notFound()
    const type = this.tags.has(`annotated:${commit}`) ? "tag" : "commit"
    return ok({ sha, object: { type, sha: commit } })
  }

  #byTag(tag: string, origin: string): Reply {
    const found = this.releases.find(
      (each) => each.tag_name === tag && !each.draft,
    )
    return found ? ok(this.#shown(found, origin)) : notFound()
  }

  #create(given: Partial<StoredRelease>, origin: string): Reply {
    const { draft = false, tag_name } = given
    if (!tag_name) return invalid("Release", "missing_field", "tag_name")
    if (!draft && this.#taken(tag_name))
      return invalid("Release", "already_exists", "tag_name")
    const stored = this.seed({ ...given, tag_name, draft })
    if (!draft) this.#published(stored)
    return { status: 201, body: this.#shown(stored, origin) }
  }

  #release(
    method: string,
    id: number,
    assets: boolean,
    url: URL,
    body: Buffer,
    origin: string,
  ): Reply {
    const found = this.releases.find((each) => each.id === id)
    if (!found) return notFound()
    if (assets)
      return this.#page(
        url,
        found.assets.map((each) => this.#shownAsset(each, origin)),
      )
    if (method === "DELETE") {
      this.releases.splice(this.releases.indexOf(found), 1)
      return { status: 204, body: undefined }
    }
    if (method === "PATCH") {
      const given = JSON.parse(body.toString()) as Partial<StoredRelease>
      const publishes = found.draft && given.draft === false
      if (publishes && this.#taken(found.tag_name))
        return invalid("Release", "already_exists", "tag_name")
      Object.assign(found, given)
      if (publishes) this.#published(found)
    }
    return ok(this.#shown(found, origin))
  }

  #taken(tag: string): boolean {
    return this.releases.some((each) => each.tag_name === tag && !each.draft)
  }

  #published(release: StoredRelease): void {
    release.immutable = this.settings.immutable ?? false
    // GitHub makes a tag that is not there from the default branch.
    if (!this.tags.has(release.tag_name))
      this.tags.set(release.tag_name, "0".repeat(40))
    if (release.make_latest !== "false" && !release.prerelease)
      this.latest = release.id
  }

  #upload(id: number, url: URL, bytes: Buffer, origin: string): Reply {
    const release = this.releases.find((each) => each.id === id)
    if (!release) return notFound()
    if (release.immutable)
      return {
        status: 422,
        body: { message: "Cannot upload assets to an immutable release." },
      }
    const asked = url.searchParams.get("name") ?? ""
    const kept = asked === this.renames ? `${asked}.txt` : asked
    const name = kept.replace(/[^\w.+-]+/g, ".").replace(/^\.+|\.+$/g, "")
    if (!name) return invalid("ReleaseAsset", "missing_field", "name")
    if (release.assets.some((each) => each.name === name))
      return invalid("ReleaseAsset", "already_exists", "name")
    if (bytes.length === 0)
      return { status: 400, body: { message: "Bad Content-Length" } }
    const stored = name === this.changes ? Buffer.from("other bytes") : bytes
    const state = "uploaded" as const
    const asset = { id: this.#id++, name, bytes: stored, state }
    release.assets.push(asset)
    return { status: 201, body: this.#shownAsset(asset, origin) }
  }

  #asset(method: string, id: number, origin: string): Reply {
    const release = this.releases.find(({ assets }) =>
      assets.some((each) => each.id === id),
    )
    const asset = release?.assets.find((each) => each.id === id)
    if (!release || !asset) return notFound()
    if (method === "DELETE") {
      if (release.immutable)
        return {
          status: 422,
          body: { message: "Cannot delete assets of an immutable release." },
        }
      release.assets.splice(release.assets.indexOf(asset), 1)
      return { status: 204, body: undefined }
    }
    return {
      status: 302,
      body: undefined,
      headers: { location: `${origin}/storage/${id}` },
    }
  }

  /** Assets lie elsewhere, behind an address that is signed: the token has no business there. */
  #storage(url: URL, response: ServerResponse) {
    const id = Number(url.pathname.split("/").at(-1))
    const asset = this.releases
      .flatMap(({ assets }) => assets)
      .find((each) => each.id === id)
    response.writeHead(asset ? 200 : 404, {
      "content-type": "application/octet-stream",
    })
    response.end(asset?.bytes)
  }

  /** Refused as GitHub does: classic tokens by 404, the others by 403 with what they lack. */
  #forbidden(token: Token): Reply {
    if (token.scopes !== undefined) return notFound()
    return {
      status: 403,
      body: { message: "Resource not accessible by personal access token" },
      headers: { "x-accepted-github-permissions": "contents=write" },
    }
  }

  #page(url: URL, all: readonly object[]): Reply {
    const size = Math.min(Number(url.searchParams.get("per_page") ?? 30), 100)
    const page = Number(url.searchParams.get("page") ?? 1)
    const headers: Record<string, string> = {}
    if (page * size < all.length) {
      const next = new URL(url)
      next.searchParams.set("page", String(page + 1))
      headers["link"] = `<${next.href}>; rel="next"`
    }
    return { ...ok(all.slice((page - 1) * size, page * size)), headers }
  }

  #shown(release: StoredRelease, origin: string): ReleaseShape {
    const { assets, body, draft, id, immutable, name, prerelease } = release
    const api = `${origin}${this.#prefix}/repos/${this.repository}/releases/${id}`
    return {
      id,
      body,
      draft,
      immutable,
      name,
      prerelease,
      tag_name: release.tag_name,
      url: api,
      assets_url: `${api}/assets`,
      upload_url: `${origin}/uploads/repos/${this.repository}/releases/${id}/assets{?name,label}`,
      // A draft has no tag yet, and an address that only its makers can open.
      html_url: `${origin}/${this.repository}/releases/tag/${release.draft ? `untagged-${id}` : release.tag_name}`,
      tarball_url: null,
      zipball_url: null,
      node_id: `RE_${id}`,
      target_commitish: "main",
      created_at: "2026-06-15T00:00:00Z",
      published_at: release.draft ? null : "2026-06-15T00:00:00Z",
      author: AUTHOR,
      assets: assets.map((each) => this.#shownAsset(each, origin)),
    }
  }

  #shownAsset(asset: StoredAsset, origin: string): AssetShape {
    const { bytes, id, name, state } = asset
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`
    const told = this.settings.digests !== false && state === "uploaded"
    return {
      id,
      name,
      state,
      size: bytes.length,
      digest: told ? digest : null,
      url: `${origin}${this.#prefix}/repos/${this.repository}/releases/assets/${id}`,
      browser_download_url: `${origin}/storage/${id}`,
      node_id: `RA_${id}`,
      label: "",
      content_type: "application/octet-stream",
      download_count: 0,
      created_at: "2026-06-15T00:00:00Z",
      updated_at: "2026-06-15T00:00:00Z",
      uploader: AUTHOR,
    }
  }
}

interface Reply {
  status: number
  body: unknown
  headers?: Record<string, string>
}

const AUTHOR = { login: "octocat", id: 1 } as Schemas["simple-user"]

function ok(body: unknown): Reply {
  return { status: 200, body }
}

function notFound(): Reply {
  return { status: 404, body: { message: "Not Found" } }
}

function invalid(resource: string, code: string, field: string): Reply {
  const errors = [{ resource, code, field }]
  return { status: 422, body: { message: "Validation Failed", errors } }
}

function line({ method, url }: IncomingMessage): string {
  return `${method ?? ""} ${url ?? ""}`
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) return
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    ...headers,
  })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
