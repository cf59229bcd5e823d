import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

import { Answering } from "./answering.js"
import { newFolder, runBeside } from "./programs.js"
import { job, type Sigstore } from "./sigstore.js"

/** What opens the door of a job to identities. */
export const BEARER = "the-request-token-of-a-job"

/** A token as a CI signs it. */
export function identity(claims: object): string {
  const part = (each: object) =>
    Buffer.from(JSON.stringify(each)).toString("base64url")
  return `${part({ alg: "RS256" })}.${part(claims)}.c2lnbmVk`
}

/** Lets our program attest files, by name and content, for a job whose CI hands out an identity for whoever it is asked for. */
export async function attested(
  sigstore: Sigstore,
  files: Readonly<Record<string, Buffer | string>>,
  { near, repository }: { near?: string; repository: string },
) {
  const claims = job(repository, "v1.2.0")
  const ci = await Answering.start(({ url = "" }, response) => {
    const { searchParams } = new URL(url, "http://ci.example")
    const value = identity({ ...claims, aud: searchParams.get("audience") })
    response.end(JSON.stringify({ value }))
  })
  const [dist, out] = [newFolder(), newFolder()]
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(dist, name), content)
  const path = join(newFolder(), "plan.json")
  const identityUrl = ci.url("/identity")
  const how = { identityUrl, near, sigstore: sigstore.trust }
  const plan = { files: Object.keys(files), ...how }
  writeFileSync(path, JSON.stringify(plan))
  const env = { IDENTITY: BEARER }
  const told = await runBeside("upload/attest.py", [path, out], env, dist)
  ci.stop()
  const { refused, whose } = JSON.parse(told.stdout) as {
    refused: string | null
    whose: string | null
  }
  const made = readdirSync(out).sort()
  const texts = made.map((each) => readFileSync(join(out, each), "utf8"))
  return { refused, whose, made, texts, asked: ci.asked }
}
