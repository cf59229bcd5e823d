/** Whether a text can be shown to a server as a token: letters, digits and signs alone, as RFC 9110 has the value of a header. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}

/** What is wrong with a token or a password before it is shown to anybody, whose words might have it in them. */
export function mangled(
  secret: string,
  mayHaveBlanks = false,
): string | undefined {
  if (secret.trim() === "") return "is empty"
  if (secret !== secret.trim() || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(secret))
    return "begins or ends with white space or holds a line break, which was probably copied with it"
  return isToken(secret) || mayHaveBlanks
    ? undefined
    : "has a blank or a special letter in it, as no token has"
}
