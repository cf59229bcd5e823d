import { Readable } from "node:stream"
import type { ReadableStream } from "node:stream/web"

import { RequestError } from "#octokit/request-error"

import type { Asset, RemoteAsset } from "./assets.js"
import type { Forge, ForgeRelease, ReleaseText } from "./forge.js"
import type { ForgeRepository } from "./forge-repository.js"
import { refuseAccess, unfitForGithub } from "./github-access.js"
import { type Access, githubClient } from "./github-client.js"
import { assetOf, fields, isTaken, releaseOf } from "./github-data.js"
import { refusal } from "./github-refusals.js"

/** GitHub, and what speaks as it does. */
export class Github implements Forge {
  readonly name = "GitHub"
  readonly where: string
  readonly #octokit
  readonly #api: string
  readonly #at: ForgeRepository

  constructor(access: Access) {
    this.#octokit = githubClient(access)
    this.#api = this.#octokit.request.endpoint.DEFAULTS.baseUrl
    this.#at = access.repository
    this.where = `${this.#at.owner}/${this.#at.repo}`
  }

  unfit(assets: readonly Asset[]): readonly string[] {
    return unfitForGithub(assets)
  }

  async proveAccess(): Promise<void> {
    const { data, headers } = await this.#ask("read the repository", () =>
      this.#octokit.request("GET /repos/{owner}/{repo}", { ...this.#at }),
    )
    const scopes = headers["x-oauth-scopes"]
    const { archived, permissions } = data
    refuseAccess({
      where: this.where,
      archived,
      private: data.private,
      mayPush: permissions?.push,
      scopes,
    })
    // Other kinds of token say what they may do only when they do it.
    if (scopes === undefined) await this.#proveByDraft()
  }

  async #proveByDraft(): Promise<void> {
    const draft = await this.createDraft({
      tag: "shipwheel-preflight",
      title: "Shipwheel looks whether it may make a release",
      notes: "This draft is deleted at once; delete it if you can read this.",
      prerelease: true,
    })
    await this.#ask("delete a draft release", () =>
      this.#octokit.request(
        "DELETE /repos/{owner}/{repo}/releases/{release_id}",
        { ...this.#at, release_id: draft.id },
      ),
    )
  }

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

  /** No other call shows drafts. */
  async releases(): Promise<ForgeRelease[]> {
    const all = await this.#ask("list the releases", () =>
      this.#octokit.paginate("GET /repos/{owner}/{repo}/releases", {
        ...this.#at,
        per_page: 100,
      }),
    )
    return all.map(releaseOf)
  }

  async assets({ id }: ForgeRelease): Promise<RemoteAsset[]> {
    const all = await this.#ask("list the release's files", () =>
      this.#octokit.paginate(
        "GET /repos/{owner}/{repo}/releases/{release_id}/assets",
        { ...this.#at, release_id: id, per_page: 100 },
      ),
    )
    return all.map(assetOf)
  }

  async createDraft(text: ReleaseText): Promise<ForgeRelease> {
    const { data } = await this.#ask("create a draft release", () =>
      this.#octokit.request("POST /repos/{owner}/{repo}/releases", {
        ...this.#at,
        ...fields(text),
        draft: true,
        // A draft can't be the latest; which release is, is said when it is published.
        make_latest: "false",
      }),
    )
    return releaseOf(data)
  }

  async publish(
    draft: ForgeRelease,
    text: ReleaseText,
    latest: boolean,
  ): Promise<ForgeRelease> {
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
    return releaseOf(data)
  }

  async upload(
    release: ForgeRelease,
    name: string,
    data: Blob,
  ): Promise<boolean> {
    return this.#ask(`upload \`${name}\``, async () => {
      try {
        await this.#octokit.request({
          method: "POST",
          url: release.uploadUrl,
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

  async deleteAsset({
    id,
    name,
  }: Pick<RemoteAsset, "id" | "name">): Promise<void> {
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
  }: Pick<RemoteAsset, "id" | "name">): Promise<Readable> {
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
