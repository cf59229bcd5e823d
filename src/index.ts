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
  type Secret,
  type Service,
} from "@dagger.io/dagger"

import type { CiProvider } from "./ci/ci-provider.js"
import { passedBy, proposeCi } from "./ci/stage.js"
import { PYPI } from "./config/index-names.js"
import { frontendDirectory } from "./frontend/stage.js"
import { IGNORED } from "./git/ignored.js"
import { locate } from "./git/locate-stage.js"
import { readAsked } from "./next/asked.js"
import { proposeRelease } from "./next/stamp-stage.js"
import { GithubReleases } from "./objects/github-releases.js"
import { NamedIndex } from "./objects/named-index.js"
import { legOf, type PythonLeg } from "./objects/python-leg.js"
import { object } from "./objects/roof.js"
import { TaggedFiles } from "./objects/tagged-files.js"
import { proposeConfiguration } from "./project/configure-stage.js"
import { lookAtProject, readProject } from "./project/stage.js"
import * as alone from "./release/alone-stage.js"
import { releaseDirectory } from "./release/assets-stage.js"
import { placesOf } from "./release/caller-stage.js"
import { description } from "./release/description-stage.js"
import { promote } from "./release/promote-stage.js"
import { ReportFormat } from "./release/report-format.js"
import {
  environment,
  gates,
  plan,
  preflight,
  release,
} from "./release/stage.js"
import { subjectAt, subjectOfTag } from "./release/subject-stage.js"

/** The release pipeline of one project. */
@object()
export class Shipwheel {
  source: Directory
  folder: Directory
  format: ReportFormat
  npmToken?: Secret | undefined
  npmRegistry?: string | undefined
  pythonToken?: Secret | undefined
  pythonIndex?: string | undefined
  pythonUser?: string | undefined
  indexUser?: string | undefined
  indexService?: Service | undefined
  identityUrl?: string | undefined
  githubRepository?: string | undefined
  githubApi?: string | undefined
  githubService?: Service | undefined
  signingKey?: Secret | undefined

  /**
   * @param source The project's folder, where its pyproject.toml is. Defaults to the folder that you are in, or that `-m` names; with Dagger 1.0 it is a setting.
   * @param repository The `folder` that holds `.git`, where it is not the project's. Defaults to the project's.
   * @param format The form of reports and plans. Defaults to Markdown.
   * @param indexUser The user of another index than PyPI's. Defaults to the one that goes with API tokens.
   * @param indexService The `address` of what answers under the host name of another index, such as `tcp://127.0.0.1:8080` for a server on this machine.
   * @param identityUrl The `URL` where the CI hands out identity tokens to whoever shows `--identity-token`, right before they are needed; on GitHub `$ACTIONS_ID_TOKEN_REQUEST_URL`.
   * @param githubRepository The repository on GitHub, as `owner/name`. Defaults to the configured one, else the one that `[project.urls]` names.
   * @param githubApi The `URL` of a GitHub Enterprise's API, such as `https://github.example.org/api/v3`. Defaults to that of github.com.
   * @param githubService The `address` of what answers in place of that host, such as `tcp://127.0.0.1:8080` for a server on this machine.
   * @param signingKey The secret key that signs SHA256SUMS, such as `env://SIGNING_KEY`: one of minisign or an Ed25519 one of SSH, without a password, that `public-key` in `[tool.shipwheel]` belongs to. Defaults to no signature.
   * @param npmToken The token of a private registry of npm, such as `env://NPM_TOKEN`: what `.npmrc` or `.yarnrc.yml` takes as a variable while the packages of a frontend are fetched.
   * @param npmRegistry The `URL` of the registry that the token is for. Defaults to the only one that is shown a variable.
   * @param pythonToken The password of a private index that dependencies come from, such as `env://PYTHON_TOKEN`: it is shown to that index while their wheels are fetched, and to nothing that they bring.
   * @param pythonIndex The `URL` of the index that it is for. Defaults to the only one that the project names for uv, Poetry or PDM.
   * @param pythonUser The user that goes with it. Defaults to the one that goes with API tokens.
   */
  constructor(
    @argument({ defaultPath: ".", ignore: IGNORED }) source: Directory,
    @argument({ ignore: IGNORED }) repository?: Directory,
    format: ReportFormat = ReportFormat.Markdown,
    indexUser?: string,
    indexService?: Service,
    identityUrl?: string,
    githubRepository?: string,
    githubApi?: string,
    githubService?: Service,
    npmToken?: Secret,
    npmRegistry?: string,
    pythonToken?: Secret,
    pythonIndex?: string,
    pythonUser?: string,
    signingKey?: Secret,
  ) {
    // Whatever reads the source would else run again after every commit.
    this.source = source.filter({ exclude: [".git"] })
    this.folder = repository ?? source
    this.format = format
    this.indexUser = indexUser
    this.indexService = indexService
    this.identityUrl = identityUrl
    this.githubRepository = githubRepository
    this.githubApi = githubApi
    this.githubService = githubService
    this.npmToken = npmToken
    this.npmRegistry = npmRegistry
    this.pythonToken = pythonToken
    this.pythonIndex = pythonIndex
    this.pythonUser = pythonUser
    this.signingKey = signingKey
  }

  /**
   * Select one Python version of the matrix, to test or to open a terminal in.
   * Example: `dagger call python --version 3.9 container terminal`
   * @param version The version, such as `3.12`. Raises an error when the project does not support it.
   */
  @func()
  async python(version: string): Promise<PythonLeg> {
    return legOf(this, version)
  }

  /**
   * Run the imports and unit tests on every Python version at once.
   * Example: `dagger call test`
   */
  @func()
  async test(): Promise<string> {
    return alone.gate("test", subjectAt(this))
  }

  /**
   * Run the integration tests on every Python version, with the built frontend inside the package.
   * Example: `dagger call integration`
   */
  @func()
  async integration(): Promise<string> {
    return alone.gate("integration", subjectAt(this))
  }

  /**
   * Lint, check the format and the types: the linters that the project configures, in its own versions, and the frontend's own scripts.
   * Example: `dagger call lint`
   */
  @func()
  async lint(): Promise<string> {
    return alone.gate("lint", subjectAt(this))
  }

  /**
   * Build the frontend for production and return its output; of several, each where it goes in the project.
   * Example: `dagger call frontend export --path out`
   * @param path The folder of one of several frontends, such as `web`. Defaults to all of them.
   */
  @func()
  async frontend(path?: string): Promise<Directory> {
    const project = await readProject(await locate(this))
    return frontendDirectory(this, project, path)
  }

  /**
   * Say which version comes next and why: by what changed since the last release, the changelog, and commits where they follow a convention; and what `stamp` would write for it.
   * Example: `dagger call next`
   * @param prerelease Make it a prerelease of that version: `a`, `b` or `rc`.
   * @param as The version, such as `2.0.0`, in place of the one that follows; it is told whether that fits. Raises an error when it is released already.
   */
  @func({ cache: "never" })
  async next(prerelease?: string, as?: string): Promise<string> {
    const subject = subjectAt(this, undefined, placesOf(this))
    return alone.next(subject, readAsked(prerelease, as), this.format)
  }

  /**
   * Propose the edits that make the project ready for a tag, as a changeset for your own tree: the version wherever it is kept, lockfiles among that, and the changelog's section of today, by towncrier or scriv where the project has them.
   * Example: `dagger call stamp --tag v1.2.0`
   * @param tag The tag that is to be made. Raises an error when there is nothing to write.
   */
  @func({ cache: "never" })
  async stamp(tag: string): Promise<Changeset> {
    return proposeRelease(this, tag)
  }

  /**
   * Build the sdist, and the wheel from the sdist, with the frontend inside.
   * Example: `dagger call build --tag v1.2.0 export --path dist`
   * @param tag The tag whose version is written into the copy that is built. Defaults to the version in the project. Raises an error when it has no PEP 440 form.
   */
  @func()
  async build(tag?: string): Promise<Directory> {
    return (await subjectAt(this, tag)).dist()
  }

  /**
   * Build, then check the files: names, metadata, record, classifiers, licence, the frontend in them, completeness of the package, pointers of LFS, no files but tracked ones, forbidden files, duplicates and size, with `twine check --strict` and `check-wheel-contents`.
   * Example: `dagger call check --tag v1.2.0`
   * @param tag The tag whose version the files must carry. Defaults to the version in the project.
   */
  @func()
  async check(tag?: string): Promise<string> {
    return alone.gate("check", subjectAt(this, tag))
  }

  /**
   * Build twice, the second time elsewhere, and compare the files bit by bit.
   * Example: `dagger call reproduce --tag v1.2.0`
   * @param tag The tag whose version is built. Defaults to the version in the project.
   */
  @func()
  async reproduce(tag?: string): Promise<string> {
    return alone.gate("reproduce", subjectAt(this, tag))
  }

  /**
   * Install the built files on every Python, in containers that never saw the source, and run the smoke commands.
   * Example: `dagger call install --tag v1.2.0`
   * @param tag The tag whose version the files carry.
   */
  @func()
  async install(tag: string): Promise<string> {
    return alone.gate("install", subjectAt(this, tag))
  }

  /**
   * Start the installed package as the server that `[tool.shipwheel.serve]` names, and ask for its page and each asset that the page names.
   * Example: `dagger call serve --tag v1.2.0`
   * @param tag The tag whose version is installed.
   */
  @func()
  async serve(tag: string): Promise<string> {
    return alone.serve(subjectAt(this, tag))
  }

  /**
   * Ask what vulnerabilities are known of the requirements, of the package and of the frontend.
   * Example: `dagger call audit`
   */
  @func({ cache: "never" })
  async audit(): Promise<string> {
    return alone.gate("audit", subjectAt(this))
  }

  /**
   * Compare the files of a tag with the last release: what is in them, what they say of themselves, the Python API, the commands and their options. With nothing to compare with it says why.
   * Example: `dagger call compare --tag v1.2.0`
   * @param tag The tag whose files are built. Defaults to the version in the project, compared with the newest release.
   */
  @func({ cache: "never" })
  async compare(tag?: string): Promise<string> {
    return alone.comparison(subjectAt(this, tag, placesOf(this)), this.format)
  }

  /**
   * Explain where a git ref leads: its environment and why, the version, the stages, the index, who approves, how the frontend is built.
   * Example: `dagger call environment --ref refs/tags/v1.2.0`
   * @param ref The full git ref, such as `refs/heads/develop` or `refs/tags/v1.2.0`.
   */
  @func()
  async environment(ref: string): Promise<string> {
    return environment(this, ref)
  }

  /**
   * Propose the files that make a CI run the gates, the release and the promotion; they hold no logic of their own.
   * Example: `dagger call ci --provider GITHUB`
   * @param provider The CI.
   * @param trustedPublishing Show the CI's identity to the indexes in place of API tokens. Raises an error where PyPI does not trust the provider.
   */
  @func()
  async ci(
    provider: CiProvider,
    trustedPublishing: boolean = false,
  ): Promise<Changeset> {
    const place = await locate(this)
    const project = await lookAtProject(place)
    const passed = passedBy(this)
    return proposeCi(place, project, provider, trustedPublishing, passed)
  }

  /**
   * Run every gate for a git ref, the way its environment has it, and publish nothing; any failure raises the report as the error. `dagger check` runs it.
   * Example: `dagger call gates --ref refs/heads/develop`
   * @param ref The full git ref, such as `refs/heads/develop` or `refs/pull/7/merge`.
   */
  // One check of all gates: Dagger starts each check in a process of its own that reads all types, at once with the others.
  @func({ cache: "never" })
  @check()
  async gates(ref: string = "refs/heads/main"): Promise<string> {
    return gates(this, ref)
  }

  /**
   * Look at all that can be known before anything runs: the tag and the tree in git, configuration, changelog, Python images. Raises one error with every problem.
   * Example: `dagger call preflight --tag v1.2.0`
   * @param tag The tag that is to be released.
   */
  @func({ cache: "never" })
  async preflight(tag: string): Promise<string> {
    return preflight(this, tag)
  }

  /**
   * Tell what a rehearsal would do, stage by stage, without doing any of it; `index` tells the same of a release to an index.
   * Example: `dagger call plan --tag v1.2.0`
   * @param tag The tag that is to be released.
   */
  @func({ cache: "never" })
  async plan(tag: string): Promise<string> {
    return plan(this, tag)
  }

  /**
   * Upload the wheel and the sdist of a tag, without the gates before it; what is there with the same hash is kept, so running it again resumes. Another index is `index`.
   * Example: `dagger call publish --tag v1.2.0 --test-pypi-token env://TEST_PYPI_API_TOKEN`
   * @param tag The tag to publish.
   * @param testPypiToken The API token of Test PyPI. Defaults to none, and to a rehearsal inside the engine.
   */
  @func({ cache: "never" })
  async publish(tag: string, testPypiToken?: Secret): Promise<string> {
    return alone.publish(this, tag, { ...placesOf(this), testPypiToken })
  }

  /**
   * Upload the files of a tag to a rehearsal index, install them from it on every Python version and run the smoke commands. From an index of the world `index` installs.
   * Example: `dagger call verify --tag v1.2.0`
   * @param tag The tag whose files are installed.
   */
  @func({ cache: "never" })
  async verify(tag: string): Promise<string> {
    return alone.verify(subjectOfTag(this, tag))
  }

  /**
   * Say where a release stands on each index that it goes through and on GitHub, what is missing or differs, and the one command to run next; needs no token.
   * Example: `dagger call status --tag v1.2.0`
   * @param tag The tag to look for.
   */
  @func({ cache: "never" })
  async status(tag: string): Promise<string> {
    return alone.status(subjectOfTag(this, tag), placesOf(this))
  }

  /**
   * Print the steps that take back a release: the yank pages of what is out, the files that stay burnt, the commands of the hotfix; needs no token.
   * Example: `dagger call recover --tag v1.2.0`
   * @param tag The tag that was released.
   */
  @func({ cache: "never" })
  async recover(tag: string): Promise<string> {
    return alone.recover(subjectOfTag(this, tag), placesOf(this))
  }

  /**
   * Select one package index, such as a company's own, to publish, verify or look there alone.
   * Example: `dagger call index --name company --password env://INDEX_PASSWORD publish --tag v1.2.0`
   * @param name `testpypi`, `pypi`, a name of `[[tool.shipwheel.index]]`, or the URL that takes uploads.
   * @param release The release directory to take the files from. Defaults to a build.
   * @param password What uploads show: a token, or the password of `--index-user`. Reading needs it only where not everybody may read.
   * @param trusted The password is the CI's identity token, exchanged at the index for one of its own (Trusted Publishing).
   */
  @func({ cache: "never" })
  index(
    name: string,
    release?: Directory,
    password?: Secret,
    trusted: boolean = false,
  ): NamedIndex {
    const given = { name, release, password, trusted }
    return Object.assign(new NamedIndex(), this, given)
  }

  /**
   * Select the files of a tag, to look into them, to install them by hand or to have their install scripts.
   * Example: `dagger call files --tag v1.2.0 unpacked export --path unpacked`
   * @param tag The tag whose files are built.
   */
  @func()
  files(tag: string): TaggedFiles {
    return Object.assign(new TaggedFiles(), this, { tag })
  }

  /**
   * Select the releases of the project on GitHub, to make one or to fetch its files.
   * Example: `dagger call github files --tag v1.2.0 export --wipe --path release`
   * @param token A `token` as of `release`. Defaults to none, which is enough to read what is public.
   */
  @func({ cache: "never" })
  github(token?: Secret): GithubReleases {
    return Object.assign(new GithubReleases(), this, { githubToken: token })
  }

  /**
   * Upload the files of a release, and no new build, to PyPI once Test PyPI holds the same bytes, then verify them from there.
   * Example: `dagger call promote --tag v1.2.0 --pypi-token env://PYPI_API_TOKEN`
   * @param tag The tag to promote.
   * @param release The release directory: the files and their SHA256SUMS. Defaults to the files of the published release on GitHub.
   * @param index Where to: `pypi`, a name of `[[tool.shipwheel.index]]`, or the URL that takes uploads.
   * @param testIndex The index that must hold the same bytes already. Defaults to the one that the tag is released to, which is Test PyPI unless the project says otherwise.
   * @param testIndexUser The user of a test index that does not let everybody read.
   * @param testIndexPassword The password of a test index that does not let everybody read. Defaults to that of `index` where both are on the same host and port.
   * @param withoutTestIndex The reason to go on without that; the report shows it.
   * @param dryRun Say what would be done and what of it can't be undone, and do nothing. Needs no token.
   * @param pypiToken The API token of PyPI, such as `env://PYPI_API_TOKEN`.
   * @param indexPassword The password or token of another index.
   * @param identityToken The CI's identity token, exchanged at the index in place of an API token (Trusted Publishing).
   * @param githubToken A `token` that may read the repository, such as `env://GITHUB_TOKEN`. Defaults to none, which is enough for a public one.
   */
  @func({ cache: "never" })
  async promote(
    tag: string,
    release?: Directory,
    index: string = PYPI,
    testIndex?: string,
    testIndexUser?: string,
    testIndexPassword?: Secret,
    withoutTestIndex?: string,
    dryRun: boolean = false,
    pypiToken?: Secret,
    indexPassword?: Secret,
    identityToken?: Secret,
    githubToken?: Secret,
  ): Promise<string> {
    const tried = { testIndex, testIndexUser, testIndexPassword }
    const given = { ...tried, release, index, withoutTestIndex, dryRun }
    const shown = { pypiToken, indexPassword, identityToken, githubToken }
    return promote(this, tag, { ...given, ...shown })
  }

  /**
   * Return the files of a release with SHA256SUMS and the release notes.
   * Example: `dagger call release-directory --tag v1.2.0 export --wipe --path release`
   * @param tag The tag to release.
   */
  @func()
  async releaseDirectory(tag: string): Promise<Directory> {
    return releaseDirectory(this, tag)
  }

  /**
   * Print the release notes of a tag: from its own file, else the changelog, else the commits since the release before; needs no token.
   * Example: `dagger call notes --tag v1.2.0`
   * @param tag The tag whose notes are meant.
   */
  @func({ cache: "never" })
  async notes(tag: string): Promise<string> {
    return (await (await subjectOfTag(this, tag)).notes()).text
  }

  /**
   * Run the whole release of a tag and return its report; any failure raises the report as the error.
   * Example: `dagger call release --tag v1.2.0`
   * @param tag The tag to release, such as `v1.2.0` or `v2.0.0-beta.1`.
   * @param index Where to: `testpypi`, `pypi`, a name of `[[tool.shipwheel.index]]`, or the URL that takes uploads. Defaults to Test PyPI when its token is given, else to a rehearsal inside the engine.
   * @param testPypiToken The API token of Test PyPI, such as `env://TEST_PYPI_API_TOKEN`.
   * @param pypiToken The API token of PyPI, such as `env://PYPI_API_TOKEN`.
   * @param indexPassword The password or token of another index.
   * @param stagingPassword The same of the index that staging tags go to, where that is another one of your own.
   * @param identityToken The CI's identity token, exchanged at the index in place of an API token (Trusted Publishing).
   * @param githubToken The `token` for the release on GitHub, such as `env://GITHUB_TOKEN`: a fine-grained one with `Contents: write`, or a classic one with `repo`. Defaults to no release there.
   */
  @func({ cache: "never" })
  async release(
    tag: string,
    index?: string,
    testPypiToken?: Secret,
    pypiToken?: Secret,
    indexPassword?: Secret,
    stagingPassword?: Secret,
    identityToken?: Secret,
    githubToken?: Secret,
  ): Promise<string> {
    const own = { indexPassword, stagingPassword }
    const tokens = { testPypiToken, pypiToken, ...own, identityToken }
    return release(this, tag, { index, githubToken, ...tokens })
  }

  /**
   * Describe the project as it is seen: package, version, tests, linters, frontends and more, each with its evidence and the key that changes it; and what was seen and not used.
   * Example: `dagger call describe`
   */
  @func()
  async describe(): Promise<string> {
    return description(this)
  }

  /**
   * Propose the lines of `[tool.shipwheel]` that leave nothing to be guessed, as a changeset for your own pyproject.toml; every other byte of it stays.
   * Example: `dagger call configure`
   */
  @func()
  async configure(): Promise<Changeset> {
    return proposeConfiguration(this)
  }
}
