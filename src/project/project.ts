import { groupsElsewhere, versionSource } from "../backends/backend-answers.js"
import { moduleOf } from "../backends/backends.js"
import { unreadByInstall } from "../backends/install-shape.js"
import { whyAskGit } from "../build/asks-git.js"
import {
  type Building,
  type CompiledVerdict,
  judgeCompiled,
  resolveBuilding,
} from "../build/building.js"
import { excludedPaths } from "../build/exclusions.js"
import { judgeIdleHooks, type UnbuiltFrontend } from "../build/idle-hooks.js"
import { withAllowed, type Withheld } from "../build/withheld-secrets.js"
import {
  type CompareSettings,
  resolveCompare,
} from "../config/compare-config.js"
import { type Gates, resolveGates } from "../config/gate-config.js"
import { type Limits, resolveLimits } from "../config/limits.js"
import type { Mirrors } from "../containers/images.js"
import {
  builtIn,
  type Environment,
  type Environments,
  ownIndexes,
  resolveEnvironments,
} from "../environments/environments.js"
import type { Problems } from "../errors.js"
import { type DataPattern, dataPatterns } from "../files/data-patterns.js"
import { type GithubSettings, resolveGithub } from "../forge/forge-settings.js"
import { type Frontend, resolveFrontends } from "../frontend/frontend.js"
import type { Around } from "../git/around-stage.js"
import { NOWHERE, type Whereabouts } from "../git/whereabouts.js"
import { type Linting, resolveLinting } from "../lint/linters.js"
import type { NoteSources } from "../notes/changelog.js"
import { findFragments, otherChangelogs } from "../notes/changelog-file.js"
import { findCollector } from "../notes/collector.js"
import { resolveIndexes } from "../package-index/configured-indexes.js"
import type { ConfiguredIndex } from "../package-index/indexes.js"
import { withGroups } from "../reading/groups.js"
import {
  followSources,
  type OwnSource,
  shippedRequirements,
  type Tested,
} from "../reading/own-sources.js"
import type { Pyproject } from "../reading/pyproject.js"
import { type LockedVersions, lockedVersions } from "../reading/python-locks.js"
import { normalizeName } from "../reading/requirements.js"
import { repositorySources } from "../reading/sources.js"
import { resolveTests, type Tests } from "../test/tests.js"
import { iniSections } from "../text/ini-text.js"
import { findTagging, type Tagging } from "../version/tagging.js"
import { toldPrefix } from "../version/told-prefix.js"
import {
  asksGit,
  resolveVersioning,
  type Versioning,
} from "../version/versioning.js"
import { frontendsBeside } from "./frontends-beside.js"
import { modulesOf } from "./import-shape.js"
import { type Metadata, withMetadata } from "./metadata.js"
import type { Outline } from "./outline.js"
import { type LeftOut, resolvePythons } from "./pythons.js"

/** All that the stages need to know of a project. */
export interface Project {
  readonly name: string
  readonly pythons: readonly string[]
  /** Versions of the matrix that the project does not support. */
  readonly leftOut: readonly LeftOut[]
  readonly packageDir: string
  /** What builds it; where nothing is named, that is setuptools (PEP 517). */
  readonly backend: string
  readonly versioning: Versioning
  /** Why the build needs a repository, where it does. */
  readonly asksGit: string | undefined
  /** What its build finds around it. */
  readonly building: Building
  /** What there is to say of what a compiler would make. */
  readonly compiled: CompiledVerdict | undefined
  /** Why a frontend that the backend should build is not built. */
  readonly unbuilt: UnbuiltFrontend | undefined
  readonly imports: readonly string[]
  /** They are found, and nobody says that nothing else has to be importable. */
  readonly importsWhole: boolean
  readonly dependencies: readonly string[]
  /** What its tests run with. */
  readonly tested: Tested
  /** Which versions of that are installed. */
  readonly locked: LockedVersions
  /** Of that, what only an index would have, where its author has it from elsewhere. */
  readonly strangers: readonly OwnSource[]
  /** Dependencies that whoever installs the package gets from elsewhere than its author, without a word that this is right. */
  readonly unreleased: readonly OwnSource[]
  readonly tests: Tests
  readonly smoke: readonly (readonly string[])[]
  /** What accepts the signatures of releases, without a comment. */
  readonly publicKey: string | undefined
  readonly indexes: readonly ConfiguredIndex[]
  /** Seconds that an index may take to show what was uploaded. */
  readonly indexWait: number
  readonly limits: Limits
  readonly frontends: readonly Frontend[]
  /** Folders beside the project where something is built that nothing leads into the package. */
  readonly leadingNowhere: readonly string[]
  /** The readme that the metadata names; without it nothing builds. */
  readonly readme: string | undefined
  /** The build reads texts that a static `[project]` does not name, so tests can't do without them. */
  readonly readsProse: boolean
  /** What an editable install of it leaves out, because it does not read that. */
  readonly unread: readonly string[]
  readonly linting: Linting
  readonly gates: Gates
  readonly comparing: CompareSettings
  /** Files that the backend was told to put into the package. */
  readonly dataPatterns: readonly DataPattern[]
  /** What it was told by name to leave out. */
  readonly excluded: readonly string[]
  /** Where check-wheel-contents is configured, if it is. */
  readonly contentsConfig: string | undefined
  readonly notes: NoteSources
  readonly github: GithubSettings
  readonly mirrors: Mirrors
  readonly environments: Environments
  /** Which tags are its own. */
  readonly tagging: Tagging
  /** What it refers to outside of its folder; absent where nothing is there. */
  readonly around?: Around | undefined
  /** What none of its own code is given. */
  readonly withheld: Withheld
}

/** Where check-wheel-contents looks for its settings, in its order, and the section that it reads there. */
const CONTENTS = "check-wheel-contents"
const CONTENTS_PLACES = [
  ["tox.ini", CONTENTS],
  ["setup.cfg", `tool:${CONTENTS}`],
  [`${CONTENTS}.cfg`, CONTENTS],
  [`.${CONTENTS}.cfg`, CONTENTS],
] as const
const INDEX_WAIT = 300

/** Fills in what the configuration leaves open by what the project holds. */
export function resolveProject(
  looked: Outline,
  metadata: Metadata | undefined,
  matrix: readonly string[],
  problems: Problems,
  whereabouts: Whereabouts = NOWHERE,
): Project {
  const { config, found, name } = looked
  const outline = { ...looked, pyproject: standardTables(looked, metadata) }
  const { pyproject } = outline
  const support = resolvePythons(outline, matrix, problems)
  const frontends = resolveFrontends(outline, problems)
  const tests = resolveTests(outline, problems)
  const apart = new Set(
    Object.keys(config["released-apart"] ?? {}).map(normalizeName),
  )
  const gates = resolveGates(config, config.smoke ?? [])
  const locked = lockedVersions(
    looked.sources,
    pyproject,
    config.test?.lock,
    problems,
    tests.lists,
  )
  const { at } = looked.sources
  const placed = { pyproject, tree: repositorySources(looked.sources), at }
  const versioning = resolveVersioning(
    looked,
    versionSource(looked),
    problems,
    config["version-in"],
  )
  const tagging = resolveTagging(looked, whereabouts)
  const environments = resolveEnvironments(
    config.environments,
    frontends,
    problems,
    tagging.prefix,
  )
  const limits = resolveLimits(config.limits)
  const dependencies = pyproject.project?.dependencies ?? []
  const { sources: testedSources, ...tested } = followSources(
    [...dependencies, ...tests.requirements],
    placed,
  )
  return {
    name,
    ...support,
    packageDir: found?.path ?? "",
    backend: moduleOf(pyproject),
    versioning,
    asksGit:
      versioning.inTags === undefined
        ? whyAskGit(looked)
        : `\`${versioning.inTags.tool}\` reads the version in its tags`,
    building: resolveBuilding(looked),
    compiled: judgeCompiled(looked),
    unbuilt: judgeIdleHooks(looked),
    imports: [...new Set(config.imports ?? modulesOf(looked.sources, found))],
    importsWhole: config.imports === undefined,
    // Sorted, so that their order in the file reinstalls nothing.
    dependencies: [...dependencies].sort(),
    tested,
    locked,
    strangers: testedSources.filter(
      ({ folder, name }) => folder === undefined && !apart.has(name),
    ),
    unreleased: followSources(shippedRequirements(pyproject), placed, apart)
      .sources,
    tests,
    smoke: config.smoke ?? [],
    publicKey: config["public-key"]?.split(" ").slice(0, 2).join(" "),
    indexes: resolveIndexes(
      config.index,
      looked.sources,
      problems,
      ownIndexes(environments),
    ),
    indexWait: config["index-wait"] ?? INDEX_WAIT,
    limits,
    frontends,
    leadingNowhere: leadingNowhere(looked),
    readme: readmePath(outline),
    readsProse: readsProse(looked),
    unread: unreadByInstall({
      ...outline,
      packageDir: found?.path ?? "",
      versionPaths: versioning.places.map(({ path }) => path),
      asksGit: asksGit(versioning),
      members: tested.members,
    }),
    linting: resolveLinting({
      ...outline,
      locked,
      pythons: support.pythons,
      skip: gates.skip,
      tested: [...dependencies, ...tests.requirements],
    }),
    gates,
    comparing: resolveCompare(config.compare),
    dataPatterns: dataPatterns(looked),
    excluded: excludedPaths(looked),
    contentsConfig: contentsConfig(outline),
    notes: {
      changelog: outline.changelog,
      others: otherChangelogs(outline.paths, outline.changelog),
      fragments: findFragments(outline.paths, {
        tool: pyproject.tool,
        towncrier: outline.sources.text("towncrier.toml"),
      }),
      collector: findCollector({ ...outline, locked }),
      file: config.notes?.file,
      template: config.notes?.template,
    },
    github: resolveGithub(config, pyproject.project?.urls ?? {}),
    mirrors: { ...config.mirrors, limit: limits.install },
    environments,
    tagging,
    withheld: withAllowed(whereabouts, gates.allow),
  }
}

function resolveTagging(
  { config, name, pyproject, sources }: Outline,
  { members, path, tags }: Whereabouts,
): Tagging {
  const { production, staging } = config.environments ?? {}
  return findTagging({
    configured: config["tag-prefix"],
    told: toldPrefix(pyproject, sources),
    refs: [...(production?.refs ?? []), ...(staging?.refs ?? [])],
    project: name,
    path,
    members,
    tags,
  })
}

/** The project as an environment builds it. */
export function inEnvironment(
  project: Project,
  environment: Environment,
): Project {
  const frontends = project.frontends.map((each) => builtIn(environment, each))
  return { ...project, frontends }
}

/** Every dialect translated into the tables of PEP 621 and PEP 735. */
function standardTables(
  outline: Outline,
  metadata: Metadata | undefined,
): Pyproject {
  const { pyproject, sources } = outline
  const own = metadata ? withMetadata(pyproject, metadata) : pyproject
  return withGroups(own, sources, groupsElsewhere(outline))
}

/** Who names frontends, or says that there are none, knows of the others. */
function leadingNowhere(outline: Outline): string[] {
  return outline.config.frontend === undefined
    ? frontendsBeside(outline).others.map(({ path }) => path)
    : []
}

function contentsConfig({ pyproject, sources }: Outline): string | undefined {
  if (CONTENTS in pyproject.tool) return "pyproject.toml"
  const place = CONTENTS_PLACES.find(([path, section]) =>
    iniSections(sources.text(path) ?? "").includes(section),
  )
  return place?.[0]
}

function readmePath(outline: Outline): string | undefined {
  const readme = outline.pyproject.project?.readme
  return typeof readme === "string" ? readme : readme?.file
}

/** A setup.py, or a backend that puts the metadata together, may open any file. */
function readsProse({ pyproject, sources }: Outline): boolean {
  const { project } = pyproject
  const dynamic = project?.dynamic.some((field) => field !== "version")
  return (
    !project ||
    dynamic ||
    !sources.has("pyproject.toml") ||
    sources.has("setup.py")
  )
}
