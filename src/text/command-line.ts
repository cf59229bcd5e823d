/** What no shell makes anything else of. */
const PLAIN = /^[\w@%+=:,./-]+$/

/** The words of a command, so that a shell takes them for the same words. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoted).join(" ")
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
