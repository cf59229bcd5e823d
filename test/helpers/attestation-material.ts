import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

import { ENV, FOLDER, installLinters } from "../linters/install.mjs"

/** The sdist whose tests hold real attestations, which a public service signed. */
const SDIST = "pypi_attestations-0.0.30.tar.gz"
const SHA256 =
  "14ff13c76bbef02a483c2b77532da02bfd746b5141b881f355e06b9807434423"
/** One of them: who published this file, as PyPI tells it. */
export const ATTESTED = "pypi_attestations-0.0.19.tar.gz"
export const PUBLISHER = "trailofbits/pypi-attestations"

export interface Material {
  readonly sha256: string
  readonly provenance: string
  /** The publish attestation in it. */
  readonly attestation: string
}

/** Fetches the test material of pypi-attestations from the index that pip is set up for, once, by its hash. */
export function attestationMaterial(): Material {
  installLinters()
  const folder = join(FOLDER, "../.attestations")
  const path = join(folder, SDIST)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, fetched())
  }
  const [sha256 = "", provenance = "", attestation = ""] = JSON.parse(
    execFileSync("python3", ["-c", READ, path, ATTESTED]).toString(),
  ) as string[]
  return { sha256, provenance, attestation }
}

function fetched(): Buffer {
  const bytes = execFileSync("python3", ["-c", FETCH, SDIST], {
    env: ENV,
    maxBuffer: 2 ** 25,
  })
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  if (sha256 !== SHA256) throw new Error(`${SDIST} has the SHA-256 ${sha256}`)
  return bytes
}

const FETCH = `
import subprocess, sys
from pypi_simple import PYPI_SIMPLE_ENDPOINT, PyPISimple
asked = subprocess.run(
    [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
    capture_output=True, text=True)
with PyPISimple(asked.stdout.strip() or PYPI_SIMPLE_ENDPOINT) as client:
    page = client.get_project_page("pypi-attestations")
    [found] = [each for each in page.packages if each.filename == sys.argv[1]]
    sys.stdout.buffer.write(client.s.get(found.url).content)
`

const READ = `
import hashlib, json, sys, tarfile
with tarfile.open(sys.argv[1]) as sdist:
    top = sdist.getnames()[0].split("/")[0]
    read = lambda end: sdist.extractfile(f"{top}/test/assets/{sys.argv[2]}{end}").read()
    print(json.dumps([
        hashlib.sha256(read("")).hexdigest(),
        read(".provenance").decode(),
        read(".publish.attestation").decode(),
    ]))
`
