/** The words that stand for an index, in options and in the configuration. */
export const REHEARSAL = "rehearsal"
export const TEST_PYPI = "testpypi"
export const PYPI = "pypi"
