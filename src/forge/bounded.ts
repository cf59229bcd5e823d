import { ReleaseError } from "../errors.js"

/** What is sent, of the size that it was said to have: more would fill the disk before anybody compares a hash, and less is what a broken connection leaves. */
export async function* bounded(
  sent: AsyncIterable<unknown>,
  size: number,
  refuse: (seen: number) => Error,
): AsyncGenerator<Uint8Array> {
  let seen = 0
  try {
    for await (const part of sent as AsyncIterable<Uint8Array>) {
      seen += part.length
      if (seen > size) break
      yield part
    }
  } catch (error) {
    throw error instanceof ReleaseError ? error : refuse(seen)
  }
  if (seen !== size) throw refuse(seen)
}
