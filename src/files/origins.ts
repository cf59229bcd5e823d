import type { Archive } from "./facts.js"
import { installed } from "./forbidden.js"

/** What describes a wheel is in no sdist, and compiled translations are there as what they are made of. */
export const MADE_BY_ANY =
  /^[^/]+\.(?:dist-info|data)\/(?!purelib|platlib)|\.mo$|(?:^|\/)__pycache__\//

/** The package that is the project's own: its module, and the folder that it is in. */
export interface Own {
  readonly module: string
  readonly packageDir: string
}

/** What paths in a wheel begin with, and what they begin with in the sdist that it is made from. */
interface Move {
  readonly to: string
  readonly from: string
}

export function homeOf({ module, packageDir }: Own): Move {
  return { to: module.replaceAll(".", "/"), from: packageDir }
}

/** By what most files of a wheel came to where they are; empty ones are alike everywhere. */
export function movesOf(
  wheel: Archive,
  known: ReadonlyMap<string, string>,
): Move[] {
  const byContent = new Map<string, string[]>()
  for (const [path, content] of known)
    byContent.set(content, [...(byContent.get(content) ?? []), path])
  const counted = new Map<string, { move: Move; count: number }>()
  for (const { name, sha256, size } of wheel.entries) {
    if (size === 0 || MADE_BY_ANY.test(name)) continue
    const [move] = (byContent.get(sha256) ?? [])
      .map((path) => moveOf(installed(name), path))
      .sort(byLength)
    if (!move) continue
    const key = `${move.to}\n${move.from}`
    counted.set(key, { move, count: (counted.get(key)?.count ?? 0) + 1 })
  }
  return [...counted.values()]
    .sort(
      (one, other) => other.count - one.count || byLength(one.move, other.move),
    )
    .map(({ move }) => move)
}

function byLength(one: Move, other: Move): number {
  return one.to.length - other.to.length
}

/** Without the folders and the name that both paths end with. */
function moveOf(path: string, origin: string): Move {
  const [to, from] = [path.split("/"), origin.split("/")]
  while (to.length > 0 && to.at(-1) === from.at(-1)) {
    to.pop()
    from.pop()
  }
  return { to: folder(to), from: folder(from) }
}

function folder(parts: readonly string[]): string {
  return parts.map((each) => `${each}/`).join("")
}

/** What in an sdist a file of a wheel is made from; where nothing tells, all that it has of that name, below whatever folders. */
export function originsOf(
  path: string,
  moves: readonly Move[],
  known: ReadonlyMap<string, string>,
): string[] {
  const isOrigin = ({ from, to }: Move) =>
    path.startsWith(to) && known.has(from + path.slice(to.length))
  const move = moves.find(isOrigin)
  return move === undefined
    ? [...known.keys()].filter((each) => each.endsWith(`/${path}`))
    : [move.from + path.slice(move.to.length)]
}
