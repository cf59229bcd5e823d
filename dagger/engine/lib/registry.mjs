// Serves an OCI layout as a read-only registry: node registry.mjs LAYOUT HOST:PORT
// The engine takes it for a mirror of Docker Hub. The index is read at each request, so a new image is there at once.
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"

const [layout, address] = process.argv.slice(2)
const [host, port] = address.split(":")

function find(repository, reference) {
  const { manifests } = JSON.parse(
    readFileSync(join(layout, "index.json"), "utf8"),
  )
  return manifests.find(
    (entry) =>
      entry.digest === reference ||
      entry.annotations.name === `${repository}:${reference}`,
  )
}

function send(request, response, digest, mediaType) {
  const file = digest && join(layout, "blobs", digest.replace(":", "/"))
  if (!file || !existsSync(file)) return response.writeHead(404).end()
  response.writeHead(200, {
    "Content-Type": mediaType,
    "Content-Length": statSync(file).size,
    "Docker-Content-Digest": digest,
  })
  if (request.method === "HEAD") return response.end()
  createReadStream(file).pipe(response)
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://registry")
  const [, repository, kind, reference] =
    /^\/v2\/(.+)\/(manifests|blobs)\/(sha256:[0-9a-f]{64}|[\w.-]+)$/.exec(
      pathname,
    ) ?? []
  if (kind === "blobs")
    return send(request, response, reference, "application/octet-stream")
  if (kind === "manifests") {
    const entry = find(repository, reference)
    return send(request, response, entry?.digest, entry?.mediaType)
  }
  response.writeHead(pathname === "/v2/" ? 200 : 404).end()
})
server.listen(Number(port), host)
