/** Dagger takes what an argument is from here where the caller leaves it out. */
export const DEFAULTS_FILE = ".env"

/** What decides where a credential goes, and what is published. */
export const DECISIVE = [
  ...["dryRun", "githubToken", "identityToken", "index", "indexPassword"],
  "name",
  ...["password", "pypiToken", "release", "testIndex", "testIndexPassword"],
  ...["stagingPassword", "testIndexUser", "testPypiToken", "token", "trusted"],
  "withoutTestIndex",
]
/** The functions that take any of these. */
export const DECIDED = ["github", "index", "promote", "publish", "release"]
/** What everything is read from, and where things are: the module itself takes it, before any function. */
export const PLACES = [
  ...["githubApi", "githubRepository", "githubService", "identityUrl"],
  ...["indexService", "indexUser", "npmRegistry", "npmToken"],
  ...["pythonIndex", "pythonToken", "pythonUser", "signingKey"],
  ...["repository", "source"],
]

const bare = (name: string) => name.replace(/[-_]/g, "").toLowerCase()

const variablesOf = (names: readonly string[]) =>
  new Set(names.flatMap((name) => [bare(name), bare(`shipwheel${name}`)]))

const READ = variablesOf([
  ...PLACES,
  ...DECIDED.flatMap((name) => DECISIVE.map((each) => name + each)),
])

/** Where credentials are shown: a file in any folder of a repository may be the nearest of who calls. */
const SHOWN_AT = variablesOf([
  ...["githubApi", "githubService", "identityUrl", "indexService"],
  ...["npmRegistry", "pythonIndex"],
])

/** The variables of a file that Dagger would take for arguments of ours: by each word before a value, since what is a blank to Go need not be one here. */
export function defaultsIn(text: string, isAtTop = true): string[] {
  const read = isAtTop ? READ : SHOWN_AT
  return text.split("\n").flatMap((line) => {
    const [before, value] = line.split("=", 2)
    const isOne = value !== undefined && !/^\s*#/.test(line)
    const names = isOne ? (before?.match(/[\w.-]+/g) ?? []) : []
    return names.filter((name) => read.has(bare(name)))
  })
}
