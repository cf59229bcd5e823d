/** Names of devices, which Windows takes no file by, whatever ends they have. */
const DEVICE =
  /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00B9\u00B2\u00B3])(?:\.|$)/i
/** Signs that Windows takes in no name, and ends that it leaves off. */
const FOREIGN = /[<>:"|?*\\\u0000-\u001F]|[. ]$/

/** Behind a colon, Windows has a part of the file or folder before it: of `a.py::$DATA` the content itself. */
const STREAM = /:[^/\\]*/g

/** Whether Windows can't have a file of this path, or has it by another name. */
export function isForeignToWindows(path: string): boolean {
  return path.split("/").some((name) => DEVICE.test(name) || FOREIGN.test(name))
}

/** Paths that macOS and Windows take for one, because they tell neither case nor forms of a letter apart. */
export function twinsElsewhere(paths: readonly string[]): string[][] {
  const groups = new Map<string, Set<string>>()
  for (const path of paths) {
    const key = elsewhere(path)
    groups.set(key, (groups.get(key) ?? new Set()).add(path))
  }
  // A folder takes the place of a file as well.
  for (const path of paths)
    for (const folder of foldersOf(path))
      groups.get(elsewhere(folder))?.add(path)
  for (const path of paths.filter((each) => each.includes(":")))
    groups.get(elsewhere(path.replace(STREAM, "")))?.add(path)
  return [...groups.values()]
    .filter(({ size }) => size > 1)
    .map((each) => [...each].sort())
}

function elsewhere(path: string): string {
  const plain = path.replaceAll("\\", "/").replace(/[. ]+(?=\/|$)/g, "")
  return plain.normalize("NFC").toLowerCase()
}

function foldersOf(path: string): string[] {
  const names = path.split(/[\\/]/)
  return names.slice(1).map((_, at) => names.slice(0, at + 1).join("/"))
}
