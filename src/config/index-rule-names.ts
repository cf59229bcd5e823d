/** The rules by which PyPI refuses an upload, and which an index of one's own need not have. */
export const INDEX_RULES = [
  "metadata",
  "classifiers",
  "direct-urls",
  "summary",
  "local-version",
  "name",
  "emails",
  "urls",
  "url-labels",
  "description",
  "file-names",
  "platform-tags",
  "archive",
  "licence-files",
  "entry-points",
  "one-sdist",
] as const
export type IndexRule = (typeof INDEX_RULES)[number]

/** What some of the indexes of a project take: nothing before an upload can know which of them is meant. */
export function takenAnywhere(
  indexes: readonly { readonly takes?: readonly IndexRule[] | undefined }[],
): readonly IndexRule[] {
  return [...new Set(indexes.flatMap(({ takes = [] }) => takes))]
}
