import { z } from "#zod"

import { isWheel } from "./distribution.js"

const entry = z.object({
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  /** Its content is where it leads to. */
  link: z.literal(true).optional(),
  /** It says itself what runs it. */
  runs: z.literal(true).optional(),
  /** The hash that a script has where its interpreter is left to the installer. */
  script: z.string().optional(),
  /** What is in it that opens something: a private key, a token. */
  secret: z.string().optional(),
  /** The versions that it states of itself. */
  versions: z.array(z.string()).optional(),
  /** A module that is named after a version does more than say what it is. */
  acts: z.boolean().optional(),
  /** Of an sdist: what it was built from has it with other bytes, at another path alone, or nowhere. */
  unlike: z.enum(["changed", "moved", "made"]).optional(),
  /** Of a changed one: it is the same text but for its line ends and the version. */
  stamped: z.literal(true).optional(),
  /** The text of what begins as a pointer of git LFS. */
  pointer: z.string().optional(),
})
const metadata = z.object({
  Name: z.string().optional(),
  Version: z.string().optional(),
  "Requires-Python": z.string().optional(),
  Classifier: z.array(z.string()).default([]),
  "License-File": z.array(z.string()).default([]),
  "Metadata-Version": z.string().optional(),
  Dynamic: z.array(z.string()).default([]),
  "Provides-Extra": z.array(z.string()).default([]),
  "Requires-Dist": z.array(z.string()).default([]),
})
const entryPoint = z.object({
  group: z.string(),
  name: z.string(),
  value: z.string(),
})
const archive = z.object({
  name: z.string(),
  size: z.number(),
  metadata,
  /** What it requires, in one form: with where that is so, and for which extra. */
  requires: z.array(z.string()).default([]),
  /** The fields of its metadata that a static `[project]` says otherwise. */
  otherwise: z.array(z.string()).optional(),
  /** The classifiers that keep a project from an index, which its settings say and its metadata does not. */
  opened: z.array(z.string()).optional(),
  /** What it requires, where it leads and what else it is for, where no `[project]` says that and no file of the project names it. */
  unnamed: z
    .object({
      requires: z.array(z.string()),
      urls: z.array(z.string()),
      beside: z.array(z.string()),
    })
    .optional(),
  /** Hash by path, as a wheel itself lists them. */
  record: z.record(z.string(), z.string()).optional(),
  entries: z.array(entry),
  /** What others find in a wheel by a group and a name, and an installer makes commands of. */
  entryPoints: z.array(entryPoint).optional(),
  /** What an sdist says of those, as text. */
  settings: z.string().optional(),
  /** A wheel says that it belongs to one platform, whatever its tags are. */
  platlib: z.literal(true).optional(),
  /** What a wheel says of itself and not in its name, or as no installer reads it. */
  mislabelled: z.array(z.string()).optional(),
  /** The lines that its WHEEL has to have, and lacks. */
  unlabelled: z.array(z.string()).optional(),
  /** The names at its top that every Python has already. */
  taken: z.array(z.string()).optional(),
})
const facts = z.object({
  files: z.array(archive),
  /** Path to hash, for each frontend. */
  outputs: z.array(z.record(z.string(), z.string())),
  /** What a static `[project]`, or `[tool.poetry]` in its place, says that an install brings (PEP 621). */
  stated: z
    .object({
      /** The table that says it. */
      table: z.string().optional(),
      requires: z.array(z.string()).optional(),
      entryPoints: z.array(entryPoint).optional(),
    })
    .optional(),
})

/** The program that tells them, and what it imports. */
export const FACTS = [
  ...["files/facts.py", "files/project_says.py", "files/static_table.py"],
  ...["files/flit_says.py", "files/poetry_says.py", "files/setuptools_says.py"],
  ...["files/requirements.py", "files/unnamed.py", "files/version_lines.py"],
]

/** What others find by a group and a name. */
export type EntryPoint = z.infer<typeof entryPoint>
/** A wheel or sdist, by what is in it. */
export type Archive = z.infer<typeof archive>
export type Facts = z.infer<typeof facts>

export function parseFacts(json: string): Facts {
  return facts.parse(JSON.parse(json))
}

/** Where an entry point is found, as if it were a file: commands lie in `bin` once they are installed. */
export function pointPath({ group, name }: EntryPoint): string {
  return /^(console|gui)_scripts$/.test(group)
    ? `bin/${name}`
    : `entry-points/${group}/${name}`
}

/** Whether anything in its metadata is nowhere in what was asked. */
export function isUnnamed({ unnamed }: Archive): boolean {
  return Object.values(unnamed ?? {}).some(({ length }) => length > 0)
}

/** The paths of an archive as a reader knows them: those of an sdist are all in one folder. */
export function paths(file: Archive): string[] {
  return file.entries.map(({ name }) => innerPath(file, name))
}

export function innerPath(file: Archive, name: string): string {
  return isWheel(file.name) ? name : name.replace(/^[^/]+\//, "")
}
