import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

import { type AskedCi, type CiFacts, ciFacts } from "../../src/ci/ci-facts.js"
import type { CiFile } from "../../src/ci/providers.js"
import versions from "../../src/versions.json" with { type: "json" }
import { project, type Source } from "./builders.js"

export const PROVIDERS = [
  "github",
  "gitlab",
  "jenkins",
  "circleci",
  "buildkite",
  "woodpecker",
  "shell",
] as const
export const TRUSTED = ["github", "gitlab"] as const

/** What is known of a project before its wrapper is written. */
export function facts(
  more: Partial<
    AskedCi & Pick<CiFacts, "attested" | "github" | "signed" | "tagPrefix">
  > = {},
  source: Source = {},
): CiFacts {
  const { attested, github, signed, tagPrefix, ...asked } = more
  const { dagger } = versions
  const own = project(source)
  const given = {
    ...own,
    github: {
      repository: github ? "octo-org/quayside" : own.github.repository,
      attested: attested ?? own.github.attested,
    },
    publicKey: signed ? "ssh-ed25519 AAAA" : own.publicKey,
    tagging: { prefix: tagPrefix ?? own.tagging.prefix },
  }
  return ciFacts(given, {
    ...{ dagger, trusted: false, lfs: false, submodules: false, path: "" },
    ...{ passed: {}, mainBranch: undefined },
    ...asked,
  })
}

/** The files in a folder, where a linter finds them. */
export function written(files: readonly CiFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), "ci-"))
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}
