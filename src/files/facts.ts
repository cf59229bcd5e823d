import { z } from "#zod"

import { isWheel } from "./distribution.js"

const entry = z.object({
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  /** What is in it that opens something: a private key, a token. */
  secret: z.string().optional(),
  /** The versions that it states of itself. */
  versions: z.array(z.string()).optional(),
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
const archive = z.object({
  name: z.string(),
  size: z.number(),
  metadata,
  /** Hash by path, as a wheel itself lists them. */
  record: z.record(z.string(), z.string()).optional(),
  entries: z.array(entry),
  /** The commands that an installer makes of the entry points of a wheel. */
  commands: z.array(z.string()).optional(),
  /** The names at its top that every Python has already. */
  taken: z.array(z.string()).optional(),
})
const facts = z.object({
  files: z.array(archive),
  /** Path to hash, for each frontend. */
  outputs: z.array(z.record(z.string(), z.string())),
})

/** A wheel or sdist, by what is in it. */
export type Archive = z.infer<typeof archive>
export type Facts = z.infer<typeof facts>

export function parseFacts(json: string): Facts {
  return facts.parse(JSON.parse(json))
}

/** The paths of an archive as a reader knows them: those of an sdist are all in one folder. */
export function paths(file: Archive): string[] {
  return file.entries.map(({ name }) => innerPath(file, name))
}

export function innerPath(file: Archive, name: string): string {
  return isWheel(file.name) ? name : name.replace(/^[^/]+\//, "")
}
