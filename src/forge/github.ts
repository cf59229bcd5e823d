import { Readable } from "node:stream"
import type { ReadableStream } from "node:stream/web"

import { RequestError } from "#octokit/request-error"
import { z } from "#zod"

import type { Limits } from "../config/limits.js"
import { ANSWER_LIMITS, bounded, BYTES, TooMuch } from "./answer-limit.js"
import type { RemoteAsset } from "./assets.js"
import type { Forge, ForgeRelease, ReleaseText } from "./forge.js"
import type { ForgeRepository } from "./forge-repository.js"
import { GITHUB, LIMIT, refuseAccess } from "./github-access.js"
import { type Access, githubClient } from "./github-client.js"
import {
  assetOf,
  fields,
  isClosed,
  isTaken,
  objectOf,
  releaseOf,
  repositoryIn,
  type TaggedObject,
} from "./github-data.js"
import {
  endlessList,
  foreignRedirect,
  foreignUpload,
  type GithubRequest,
  goneFile,
  hugeFile,
  noCommit,
  notGithub,
  otherSize,
  refusal,
  stillDraft,
  tooLarge,
  tooSlow,
} from "./github-refusals.js"
import { isOfOne, LedAway, ownAddresses } from "./own-hosts.js"
import { REQUEST_LIMITS, type RequestLimits, TooSlow } from "./request-limit.js"

/** GitHub lists 10,000 releases, a hundred on a page. */
const PAGES = 100

/** Tags that stand for one another, up to so many. */
const TAGS = 20

/** The tag of the draft that proves a token. */
const PROOF = "shipwheel-preflight"

interface PageHeaders {
  readonly link?: string
  readonly "content-length"?: number
}

/** GitHub, and what speaks as it does. */
export class Github implements Forge {
  readonly name = GITHUB.name
  readonly where: string
  readonly #octokit
  readonly #anonymous: boolean
  readonly #api: string
  readonly #at: ForgeRepository
  readonly #limits: RequestLimits
  readonly #longestList: number
  /** The addresses that speak for GitHub. */
  readonly #own: readonly string[]

  constructor(access: Access) {
    this.#octokit = githubClient(access)
    this.#api = this.#octokit.request.endpoint.DEFAULTS.baseUrl
    this.#at = access.repository
    this.#limits = { ...REQUEST_LIMITS, ...access.limits }
    this.#longestList = (access.answerLimits ?? ANSWER_LIMITS).list
    this.#own = ownAddresses(this.#api, access.standIn)
    this.#anonymous = !access.token
    this.where = `${this.#at.owner}/${this.#at.repo}`
  }

  readonly unfit = GITHUB.unfit

  async proveAccess(): Promise<void> {
    const { headers, seen } = await this.#ask(
      "read the repository",
      async () => {
        const answer = await this.#octokit.request(
          "GET /repos/{owner}/{repo}",
          { ...this.#at },
        )
        return { headers: answer.headers, seen: repositoryIn(answer.data) }
      },
    )
    const scopes = headers["x-oauth-scopes"]
    refuseAccess({
      where: this.where,
      archived: seen.archived,
      private: seen.private,
      mayPush: seen.permissions?.push,
      scopes,
    })
    // Other kinds of token say what they may do only when they do it.
    if (scopes === undefined) await this.#proveByDraft()
  }

  async #proveByDraft(): Promise<void> {
    const left = (await this.releases()).filter(
      ({ draft, tag }) => draft && tag === PROOF,
    )
    for (const each of left) await this.deleteDraft(each)
    // One that a killed run left proves as much.
    if (left.length > 0) return
    const draft = await this.createDraft({
      tag: PROOF,
      title: "Shipwheel looks whether it may make a release",
      notes: "This draft is deleted at once; delete it if you can read this.",
      prerelease: true,
    })
    await this.deleteDraft(draft)
  }

  async deleteDraft({ id }: ForgeRelease): Promise<void> {
    await this.#unlessMissing("delete a draft release", () =>
      this.#octokit.request(
        "DELETE /repos/{owner}/{repo}/releases/{release_id}",
        { ...this.#at, release_id: id },
      ),
    )
  }

  async commitOf(tag: string): Promise<string | undefined> {
    const object = await this.#unlessMissing("look for the tag", async () => {
      const { data } = await this.#octokit.request(
        "GET /repos/{owner}/{repo}/git/ref/{ref}",
        { ...this.#at, ref: `tags/${tag}` },
      )
      return objectOf(data)
    })
    return (
      object && this.#ask("read the tag", () => this.#commitAt(tag, object))
    )
  }

  /** A tag may stand for a tag: `git tag -f -s` signs one that is there. */
  async #commitAt(tag: string, object: TaggedObject): Promise<string> {
    let { sha, type } = object
    for (let depth = 0; type === "tag" && depth < TAGS; depth++) {
      const { data } = await this.#octokit.request(
        "GET /repos/{owner}/{repo}/git/tags/{tag_sha}",
        { ...this.#at, tag_sha: sha },
      )
      ;({ sha, type } = objectOf(data))
    }
    if (type !== "commit") throw noCommit(tag, type, this.where)
    return sha
  }

  /** No other call shows drafts. */
  releases(): Promise<ForgeRelease[]> {
    return this.#all("list the releases", releaseOf, (page) =>
      this.#octokit.request("GET /repos/{owner}/{repo}/releases", {
        ...this.#at,
        ...page,
      }),
    )
  }

  assets({ id }: ForgeRelease): Promise<RemoteAsset[]> {
    return this.#all("list the release's files", assetOf, (page) =>
      this.#octokit.request(
        "GET /repos/{owner}/{repo}/releases/{release_id}/assets",
        { ...this.#at, ...page, release_id: id },
      ),
    )
  }

  /** A list to its end, which is where a page has no next one. */
  async #all<T>(
    what: string,
    read: (data: unknown) => T,
    ask: (page: {
      per_page: number
      page: number
    }) => Promise<{ data: unknown[]; headers: PageHeaders }>,
  ): Promise<T[]> {
    const all: T[] = []
    let length = 0
    for (let page = 1; page <= PAGES; page++) {
      const more = await this.#ask(what, async () => {
        const { data, headers } = await ask({ per_page: 100, page })
        length += Number(headers["content-length"])
        if (length > this.#longestList) throw new TooMuch(this.#longestList)
        if (!Array.isArray(data)) throw notGithub(this.#asked(what))
        all.push(...data.map(read))
        return data.length > 0 && /rel="?next"?/.test(headers.link ?? "")
      })
      if (!more) return all
    }
    throw endlessList(this.#asked(what))
  }

  async createDraft(text: ReleaseText): Promise<ForgeRelease> {
    return this.#ask("create a draft release", async () => {
      const { data } = await this.#octokit.request(
        "POST /repos/{owner}/{repo}/releases",
        {
          ...this.#at,
          ...fields(text),
          draft: true,
          // A draft can't be the latest; which release is, is said when it is published.
          make_latest: "false",
        },
      )
      return releaseOf(data)
    })
  }

  async publish(
    draft: ForgeRelease,
    text: ReleaseText,
    latest: boolean,
  ): Promise<ForgeRelease> {
    return this.#ask("publish the release", async () => {
      const { data } = await this.#octokit.request(
        "PATCH /repos/{owner}/{repo}/releases/{release_id}",
        {
          ...this.#at,
          ...fields(text),
          release_id: draft.id,
          draft: false,
          make_latest: latest ? "true" : "false",
        },
      )
      const release = releaseOf(data)
      if (release.draft) throw stillDraft(text.tag, this.where)
      if (release.id !== draft.id || release.tag !== draft.tag)
        throw notGithub(this.#asked("publish the release"))
      return release
    })
  }

  async upload(
    release: ForgeRelease,
    name: string,
    data: Blob,
  ): Promise<boolean> {
    if (!isOfOne(this.#own, release.uploadUrl))
      throw foreignUpload(release.uploadUrl, this.#asked(`upload \`${name}\``))
    const send = async () => {
      try {
        await this.#octokit.request({
          method: "POST",
          url: release.uploadUrl,
          headers: { "content-type": "application/octet-stream" },
          name,
          data,
          request: { seconds: this.#limits.upload },
        })
        return true
      } catch (error) {
        if (isTaken(error) || isClosed(error)) return false
        throw error
      }
    }
    return this.#ask(`upload \`${name}\``, send, "upload")
  }

  async deleteAsset({
    id,
    name,
  }: Pick<RemoteAsset, "id" | "name">): Promise<void> {
    // Another run may have replaced it just now.
    await this.#unlessMissing(`replace \`${name}\``, () =>
      this.#octokit.request(
        "DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}",
        { ...this.#at, asset_id: id },
      ),
    )
  }

  async download({
    id,
    name,
    size,
  }: Pick<RemoteAsset, "id" | "name" | "size">): Promise<Readable> {
    const asked = this.#asked(`download \`${name}\``)
    if (size >= LIMIT) throw hugeFile(name, size, asked)
    const answer = await this.#unlessMissing(`download \`${name}\``, () =>
      this.#octokit.request(
        "GET /repos/{owner}/{repo}/releases/assets/{asset_id}",
        {
          ...this.#at,
          asset_id: id,
          headers: { accept: BYTES },
          request: { parseSuccessResponseBody: false },
        },
      ),
    )
    if (!answer) throw goneFile(name, this.where)
    const sent = Readable.fromWeb(answer.data as unknown as ReadableStream)
    // What breaks off before anybody reads it is told to who does.
    sent.on("error", () => undefined)
    const seconds = this.#limits.install
    const timer = setTimeout(() => {
      sent.destroy(tooSlow(seconds, asked, "install"))
    }, seconds * 1000)
    sent.once("close", () => {
      clearTimeout(timer)
    })
    return Readable.from(
      bounded(sent, size, (seen) => otherSize(name, size, seen, asked)),
    )
  }

  async #ask<T>(
    what: string,
    call: () => Promise<T>,
    limit?: keyof Limits,
  ): Promise<T> {
    try {
      return await call()
    } catch (error) {
      if (error instanceof TooSlow)
        throw tooSlow(error.seconds, this.#asked(what), limit)
      if (error instanceof TooMuch)
        throw tooLarge(error.most, this.#asked(what))
      if (error instanceof LedAway)
        throw foreignRedirect(error.to, this.#asked(what))
      if (error instanceof z.ZodError) throw notGithub(this.#asked(what))
      if (!(error instanceof RequestError)) throw error
      throw refusal(error, this.#asked(what))
    }
  }

  #asked(what: string): GithubRequest {
    const [where, api, anonymous] = [this.where, this.#api, this.#anonymous]
    return { what, where, api, anonymous }
  }

  async #unlessMissing<T>(
    what: string,
    call: () => Promise<T>,
  ): Promise<T | undefined> {
    return this.#ask(what, async () => {
      try {
        return await call()
      } catch (error) {
        if (error instanceof RequestError && error.status === 404)
          return undefined
        throw error
      }
    })
  }
}
