import { createHash, randomUUID } from "node:crypto"

import { dag, type Directory, type Service } from "@dagger.io/dagger"

import { REHEARSAL } from "../config/index-names.js"
import { type Mirrors, toolsContainer } from "../containers/images.js"
import { TOKEN_USER } from "./credentials.js"
import type { PackageIndex } from "./stage.js"

const PORT = 8080

const HOST = "index"

/** The simple index of what is served, for containers that know it as `index`. */
export const INDEX = new URL(`http://${HOST}:${PORT}/simple/`)

/** An empty index that takes one token made for it: nothing that is uploaded leaves the engine. */
export function rehearsalIndex(mirrors: Mirrors): PackageIndex {
  const token = `pypi-${randomUUID()}`
  const secret = dag.setSecret(`rehearsal-${randomUUID()}`, token)
  return {
    name: "the rehearsal index",
    option: REHEARSAL,
    warehouse: false,
    uploadUrl: `http://${HOST}:${PORT}/`,
    simpleUrl: INDEX.href,
    takes: [],
    credential: { user: TOKEN_USER, secret, identity: false },
    reader: undefined,
    service: serveIndex(mirrors, undefined, token),
    rehearsal: true,
    mirrors,
  }
}

/** pypiserver, with these files or none, that takes uploads from whoever shows the token; without one from nobody. */
export function serveIndex(
  mirrors: Mirrors,
  files: Directory = dag.directory(),
  token?: string,
): Service {
  return toolsContainer(mirrors)
    .withNewFile("/passwords", token === undefined ? "" : user(token))
    .withDirectory("/packages", files)
    .withExposedPort(PORT)
    .asService({
      args: ["pypi-server", "run", "--port", String(PORT)].concat(
        ["--passwords", "/passwords", "--authenticate", "update"],
        ["--hash-algo", "sha256", "--disable-fallback", "/packages"],
      ),
    })
}

/** As the password files of web servers have it. */
export function user(token: string): string {
  const hash = createHash("sha1").update(token).digest("base64")
  return `${TOKEN_USER}:{SHA}${hash}\n`
}
