/** What no shell makes anything else of. */
const PLAIN = /^[\w@%+=:,./-]+$/

/** The words of a command, so that a shell takes them for the same words. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoted).join(" ")
}

/** What a caller said of where his GitHub is. */
export interface CalledWith {
  readonly githubRepository?: string | undefined
  readonly githubApi?: string | undefined
}

/** How a command begins that he is shown: without what he said it would go somewhere else. Only an index of one's own has a user. */
export function calling(
  { githubApi, githubRepository }: CalledWith = {},
  indexUser?: string,
): string {
  const options = {
    "--index-user": indexUser,
    "--github-repository": githubRepository,
    "--github-api": githubApi,
  }
  const said = Object.entries(options).flatMap(([option, value]) =>
    value === undefined ? [] : [option, value],
  )
  return commandLine(["dagger", "call", ...said])
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** With what tox, make and shells would fill in where nobody says otherwise. */
export function withDefaults(text: string): string {
  return text
    .replace(/\\\r?\n\s*/g, " ")
    .replace(/\{(?:toxinidir|tox_root)\}\//g, "")
    .replace(/\{env:\w+:([^{}]*)\}/g, "$1")
    .replace(/\{(?:pos)?args(?::([^{}]*))?\}/g, "$1")
    .replace(
      /(?:`|(?<!\$)\$+\((?:shell +)?)(?:which|command -v) +([\w.-]+)[`)]/g,
      "$1",
    )
    .replace(/(?<!\$)\$+\{\w+:-([^{}]*)\}/g, "$1")
    .replace(/\$\{\{.{0,1000}?\}\}/g, "$$0")
}

/** The words of a command; undefined where a shell would make something else of them. */
export function plainWords(command: string): string[] | undefined {
  const words = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare = ""]) => ({ bare, text: double ?? single }),
  )
  // More arguments may follow, and need not.
  const given = words.filter(
    ({ bare, text = bare }) => !/^\$+[({]?[\w@*]+[)}]?$/.test(text),
  )
  const isPlain = given.every(
    ({ bare, text = "" }) =>
      !/[{}$<>`\\]/.test(text) && !/[{}$<>`\\"'*?()[\]]|^,|,$/.test(bare),
  )
  return isPlain ? given.map(({ bare, text = bare }) => text) : undefined
}
