import { z } from "#zod"

import { StageFailure } from "../pipeline/failure.js"
import { code } from "../text/code.js"
import { foreign } from "../text/foreign.js"
import { words } from "./index-state.js"

const answer = z.object({
  /** Why nothing could be read. */
  unread: words,
  files: z.array(
    z.object({
      name: z.string(),
      /** Who published it; empty where the index does not say. */
      publishers: z.array(z.string().transform((text) => foreign(text))),
      /** It was verified by the roots that came with the client. */
      offline: z.boolean(),
      problem: words,
    }),
  ),
})

/** What there is to say of who published the files. */
export interface Proven {
  readonly summary: string | undefined
  readonly remarks: readonly string[]
}

/** Reads what `provenance.py` found, or fails where an index says what is not so. */
export function readProvenance(
  json: string,
  index: string,
  attested = false,
): Proven {
  const { files, unread } = answer.parse(JSON.parse(json))
  const wrong = files.filter(({ problem }) => problem !== null)
  if (wrong.length > 0)
    throw new StageFailure(
      `what ${index} says of who published ${names(wrong)} can't be verified`,
      [
        wrong
          .map(({ name, problem }) => `- \`${name}\`: ${problem ?? ""}`)
          .join("\n"),
        "The files are those that were built, by their hashes. If another repository or workflow published them on purpose, name that repository as `github.repository` in `[tool.shipwheel]`; otherwise find out who may publish this project on the index.",
      ].join("\n\n"),
    )
  const proven = files.filter(({ publishers }) => publishers.length > 0)
  const silent = files.filter(({ publishers }) => publishers.length === 0)
  const who = [...new Set(proven.flatMap(({ publishers }) => publishers))]
  return {
    summary:
      proven.length === 0
        ? undefined
        : `provenance of ${names(proven)} verified: ${who.join(", ")}`,
    remarks: [
      ...(unread === null
        ? []
        : [`${index} could not be asked who published the files: ${unread}.`]),
      ...(silent.length > 0 && (attested || proven.length > 0)
        ? [`${index} has no provenance of ${names(silent)}.`]
        : []),
      ...(proven.some(({ offline }) => offline)
        ? [
            "Sigstore's roots of today were out of reach: provenance was verified by those that came with its client.",
          ]
        : []),
    ],
  }
}

function names(files: readonly { readonly name: string }[]): string {
  return files.map(({ name }) => code(name)).join(", ")
}
