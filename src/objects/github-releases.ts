import {
  type Directory,
  func,
  type Secret,
  type Service,
} from "@dagger.io/dagger"

import { filesFromGithub } from "../forge/forge-files-stage.js"
import { githubWork } from "../forge/stage.js"
import { locate } from "../git/locate-stage.js"
import { within } from "../pipeline/pipeline.js"
import { readProject } from "../project/stage.js"
import { done } from "../release/alone-stage.js"
import { githubRelease } from "../release/assets-stage.js"
import { prepareAnnouncement } from "../release/preflight-stage.js"
import type { ReportFormat } from "../release/report-format.js"
import { parseTag } from "../version/version.js"
import { object } from "./roof.js"

/** The releases of the project on GitHub. */
@object()
export class GithubReleases {
  source!: Directory
  folder!: Directory
  npmToken?: Secret | undefined
  npmRegistry?: string | undefined
  pythonToken?: Secret | undefined
  pythonIndex?: string | undefined
  pythonUser?: string | undefined
  format!: ReportFormat
  githubToken?: Secret | undefined
  indexUser?: string | undefined
  indexService?: Service | undefined
  identityUrl?: string | undefined
  githubRepository?: string | undefined
  githubApi?: string | undefined
  githubService?: Service | undefined
  signingKey?: Secret | undefined

  /**
   * Put the release of a tag on GitHub, without the gates and the package index before it: a draft first, published once the SHA-256 of all its files was compared. What is there with the same bytes is kept, so running it again resumes.
   * Example: `dagger call github --token env://GITHUB_TOKEN release --tag v1.2.0`
   * @param tag The tag to release, which must be pushed.
   */
  @func({ cache: "never" })
  async release(tag: string): Promise<string> {
    const { github, prepared } = await prepareAnnouncement(this, tag, this)
    const wanted = () => githubRelease(prepared, github)
    const work = githubWork({ announcement: { github, wanted } })
    return done(work, prepared.project)
  }

  /**
   * Return the files of a published release, to promote them or to look at them.
   * Example: `dagger call github files --tag v1.2.0 export --wipe --path release`
   * @param tag The tag of the release.
   */
  @func({ cache: "never" })
  async files(tag: string): Promise<Directory> {
    const version = parseTag(tag)
    const project = await readProject(await locate(this, tag), version)
    const does = "download the files of the release from GitHub"
    return within(project.limits.stage, { does }, () =>
      filesFromGithub(project, version, this),
    )
  }
}
