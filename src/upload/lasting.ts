import { PYPI, TEST_PYPI } from "../config/index-names.js"
import type { IndexAddress } from "../package-index/indexes.js"

/** What nobody can take back of an upload to this index; a rehearsal's goes with the engine. */
export function lastingUpload({
  name,
  option,
  rehearsal,
}: Pick<IndexAddress, "name" | "option"> & {
  readonly rehearsal: boolean
}): string | undefined {
  if (rehearsal) return undefined
  if (option === PYPI)
    return "on PyPI a file name is used up for ever, even where its owner deletes the release; a bad release is yanked"
  if (option === TEST_PYPI)
    return "on Test PyPI a file name is used up for ever; its owner can delete the release there"
  return `whether ${name} ever takes a file name twice, and who can delete there, is its owner's to say`
}
