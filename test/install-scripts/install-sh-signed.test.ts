import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

import { describe, expect, it } from "vitest"

import { newFolder } from "../helpers/programs.js"
import { PATH, ScriptGuest } from "../helpers/script-guest.js"
import { type KeyKind, newKeys, signed } from "../helpers/signing.js"
import { FOLDER } from "../linters/install.mjs"

const WHEEL = "quayside-1.2.0-py3-none-any.whl"
const NAMES = { minisign: "SHA256SUMS.minisig", ssh: "SHA256SUMS.sig" }

/** The command of minisign, by the library of its author, as Debian has it in a package that is not everywhere. */
const MINISIGN = `#!/usr/bin/env python3
import sys
sys.path.insert(0, ${JSON.stringify(FOLDER)})
import minisign
options = dict(zip(sys.argv[2::2], sys.argv[3::2]))
content = open(options["-m"], "rb").read()
key = minisign.PublicKey.from_base64(options["-P"])
key.verify(content, minisign.Signature.from_file(options["-x"]))
`

/** A folder with a command of that name. */
function command(name: string, text: string): string {
  const path = join(newFolder(), name)
  writeFileSync(path, text)
  chmodSync(path, 0o755)
  return dirname(path)
}

const TOOLS = { minisign: command("minisign", MINISIGN), ssh: "/usr/bin" }
const KINDS = (["minisign", "ssh"] as const).filter(
  (kind) =>
    kind === "minisign" || spawnSync("ssh-keygen", ["-?"]).error === undefined,
)

/** Somebody who has a signed release, with SHA256SUMS as it says or as a test has it. */
async function signedRelease(
  kind: KeyKind,
  sumsOf = (sha256: string) => `${sha256}  ${WHEEL}\n`,
) {
  const keys = newKeys(kind)
  const guest = new ScriptGuest()
  const script = guest.release({ publicKey: keys.publicKey })
  const folder = dirname(script)
  const wheel = readFileSync(join(folder, WHEEL))
  const sums = sumsOf(createHash("sha256").update(wheel).digest("hex"))
  const { path } = await signed(sums, keys.secret, keys.publicKey)
  const [listed, signature] = ["SHA256SUMS", NAMES[kind]].map((each) =>
    join(folder, each),
  ) as [string, string]
  writeFileSync(listed, sums)
  copyFileSync(path, signature)
  const install = (...args: string[]) => {
    const variables = { PATH: `${TOOLS[kind]}:${PATH}` }
    return guest.runWith(variables, 'sh "$@"', script, ...args)
  }
  return { guest, install, script, listed, signature, keys }
}

describe.for(KINDS)("a release that is signed by a key of %s", (kind) => {
  it("is installed, and said to be signed", async () => {
    const { install } = await signedRelease(kind)
    const visit = install("--signed")
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(visit.stdout).toContain("the signature of the release is right")
  })

  it("is refused where its sums were changed", async () => {
    const { guest, install, listed } = await signedRelease(kind)
    writeFileSync(listed, `${readFileSync(listed, "utf8")}\n`)
    const visit = install()
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain("The signature of SHA256SUMS is not right")
    expect(guest.left()).toEqual([])
  })

  it("is refused where somebody else signed it", async () => {
    const { guest, install, listed, signature } = await signedRelease(kind)
    const other = newKeys(kind)
    const sums = readFileSync(listed, "utf8")
    const { path } = await signed(sums, other.secret, other.publicKey)
    copyFileSync(path, signature)
    const visit = install()
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain("The signature of SHA256SUMS is not right")
    expect(guest.left()).toEqual([])
  })
})

describe("a release that is signed", () => {
  it("is refused where the signed sums name another wheel", async () => {
    const other = () => `${"0".repeat(64)}  ${WHEEL}\n`
    const { guest, install } = await signedRelease("minisign", other)
    const visit = install()
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain("names another")
    expect(guest.left()).toEqual([])
  })

  it("is installed by its SHA-256 where nothing can check it, which is said, unless that is asked for", async () => {
    const { guest, script } = await signedRelease("minisign")
    const strict = guest.install(script, "--signed")
    expect(strict.code).toBe(1)
    expect(strict.stderr).toContain(
      "nothing was installed: there is no minisign",
    )
    expect(guest.left()).toEqual([])
    const visit = guest.install(script)
    expect(visit.code).toBe(0)
    expect(visit.stdout).toContain(
      "the signature was not checked: there is no minisign",
    )
  })

  it("is told where the signature is not there", async () => {
    const { guest, install, listed } = await signedRelease("minisign")
    const away = guest.write("away/SHA256SUMS", readFileSync(listed, "utf8"))
    expect(away).toContain("away")
    spawnSync("rm", [listed])
    expect(install("--signed", "--offline").code).toBe(1)
    expect(install("--offline").stdout).toContain(
      "not checked: there are no SHA256SUMS and SHA256SUMS.minisig",
    )
  })

  it("is told where ssh-keygen is too old for it", async () => {
    const { guest, script } = await signedRelease("ssh")
    const old = command(
      "ssh-keygen",
      "#!/bin/sh\necho 'unknown option -- Y' >&2\nexit 1\n",
    )
    const variables = { PATH: `${old}:${PATH}` }
    const visit = guest.runWith(variables, 'sh "$@"', script)
    expect(visit.code).toBe(0)
    expect(visit.stdout).toContain("not checked: this ssh-keygen is too old")
  })

  it("is told where ssh-keygen runs for no user without a name", async () => {
    const { guest, script } = await signedRelease("ssh")
    const nameless = command(
      "ssh-keygen",
      "#!/bin/sh\necho 'No user exists for uid 12345' >&2\nexit 255\n",
    )
    const variables = { PATH: `${nameless}:${PATH}` }
    const asked = guest.runWith(variables, 'sh "$@"', script, "--signed")
    expect(asked.code).toBe(1)
    const visit = guest.runWith(variables, 'sh "$@"', script)
    expect(visit.code).toBe(0)
    expect(visit.stdout).toContain("not checked: ssh-keygen runs for no user")
  })
})

describe("a release without a key", () => {
  it("can't be asked for a signature", () => {
    const guest = new ScriptGuest()
    const visit = guest.install(guest.release(), "--signed")
    expect(visit.code).toBe(2)
    expect(visit.stderr).toContain("this one has no key")
    expect(guest.left()).toEqual([])
  })
})
