/** Makes a thing when it is first asked for, and gives the same to all who ask again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
