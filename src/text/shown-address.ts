/** An address as it may be shown: without what stands where a user, a password or a token would. */
export function shownAddress(text: string): string {
  return text.replace(/\/\/[^/]*@/, "//***@").replace(/[?#].*$/s, "")
}

/** What clients of every kind take for the same URL: some read `\` as `/`, some drop a blank, others send both. */
export function urlOf(text: string): URL | undefined {
  const isRead = URL.canParse(text) && !/[\s\\]/.test(text)
  return isRead ? new URL(text) : undefined
}

/** Whether an address has what is, or may be, a credential, or the sign before one. */
export function mayHoldSecret({ href, password, username }: URL): boolean {
  return password !== "" || username !== "" || /[?#]/.test(href)
}
