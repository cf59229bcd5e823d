import { createHash, randomUUID } from "node:crypto"

import {
  type Container,
  dag,
  type Secret,
  type Service,
} from "@dagger.io/dagger"

import { toolsContainer } from "./images.js"

/** A package index: where files are uploaded to, and where they install from. */
export interface PackageIndex {
  readonly name: string
  readonly uploadUrl: string
  /** The simple index (PEP 503). */
  readonly simpleUrl: string
  readonly token: Secret
  /** An index that lives in the engine, and only as long as this call. */
  readonly service: Service | undefined
}

/** The user name that goes with an API token, by PyPI's convention. */
export const TOKEN_USER = "__token__"

const PORT = 8080
const HOST = "index"

/** An empty index that takes one token made for it: nothing that is uploaded leaves the engine. */
export function rehearsalIndex(): PackageIndex {
  const token = `pypi-${randomUUID()}`
  const hash = createHash("sha1").update(token).digest("base64")
  const service = toolsContainer()
    .withNewFile("/passwords", `${TOKEN_USER}:{SHA}${hash}\n`)
    .withNewFile("/packages/.keep", "")
    .withExposedPort(PORT)
    .asService({
      args: ["pypi-server", "run", "--port", String(PORT)].concat(
        ["--passwords", "/passwords", "--authenticate", "update"],
        ["--hash-algo", "sha256", "--disable-fallback", "/packages"],
      ),
    })
  return {
    name: "the rehearsal index",
    uploadUrl: `http://${HOST}:${PORT}/`,
    simpleUrl: `http://${HOST}:${PORT}/simple/`,
    token: dag.setSecret(`rehearsal-${randomUUID()}`, token),
    service,
  }
}

/** Test PyPI, at the address that twine knows. */
export async function testPypi(token: Secret): Promise<PackageIndex> {
  const uploadUrl = await toolsContainer()
    .withExec([
      "python",
      "-c",
      "from twine.utils import TEST_REPOSITORY as url; print(url, end='')",
    ])
    .stdout()
  return {
    name: "Test PyPI",
    uploadUrl,
    simpleUrl: uploadUrl.replace(/legacy\/$/, "simple/"),
    token,
    service: undefined,
  }
}

/**
 * Makes the index reachable from a container, and what follows always run:
 * an engine keeps the result of a command that it has seen before.
 */
export function facing(container: Container, index: PackageIndex): Container {
  const bound = index.service
    ? container.withServiceBinding(HOST, index.service)
    : container
  return bound.withEnvVariable("SHIPWHEEL_RUN", randomUUID())
}
