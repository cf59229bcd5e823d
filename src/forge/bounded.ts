/** What is sent, up to the size that it was said to have: more would fill the disk before anybody compares a hash. */
export async function* bounded(
  sent: AsyncIterable<unknown>,
  size: number,
  refuse: () => Error,
): AsyncGenerator<Uint8Array> {
  let seen = 0
  for await (const part of sent as AsyncIterable<Uint8Array>) {
    seen += part.length
    if (seen > size) throw refuse()
    yield part
  }
}
