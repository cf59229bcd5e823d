/** Dagger takes what an argument is from here where the caller leaves it out. */
export const DEFAULTS_FILE = ".env"

/** What decides where a credential goes, and what is published. */
export const DECISIVE = [
  ...["githubApi", "githubRepository", "githubService", "githubToken"],
  ...["identityToken", "identityUrl", "index", "indexPassword"],
  ...["indexService", "indexUser", "pypiToken", "release", "testIndex"],
  ...["testIndexPassword", "testIndexUser", "testPypiToken", "token"],
  "withoutTestIndex",
]
/** The functions that take any of these. */
export const DECIDED = [
  ...["githubFiles", "githubRelease", "installScripts", "packageIndex"],
  ...["plan", "promote", "publish", "recover", "release", "status", "verify"],
]
/** What everything is read from. */
const PLACES = ["source", "repository"]

const bare = (name: string) => name.replace(/[-_]/g, "").toLowerCase()

const READ = new Set(
  [
    ...PLACES,
    ...DECIDED.flatMap((name) => DECISIVE.map((each) => name + each)),
  ].flatMap((name) => [bare(name), bare(`shipwheel${name}`)]),
)

/** The variables of a file that Dagger would take for arguments of ours. */
export function defaultsIn(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const [, name = ""] = /^\s*(?:export\s+)?([\w.-]+)\s*=/.exec(line) ?? []
    return READ.has(bare(name)) ? [name] : []
  })
}
