/** The words that stand for an index, in options and in the configuration. */
export const REHEARSAL = "rehearsal"
export const TEST_PYPI = "testpypi"
export const PYPI = "pypi"

const PASSWORD = "INDEX_PASSWORD"

/** The variable that holds the password of an index of one's own: each has its own where releases go to several, so that none is shown another's. */
export function passwordVariable(
  option: string,
  own: readonly string[],
): string {
  return own.every((each) => each === option)
    ? PASSWORD
    : `${PASSWORD}_${option.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase()}`
}

const bare = (name: string) => name.replace(/[-_.]/g, "").toLowerCase()

/** Whether a name is one of these, or would be taken for one by a reader. */
export function isReserved(name: string): boolean {
  return [REHEARSAL, TEST_PYPI, PYPI].includes(bare(name))
}
