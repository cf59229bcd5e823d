import { posix } from "node:path"

import { parse } from "#yaml"
import { z } from "#zod"

import type { Sources } from "../reading/sources.js"
import type { LinterName } from "./linter-table.js"

/** A linter as `.pre-commit-config.yaml` has it. */
export interface Hook {
  /** The file that has it: the project's own, or that of the repository around it. */
  readonly path: string
  readonly linter: LinterName
  readonly version: string
  readonly ids: readonly string[]
  /** What is installed beside it, such as plugins. */
  readonly more: readonly string[]
  /** It runs where somebody asks for it, and never by itself. */
  readonly manual?: true
  /** Of the hooks that are alone with their id: what they are called with. */
  readonly called?: Readonly<Record<string, HookCall>>
  /** Of the hooks that are not given every file, by their id: patterns of Python's `re`. */
  readonly narrowed?: Readonly<Record<string, Narrowing>>
}

/** How a hook calls its linter. */
export interface HookCall {
  /** Absent where the hook's own repository decides. */
  readonly args?: readonly string[] | undefined
  /** The files that it is given follow. */
  readonly files: boolean
  /** The file of hooks says what it runs, or where, in place of its repository. */
  readonly replaced?: true
}

/** Which files a hook is given, by patterns that are searched for in their paths. */
export interface Narrowing {
  readonly files: readonly string[]
  readonly exclude: readonly string[]
}

export const PRE_COMMIT = ".pre-commit-config.yaml"

/** The last part of a hook's repository names its linter, whoever mirrors it. */
const REPOSITORIES = new Map<string, LinterName>([
  ["ruff-pre-commit", "ruff"],
  ["black", "black"],
  ["black-pre-commit-mirror", "black"],
  ["isort", "isort"],
  ["mirrors-isort", "isort"],
  ["flake8", "flake8"],
  ["mirrors-mypy", "mypy"],
  ["pyright-python", "pyright"],
])

const names = z.array(z.string()).catch([])
const pattern = z.string().optional().catch(undefined)
const config = z.object({
  files: pattern,
  exclude: pattern,
  repos: z.array(
    z.object({
      repo: z.string(),
      rev: z.union([z.string(), z.number()]).optional(),
      hooks: z
        .array(
          z.object({
            id: z.string(),
            additional_dependencies: names,
            files: pattern,
            exclude: pattern,
            types: names,
            stages: names,
            args: z.array(z.coerce.string()).optional().catch(undefined),
            pass_filenames: z.boolean().catch(true),
            entry: z.unknown().optional(),
            language: z.unknown().optional(),
          }),
        )
        .catch([]),
    }),
  ),
})

/** The hooks of the nearest file: they look at the whole repository that it is in. */
export function readHooks(sources: Sources): Hook[] {
  const path = ["", ...sources.above]
    .map((folder) => `${folder}${PRE_COMMIT}`)
    .find((each) => sources.has(each))
  if (path === undefined) return []
  const text = thawed(sources.text(path) ?? "")
  const { data } = config.safeParse(readYaml(text))
  return (data?.repos ?? []).flatMap(({ hooks: all, repo, rev }) => {
    const [last = ""] = repo
      .replace(/(\.git)?\/?$/, "")
      .split("/")
      .slice(-1)
    const linter = REPOSITORIES.get(last)
    const version = VERSION.exec(String(rev ?? ""))?.[1]
    if (linter === undefined || version === undefined) return []
    const hooks = all.filter(isForPython)
    const ids = hooks.map(({ id }) => id)
    const more = hooks.flatMap((each) => each.additional_dependencies)
    // Of two hooks with one id, such as one for other kinds of files, each is given what the other is not.
    const once = hooks.filter(
      ({ id }) => ids.indexOf(id) === ids.lastIndexOf(id),
    )
    const narrowed = Object.fromEntries(
      once.flatMap((hook) => narrowingOf(hook, data ?? {})),
    )
    const called = Object.fromEntries(once.flatMap(callOf))
    return [
      {
        ...{ path, linter, version, ids, more: [...new Set(more)] },
        ...(all.length > 0 && all.every(isByHand) && { manual: true as const }),
        ...(Object.keys(called).length > 0 && { called }),
        ...(Object.keys(narrowed).length > 0 && { narrowed }),
      },
    ]
  })
}

/** A linter may have a hook for each kind of file that it reads. */
function isForPython({ types }: { readonly types: readonly string[] }) {
  return types.length === 0 || !types.every((each) => OTHERS.has(each))
}

const OTHERS = new Set(["cython", "pyi", "jupyter", "markdown"])

/** The hooks that run by themselves. */
export function notByHand(hooks: readonly Hook[]): Hook[] {
  return hooks.filter(({ manual }) => !manual)
}

function isByHand({ stages }: { readonly stages: readonly string[] }) {
  return stages.length > 0 && stages.every((each) => each === "manual")
}

/** What leads from the folder of the hooks' file to a project in it: their patterns are for paths from there. */
export function prefixOf({ path }: Hook, { at }: Sources): string {
  const place = posix.join(at, posix.dirname(path))
  return posix.relative(place === "." ? "" : place, at)
}

/** Nothing where it is called as its repository has it. */
function callOf(hook: {
  readonly id: string
  readonly args?: readonly string[] | undefined
  readonly pass_filenames: boolean
  readonly entry?: unknown
  readonly language?: unknown
}): [id: string, call: HookCall][] {
  const { args, entry, id, language, pass_filenames: files } = hook
  const replaced = entry !== undefined || language !== undefined
  if (args === undefined && files && !replaced) return []
  return [[id, { args, files, ...(replaced && { replaced }) }]]
}

interface Patterns {
  readonly files?: string | undefined
  readonly exclude?: string | undefined
}

/** A hook's own patterns hold beside those at the top of the file. */
function narrowingOf(
  hook: Patterns & { readonly id: string },
  whole: Patterns,
): [id: string, narrowing: Narrowing][] {
  const both = (key: keyof Patterns) =>
    [whole[key], hook[key]].filter((each) => each !== undefined)
  const narrowing = { files: both("files"), exclude: both("exclude") }
  return Object.values(narrowing).flat().length > 0
    ? [[hook.id, narrowing]]
    : []
}

/** A commit may begin with a digit, too. */
const VERSION = /^v?(?![0-9a-f]{40}$)(\d.*)$/

/** `pre-commit autoupdate --freeze` names a commit, and its tag in a comment. */
function thawed(text: string): string {
  return text.replace(
    /^(.*\brev:\s*)["']?[0-9a-f]{40}["']?\s*#\s*frozen:\s*(\S+).*$/gm,
    "$1$2",
  )
}

/** The file is its owner's: what can't be read says nothing. */
function readYaml(text: string): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}
