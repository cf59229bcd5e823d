import type { Directory } from "@dagger.io/dagger"

import { versionSource } from "../backends/backend-answers.js"
import { PYTHONS } from "../containers/images.js"
import { decideTag } from "../environments/environments.js"
import { Problems } from "../errors.js"
import { leftovers } from "../reading/leftovers.js"
import { Sources } from "../reading/sources.js"
import type { Version } from "../version/version.js"
import { resolveVersioning } from "../version/versioning.js"
import { needsBackend } from "./metadata.js"
import { askBackend } from "./metadata-stage.js"
import { outlineProject } from "./outline.js"
import { inEnvironment, type Project, resolveProject } from "./project.js"

/** Reads the project as the environment of a tag builds it; without one, as production does. */
export async function readProject(
  source: Directory,
  version?: Version,
): Promise<Project> {
  const project = await lookAtProject(source)
  const { environments } = project
  const environment = version
    ? decideTag(version, environments).environment
    : environments.production
  return inEnvironment(project, environment)
}

/**
 * Reads the project through the engine's file API: no container starts for it,
 * unless the project leaves to its backend what it depends on.
 */
export async function lookAtProject(source: Directory): Promise<Project> {
  const reader = await openSources(source)
  const { asks, config, found, versioning } = await reader(
    (sources, problems) => {
      const outline = outlineProject(sources, problems)
      const source = versionSource(outline)
      const versioning = resolveVersioning(outline, source, problems)
      return { asks: needsBackend(outline.pyproject), versioning, ...outline }
    },
  )
  const metadata = asks
    ? await askBackend(
        source.filter({ exclude: leftovers(found?.path) }),
        versioning,
        config.mirrors ?? {},
      )
    : undefined
  return reader((sources, problems) =>
    resolveProject(
      outlineProject(sources, problems),
      metadata,
      PYTHONS,
      problems,
    ),
  )
}

type Look<T> = (sources: Sources, problems: Problems) => T

/** Answers questions about a source: each is asked again until all that it wants has been read. */
async function openSources(
  source: Directory,
): Promise<<T>(look: Look<T>) => Promise<T>> {
  const paths = new Set(await source.glob("**/*"))
  const texts = new Map<string, string>()
  const read = async (path: string) => {
    texts.set(path, await source.file(path).contents())
  }
  return async (look) => {
    for (;;) {
      const sources = new Sources(paths, texts)
      const problems = new Problems()
      const seen = problems.attempt(() => ({ result: look(sources, problems) }))
      if (sources.wanted.size === 0) {
        problems.throwIfAny()
        if (seen) return seen.result
      }
      await Promise.all([...sources.wanted].map(read))
    }
  }
}
