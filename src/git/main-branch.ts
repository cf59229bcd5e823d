/** What a clone says of the branch that its remote shows first; where it says nothing, the only branch that there is. */
export function mainBranchOf(
  remoteHeads: readonly string[],
  branches: readonly string[],
): string | undefined {
  const told = remoteHeads.flatMap(
    (text) => /^ref: refs\/remotes\/[^/\s]+\/(\S+)\s*$/.exec(text)?.[1] ?? [],
  )
  const known = [...new Set(told.length > 0 ? told : branches)]
  const [main] = known
  return known.length === 1 && main !== undefined && PLAIN.test(main)
    ? main
    : undefined
}

/** No pattern means anything else by it. */
const PLAIN = /^\w[\w./-]*$/
