import type { Container, Directory } from "@dagger.io/dagger"

import type { Limits } from "../config/limits.js"
import { limited } from "../containers/commands.js"
import {
  buildPython,
  installing,
  type Mirrors,
  pythonContainer,
} from "../containers/images.js"
import { program } from "../containers/programs.js"
import { isWheel } from "../files/distribution.js"
import { reasonOf } from "../pipeline/failure.js"
import type { OwnSource } from "../reading/own-sources.js"
import type { About } from "./about.js"
import {
  parseOptions,
  type ShownCommand,
  type ShownHelp,
  withExtras,
} from "./options.js"

/** What of a project is installed to read the help of its commands. */
export interface Helpful {
  readonly pythons: readonly string[]
  readonly dependencies: readonly string[]
  /** What an index would have of those, where the author has it from elsewhere. */
  readonly unreleased: readonly OwnSource[]
  readonly limits: Pick<Limits, "compare">
  readonly mirrors: Mirrors
}

/** One side: its files, and what they say of themselves. */
interface Helped {
  readonly dist: Directory
  readonly about: readonly About[]
}

/** Seconds that a command may take for its help. */
const PATIENCE = 20

/** Installs both releases and reads the help of the commands that both have; nothing else of them is run. */
export async function readHelp(
  project: Helpful,
  before: Helped,
  after: Helped,
): Promise<ShownHelp | undefined> {
  const [old, now] = [before, after].map(({ about }) =>
    about.find(({ name }) => isWheel(name)),
  )
  if (!old || !now) return undefined
  const kept = Object.keys(old.commands ?? {})
    .filter((name) => name in (now.commands ?? {}))
    .filter(isSafe)
  if (kept.length === 0) return undefined
  if (project.unreleased.length > 0)
    return { why: "dependencies are no releases on an index" }
  try {
    const [shownBefore, shownAfter] = await Promise.all([
      ask(project, before.dist, withExtras(old), kept),
      ask(project, after.dist, withExtras(now), kept),
    ])
    return { before: shownBefore, after: shownAfter }
  } catch (error) {
    return { why: reasonOf(error).summary }
  }
}

/** A name may be anything that a file can be called; it is an argument here, and no option. */
function isSafe(name: string): boolean {
  return !name.startsWith("-") && !name.includes("/")
}

async function ask(
  project: Helpful,
  dist: Directory,
  wheel: string,
  commands: readonly string[],
): Promise<ShownCommand[]> {
  const { dependencies, limits, mirrors, pythons } = project
  const container: Container = pythonContainer(
    buildPython(pythons),
    mirrors,
    dependencies,
  )
  const install = ["uv", "pip", "install", "--quiet", "--", `/dist/${wheel}`]
  const asking = ["python", "/options.py", "/options.json", String(PATIENCE)]
  const answer = container
    .withMountedDirectory("/dist", dist)
    .withExec(installing(install, mirrors))
    .withMountedFile("/options.py", program("compare/options.py"))
    .withExec(limited([...asking, ...commands], limits, "compare"))
    .file("/options.json")
  return parseOptions(await answer.contents())
}
