import { posix } from "node:path"

import { versionSource } from "../backends/backend-answers.js"
import { indexMeant } from "../backends/named-indexes.js"
import { resolveBuilding } from "../build/building.js"
import { PYTHONS } from "../containers/images.js"
import { decideTag } from "../environments/decision.js"
import { type Problem, problem, Problems, ReleaseError } from "../errors.js"
import { withWithheld } from "../frontend/withheld-stage.js"
import type { Located } from "../git/locate-stage.js"
import { refuseMangledTokens } from "../git/tokens-stage.js"
import { TOKEN_USER } from "../package-index/credentials.js"
import { reasonOf } from "../pipeline/failure.js"
import { Sources } from "../reading/sources.js"
import type { Version } from "../version/version.js"
import { resolveVersioning } from "../version/versioning.js"
import { needsBackend, staticAdvice } from "./metadata.js"
import { askBackend, type BackendQuestion } from "./metadata-stage.js"
import { type Outline, outlineProject } from "./outline.js"
import { inEnvironment, type Project, resolveProject } from "./project.js"
import { resolvePythons } from "./pythons.js"
import type { Survey } from "./survey.js"

/** Reads the project as the environment of a tag builds it; without one, as production does. */
export async function readProject(
  place: Located,
  version?: Version,
): Promise<Project> {
  const project = await lookAtProject(place)
  const environment = version
    ? decideTag(version, project).environment
    : project.environments.production
  return inEnvironment(project, environment)
}

/**
 * Reads the project through the engine's file API: no container starts for it,
 * unless the project leaves to its backend what it depends on.
 */
export async function lookAtProject(place: Located): Promise<Project> {
  await refuseMangledTokens(place)
  const reader = await openSources(place)
  const { asks, question } = await reader((sources, problems) => {
    const outline = outlineProject(sources, problems)
    const asks = needsBackend(outline.pyproject)
    return { asks, question: questionOf(outline, problems) }
  })
  const metadata = asks ? await askBackend(place, question) : undefined
  const project = await reader((sources, problems) =>
    resolveProject(
      outlineProject(sources, problems),
      metadata,
      PYTHONS,
      problems,
      place,
    ),
  )
  const frontends = await withWithheld(
    place,
    project.frontends,
    project.mirrors,
  )
  const looked = { ...project, frontends, around: place.around }
  const { pythonIndex: url, pythonToken } = place
  const hasToken = pythonToken !== undefined
  // Few projects have such an index, and the outline is read once more for it.
  if (!hasToken && url === undefined) return looked
  const meant = await reader((sources, problems) => {
    const { pyproject } = outlineProject(sources, problems)
    return { index: indexMeant(pyproject, { hasToken, url }, problems) }
  })
  return withIndex(looked, place, meant.index)
}

/** With what comes from a private index, which then is no stranger to tests. */
function withIndex(
  project: Project,
  { pythonToken: token, pythonUser: user = TOKEN_USER }: Located,
  meant: ReturnType<typeof indexMeant>,
): Project {
  if (!meant) return project
  const { mirrors, strangers } = project
  return {
    ...project,
    mirrors: { ...mirrors, private: { ...meant, user, token } },
    strangers: strangers.filter(({ index }) => index !== meant.index.name),
  }
}

/**
 * Looks as far as that goes, and hands what is wrong on instead of refusing it.
 * Whoever is told may read more of the project: it is told again once that was read.
 */
export async function surveyProject<T>(
  place: Located,
  tell: (survey: Survey) => T,
): Promise<T> {
  const sources = await openTolerantly(place)
  const first = await sources(outlineProject)
  const outline = first.result
  if (!outline) {
    const none = { outline, project: undefined, problems: first.problems }
    return tell(none)
  }
  const asked = new Problems()
  const metadata = needsBackend(outline.pyproject)
    ? await asked.attemptAsync(() => tellOfBackend(place, outline))
    : undefined
  const { result } = await sources((each, found) => {
    const seen = found.attempt(() => {
      const looked = outlineProject(each, found)
      const project = resolveProject(looked, metadata, PYTHONS, found, place)
      return { outline: looked, project }
    })
    const problems = [...found.all, ...asked.all]
    const survey = { outline: seen?.outline, project: seen?.project, problems }
    return outcomeOf(() => tell(survey))
  })
  if (!result) throw new ReleaseError(first.problems)
  return result()
}

/** What a step gives or throws, for when all that it wants has been read. */
function outcomeOf<T>(step: () => T): () => T {
  try {
    const value = step()
    return () => value
  } catch (error) {
    return () => {
      throw error
    }
  }
}

async function tellOfBackend(place: Located, outline: Outline) {
  const question = questionOf(outline, new Problems())
  try {
    return await askBackend(place, question)
  } catch (error) {
    throw problem(
      "project",
      reasonOf(error).summary,
      "`dagger call build` shows all that the backend says.",
    )
  }
}

/** The Pythons and the version are taken as far as they are known before the backend is asked. */
function questionOf(outline: Outline, problems: Problems): BackendQuestion {
  const { config, found } = outline
  return {
    config,
    packageDir: found?.path,
    pythons: resolvePythons(outline, PYTHONS, new Problems()).pythons,
    versioning: resolveVersioning(
      outline,
      versionSource(outline),
      problems,
      config["version-in"],
    ),
    building: resolveBuilding(outline),
    advice: staticAdvice(outline.pyproject),
  }
}

/** Asks a question about a source: again, until all that it wants has been read. */
export async function readSources<T>(
  place: Located,
  look: Look<T>,
): Promise<T> {
  return (await openSources(place))(look)
}

type Look<T> = (sources: Sources, problems: Problems) => T

/** Answers questions about a source, or refuses with all that is wrong. */
async function openSources(
  place: Located,
): Promise<<T>(look: Look<T>) => Promise<T>> {
  const seen = await openTolerantly(place)
  return async (look) => {
    const { problems, result } = await seen(look)
    if (problems.length > 0 || result === undefined)
      throw new ReleaseError(problems)
    return result
  }
}

interface Glance<T> {
  readonly result: T | undefined
  readonly problems: readonly Problem[]
}

/** What the engine says of a link that leads in a circle, or to nothing that it may read, names no path. */
function unreadable(path: string): (error: unknown) => never {
  return (error) => {
    throw problem(
      "project",
      `\`${path}\` can't be read: ${reasonOf(error).summary}`,
      "If it is a link, let it lead to a file of the project, or take it out.",
    )
  }
}

/** Answers questions about a source: each is asked again until all that it wants has been read. */
async function openTolerantly({
  folder,
  outside,
  path: where,
  source,
}: Located): Promise<<T>(look: Look<T>) => Promise<Glance<T>>> {
  const paths = new Set(await source.glob("**/*"))
  const at = where.replace(/\/$/, "")
  const texts = new Map<string, string>()
  const read = async (path: string) => {
    const file = paths.has(path)
      ? source.file(path)
      : folder.file(posix.join(where, path))
    texts.set(path, await file.contents().catch(unreadable(path)))
  }
  return async (look) => {
    for (;;) {
      const sources = new Sources(paths, texts, outside, at)
      const problems = new Problems()
      const seen = problems.attempt(() => ({ result: look(sources, problems) }))
      if (sources.wanted.size === 0)
        return { result: seen?.result, problems: problems.all }
      await Promise.all([...sources.wanted].map(read))
    }
  }
}
