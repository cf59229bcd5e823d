import type { Readable } from "node:stream"

import type { Fitting, RemoteAsset } from "./assets.js"

/** What everybody sees of a release. */
export interface ReleaseText {
  readonly tag: string
  readonly title: string
  readonly notes: string
  readonly prerelease: boolean
}

/** A release as the forge has it. */
export interface ForgeRelease extends ReleaseText {
  readonly id: number
  readonly draft: boolean
  /** Once published, it can't be changed any more. */
  readonly immutable: boolean
  /** Where people read it. */
  readonly url: string
  /** Where its files are sent to. */
  readonly uploadUrl: string
}

/** All that a release needs of the place where it is announced; each refusal names its cause. */
export interface Forge {
  /** As people call it. */
  readonly name: string
  /** The repository, such as `owner/name`. */
  readonly where: string

  /** Proves, without leaving anything behind, that a release may be made here. */
  proveAccess(): Promise<void>
  /** Says which files would be refused or renamed, before the first of them is sent. */
  unfit(assets: readonly Fitting[]): readonly string[]
  /** The commit that a pushed tag stands for; none when it was not pushed. */
  commitOf(tag: string): Promise<string | undefined>

  /** All releases, drafts too. */
  releases(): Promise<readonly ForgeRelease[]>
  createDraft(text: ReleaseText): Promise<ForgeRelease>
  /** Takes back a draft; one that is gone already is no fault. */
  deleteDraft(draft: ForgeRelease): Promise<void>
  publish(
    draft: ForgeRelease,
    text: ReleaseText,
    latest: boolean,
  ): Promise<ForgeRelease>

  /** The files of a release, without their hash where the forge does not tell it. */
  assets(release: ForgeRelease): Promise<readonly RemoteAsset[]>
  /** Uploads a file; false when one of this name is there already. */
  upload(release: ForgeRelease, name: string, data: Blob): Promise<boolean>
  deleteAsset(asset: Pick<RemoteAsset, "id" | "name">): Promise<void>
  /** No more bytes than the forge says that it has. */
  download(asset: Pick<RemoteAsset, "id" | "name" | "size">): Promise<Readable>
}
