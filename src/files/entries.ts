import { few } from "../text/few.js"
import { isWheel } from "./distribution.js"
import type { Archive } from "./facts.js"

/** What installers know of a wheel they know from its RECORD; its signatures are not in it. */
export function misrecorded(file: Archive): string[] {
  if (!isWheel(file.name)) return []
  const { record } = file
  if (!record) return [`\`${file.name}\` has no RECORD`]
  const own = /^[^/]+\.dist-info\/RECORD(\.jws|\.p7s)?$/
  const entries = file.entries.filter(({ name }) => !own.test(name))
  const inside = new Set(entries.map(({ name }) => name))
  const told = (what: string, names: readonly string[]) =>
    names.length === 0
      ? []
      : [`\`${file.name}\` ${what}: ${few(names.map((each) => `\`${each}\``))}`]
  return [
    ...told(
      "holds what its RECORD does not list",
      entries.filter(({ name }) => !(name in record)).map(({ name }) => name),
    ),
    ...told(
      "holds other bytes than its RECORD says",
      entries
        .filter(({ name, sha256 }) => record[name] && record[name] !== sha256)
        .map(({ name }) => name),
    ),
    ...told(
      "lacks what its RECORD lists",
      Object.keys(record).filter(
        (name) => !own.test(name) && !inside.has(name),
      ),
    ),
  ]
}
