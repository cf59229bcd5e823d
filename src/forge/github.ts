import { Readable } from "node:stream"
import type { ReadableStream } from "node:stream/web"

import { Octokit } from "@octokit/core"
import { paginateRest } from "@octokit/plugin-paginate-rest"
import { retry } from "@octokit/plugin-retry"
import { throttling } from "@octokit/plugin-throttling"
import { RequestError } from "@octokit/request-error"
import type { Endpoints } from "@octokit/types"

import type { ForgeRepository } from "./forge-repository.js"
import { refusal } from "./github-refusals.js"

const Client = Octokit.plugin(paginateRest, retry, throttling)

/** The address of github.com's API, as Octokit knows it. */
export const PUBLIC_API = new Octokit().request.endpoint.DEFAULTS.baseUrl

/** GitHub asks for no more patience than this; who asks for more gets an error that says until when. */
const PATIENCE_SECONDS = 15 * 60

export type Release =
  Endpoints["GET /repos/{owner}/{repo}/releases/{release_id}"]["response"]["data"]
export type ReleaseAsset = Release["assets"][number]

/** How GitHub is reached. */
export interface Access {
  /** Absent to read what everybody may read. */
  readonly token: string | undefined
  readonly repository: ForgeRepository
  /** The API's address; that of github.com unless it is told. */
  readonly api?: string | undefined
  /** How fast requests may follow each other, where GitHub's own rules are not meant. */
  readonly pace?: object
  readonly fetch?: typeof fetch
}

/** What everybody sees of a release. */
export interface ReleaseText {
  readonly tag: string
  readonly title: string
  readonly notes: string
  readonly prerelease: boolean
}

/** The calls that a release needs; each refusal names its cause. */
export class Github {
  readonly where: string
  readonly #octokit
  readonly #api: string
  readonly #at: ForgeRepository

  constructor({ api, fetch, pace, repository, token }: Access) {
    this.#octokit = new Client({
      ...(token ? { auth: token } : {}),
      userAgent: "shipwheel",
      ...(api ? { baseUrl: api.replace(/\/+$/, "") } : {}),
      request: fetch ? { fetch } : {},
      ...pace,
      throttle: {
        onRateLimit: waitIfBearable,
        onSecondaryRateLimit: waitIfBearable,
        id: `${repository.owner}/${repository.repo}`,
        ...(pace && "throttle" in pace ? (pace.throttle as object) : {}),
      },
      log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
    })
    this.#api = this.#octokit.request.endpoint.DEFAULTS.baseUrl
    this.#at = repository
    this.where = `${repository.owner}/${repository.repo}`
  }

  /** The repository, and the scopes of a classic token; other kinds do not tell theirs. */
  async repository() {
    const { data, headers } = await this.#ask("read the repository", () =>
      this.#octokit.request("GET /repos/{owner}/{repo}", { ...this.#at }),
    )
    return { ...data, scopes: headers["x-oauth-scopes"] }
  }

  /** The commit that a pushed tag stands for; none when it was not pushed. */
  async commitOf(tag: string): Promise<string | undefined> {
    const ref = await this.#unlessMissing("look for the tag", () =>
      this.#octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
        ...this.#at,
        ref: `tags/${tag}`,
      }),
    )
    if (ref?.data.object.type !== "tag") return ref?.data.object.sha
    const { data } = await this.#ask("read the tag", () =>
      this.#octokit.request("GET /repos/{owner}/{repo}/git/tags/{tag_sha}", {
        ...this.#at,
        tag_sha: ref.data.object.sha,
      }),
    )
    return data.object.sha
  }

  /** All releases with the drafts, which no other call shows. */
  async releases(): Promise<Release[]> {
    return this.#ask("list the releases", () =>
      this.#octokit.paginate("GET /repos/{owner}/{repo}/releases", {
        ...this.#at,
        per_page: 100,
      }),
    )
  }

  async assets(release: Release): Promise<ReleaseAsset[]> {
    return this.#ask("list the release's files", () =>
      this.#octokit.paginate(
        "GET /repos/{owner}/{repo}/releases/{release_id}/assets",
        { ...this.#at, release_id: release.id, per_page: 100 },
      ),
    )
  }

  async createDraft(text: ReleaseText): Promise<Release> {
    const { data } = await this.#ask("create a draft release", () =>
      this.#octokit.request("POST /repos/{owner}/{repo}/releases", {
        ...this.#at,
        ...fields(text),
        draft: true,
        // A draft can't be the latest; which release is, is said when it is published.
        make_latest: "false",
      }),
    )
    return data
  }

  async publish(
    draft: Release,
    text: ReleaseText,
    latest: boolean,
  ): Promise<Release> {
    const { data } = await this.#ask("publish the release", () =>
      this.#octokit.request(
        "PATCH /repos/{owner}/{repo}/releases/{release_id}",
        {
          ...this.#at,
          ...fields(text),
          release_id: draft.id,
          draft: false,
          make_latest: latest ? "true" : "false",
        },
      ),
    )
    return data
  }

  async deleteRelease(release: Release): Promise<void> {
    await this.#ask("delete a draft release", () =>
      this.#octokit.request(
        "DELETE /repos/{owner}/{repo}/releases/{release_id}",
        { ...this.#at, release_id: release.id },
      ),
    )
  }

  /** Uploads a file; false when one of this name is there already. */
  async upload(release: Release, name: string, data: Blob): Promise<boolean> {
    return this.#ask(`upload \`${name}\``, async () => {
      try {
        await this.#octokit.request({
          method: "POST",
          url: release.upload_url,
          headers: { "content-type": "application/octet-stream" },
          name,
          data,
        })
        return true
      } catch (error) {
        if (isTaken(error)) return false
        throw error
      }
    })
  }

  async deleteAsset({ id, name }: { id: number; name: string }): Promise<void> {
    await this.#ask(`replace \`${name}\``, () =>
      this.#octokit.request(
        "DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}",
        { ...this.#at, asset_id: id },
      ),
    )
  }

  async download({
    id,
    name,
  }: Pick<ReleaseAsset, "id" | "name">): Promise<Readable> {
    const { data } = await this.#ask(`download \`${name}\``, () =>
      this.#octokit.request(
        "GET /repos/{owner}/{repo}/releases/assets/{asset_id}",
        {
          ...this.#at,
          asset_id: id,
          headers: { accept: "application/octet-stream" },
          request: { parseSuccessResponseBody: false },
        },
      ),
    )
    return Readable.fromWeb(data as unknown as ReadableStream)
  }

  async #ask<T>(what: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      throw refusal(error, { what, where: this.where, api: this.#api })
    }
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

function fields({ notes, prerelease, tag, title }: ReleaseText) {
  return { tag_name: tag, name: title, body: notes, prerelease }
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    error.status === 422 &&
    error.message.includes("already_exists")
  )
}

function waitIfBearable(
  seconds: number,
  _options: unknown,
  _octokit: unknown,
  retries: number,
): boolean {
  const bearable = seconds <= PATIENCE_SECONDS && retries < 3
  if (bearable) console.log(`GitHub asks to wait for ${seconds} s`)
  return bearable
}

function quiet(): void {
  // Octokit also tells of each retry; what matters of it is in the error.
}
