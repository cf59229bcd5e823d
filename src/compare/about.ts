import { z } from "#zod"

const about = z.object({
  name: z.string(),
  version: z.string(),
  /** Single fields, by name. */
  texts: z.record(z.string(), z.string()),
  requirements: z.array(z.object({ what: z.string(), bounds: z.string() })),
  extras: z.array(z.string()),
  classifiers: z.array(z.string()),
  urls: z.array(z.string()),
  /** What it calls by command; not known of an sdist, like what follows. */
  commands: z.record(z.string(), z.string()).nullable(),
  /** What can be imported. */
  tops: z.array(z.string()).nullable(),
  tags: z.array(z.string()).nullable(),
})

/** What a wheel or sdist says of itself, as `about.py` reads it. */
export type About = z.infer<typeof about>

export function parseAbout(json: string): About[] {
  return z.array(about).parse(JSON.parse(json))
}

/** Whether another project may have the name: anybody may take one on an index, so people or addresses have to be the same. */
export function isStranger(before: About, after: About): boolean {
  const now = marksOf(after)
  return ![...marksOf(before)].some((mark) => now.has(mark))
}

const PEOPLE = ["author", "author-email", "maintainer", "maintainer-email"]

/** Names, addresses of mail and of pages, without what is written now so, now so. */
function marksOf({ texts, urls }: About): Set<string> {
  const people = PEOPLE.flatMap((key) => (texts[key] ?? "").split(/[,<>]/))
  const pages = [...urls, texts["home-page"] ?? ""].map((url) =>
    url.replace(/^https?:\/\/(www\.)?/i, "").split(/[/?#]/),
  )
  // A forge is shared by all its projects; a host of one's own is not.
  const own = pages.filter(([, first = ""]) => !LISTED.test(first))
  const sites = own.map(([host = "", ...path]) =>
    SHARED.test(host) ? [host, path[0] ?? ""].join("/") : host,
  )
  return new Set(
    [...people, ...sites]
      .map((mark) => mark.trim().toLowerCase())
      .filter((mark) => mark !== "" && !mark.endsWith("/")),
  )
}

const SHARED =
  /^(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sr\.ht)$/i
/** The page of a project on an index, whose host says nothing of whose it is. */
const LISTED = /^(project|pypi)$/i
