import { problem } from "../errors.js"
import { buildkite } from "./buildkite.js"
import type { CiFacts, CiFile } from "./ci-facts.js"
import { circleci } from "./circleci.js"
import { githubActions } from "./github-actions.js"
import { gitlab } from "./gitlab.js"
import { jenkins } from "./jenkins.js"
import { shell } from "./shell.js"
import { woodpecker } from "./woodpecker.js"

const WRITERS = {
  github: githubActions,
  gitlab,
  jenkins,
  circleci,
  buildkite,
  woodpecker,
  shell,
}
export type Provider = keyof typeof WRITERS

/** Providers whose identity tokens PyPI knows how to check. */
const TRUSTED: readonly Provider[] = ["github", "gitlab"]

/** The files that make a provider call the module, and do nothing else. */
export function ciFiles(provider: Provider, facts: CiFacts): CiFile[] {
  if (facts.trusted && !TRUSTED.includes(provider))
    throw problem(
      "configuration",
      `PyPI trusts no identity of \`${provider}\``,
      `Leave out \`--trusted-publishing\` and use API tokens; it is for ${TRUSTED.join(" and ")}.`,
    )
  return WRITERS[provider](facts)
}
