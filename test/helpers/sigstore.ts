import { type ChildProcess, spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

import { ENV } from "../linters/install.mjs"

const SERVER = fileURLToPath(new URL("sigstore_server.py", import.meta.url))

/** The jobs of a CI, as the claims of their identity tokens name them. */
export function job(repository: string, tag: string) {
  const ref = `refs/tags/${tag}`
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: "https://token.actions.githubusercontent.com",
    sub: `repo:${repository}:ref:${ref}`,
    iat: now,
    exp: now + 600,
    repository,
    ref,
    sha: "8d3b1e07".repeat(5),
    workflow_ref: `${repository}/.github/workflows/release.yml@${ref}`,
  }
}

/** A Sigstore in small, that certifies whom an identity token names, and logs what was signed. */
export class Sigstore {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    /** What a client has to trust, as `sigstore --trust-config` takes it. */
    readonly trust: string,
  ) {}

  /** Takes tokens for one audience; whoever asks knows it by its port, or by the address that is given. */
  static async start(audience: string, url?: string): Promise<Sigstore> {
    const known = url === undefined ? [] : [url]
    const child = spawn("python3", [SERVER, audience, ...known], {
      env: { ...ENV, PYTHONDONTWRITEBYTECODE: "1" },
      stdio: ["ignore", "pipe", "inherit"],
    })
    for await (const line of createInterface({ input: child.stdout })) {
      const { port, trust } = JSON.parse(line) as {
        port: number
        trust: object
      }
      return new Sigstore(child, port, JSON.stringify(trust))
    }
    throw new Error("the Sigstore of the tests did not start")
  }

  stop(): void {
    this.child.kill()
  }
}
