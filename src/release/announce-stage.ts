import { titleOf } from "../environments/environments.js"
import type { Github } from "../forge/github.js"
import { releaseOnGithub } from "../forge/stage.js"
import type { Stage } from "../pipeline/pipeline.js"
import { githubRelease } from "./assets-stage.js"
import type { Building } from "./gates-stage.js"
import type { Prepared } from "./preflight-stage.js"

/** Where the release is announced, and the report that goes there with it. */
export interface Announcing {
  readonly github: Github | undefined
  /** Why it is not announced. */
  readonly skip: string | undefined
  readonly report: () => Promise<string>
}

export const NOWHERE: Announcing = {
  github: undefined,
  skip: "no `--github-token`: `release-directory` writes the files",
  report: () => Promise.resolve(""),
}

/** The release on GitHub, once the install from the index is verified. */
export function githubStage(
  prepared: Prepared,
  { dist }: Building,
  { github, report, skip }: Announcing,
): Stage {
  return {
    name: "github",
    needs: ["verify"],
    plan: {
      does: "a draft release on GitHub, its files uploaded and read back, then published",
      credential: "`--github-token`; none for a release directory instead",
      lasting:
        "people are notified, and where releases are immutable its files stay as they are",
    },
    skip,
    run: async () => {
      if (!github) throw new Error("a release without GitHub was not skipped")
      return releaseOnGithub(
        github,
        await githubRelease(prepared, await dist(), await report()),
      )
    },
  }
}

export function whyNotAnnounced(
  { decision }: Prepared,
  possible: boolean,
  otherwise: string | undefined,
): string | undefined {
  if (!decision.environment.github)
    return `${titleOf(decision)} has no release on GitHub`
  return possible ? undefined : otherwise
}
