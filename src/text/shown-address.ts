/** An address as it may be shown: without what stands where a user, a password or a token would. */
export function shownAddress(text: string): string {
  return text.replace(/\/\/[^/]*@/, "//***@").replace(/[?#].*$/s, "")
}
