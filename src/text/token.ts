/** Whether a text can be shown to a server as a token: letters, digits and signs alone, as RFC 9110 has the value of a header. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}

/** A text that others wrote, without a secret that they may have been shown. */
export function withoutSecret(
  text: string,
  secret: string | undefined,
): string {
  const parts = (secret ?? "").split(/\s+/).filter((each) => each.length > 3)
  return parts.reduce((said, part) => said.replaceAll(part, "***"), text)
}
