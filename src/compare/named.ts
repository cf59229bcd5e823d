import { literal } from "../text/literal.js"
import type { Change } from "./change.js"

/** A change that the configuration has a word on. */
export interface Told {
  readonly change: Change
  readonly name: string
  readonly reason: string
}

/** Parts changes into those that a table of names has a reason for, and the others; a name that fits nothing is told, too. */
export function byName(
  changes: readonly Change[],
  reasons: ReadonlyMap<string, string>,
): {
  readonly told: readonly Told[]
  readonly others: readonly Change[]
  readonly unused: readonly string[]
} {
  const told = changes.flatMap((change) => {
    const found = [...reasons].find(([name]) => fits(name, change))
    return found ? [{ change, name: found[0], reason: found[1] }] : []
  })
  const known = new Set(told.map(({ change }) => change))
  const used = new Set(told.map(({ name }) => name))
  return {
    told,
    others: changes.filter((change) => !known.has(change)),
    unused: [...reasons.keys()].filter((name) => !used.has(name)),
  }
}

/** A name means itself and all below it, a command its options; `*` stands for one name. */
function fits(pattern: string, { names }: Change): boolean {
  const escaped = pattern.split("*").map(literal).join("[^.]*")
  const whole = new RegExp(`^${escaped}(?:[.( ].*)?$`)
  return names.some((name) => whole.test(name))
}
