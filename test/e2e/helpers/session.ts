import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

import { DAGGER } from "./dagger.js"

const ROOT = fileURLToPath(new URL("../../..", import.meta.url))

/** What a function answered: its value, or the message of its error. */
export interface Answer {
  readonly value: string
  readonly error: string
}

/** Arguments of the module itself. */
const PLACES = [
  ...["identityUrl", "indexService", "indexUser"],
  ...["githubApi", "githubRepository", "githubService"],
]

/** A field of a query with its arguments. */
function called(name: string, args: readonly [string, unknown][]): string {
  const given = args.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${JSON.stringify(value)}`],
  )
  return given.length > 0 ? `${name}(${given.join(", ")})` : name
}

/**
 * One connection to the engine for many calls: the module is loaded once, and
 * calls may run side by side. A user gets the same from `dagger call`, one at a time.
 */
export class Session {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
    private readonly auth: string,
    /** Everything that the engine printed. */
    readonly log: string[],
  ) {}

  static async open(): Promise<Session> {
    const child = spawn(DAGGER, ["--progress", "plain", "session"], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["pipe", "pipe", "pipe"],
    })
    const log: string[] = []
    child.stderr.on("data", (part: Buffer) => log.push(part.toString()))
    const first = await new Promise<string>((resolve, reject) => {
      let text = ""
      child.stdout.on("data", (part: Buffer) => {
        text += part.toString()
        if (text.includes("\n")) resolve(text)
      })
      child.on("error", reject)
      child.on("close", () => {
        reject(new Error(`no session: ${log.join("")}`))
      })
    })
    const { port, session_token } = JSON.parse(first) as {
      port: number
      session_token: string
    }
    const auth = `Basic ${Buffer.from(`${session_token}:`).toString("base64")}`
    const url = `http://127.0.0.1:${port}/query`
    const session = new Session(child, url, auth, log)
    const [module] = await session.ask<string>(
      `{ moduleSource(refString: ${text(ROOT)}) { asModule { id } } }`,
    )
    await session.ask(`{ loadModuleFromID(id: ${text(module)}) { serve } }`)
    return session
  }

  /** Asks in GraphQL, and returns the leaves of the answer. */
  async ask<T>(query: string): Promise<[T, ...T[]]> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: {
        authorization: this.auth,
        "content-type": "application/json",
      },
      body: JSON.stringify({ query }),
    })
    const { data, errors } = (await response.json()) as {
      data: unknown
      errors?: { message: string }[]
    }
    if (errors) throw new Error(errors.map(({ message }) => message).join("\n"))
    return leaves(data) as [T, ...T[]]
  }

  /** Calls a function of the module on a project. */
  async call(
    project: string,
    name: string,
    args: Readonly<Record<string, unknown>>,
  ): Promise<Answer> {
    return this.chain(project, [name, args])
  }

  /** The same for one after the other; what says where things are goes to the first of all. */
  async chain(
    project: string,
    ...calls: readonly [name: string, args: Readonly<Record<string, unknown>>][]
  ): Promise<Answer> {
    const source = `host { directory(path: ${text(project)}) { id } }`
    const [id] = await this.ask<string>(`{ ${source} }`)
    const all = calls.flatMap(([, args]) => Object.entries(args))
    const places = all.filter(([key]) => PLACES.includes(key))
    const query = calls.map(([name, args]) =>
      called(
        name,
        Object.entries(args).filter(([key]) => !PLACES.includes(key)),
      ),
    )
    const module = called("shipwheel", [["source", id], ...places])
    try {
      const [value] = await this.ask<string>(
        `{ ${[module, ...query].reduceRight((inner, each) => `${each} { ${inner} }`)} }`,
      )
      return { value, error: "" }
    } catch (error) {
      return { value: "", error: (error as Error).message }
    }
  }

  /** A secret, as an argument. */
  async secret(plaintext: string): Promise<string> {
    const name = `secret-${Math.random()}`
    const [id] = await this.ask<string>(
      `{ setSecret(name: ${text(name)}, plaintext: ${text(plaintext)}) { id } }`,
    )
    return id
  }

  /** A server on this machine, as an argument. */
  async hostService(port: number): Promise<string> {
    const ports = `[{ backend: ${port}, frontend: ${port} }]`
    const [id] = await this.ask<string>(
      `{ host { service(host: "127.0.0.1", ports: ${ports}) { id } } }`,
    )
    return id
  }

  close(): void {
    this.child.stdin?.end()
    this.child.kill()
  }
}

function text(value: string): string {
  return JSON.stringify(value)
}

function leaves(data: unknown): unknown[] {
  return data !== null && typeof data === "object" && !Array.isArray(data)
    ? Object.values(data).flatMap(leaves)
    : [data]
}
