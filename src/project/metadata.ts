import { z } from "#zod"

import { lacksProgram } from "../pipeline/build-causes.js"
import type { Pyproject } from "../reading/pyproject.js"

/** What a backend says of a project (the core metadata specification). */
const schema = z.object({
  name: z.string(),
  requiresPython: z.string().optional(),
  classifiers: z.array(z.string()),
  dependencies: z.array(z.string()),
  extras: z.record(z.string(), z.array(z.string())),
})
export type Metadata = z.infer<typeof schema>

const ASKED = ["dependencies", "optional-dependencies", "requires-python"]

/** Whether `[project]` leaves to its backend what a release has to know. */
export function needsBackend({ project }: Pyproject): boolean {
  return !project || ASKED.some((field) => project.dynamic.includes(field))
}

/** The backend is asked before a frontend or another step has made anything that it may look for. */
export function staticAdvice({
  project,
}: Pyproject): (backend: string) => string | undefined {
  const said = project
    ? "The backend is asked before anything else is built, because `[project]` leaves to it what the project depends on: what is no longer in `dynamic` and written in that table instead needs no backend."
    : "The build is asked what the project depends on before anything else is built, so it has to do without what is made later: let it look for that only where it is there."
  return (backend) =>
    /FileNotFoundError|No such file or directory/.test(backend) &&
    !lacksProgram(backend)
      ? said
      : undefined
}

/** Reads what `metadata.py` prints. */
export function parseMetadata(text: string): Metadata {
  return schema.parse(JSON.parse(text))
}

/** Puts the backend's answer where `[project]` would have it. */
export function withMetadata(
  pyproject: Pyproject,
  metadata: Metadata,
): Pyproject {
  const { classifiers, dependencies, extras, name, requiresPython } = metadata
  const written = pyproject.project
  return {
    ...pyproject,
    project: {
      scripts: {},
      urls: {},
      dynamic: [],
      ...written,
      name: written?.name ?? name,
      classifiers,
      dependencies,
      "optional-dependencies": extras,
      ...(requiresPython && { "requires-python": requiresPython }),
    },
  }
}
