import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

import { type CiFacts, ciFacts } from "../../src/ci/ci-facts.js"
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
    Pick<
      CiFacts,
      | "attested"
      | "github"
      | "lfs"
      | "path"
      | "submodules"
      | "tagPrefix"
      | "trusted"
    >
  > = {},
  source: Source = {},
): CiFacts {
  const { dagger } = versions
  const plain = {
    ...{ dagger, github: false, trusted: false, attested: false },
    ...{ lfs: false, submodules: false, path: "", tagPrefix: "" },
  }
  return ciFacts(project(source).environments, { ...plain, ...more })
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
