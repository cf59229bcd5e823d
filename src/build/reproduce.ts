import { z } from "#zod"

const difference = z.object({
  file: z.string(),
  what: z.string(),
  /** The file inside the archive. */
  member: z.string().optional(),
  start: z.number().optional(),
  end: z.number().optional(),
  first: z.string().optional(),
  second: z.string().optional(),
})

/** Where two builds of a file part for the first time. */
export type Difference = z.infer<typeof difference>

export function parseDifferences(json: string): Difference[] {
  return z.array(difference).parse(JSON.parse(json))
}

/** Names the file, the member and the byte range, and shows both sides, unless they may be of what git ignores, such as a password. */
export function describeDifferences(
  differences: readonly Difference[],
  without: readonly string[],
): string[] {
  return differences.map(({ end, file, first, member, second, start, what }) =>
    [
      `\`${file}\`${member === undefined ? "" : `: \`${member}\``}: ${what}`,
      ...(start === undefined || end === undefined
        ? []
        : [`, bytes ${String(start)} to ${String(end - 1)}`]),
      ...(first === undefined || second === undefined
        ? []
        : [
            without.length > 0
              ? ", not shown, as they may be of what git ignores"
              : `\n\n    first:  ${first}\n    second: ${second}`,
          ]),
    ].join(""),
  )
}
