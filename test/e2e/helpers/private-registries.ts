import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { createServer, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"

import { address } from "./mirror.js"

export const PYTHON_TOKEN = "py-s3cret"
export const NPM_TOKEN = "npm-s3cret"
const BASIC = `Basic ${Buffer.from(`__token__:${PYTHON_TOKEN}`).toString("base64")}`
const BEARER = `Bearer ${NPM_TOKEN}`

/** The module fails where it is imported and its own password is to be seen. */
const WHEEL = `
import sys, zipfile
name, version = "acme_core", "1.2"
with zipfile.ZipFile(f"{name}-{version}-py3-none-any.whl", "w") as out:
    info = f"{name}-{version}.dist-info"
    seen = 'import os\\nassert "${PYTHON_TOKEN}" not in str(dict(os.environ)), "the password is here"\\n'
    out.writestr(f"{name}/__init__.py", seen)
    out.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: acme-core\\nVersion: {version}\\nRequires-Dist: six\\n")
    out.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    out.writestr(f"{info}/RECORD", "")
`

/** An index of Python packages and a registry of npm on one server, each of which answers who shows its token and nobody else. */
export class PrivateRegistries {
  readonly refused: string[] = []
  readonly given: string[] = []

  private constructor(
    private readonly server: Server,
    /** Its address, as a container knows it. */
    readonly url: string,
    /** How a lockfile of npm knows the package. */
    readonly integrity: string,
  ) {}

  static async start(): Promise<PrivateRegistries> {
    const folder = mkdtempSync(join(tmpdir(), "registries-"))
    execFileSync("python3", ["-c", WHEEL], { cwd: folder })
    const tarball = packed(folder)
    const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`
    const server = createServer(({ headers, url = "" }, response) => {
      const wanted = /^\/(simple|files)\//.test(url) ? BASIC : BEARER
      if (headers.authorization !== wanted) {
        own.refused.push(url)
        response.writeHead(401, { "www-authenticate": "Basic realm=own" }).end()
        return
      }
      own.given.push(url)
      answer(response, url, folder, { integrity, tarball, home: own.url })
    })
    await new Promise<void>((done) => server.listen(0, done))
    const { port } = server.address() as AddressInfo
    const own = new PrivateRegistries(
      server,
      `http://${address()}:${String(port)}`,
      integrity,
    )
    return own
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }
}

/** `@acme/parts`, whose script of an install fails where the token is to be seen. */
function packed(folder: string): Buffer {
  const check = `if (JSON.stringify(process.env).includes('${NPM_TOKEN}')) process.exit(1)`
  const manifest = {
    name: "@acme/parts",
    version: "1.0.0",
    scripts: { install: "node check.js" },
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest))
  writeFileSync(join(folder, "check.js"), `${check}\n`)
  writeFileSync(join(folder, "part.js"), "export const part = 1\n")
  execFileSync("npm", ["pack", "--silent"], { cwd: folder, stdio: "pipe" })
  const [name = ""] = readdirSync(folder).filter((each) => each.endsWith("tgz"))
  return readFileSync(join(folder, name))
}

interface Packed {
  readonly tarball: Buffer
  readonly integrity: string
  readonly home: string
}

function answer(
  response: ServerResponse,
  url: string,
  folder: string,
  { home, integrity, tarball }: Packed,
): void {
  const wheel = "acme_core-1.2-py3-none-any.whl"
  if (url === "/simple/acme-core/")
    response
      .setHeader("content-type", "text/html")
      .end(`<a href="/files/${wheel}">${wheel}</a>`)
  else if (url.startsWith("/files/"))
    response.end(readFileSync(join(folder, basename(url))))
  else if (url.endsWith(".tgz")) response.end(tarball)
  else if (/^\/@acme(%2f|\/)parts$/i.test(url)) {
    const dist = { integrity, tarball: `${home}/@acme/parts/-/parts-1.0.0.tgz` }
    const version = { name: "@acme/parts", version: "1.0.0", dist }
    const all = { name: "@acme/parts", versions: { "1.0.0": version } }
    response
      .setHeader("content-type", "application/json")
      .end(JSON.stringify({ ...all, "dist-tags": { latest: "1.0.0" } }))
  } else response.writeHead(404).end()
}
