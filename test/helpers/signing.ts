import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"

import { ENV, installLinters } from "../linters/install.mjs"
import { newFolder, runBeside } from "./programs.js"

export type KeyKind = "minisign" | "ssh"

/** A new pair of keys, in the forms that their tools give them. */
export interface Keys {
  readonly secret: string
  readonly publicKey: string
  /** The secret key under a password. */
  readonly locked: string
}

export function newKeys(kind: KeyKind): Keys {
  installLinters()
  const made = execFileSync("python3", ["-c", MAKE, kind], { env: ENV })
  return JSON.parse(made.toString()) as Keys
}

/** What `sign.py` says and writes. */
export async function signed(
  text: string,
  secret: string,
  publicKey: string,
): Promise<{ answer: string; path: string }> {
  const folder = newFolder()
  const paths = ["SHA256SUMS", "signature"].map((each) => join(folder, each))
  const [file = "", path = ""] = paths
  writeFileSync(file, text)
  const { stdout } = await runBeside(
    "signature/sign.py",
    [file, publicKey, path],
    { SIGNING_KEY: secret },
  )
  return { answer: stdout, path }
}

/** Readers of signatures by others than those who write them here. */
const VERIFY: Readonly<Record<KeyKind, string>> = {
  minisign: `
import sys, minisign
text, key, path = sys.argv[1:]
minisign.PublicKey.from_base64(key).verify(text.encode(), minisign.Signature.from_file(path))
`,
  ssh: `
import sys, sshsig
text, key, path = sys.argv[1:]
found = sshsig.check_signature(text.encode(), open(path).read(), namespace="file")
sys.exit(found.openssh_str().split()[1] != key.split()[1])
`,
}

/** Whether a public key accepts the signature of a text. */
export function isRight(
  kind: KeyKind,
  text: string,
  key: string,
  path: string,
) {
  try {
    const words = ["-c", VERIFY[kind], text, key, path]
    execFileSync("python3", words, { env: ENV, stdio: "pipe" })
    return true
  } catch {
    return false
  }
}

const MAKE = `
import json, sys
import minisign
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat, PublicFormat)

def by_minisign():
    pair = minisign.KeyPair.generate()
    secret, public = bytes(pair.secret_key), pair.public_key.to_base64()
    pair.secret_key.encrypt("sesame", opslimit=32768, memlimit=16777216)
    return secret, public, bytes(pair.secret_key)

def by_ssh():
    key = Ed25519PrivateKey.generate()
    form = lambda lock: key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, lock)
    public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    return form(NoEncryption()), public, form(BestAvailableEncryption(b"sesame"))

secret, public, locked = {"minisign": by_minisign, "ssh": by_ssh}[sys.argv[1]]()
print(json.dumps({"secret": secret.decode(), "publicKey": public.decode(), "locked": locked.decode()}))
`
