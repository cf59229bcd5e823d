import { posix } from "node:path"

import type { Problems } from "../../src/errors.js"
import type { DistributionFile } from "../../src/files/distribution.js"
import type { Whereabouts } from "../../src/git/whereabouts.js"
import type { StageRecord } from "../../src/pipeline/pipeline.js"
import { type Outline, outlineProject } from "../../src/project/outline.js"
import { type Project, resolveProject } from "../../src/project/project.js"
import { parsePyproject, type Pyproject } from "../../src/reading/pyproject.js"
import { Sources } from "../../src/reading/sources.js"
import type { Report } from "../../src/release/report.js"
import { parseTag, type Version } from "../../src/version/version.js"
import { accepted, lines } from "./refusal.js"

/** What sets a source apart from the plainest package there is. */
export interface Source {
  /** Lines below `[project]`, and tables after them. */
  readonly toml?: readonly string[]
  /** Files beside the ones in `texts`. */
  readonly paths?: readonly string[]
  /** Files whose text matters. */
  readonly texts?: Readonly<Record<string, string>>
  /** Where in its repository it is; at the top of one without tags. */
  readonly whereabouts?: Whereabouts
}

export const PACKAGE = "src/quayside/__init__.py"
export const MATRIX = ["3.9", "3.10", "3.11", "3.12"]

export function version(tag: string): Version {
  return parseTag(tag)
}

export function pyproject(...toml: string[]): Pyproject {
  return parsePyproject(manifest(toml))
}

/** The files of a project, all of them read; those without a text are empty. */
export function sources(
  texts: Readonly<Record<string, string>>,
  paths: readonly string[] = [],
): Sources {
  const empty = paths.map((path) => [path, ""] as const)
  const all = new Map([...empty, ...Object.entries(texts)])
  return new Sources(new Set(all.keys()), all)
}

/** The files of a repository, as a project in a folder of it sees them. */
export function sourcesIn(
  place: string,
  texts: Readonly<Record<string, string>>,
): Sources {
  const seen = Object.entries(texts).map(
    ([path, text]) => [posix.relative(place, path), text] as const,
  )
  const isOutside = (path: string) => path.startsWith("../")
  const paths = seen.map(([path]) => path)
  return new Sources(
    new Set(paths.filter((each) => !isOutside(each))),
    new Map(seen),
    new Set(paths.filter(isOutside)),
    place,
  )
}

/** Looks at a source the way the module does. */
export function look(source: Source, problems: Problems): Outline {
  const { paths = [PACKAGE], texts = {}, toml = [] } = source
  const own = { "pyproject.toml": manifest(toml), ...texts }
  return outlineProject(sources(own, paths), problems)
}

/** Resolves a source the way the module does. */
export function resolve(source: Source, problems: Problems): Project {
  const looked = look(source, problems)
  const { whereabouts } = source
  return resolveProject(looked, undefined, MATRIX, problems, whereabouts)
}

export function outline(source: Source = {}): Outline {
  return accepted((problems) => look(source, problems))
}

export function project(source: Source = {}): Project {
  return accepted((problems) => resolve(source, problems))
}

export function wheel(changes: Partial<DistributionFile> = {}) {
  return {
    name: "quayside-1.2.0-py3-none-any.whl",
    size: 20480,
    sha256: "a".repeat(64),
    ...changes,
  }
}

export function sdist(changes: Partial<DistributionFile> = {}) {
  return {
    name: "quayside-1.2.0.tar.gz",
    size: 900,
    sha256: "b".repeat(64),
    ...changes,
  }
}

export function record(changes: Partial<StageRecord> = {}): StageRecord {
  return {
    name: "test",
    needs: [],
    outcome: "passed",
    summary: "12 passed",
    details: undefined,
    remarks: [],
    start: 0,
    end: 1.5,
    seconds: 1.5,
    ...changes,
  }
}

/** A stage that ran from one second to another. */
export function ran(
  name: string,
  start: number,
  end: number,
  needs: readonly string[] = [],
): StageRecord {
  return record({ name, needs, start, end, seconds: end - start })
}

/** A rehearsal with one stage and nothing to add to it. */
export function report(changes: Partial<Report> = {}): Report {
  return {
    project: "quayside",
    version: version("v1.2.0"),
    rehearsal: true,
    index: "the rehearsal index",
    started: "2026-06-15T09:30:12.000Z",
    install: [],
    stages: [record()],
    files: [],
    notes: "",
    remarks: [],
    ...changes,
  }
}

function manifest(toml: readonly string[]): string {
  return lines("[project]", 'name = "quayside"', 'version = "1.1.0"', ...toml)
}
