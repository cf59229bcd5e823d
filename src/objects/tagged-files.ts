import {
  type Directory,
  type File,
  func,
  type Secret,
  type Service,
} from "@dagger.io/dagger"

import { unpack } from "../files/distribution-stage.js"
import { installScripts } from "../install-scripts/stage.js"
import { serveIndex } from "../package-index/rehearsal-stage.js"
import type { ReportFormat } from "../release/report-format.js"
import { subjectOfTag } from "../release/subject-stage.js"
import { sbomAlone } from "../sbom/stage.js"
import { object } from "./roof.js"

/** The files of a tag, to look at them and to try them by hand. */
@object()
export class TaggedFiles {
  source!: Directory
  folder!: Directory
  npmToken?: Secret | undefined
  npmRegistry?: string | undefined
  pythonToken?: Secret | undefined
  pythonIndex?: string | undefined
  pythonUser?: string | undefined
  format!: ReportFormat
  tag!: string
  indexUser?: string | undefined
  indexService?: Service | undefined
  identityUrl?: string | undefined
  githubApi?: string | undefined
  githubRepository?: string | undefined
  githubService?: Service | undefined

  /**
   * Return what is inside the wheel and the sdist, in the folders `wheel` and `sdist`.
   * Example: `dagger call files --tag v1.2.0 unpacked export --path unpacked`
   */
  @func()
  async unpacked(): Promise<Directory> {
    const { dist, project } = await this.subject()
    return unpack(await dist(), project.mirrors)
  }

  /**
   * Return the scripts that install the package on other machines: `install.sh` for Linux and macOS, `install.ps1` for Windows. Raises an error when the wheel has no command.
   * Example: `dagger call files --tag v1.2.0 install-scripts export --path installers`
   */
  @func()
  async installScripts(): Promise<Directory> {
    return installScripts(await this.subject())
  }

  /**
   * Return the SBOM of the release in CycloneDX 1.6: the wheel's files, the packages of the frontend, the dependencies of today. Raises an error when it is switched off.
   * Example: `dagger call files --tag v1.2.0 sbom export --path sbom.cdx.json`
   */
  @func({ cache: "never" })
  async sbom(): Promise<File> {
    return sbomAlone(await this.subject())
  }

  /**
   * Serve a package index that holds the files, to install them by hand, and with a token to upload to it. It lives as long as the command.
   * Example: `dagger call files --tag v1.2.0 package-index up --ports 8080:8080`
   * @param token The token that uploads must show. Defaults to none, and nobody uploads.
   */
  @func({ cache: "never" })
  async packageIndex(token?: Secret): Promise<Service> {
    const { dist, project } = await this.subject()
    return serveIndex(project.mirrors, await dist(), await token?.plaintext())
  }

  private subject() {
    return subjectOfTag(this, this.tag, this)
  }
}
