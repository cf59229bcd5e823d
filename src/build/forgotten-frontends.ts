import { posix } from "node:path"

import type { Problems } from "../errors.js"
import { isBelow } from "../frontend/output.js"
import { pathFromProject, pathFromTop } from "../frontend/place.js"
import { inFolder } from "../reading/package-json.js"
import { repositorySources } from "../reading/sources.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { absentPages, type PagesClues } from "./absent-pages.js"
import { copiedIn } from "./copied-in.js"

/** A folder whose `package.json` builds something, relative to the project. */
export interface BuiltBeside {
  readonly path: string
  readonly script: string
}

/** What is built around a project, and what of that is its own already. */
export interface ForgottenClues extends PagesClues {
  /** What no frontend stands for. */
  readonly others: readonly BuiltBeside[]
  /** The frontends that were found. */
  readonly frontends: readonly { readonly path: string }[]
}

/** A folder of the package that git does not have. */
interface Forgotten {
  readonly to: string
  /** Why it is known, in words. */
  readonly why: string
  /** What may fill it. */
  readonly by: readonly BuiltBeside[]
  /** What that writes, where it is certain. */
  readonly output?: string
}

/** Stops where the project's own files say that what is built beside it goes into the package. */
export function refuseForgotten(
  clues: ForgottenClues,
  problems: Problems,
): void {
  const found = forgotten(clues)
  if (!found) return
  const files = found.by.map(({ path }) => code(inFolder(path, "package.json")))
  const one = files.length === 1
  problems.add(
    "frontend",
    `${few(files)} ${one ? "builds" : "build"} something, ${found.why}, and no frontend is named for it`,
    [
      `If the package needs it, write into \`pyproject.toml\`${one ? "" : ", without those that it does not need"}:`,
      "",
      ...linesFor(found, clues).map((line) => `       ${line}`),
      "",
      "   If it needs nothing of that, `frontend = []` in `[tool.shipwheel]` says so.",
    ].join("\n"),
  )
}

/** A folder of the package that something beside it has to fill; a command says more of it than `.gitignore`. */
export function forgotten(clues: ForgottenClues): Forgotten | undefined {
  return clues.others.length > 0 ? (copied(clues) ?? absent(clues)) : undefined
}

function copied(clues: ForgottenClues): Forgotten | undefined {
  const { frontends, others, packageDir, sources } = clues
  const fromTop = (path: string) => pathFromTop(sources.at, path)
  const places = others.map((each) => ({ each, folder: fromTop(each.path) }))
  const found = copiedIn({
    sources: repositorySources(sources),
    prefix: sources.at,
    target: fromTop(packageDir),
    built: places.map(({ folder }) => folder),
  })
  const [copy] = found.filter(
    ({ from }) => from !== undefined || frontends.length === 0,
  )
  if (!copy) return undefined
  const { file, from, to } = copy
  const why = `${code(pathFromProject(sources.at, file))} copies it to \`${pathFromProject(sources.at, to)}\`, which git does not have`
  const [nearest] = places
    .filter(({ folder }) => from !== undefined && isBelow(from, folder))
    .sort((one, other) => other.folder.length - one.folder.length)
  if (!nearest || from === undefined) return { to, why, by: others }
  const output = posix.relative(nearest.folder, from)
  return { to, why, by: [nearest.each], output }
}

/** What is found may be what fills it. */
function absent(clues: ForgottenClues): Forgotten | undefined {
  const { frontends, others, sources } = clues
  const [pages] = frontends.length === 0 ? absentPages(clues) : []
  if (!pages) return undefined
  const { to, where } = pages
  const why = `${where} names \`${pathFromProject(sources.at, to)}\` in the package, which git does not have`
  return { to, why, by: others }
}

function linesFor(
  { by, output, to }: Forgotten,
  { frontends, sources }: ForgottenClues,
): string[] {
  const destination = pathFromProject(sources.at, to)
  return [
    ...frontends.flatMap(({ path }) => table(path)),
    ...by.flatMap(({ path, script }) => [
      ...table(path),
      ...(script === "build" ? [] : [`script = "${script}"`]),
      ...(output ? [`output = "${output}"`] : []),
      `destination = "${destination}"`,
    ]),
  ]
}

function table(path: string): string[] {
  return ["[[tool.shipwheel.frontend]]", `path = "${path || "."}"`]
}
