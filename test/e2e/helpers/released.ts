import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { boatProject } from "./boat.js"
import {
  type Behaviour,
  type FaultyIndex,
  sha256,
  TOKEN,
} from "./faulty-index.js"
import { IndexServer } from "./faulty-index.js"
import { type Answer, Session } from "./session.js"

/** How an upload may differ from the usual one. */
interface Published {
  readonly release?: string
  readonly password?: string
  readonly trusted?: boolean
  readonly indexUser?: string
  readonly identityUrl?: string
}

/** A released package, a server of indexes that misbehave, and a session to publish the one to the other. */
export class Harbour {
  private constructor(
    readonly session: Session,
    readonly server: IndexServer,
    readonly tag: string,
    /** The project, whose index gets a minute to show what it has. */
    readonly project: string,
    /** The release directory: as an argument, and on this machine. */
    readonly release: string,
    readonly folder: string,
    readonly service: string,
  ) {}

  static async open(tag: string, settings: string): Promise<Harbour> {
    const session = await Session.open()
    const server = await IndexServer.start()
    const project = boatProject(settings)
    const folder = mkdtempSync(join(tmpdir(), "shipwheel-release-"))
    const [source] = await session.ask<string>(
      `{ host { directory(path: ${JSON.stringify(project)}) { id } } }`,
    )
    const directory = (leaf: string) =>
      session.ask<string>(
        `{ shipwheel(source: ${JSON.stringify(source)}) { releaseDirectory(tag: ${JSON.stringify(tag)}) { ${leaf} } } }`,
      )
    const [release] = await directory("id")
    await directory(`export(path: ${JSON.stringify(folder)})`)
    const service = await session.hostService(server.port)
    return new Harbour(session, server, tag, project, release, folder, service)
  }

  close(): void {
    this.session.close()
    this.server.stop()
  }

  /** The files that are meant to go out, wheel first. */
  get meant(): Map<string, Buffer> {
    const names = readFileSync(join(this.folder, "SHA256SUMS"), "utf8")
      .split("\n")
      .map((line) => line.slice(66))
      .filter((name) => /\.(whl|tar\.gz)$/.test(name))
    return new Map(
      names.map((name) => [name, readFileSync(join(this.folder, name))]),
    )
  }

  get wheel(): string {
    return this.#named(".whl")
  }

  get sdist(): string {
    return this.#named(".tar.gz")
  }

  /** What a complete index holds. */
  get complete(): Record<string, string> {
    return Object.fromEntries(
      [...this.meant].map(([name, bytes]) => [name, sha256(bytes)]),
    )
  }

  hash(name: string): string {
    return this.complete[name] ?? ""
  }

  /** A folder of this machine, as an argument. */
  async directory(path: string): Promise<string> {
    const [id] = await this.session.ask<string>(
      `{ host { directory(path: ${JSON.stringify(path)}) { id } } }`,
    )
    return id
  }

  /** Lets an index hold some of the files already. */
  stock(index: FaultyIndex, ...names: string[]): void {
    for (const name of names)
      index.files.set(name, this.meant.get(name) ?? Buffer.alloc(0))
  }

  index(name: string, behaviour: Behaviour = {}): FaultyIndex {
    return this.server.add(name, behaviour)
  }

  /** Publishes the release, in another project or with other arguments where they are given. */
  async publish(
    index: FaultyIndex,
    { password, release = this.release, trusted, ...places }: Published = {},
    project = this.project,
  ): Promise<Answer> {
    const shown = password ?? (await this.session.secret(TOKEN))
    const given = { name: index.uploadUrl, release, password: shown, trusted }
    return this.session.chain(
      project,
      ["index", { ...given, indexService: this.service, ...places }],
      ["publish", { tag: this.tag }],
    )
  }

  /** Looks at one index alone. */
  lookAt(
    index: FaultyIndex,
    name: "recover" | "status" | "verify",
    {
      project = this.project,
      release = this.release,
      ...more
    }: Published & { project?: string } = {},
  ): Promise<Answer> {
    const given = { name: index.uploadUrl, release, ...more }
    return this.session.chain(
      project,
      ["index", { ...given, indexService: this.service }],
      [name, { tag: this.tag }],
    )
  }

  /** Calls what only looks. */
  look(name: string, args: Record<string, unknown>): Promise<Answer> {
    const indexService = this.service
    return this.session.call(this.project, name, {
      tag: this.tag,
      indexService,
      ...args,
    })
  }

  #named(suffix: string): string {
    return [...this.meant.keys()].find((name) => name.endsWith(suffix)) ?? ""
  }
}
