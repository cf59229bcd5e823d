import {
  type Directory,
  func,
  type Secret,
  type Service,
} from "@dagger.io/dagger"

import { PYPI, TEST_PYPI } from "../config/index-names.js"
import type { GithubArguments } from "../forge/forge-access-stage.js"
import type { IndexArguments } from "../package-index/arguments-stage.js"
import * as alone from "../release/alone-stage.js"
import { placesOf } from "../release/caller-stage.js"
import type { ReportFormat } from "../release/report-format.js"
import { plan } from "../release/stage.js"
import { subjectOfTag, withRelease } from "../release/subject-stage.js"
import { object } from "./roof.js"

/** One package index, and what can be done with it alone. */
@object()
export class NamedIndex {
  source!: Directory
  folder!: Directory
  npmToken?: Secret | undefined
  npmRegistry?: string | undefined
  pythonToken?: Secret | undefined
  pythonIndex?: string | undefined
  pythonUser?: string | undefined
  name!: string
  release?: Directory | undefined
  password?: Secret | undefined
  trusted!: boolean
  format!: ReportFormat
  indexUser?: string | undefined
  indexService?: Service | undefined
  identityUrl?: string | undefined
  githubApi?: string | undefined
  githubRepository?: string | undefined
  githubService?: Service | undefined

  /**
   * Tell what a release to this index would do, stage by stage, without doing any of it; needs no token.
   * Example: `dagger call index --name testpypi plan --tag v1.2.0`
   * @param tag The tag that is to be released.
   */
  @func({ cache: "never" })
  async plan(tag: string): Promise<string> {
    return plan(this, tag, this.name)
  }

  /**
   * Upload the wheel and the sdist of a tag, without the gates before it; what is there with the same hash is kept, so running it again resumes.
   * Example: `dagger call index --name company --password env://INDEX_PASSWORD publish --tag v1.2.0`
   * @param tag The tag to publish.
   */
  @func({ cache: "never" })
  async publish(tag: string): Promise<string> {
    return alone.publish(this, tag, argumentsOf(this), this.release)
  }

  /**
   * Wait for the index, install the files of a tag from it on every Python version and run the smoke commands.
   * Example: `dagger call index --name testpypi verify --tag v1.2.0`
   * @param tag The tag that was published.
   */
  @func({ cache: "never" })
  async verify(tag: string): Promise<string> {
    return alone.verify(released(this, tag), argumentsOf(this))
  }

  /**
   * Say where a release stands on this index, what is missing or differs, and the one command to run next.
   * Example: `dagger call index --name company status --tag v1.2.0`
   * @param tag The tag to look for.
   */
  @func({ cache: "never" })
  async status(tag: string): Promise<string> {
    const origin = this.release && "the files of the release directory"
    return alone.status(released(this, tag), argumentsOf(this), origin)
  }

  /**
   * Print the steps that take back a release from this index: the yank page, the files that stay burnt, the commands of the hotfix.
   * Example: `dagger call index --name company recover --tag v1.2.0`
   * @param tag The tag that was released.
   */
  @func({ cache: "never" })
  async recover(tag: string): Promise<string> {
    return alone.recover(released(this, tag), argumentsOf(this))
  }
}

async function released(index: NamedIndex, tag: string) {
  return withRelease(await subjectOfTag(index, tag, index), index.release)
}

/** One secret, in the place where the index looks for it. */
function argumentsOf(given: NamedIndex): IndexArguments & GithubArguments {
  const { name, password, trusted } = given
  const shown = trusted
    ? { identityToken: password }
    : name === TEST_PYPI
      ? { testPypiToken: password }
      : name === PYPI
        ? { pypiToken: password }
        : { indexPassword: password }
  return { ...placesOf(given), ...shown, index: name }
}
