import { writeFileSync } from "node:fs"
import { join } from "node:path"

import { afterAll, beforeAll, expect, test } from "vitest"

import { Sigstore } from "../helpers/sigstore.js"
import { boatProject } from "./helpers/boat.js"
import { call } from "./helpers/dagger.js"
import {
  AUDIENCE,
  type FaultyIndex,
  IndexServer,
  REQUEST_TOKEN,
} from "./helpers/faulty-index.js"
import { leftOut } from "./helpers/project.js"

const WHO = "boats/tinyboat"
const OTHERS = "pirates/tinyboat"
let server: IndexServer
let sigstore: Sigstore
let project: string
let harbour: FaultyIndex
let captured: FaultyIndex
let forgetful: FaultyIndex

beforeAll(async () => {
  server = await IndexServer.start()
  const url = `http://${AUDIENCE}:${String(server.port)}`
  sigstore = await Sigstore.start(AUDIENCE, url)
  // Where its two services have their paths.
  server.add("api", { upstream: `http://127.0.0.1:${String(sigstore.port)}` })
  harbour = server.add("harbour")
  captured = server.add("captured")
  forgetful = server.add("forgetful", { forgets: true })
  const indexes = ["harbour", "captured", "forgetful"].map((name) => [
    "[[tool.shipwheel.index]]",
    `name = "${name}"`,
    `url = "${url}/${name}/simple/"`,
    `publish-url = "${url}/${name}/legacy/"`,
    "attestations = true",
    'sigstore = "sigstore.json"',
  ])
  const github = `github = { repository = "${WHO}" }`
  const apart = leftOut("lint", "audit", "reproduce", "installers", "compare")
  project = boatProject([github, ...indexes.flat(), apart].join("\n"))
  writeFileSync(join(project, "sigstore.json"), sigstore.trust)
})
afterAll(() => {
  server.stop()
  sigstore.stop()
})

/** Calls a function as a job of a CI does, which has no other right than its identity. */
function asJob(repository: string, ...command: string[]) {
  const port = String(server.port)
  const identity = `http://${AUDIENCE}:${port}/_/identity?job=${repository}`
  return call(
    project,
    [
      ...["--index-service", `tcp://127.0.0.1:${port}`],
      ...["--identity-url", identity, ...command],
    ],
    { REQUEST_TOKEN },
  )
}

/** Uploads to an index, with the identity of a job of a repository. */
function published(index: string, repository: string) {
  const shown = ["--password", "env://REQUEST_TOKEN", "--trusted"]
  const publish = ["publish", "--tag", "v1.0.0"]
  return asJob(repository, "index", "--name", index, ...shown, ...publish)
}

test("a release with a CI's identity is attested file by file, and what the index says of that is verified", async () => {
  const { code, log, stdout } = await asJob(
    WHO,
    ...["release", "--tag", "v1.0.0", "--index", "harbour"],
    ...["--identity-token", "env://REQUEST_TOKEN"],
  )
  expect(code, log.slice(-3000)).toBe(0)
  expect(harbour.stored).toHaveLength(2)
  expect([...harbour.provenances.keys()].sort()).toEqual(harbour.stored.sort())
  expect(stdout).toMatch(
    /provenance of `tinyboat-1.0.0-.*whl`, `tinyboat-1.0.0.tar.gz` verified: boats\/tinyboat \(release.yml\)/,
  )
  expect(log + stdout).not.toContain(REQUEST_TOKEN)
})

test("an index that takes attestations and says nothing of them stops an upload", async () => {
  const { code, log } = await published("forgetful", WHO)
  expect(code).not.toBe(0)
  expect(forgetful.stored).toHaveLength(2)
  expect(log).toMatch(
    /forgetful took `tinyboat.*` with attestations, and says nothing of who published them/,
  )
})

test("what another repository published, and what was signed of another file, is told file by file", async () => {
  server.publisher = OTHERS
  const { code } = await published("captured", OTHERS)
  expect(code).toBe(0)
  const names = [...captured.provenances.keys()].sort()
  const [wheel = "", sdist = ""] = names
  captured.provenances.set(sdist, captured.provenances.get(wheel) ?? "")
  const verify = ["index", "--name", "captured", "verify", "--tag", "v1.0.0"]
  const { log, ...told } = await asJob(WHO, ...verify)
  expect(told.code).not.toBe(0)
  expect(log).toContain(
    `\`${wheel}\`: it was published by GitHub: ${OTHERS}, and not by GitHub: ${WHO}`,
  )
  expect(log).toContain(
    `\`${sdist}\`: Verification failed: subject does not match`,
  )
})
