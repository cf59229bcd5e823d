/** A text as a regular expression that only it fits. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
}

/** Whether a text has a name that is no part of a longer one. */
export function hasWord(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w-])${literal(name)}(?![\\w-])`).test(text)
}
