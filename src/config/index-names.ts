/** The words that stand for an index, in options and in the configuration. */
export const REHEARSAL = "rehearsal"
export const TEST_PYPI = "testpypi"
export const PYPI = "pypi"

const bare = (name: string) => name.replace(/[-_.]/g, "").toLowerCase()

/** Whether a name is one of these, or would be taken for one by a reader. */
export function isReserved(name: string): boolean {
  return [REHEARSAL, TEST_PYPI, PYPI].includes(bare(name))
}
