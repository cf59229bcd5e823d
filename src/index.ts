/**
 * Carry a Python package, with a Node frontend inside it, from a git tag to an installed, verified release.
 *
 * Tests, lint, frontend build, wheel and sdist, upload and installs from the index run the same on a laptop
 * and in any CI. Without a token a release is a rehearsal: nothing leaves the engine. Settings are found by
 * looking at the project, or read from `[tool.shipwheel]` in its pyproject.toml. It does not choose the
 * version (the tag does) and does not edit your tree (a copy is stamped and built).
 */
import type { Changeset, Directory } from "@dagger.io/dagger"
import {
  argument,
  check,
  func,
  object,
  type Secret,
  type Service,
} from "@dagger.io/dagger"

import { proposeCi } from "./ci/stage.js"
import { PYPI, TEST_PYPI } from "./config/index-names.js"
import { decide } from "./environments/environments.js"
import { explain } from "./environments/explanation.js"
import { problem, Problems } from "./errors.js"
import { unpack } from "./files/unpack-stage.js"
import { filesFromGithub, githubWork } from "./forge/stage.js"
import { chooseFrontends } from "./frontend/frontend.js"
import { checkNodes } from "./frontend/node-stage.js"
import {
  buildFrontends,
  checkFrontends,
  oneDirectory,
} from "./frontend/stage.js"
import { IGNORED } from "./git/ignored.js"
import type { Checkout } from "./git/stage.js"
import { installScripts } from "./install-scripts/stage.js"
import { PythonLeg } from "./objects/python-leg.js"
import { soughtBy } from "./package-index/listing-stage.js"
import { publishWork } from "./package-index/publish-stage.js"
import { recoverySteps } from "./package-index/recovery.js"
import { statusReport } from "./package-index/release-status.js"
import {
  openAllForReading,
  openForReading,
  rehearsalIndex,
  serveIndex,
} from "./package-index/stage.js"
import { readStatus } from "./package-index/status-stage.js"
import { verifyWork } from "./package-index/verify-stage.js"
import type { Work } from "./pipeline/pipeline.js"
import { inEnvironment } from "./project/project.js"
import { lookAtProject, readProject } from "./project/stage.js"
import { githubRelease, releaseDirectory } from "./release/assets-stage.js"
import { jsonGates, markdownGates } from "./release/gate-report.js"
import { jsonPlan, markdownPlan } from "./release/plan.js"
import {
  prepare,
  prepareAnnouncement,
  preparePlan,
  prepareRelease,
} from "./release/preflight-stage.js"
import { preparePromotion, promote } from "./release/promote-stage.js"
import {
  hasFailed,
  jsonReport,
  markdownReport,
  type Report,
} from "./release/report.js"
import { gates, plan as planRelease, release } from "./release/stage.js"
import { type GateName, gateWork } from "./release/stages.js"
import {
  type Subject,
  subjectAt,
  subjectOfTag,
  type TaggedSubject,
  withRelease,
} from "./release/subject-stage.js"
import { stamp } from "./version/stage.js"
import { parseTag } from "./version/version.js"

/** The form of a report. */
export enum ReportFormat {
  /** For people. */
  Markdown = "markdown",
  /** For machines. */
  Json = "json",
}

/** Who runs the pipeline. */
export enum CiProvider {
  /** GitHub Actions. */
  Github = "github",
  /** GitLab CI. */
  Gitlab = "gitlab",
  /** Jenkins, as a multibranch pipeline. */
  Jenkins = "jenkins",
  /** CircleCI. */
  Circleci = "circleci",
  /** Buildkite. */
  Buildkite = "buildkite",
  /** Woodpecker CI. */
  Woodpecker = "woodpecker",
  /** A POSIX shell script, for any other and for people. */
  Shell = "shell",
}

/** The release pipeline of one project. */
@object()
export class Shipwheel {
  /** The project's folder. */
  @func()
  source: Directory

  /** The folder that holds the git repository, if there is one. */
  @func()
  repository: Directory

  /**
   * @param source The project's folder, where its pyproject.toml is. Defaults to the folder of the dagger.json that is in use.
   * @param repository The `folder` that holds `.git`, where it is not the project's. Defaults to the project's.
   */
  constructor(
    @argument({ defaultPath: ".", ignore: IGNORED }) source: Directory,
    @argument({ ignore: IGNORED }) repository?: Directory,
  ) {
    // Whatever reads the source would else run again after every commit.
    this.source = source.filter({ exclude: [".git"] })
    this.repository = repository ?? source
  }

  /**
   * Select one Python version of the matrix, to test or to open a terminal in.
   *
   * Example: `dagger call python --version 3.9 container terminal`
   *
   * @param version The version, such as `3.12`. Raises an error when the project does not support it.
   */
  @func()
  async python(version: string): Promise<PythonLeg> {
    const { pythons } = await readProject(this.source)
    if (!pythons.includes(version))
      throw problem(
        "project",
        `Python \`${version}\` is not among ${pythons.join(", ")}`,
        "Choose one of those, or add it to `tool.shipwheel.pythons`.",
      )
    return new PythonLeg(this.source, version)
  }

  /**
   * Run the imports and unit tests on every Python version at once.
   *
   * Example: `dagger call test`
   */
  @func()
  @check()
  async test(): Promise<string> {
    return this.gate("test")
  }

  /**
   * Run the integration tests on every Python version, with the built frontend inside the package.
   *
   * Example: `dagger call integration`
   */
  @func()
  @check()
  async integration(): Promise<string> {
    return this.gate("integration")
  }

  /**
   * Lint, check the format and the types: the linters that the project configures, in its own versions, and the frontend's own scripts.
   *
   * Example: `dagger call lint`
   */
  @func()
  @check()
  async lint(): Promise<string> {
    return this.gate("lint")
  }

  /**
   * Build the frontend for production and return its output; of several, each where it goes in the project.
   *
   * Example: `dagger call frontend export --path out`
   *
   * @param path The folder of one of several frontends, such as `web`. Defaults to all of them.
   */
  @func()
  async frontend(path?: string): Promise<Directory> {
    const { frontends, mirrors } = await readProject(this.source)
    const chosen = chooseFrontends(frontends, path)
    const problems = new Problems()
    await checkNodes(chosen, mirrors, problems)
    problems.throwIfAny()
    const built = buildFrontends(this.source, { frontends: chosen, mirrors })
    await checkFrontends(built)
    return oneDirectory(built)
  }

  /**
   * Propose the edits that write a tag's version into the project, as a changeset for your own tree.
   *
   * Example: `dagger call stamp --tag v1.2.0`
   *
   * @param tag The tag whose version is written. Raises an error when the project takes its version from git.
   */
  @func()
  async stamp(tag: string): Promise<Changeset> {
    const version = parseTag(tag)
    const project = await readProject(this.source)
    if (project.versioning.places.length === 0)
      throw problem(
        "project",
        `its version is written nowhere: it comes from ${project.versioning.summary}`,
        "Tag the commit; a build is given the tag's version.",
      )
    return (await stamp(this.source, project.versioning, version)).changes(
      this.source,
    )
  }

  /**
   * Build the sdist, and the wheel from the sdist, with the frontend inside.
   *
   * Example: `dagger call build --tag v1.2.0 export --path dist`
   *
   * @param tag The tag whose version is written into the copy that is built. Defaults to the version in the project. Raises an error when it has no PEP 440 form.
   */
  @func()
  async build(tag?: string): Promise<Directory> {
    return (await this.subject(tag)).dist()
  }

  /**
   * Build, and return what is inside the wheel and the sdist, in the folders `wheel` and `sdist`.
   *
   * Example: `dagger call unpacked --tag v1.2.0 export --path unpacked`
   *
   * @param tag The tag whose version is built. Defaults to the version in the project.
   */
  @func()
  async unpacked(tag?: string): Promise<Directory> {
    const { dist, project } = await this.subject(tag)
    return unpack(await dist(), project.mirrors)
  }

  /**
   * Build, then check the files: names, metadata, record, classifiers, licence, the frontend in them, forbidden files, duplicates and size, with `twine check --strict` and `check-wheel-contents`.
   *
   * Example: `dagger call check --tag v1.2.0`
   *
   * @param tag The tag whose version the files must carry. Defaults to the version in the project.
   */
  @func()
  @check()
  async check(tag?: string): Promise<string> {
    return this.gate("check", tag)
  }

  /**
   * Build twice, the second time elsewhere, and compare the files bit by bit.
   *
   * Example: `dagger call reproduce --tag v1.2.0`
   *
   * @param tag The tag whose version is built. Defaults to the version in the project.
   */
  @func()
  @check()
  async reproduce(tag?: string): Promise<string> {
    return this.gate("reproduce", tag)
  }

  /**
   * Install the built files on every Python, in containers that never saw the source, and run the smoke commands.
   *
   * Example: `dagger call install --tag v1.2.0`
   *
   * @param tag The tag whose version the files carry.
   */
  @func()
  async install(tag: string): Promise<string> {
    return this.gate("install", tag)
  }

  /**
   * Start the installed package as the server that `[tool.shipwheel.serve]` names, and ask for its page and each asset that the page names.
   *
   * Example: `dagger call serve --tag v1.2.0`
   *
   * @param tag The tag whose version is installed.
   */
  @func()
  async serve(tag: string): Promise<string> {
    const subject = await this.subject(tag)
    if (!subject.project.gates.serve)
      throw problem(
        "configuration",
        "no server is named in `tool.shipwheel.serve`",
        'Name it: `serve = { command = ["quayside", "serve"], port = 8000 }`.',
      )
    return done(gateWork("serve", subject))
  }

  /**
   * Ask what vulnerabilities are known of the requirements, of the package and of the frontend.
   *
   * Example: `dagger call audit`
   */
  @func({ cache: "never" })
  async audit(): Promise<string> {
    return this.gate("audit")
  }

  /**
   * Explain where a git ref leads: its environment and why, the version, the stages, the index, who approves, how the frontend is built.
   *
   * Example: `dagger call environment --ref refs/tags/v1.2.0`
   *
   * @param ref The full git ref, such as `refs/heads/develop` or `refs/tags/v1.2.0`.
   */
  @func()
  async environment(ref: string): Promise<string> {
    const project = await lookAtProject(this.source)
    const decision = decide(ref, project.environments)
    const { frontends } = inEnvironment(project, decision.environment)
    return explain(decision, frontends)
  }

  /**
   * Propose the files that make a CI run the gates, the release and the promotion; they hold no logic of their own.
   *
   * Example: `dagger call ci --provider GITHUB`
   *
   * @param provider The CI.
   * @param trustedPublishing Show the CI's identity to the indexes in place of API tokens. Raises an error where PyPI does not trust the provider.
   */
  @func()
  async ci(
    provider: CiProvider,
    trustedPublishing: boolean = false,
  ): Promise<Changeset> {
    const project = await lookAtProject(this.source)
    return proposeCi(this.source, project, provider, trustedPublishing)
  }

  /**
   * Run every gate for a git ref, the way its environment has it, and publish nothing; any failure raises the report as the error.
   *
   * Example: `dagger call gates --ref refs/heads/develop`
   *
   * @param ref The full git ref, such as `refs/heads/develop` or `refs/pull/7/merge`.
   * @param format The form of the report. Defaults to Markdown.
   */
  @func({ cache: "never" })
  async gates(
    ref: string,
    format: ReportFormat = ReportFormat.Markdown,
  ): Promise<string> {
    const report = await gates(checkoutOf(this), ref)
    return writtenReport(report, format, {
      markdown: markdownGates,
      json: jsonGates,
    })
  }

  /**
   * Look at all that can be known before anything runs: the tag and the tree in git, configuration, changelog, Python images. Raises one error with every problem.
   *
   * Example: `dagger call preflight --tag v1.2.0`
   *
   * @param tag The tag that is to be released.
   */
  @func({ cache: "never" })
  async preflight(tag: string): Promise<string> {
    const { remarks, version } = await prepare(checkoutOf(this), tag, false)
    const lines = remarks.map((each) => `- ${each}`)
    return [`${version.tag} is ready to be released.`, ...lines].join("\n")
  }

  /**
   * Tell what a release would do, stage by stage, without doing any of it.
   *
   * Example: `dagger call plan --tag v1.2.0`
   *
   * @param tag The tag that is to be released.
   * @param index Where it would go: `testpypi`, `pypi`, a name of `[[tool.shipwheel.index]]`, or the URL that takes uploads; needs no token. Defaults to a rehearsal inside the engine.
   * @param format The form of the plan. Defaults to Markdown.
   */
  @func({ cache: "never" })
  async plan(
    tag: string,
    index?: string,
    format: ReportFormat = ReportFormat.Markdown,
  ): Promise<string> {
    const plan = planRelease(await preparePlan(checkoutOf(this), tag, index))
    return format === ReportFormat.Json ? jsonPlan(plan) : markdownPlan(plan)
  }

  /**
   * Upload the wheel and the sdist of a tag, without the gates before it; what is there with the same hash is kept, so running it again resumes.
   *
   * Example: `dagger call publish --tag v1.2.0 --test-pypi-token env://TEST_PYPI_API_TOKEN`
   *
   * @param tag The tag to publish.
   * @param release The release directory to take the files from. Defaults to a build.
   * @param index Where to: `testpypi`, `pypi`, a name of `[[tool.shipwheel.index]]`, or the URL that takes uploads. Defaults to Test PyPI when its token is given, else to a rehearsal inside the engine.
   * @param testPypiToken The API token of Test PyPI, such as `env://TEST_PYPI_API_TOKEN`.
   * @param pypiToken The API token of PyPI, such as `env://PYPI_API_TOKEN`.
   * @param indexUser The user of another index. Defaults to the one that goes with API tokens.
   * @param indexPassword The password or token of another index.
   * @param identityToken The CI's identity token, exchanged at the index in place of an API token (Trusted Publishing).
   * @param identityUrl The `URL` where the CI hands out identity tokens to whoever shows `identityToken`, right before they are needed; on GitHub `$ACTIONS_ID_TOKEN_REQUEST_URL`.
   * @param indexService The `address` of what answers under the host name of another index, such as `tcp://127.0.0.1:8080` for a server on this machine.
   */
  @func({ cache: "never" })
  async publish(
    tag: string,
    release?: Directory,
    index?: string,
    testPypiToken?: Secret,
    pypiToken?: Secret,
    indexUser?: string,
    indexPassword?: Secret,
    identityToken?: Secret,
    identityUrl?: string,
    indexService?: Service,
  ): Promise<string> {
    const { index: target, prepared } = await prepareRelease(
      checkoutOf(this),
      tag,
      {
        index,
        testPypiToken,
        pypiToken,
        indexUser,
        indexPassword,
        identityToken,
        identityUrl,
        indexService,
      },
    )
    const subject = await withRelease(prepared, release)
    return done(publishWork({ ...subject, index: target }))
  }

  /**
   * Wait for the index, install the released files from it on every Python version and run the smoke commands; on a rehearsal index, after an upload.
   *
   * Example: `dagger call verify --tag v1.2.0 --index testpypi`
   *
   * @param tag The tag that was published.
   * @param release The release directory whose files must be on the index. Defaults to a build.
   * @param index Where from: `testpypi`, `pypi`, a name of `[[tool.shipwheel.index]]`, or the URL that takes uploads. Defaults to a rehearsal inside the engine.
   * @param indexUser The user of another index that does not let everybody read.
   * @param indexPassword The password of another index that does not let everybody read.
   * @param indexService The `address` of what answers under the host name of another index, such as `tcp://127.0.0.1:8080` for a server on this machine.
   */
  @func({ cache: "never" })
  async verify(
    tag: string,
    release?: Directory,
    index?: string,
    indexUser?: string,
    indexPassword?: Secret,
    indexService?: Service,
  ): Promise<string> {
    const subject = await this.released(tag, release)
    const { project } = subject
    const args = { indexUser, indexPassword, indexService }
    const target = index
      ? await openForReading(project, index, args)
      : rehearsalIndex(project.mirrors)
    const published = { ...subject, index: target }
    if (target.rehearsal) await done(publishWork(published))
    return done(verifyWork(published))
  }

  /**
   * Say where a release stands on each index, what is missing or differs, and the one command to run next; needs no token.
   *
   * Example: `dagger call status --tag v1.2.0`
   *
   * @param tag The tag to look for.
   * @param release The release directory whose files are meant. Defaults to a build.
   * @param index The indexes to look at, in the order of the release. Defaults to Test PyPI and PyPI.
   * @param indexUser The user of another index that does not let everybody read.
   * @param indexPassword The password of another index that does not let everybody read.
   * @param indexService The `address` of what answers under the host name of another index.
   */
  @func({ cache: "never" })
  async status(
    tag: string,
    release?: Directory,
    index: string[] = ["testpypi", "pypi"],
    indexUser?: string,
    indexPassword?: Secret,
    indexService?: Service,
  ): Promise<string> {
    const subject = await this.released(tag, release)
    const { project, version } = subject
    const args = { indexUser, indexPassword, indexService }
    const indexes = await openAllForReading(project, index, args)
    const origin = release
      ? "the files of the release directory"
      : "the files that this source builds (with `--release`, those of a release directory)"
    const statuses = await readStatus(await soughtBy(subject), indexes)
    return statusReport(project.name, version, origin, statuses)
  }

  /**
   * Print the steps that take back a release: the yank pages of what is out, the files that stay burnt, the commands of the hotfix; needs no token.
   *
   * Example: `dagger call recover --tag v1.2.0`
   *
   * @param tag The tag that was released.
   * @param index The indexes to look at. Defaults to Test PyPI and PyPI.
   * @param indexUser The user of another index that does not let everybody read.
   * @param indexPassword The password of another index that does not let everybody read.
   * @param indexService The `address` of what answers under the host name of another index.
   */
  @func({ cache: "never" })
  async recover(
    tag: string,
    index: string[] = ["testpypi", "pypi"],
    indexUser?: string,
    indexPassword?: Secret,
    indexService?: Service,
  ): Promise<string> {
    const version = parseTag(tag)
    const project = await readProject(this.source)
    const args = { indexUser, indexPassword, indexService }
    const indexes = await openAllForReading(project, index, args)
    const sought = { project: project.name, version: version.pep440, files: [] }
    const statuses = await readStatus(sought, indexes)
    return recoverySteps(project.name, version, statuses)
  }

  /**
   * Upload the files of a release, and no new build, to PyPI once Test PyPI holds the same bytes, then verify them from there.
   *
   * Example: `dagger call promote --tag v1.2.0 --pypi-token env://PYPI_API_TOKEN`
   *
   * @param tag The tag to promote.
   * @param release The release directory: the files and their SHA256SUMS. Defaults to the files of the published release on GitHub.
   * @param index Where to: `pypi`, a name of `[[tool.shipwheel.index]]`, or the URL that takes uploads.
   * @param testIndex The index that must hold the same bytes already.
   * @param testIndexUser The user of a test index that does not let everybody read.
   * @param testIndexPassword The password of a test index that does not let everybody read. Defaults to that of `index` where both are on the same host and port.
   * @param withoutTestIndex The reason to go on without that; the report shows it.
   * @param dryRun Say what would be done and what of it can't be undone, and do nothing. Needs no token.
   * @param pypiToken The API token of PyPI, such as `env://PYPI_API_TOKEN`.
   * @param indexUser The user of another index. Defaults to the one that goes with API tokens.
   * @param indexPassword The password or token of another index.
   * @param identityToken The CI's identity token, exchanged at the index in place of an API token (Trusted Publishing).
   * @param identityUrl The `URL` where the CI hands out identity tokens to whoever shows `identityToken`, right before they are needed; on GitHub `$ACTIONS_ID_TOKEN_REQUEST_URL`.
   * @param indexService The `address` of what answers under the host names of other indexes, such as `tcp://127.0.0.1:8080` for a server on this machine.
   * @param githubToken A `token` that may read the repository, such as `env://GITHUB_TOKEN`. Defaults to none, which is enough for a public one.
   * @param githubRepository The repository on GitHub, as `owner/name`. Defaults to the configured one, else the one that `[project.urls]` names.
   * @param githubApi The `URL` of a GitHub Enterprise's API, such as `https://github.example.org/api/v3`. Defaults to that of github.com.
   * @param githubService The `address` of what answers in place of that host, such as `tcp://127.0.0.1:8080` for a server on this machine.
   */
  @func({ cache: "never" })
  async promote(
    tag: string,
    release?: Directory,
    index: string = PYPI,
    testIndex: string = TEST_PYPI,
    testIndexUser?: string,
    testIndexPassword?: Secret,
    withoutTestIndex?: string,
    dryRun: boolean = false,
    pypiToken?: Secret,
    indexUser?: string,
    indexPassword?: Secret,
    identityToken?: Secret,
    identityUrl?: string,
    indexService?: Service,
    githubToken?: Secret,
    githubRepository?: string,
    githubApi?: string,
    githubService?: Service,
  ): Promise<string> {
    const promotion = await preparePromotion(this.source, tag, {
      release,
      index,
      testIndex,
      testIndexUser,
      testIndexPassword,
      withoutTestIndex,
      dryRun,
      pypiToken,
      indexUser,
      indexPassword,
      identityToken,
      identityUrl,
      indexService,
      githubToken,
      githubRepository,
      githubApi,
      githubService,
    })
    return promote(promotion)
  }

  /**
   * Serve a package index to try things by hand: with the files of a tag to install them, with a token to upload to it. It lives as long as the command.
   *
   * Example: `dagger call package-index --tag v1.2.0 up --ports 8080:8080`
   *
   * @param tag The tag whose files it holds from the start. Defaults to none.
   * @param token The token that uploads must show. Defaults to none, and nobody uploads.
   */
  @func({ cache: "never" })
  async packageIndex(tag?: string, token?: Secret): Promise<Service> {
    const { dist, project } = await this.subject(tag)
    const files = tag === undefined ? undefined : await dist()
    return serveIndex(project.mirrors, files, await token?.plaintext())
  }

  /**
   * Return the files of a release with SHA256SUMS and the release notes.
   *
   * Example: `dagger call release-directory --tag v1.2.0 export --path release`
   *
   * @param tag The tag to release.
   */
  @func()
  async releaseDirectory(tag: string): Promise<Directory> {
    return releaseDirectory(await prepare(checkoutOf(this), tag, true))
  }

  /**
   * Return the scripts that install the package of a tag on other machines: `install.sh` for Linux and macOS, `install.ps1` for Windows.
   *
   * Example: `dagger call install-scripts --tag v1.2.0 export --path installers`
   *
   * @param tag The tag whose wheel they install. Raises an error when the wheel has no command.
   * @param release The release directory that holds the wheel. Defaults to a build.
   * @param githubRepository The repository on GitHub whose release the wheel is in, as `owner/name`. Defaults to the configured one, else the one that `[project.urls]` names.
   * @param githubApi The `URL` of a GitHub Enterprise's API, such as `https://github.example.org/api/v3`. Defaults to that of github.com.
   */
  @func()
  async installScripts(
    tag: string,
    release?: Directory,
    githubRepository?: string,
    githubApi?: string,
  ): Promise<Directory> {
    const to = { githubRepository, githubApi }
    const subject = await subjectOfTag(checkoutOf(this), tag, to)
    return installScripts(await withRelease(subject, release))
  }

  /**
   * Print the release notes of a tag: from its own file, else the changelog, else the commits since the release before; needs no token.
   *
   * Example: `dagger call notes --tag v1.2.0`
   *
   * @param tag The tag whose notes are meant.
   */
  @func({ cache: "never" })
  async notes(tag: string): Promise<string> {
    const { notes } = await subjectOfTag(checkoutOf(this), tag)
    return (await notes()).text
  }

  /**
   * Put the release of a tag on GitHub, without the gates and the package index before it: a draft first, published once all its files were read back. What is there with the same bytes is kept, so running it again resumes.
   *
   * Example: `dagger call github-release --tag v1.2.0 --github-token env://GITHUB_TOKEN`
   *
   * @param tag The tag to release, which must be pushed.
   * @param githubToken The `token` for the release on GitHub, such as `env://GITHUB_TOKEN`: a fine-grained one with `Contents: write`, or a classic one with `repo`.
   * @param githubRepository The repository on GitHub, as `owner/name`. Defaults to the configured one, else the one that `[project.urls]` names.
   * @param githubApi The `URL` of a GitHub Enterprise's API, such as `https://github.example.org/api/v3`. Defaults to that of github.com.
   * @param githubService The `address` of what answers in place of that host, such as `tcp://127.0.0.1:8080` for a server on this machine.
   */
  @func({ cache: "never" })
  async githubRelease(
    tag: string,
    githubToken: Secret,
    githubRepository?: string,
    githubApi?: string,
    githubService?: Service,
  ): Promise<string> {
    const { github, prepared } = await prepareAnnouncement(
      checkoutOf(this),
      tag,
      { githubToken, githubRepository, githubApi, githubService },
    )
    const wanted = () => githubRelease(prepared)
    return done(githubWork({ announcement: { github, wanted } }))
  }

  /**
   * Return the files of a published release on GitHub, to promote them or to look at them.
   *
   * Example: `dagger call github-files --tag v1.2.0 export --path release`
   *
   * @param tag The tag of the release.
   * @param githubToken A `token` that may read the repository, such as `env://GITHUB_TOKEN`. Defaults to none, which is enough for a public one.
   * @param githubRepository The repository on GitHub, as `owner/name`. Defaults to the configured one, else the one that `[project.urls]` names.
   * @param githubApi The `URL` of a GitHub Enterprise's API, such as `https://github.example.org/api/v3`. Defaults to that of github.com.
   * @param githubService The `address` of what answers in place of that host, such as `tcp://127.0.0.1:8080` for a server on this machine.
   */
  @func({ cache: "never" })
  async githubFiles(
    tag: string,
    githubToken?: Secret,
    githubRepository?: string,
    githubApi?: string,
    githubService?: Service,
  ): Promise<Directory> {
    const project = await readProject(this.source)
    const args = { githubToken, githubRepository, githubApi, githubService }
    return filesFromGithub(project, parseTag(tag), args)
  }

  /**
   * Run the whole release of a tag and return its report; any failure raises the report as the error.
   *
   * Example: `dagger call release --tag v1.2.0`
   *
   * @param tag The tag to release, such as `v1.2.0` or `v2.0.0-beta.1`.
   * @param index Where to: `testpypi`, `pypi`, a name of `[[tool.shipwheel.index]]`, or the URL that takes uploads. Defaults to Test PyPI when its token is given, else to a rehearsal inside the engine.
   * @param testPypiToken The API token of Test PyPI, such as `env://TEST_PYPI_API_TOKEN`.
   * @param pypiToken The API token of PyPI, such as `env://PYPI_API_TOKEN`.
   * @param indexUser The user of another index. Defaults to the one that goes with API tokens.
   * @param indexPassword The password or token of another index.
   * @param identityToken The CI's identity token, exchanged at the index in place of an API token (Trusted Publishing).
   * @param identityUrl The `URL` where the CI hands out identity tokens to whoever shows `identityToken`, right before they are needed; on GitHub `$ACTIONS_ID_TOKEN_REQUEST_URL`.
   * @param indexService The `address` of what answers under the host name of another index, such as `tcp://127.0.0.1:8080` for a server on this machine.
   * @param githubToken The `token` for the release on GitHub, such as `env://GITHUB_TOKEN`: a fine-grained one with `Contents: write`, or a classic one with `repo`. Defaults to no release there.
   * @param githubRepository The repository on GitHub, as `owner/name`. Defaults to the configured one, else the one that `[project.urls]` names.
   * @param githubApi The `URL` of a GitHub Enterprise's API, such as `https://github.example.org/api/v3`. Defaults to that of github.com.
   * @param githubService The `address` of what answers in place of that host, such as `tcp://127.0.0.1:8080` for a server on this machine.
   * @param format The form of the report. Defaults to Markdown.
   */
  @func({ cache: "never" })
  async release(
    tag: string,
    index?: string,
    testPypiToken?: Secret,
    pypiToken?: Secret,
    indexUser?: string,
    indexPassword?: Secret,
    identityToken?: Secret,
    identityUrl?: string,
    indexService?: Service,
    githubToken?: Secret,
    githubRepository?: string,
    githubApi?: string,
    githubService?: Service,
    format: ReportFormat = ReportFormat.Markdown,
  ): Promise<string> {
    const opened = await prepareRelease(checkoutOf(this), tag, {
      index,
      testPypiToken,
      pypiToken,
      indexUser,
      indexPassword,
      identityToken,
      identityUrl,
      indexService,
      githubToken,
      githubRepository,
      githubApi,
      githubService,
    })
    const report = await release(opened)
    return writtenReport(report, format, {
      markdown: markdownReport,
      json: jsonReport,
    })
  }

  /** Runs one gate by itself. */
  private async gate(name: GateName, tag?: string): Promise<string> {
    return done(gateWork(name, await this.subject(tag)))
  }

  private subject(tag?: string): Promise<Subject> {
    return subjectAt(checkoutOf(this), tag)
  }

  /** The files that are meant: those of a release directory, else of a build. */
  private async released(
    tag: string,
    release: Directory | undefined,
  ): Promise<TaggedSubject> {
    return withRelease(await subjectOfTag(checkoutOf(this), tag), release)
  }
}

function checkoutOf({ repository, source }: Shipwheel): Checkout {
  return { source, folder: repository }
}

/** The report as it was asked for; as the error where something failed. */
function writtenReport<T extends Pick<Report, "stages">>(
  report: T,
  format: ReportFormat,
  { json, markdown }: Record<"json" | "markdown", (report: T) => string>,
): string {
  const text = format === ReportFormat.Json ? json(report) : markdown(report)
  if (!hasFailed(report)) return text
  // A heading is one only at the start of a line, and the CLI writes `Error: ` before it.
  throw new Error(format === ReportFormat.Json ? text : `\n\n${text}`)
}

/** Does the work of a stage by itself, and says all that came of it. */
async function done(work: Work): Promise<string> {
  if (work.skip !== undefined) return work.skip
  const { details, remarks = [], summary } = await work.run()
  const more = details ? [details] : []
  const lines = remarks.map((each) => `- ${each}`).join("\n")
  return [summary, ...more, ...(lines ? [lines] : [])].join("\n\n")
}
