import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { isForeignToWindows, twinsElsewhere } from "../text/other-systems.js"
import { isWheel } from "./distribution.js"
import { type Archive, type Facts, paths } from "./facts.js"

/** A wheel that says otherwise of itself than its name does is installed where its name says, and then refused or taken for another. */
export function mislabelled({
  mislabelled: lines = [],
  name,
  unlabelled: lacking = [],
}: Archive): string[] {
  const said =
    "says in its WHEEL what its name does not say, or what no installer reads:"
  const unsaid = "has no WHEEL that says what installers ask for: it lacks"
  return [
    ...(lines.length === 0
      ? []
      : [`\`${name}\` ${said} ${few(lines.map(code))}`]),
    ...(lacking.length === 0
      ? []
      : [`\`${name}\` ${unsaid} ${few(lacking.map(code))}`]),
  ]
}

/** The Pythons for which a wheel is not, by the oldest one that its name has (PEP 425). */
export function shutOut(
  { name }: Archive,
  pythons: readonly string[],
): string[] {
  const oldest = /-py3(\d+)-none-any\.whl$/.exec(name)?.[1]
  const without = pythons.filter(
    (each) => Number(each.split(".")[1]) < Number(oldest ?? 0),
  )
  return without.length === 0
    ? []
    : [
        `\`${name}\` is for Python 3.${oldest ?? ""} and later by its name: Python ${without.join(", ")} would get the sdist alone`,
      ]
}

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
      : [`\`${file.name}\` ${what}: ${few(names.map(code))}`]
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
    // Of what has no hash there an installer can't tell whether it is whole.
    ...told(
      "has no SHA-256 in its RECORD of",
      entries
        .filter(({ name }) => name in record && !record[name])
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

/** What is in a file twice, here or where it is installed. */
export function duplicates(file: Archive): string[] {
  const twice = repeated(file)
  const shown = twice.map(code)
  return [
    ...(twice.length === 0
      ? []
      : [`\`${file.name}\` holds more than once: ${few(shown)}`]),
    ...(isWheel(file.name) ? lostElsewhere(file) : []),
  ]
}

function repeated({ entries }: Archive): string[] {
  const seen = new Set<string>()
  const twice = entries
    .map(({ name }) => name)
    .filter((name) => seen.has(name) || !seen.add(name))
  return [...new Set(twice)]
}

/** What an install on another system would keep one of. */
function lostElsewhere(file: Archive): string[] {
  const twins = twinsElsewhere(paths(file))
  if (twins.length === 0 || isForLinux(file.name)) return []
  return [
    `on macOS and Windows an install of \`${file.name}\` keeps only one of each of these: ${inGroups(twins)}`,
  ]
}

function isForLinux(wheel: string): boolean {
  return /linux_[^-]+\.whl$/.test(wheel)
}

/** What looks the same may be other letters. */
function told(path: string): string {
  const numbered = path.replace(
    /[^\0-~]/gu,
    (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`,
  )
  return numbered === path ? code(path) : `${code(path)} (${code(numbered)})`
}

function inGroups(twins: readonly string[][]): string {
  return few(twins.map((each) => each.map(told).join(" and ")))
}

export function renaming({ files }: Facts): string | undefined {
  if (files.some((each) => repeated(each).length > 0))
    return 'The backend packs it twice: name it in one place of its configuration alone, and build with its newest release; `skip = { duplicates = "the reason" }` in `[tool.shipwheel]` leaves it so.'
  return files.some(
    (each) => isWheel(each.name) && lostElsewhere(each).length > 0,
  )
    ? 'Give files names that differ by more than the case of their letters, and by more than what stands behind a `:`; a package that is for Linux alone says so: `skip = { duplicates = "for Linux alone" }` in `[tool.shipwheel]`.'
    : undefined
}

/** What other systems make of the names, where nothing stops for it. */
export function remarkNames(file: Archive): string[] {
  const all = [...new Set(paths(file))]
  const foreign = all.filter(isForeignToWindows).map(code)
  const twins = isWheel(file.name) ? [] : twinsElsewhere(all)
  return [
    ...(foreign.length > 0
      ? [
          `Windows can't have files of these names, or has them by others: ${few(foreign)} of \`${file.name}\`.`,
        ]
      : []),
    ...(twins.length > 0
      ? [
          `macOS and Windows keep only one of each of these where \`${file.name}\` is unpacked: ${inGroups(twins)}.`,
        ]
      : []),
  ]
}
