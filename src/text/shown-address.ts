/** An address as it may be shown: without what stands where a user, a password or a token would. */
export function shownAddress(text: string): string {
  return text.replace(/\/\/[^/]*@/, "//***@").replace(/[?#].*$/s, "")
}

/** Whether an address has what is, or may be, a credential. */
export function mayHoldSecret(url: URL): boolean {
  const { hash, password, search, username } = url
  return [hash, password, search, username].some((part) => part !== "")
}
