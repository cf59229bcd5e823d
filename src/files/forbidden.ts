import {
  type Allowed,
  allowLines,
  covers,
  isAllowed,
} from "../config/allowed.js"
import { isSecret, SECRETS, STORE } from "../reading/secrets.js"
import { isWheel } from "./distribution.js"
import { type Archive, innerPath, pointPath } from "./facts.js"
import { pointersOf } from "./pointers.js"

/** What is in no package on purpose. */
interface Kind {
  readonly what: string
  readonly matches: (path: string, wheel: boolean, module: string) => boolean
}

const FOLDERS = new Map([
  ["node_modules", "packages of the frontend's tools"],
  [".git", "a repository"],
  [".hg", "a repository"],
  [".svn", "a repository"],
  ["__pycache__", "a cache"],
  [".mypy_cache", "a cache"],
  [".pytest_cache", "a cache"],
  [".ruff_cache", "a cache"],
  [".nox", "an environment"],
  [".tox", "an environment"],
  [".venv", "an environment"],
])

const TESTS = "tests at the top, where any package's would land"
const FOLDER =
  "a folder of the project at the top, where any package's would land"

/** Where an installer puts commands; what is made of entry points is called as it is there. */
const COMMAND =
  /^(?:[^/]+\.data\/(?:scripts|data\/(?:bin|Scripts))|bin)\/([^/]+)$/i
/** What environments and systems have, in any version and for any shell. */
const USUAL =
  /^(pip|pipx|pythonw?|easy_install|activate|deactivate|uvx?|wheel|sudo|su|doas|ssh|sh|bash|git)[\d.]*(\.(exe|bat|cmd|ps1|sh|fish|csh|py))?$/i

const KINDS: readonly Kind[] = [
  ...[...FOLDERS].map(([folder, what]) => ({
    what,
    matches: (path: string) => isIn(folder, path),
  })),
  { what: "a cache", matches: (path) => /(^|\/)\.next\/cache\//.test(path) },
  { what: "an environment", matches: (path) => base(path) === "pyvenv.cfg" },
  ...SECRETS,
  {
    what: "code that runs whenever Python starts",
    matches: (path, wheel) => wheel && runsAtStart(installed(path)),
  },
  {
    what: "what an installer writes of an install, such as where it is from",
    matches: (path, wheel) => wheel && isOfInstaller(installed(path)),
  },
  {
    what: "files in the library of whichever Python it is installed for",
    matches: (path, wheel) => wheel && isInLibrary(path),
  },
  {
    what: "a program that takes the place of one that every environment has",
    matches: (path, wheel, module) =>
      wheel && takesPlace(COMMAND.exec(path)?.[1] ?? "", module),
  },
  {
    what: TESTS,
    matches: (path, wheel, module) =>
      wheel && /^(tests?|testing|e2e)\//.test(path) && !isOwn(path, module),
  },
  {
    what: FOLDER,
    matches: (path, wheel, module) =>
      wheel &&
      /^(benchmarks?|build|dist|docs?|examples?|frontend|node_modules|notebooks|samples?|scripts|src|tools)\//.test(
        path,
      ) &&
      !isOwn(path, module),
  },
]

const TAKEN = "a module of a name that every Python has already"

const SHOWN = 5

function isIn(folder: string, path: string): boolean {
  return path.split("/").slice(0, -1).includes(folder)
}

/** Whether a file is in a cache, an environment or another folder that no package ships, though git may have it by mistake. */
export function isInForbidden(path: string): boolean {
  return [...FOLDERS.keys()].some((folder) => isIn(folder, path))
}

/** Names the paths of an archive that must not be in it. */
export function forbidden(
  file: Archive,
  allowed: Allowed,
  module = "",
): string[] {
  const found = new Map<string, string[]>()
  for (const { path, what } of suspects(file, module))
    if (!isAllowed(allowed, path))
      found.set(what, [...(found.get(what) ?? []), `\`${path}\``])
  return [...found].map(
    ([what, paths]) =>
      `\`${file.name}\` holds ${what}: ${paths.slice(0, SHOWN).join(", ")}${paths.length > SHOWN ? ` and ${String(paths.length - SHOWN)} more` : ""}`,
  )
}

/** The folders at the top of a wheel that no package of the project is. */
export function foreignTops(
  files: readonly Archive[],
  allowed: Allowed,
  module: string,
): string[] {
  const found = files
    .flatMap((file) => suspects(file, module))
    .filter(
      ({ path, what }) =>
        (what === TESTS || what === FOLDER) && !isAllowed(allowed, path),
    )
  return [...new Set(found.map(({ path }) => topName(path)))]
}

/** Tells what to do, and the lines that let pass what is meant to be there. */
export function howToAllow(
  files: readonly Archive[],
  allowed: Allowed,
  module: string,
): string | undefined {
  const found = files
    .flatMap((file) => suspects(file, module))
    .filter(({ path }) => !isAllowed(allowed, path))
  const [folders, others] = [true, false].map((isFolder) =>
    found.filter(
      ({ what }) => (what === TESTS || what === FOLDER) === isFolder,
    ),
  )
  const topOf = (path: string) => path.slice(0, path.indexOf("/") + 1)
  const [open, plain] = [true, false].map((opens) =>
    (others ?? [])
      .filter((each) => each.opens === opens)
      .map(({ path }) => path),
  )
  const blocks = [
    allowing(
      "A package that is meant to be there under this name is allowed in `pyproject.toml`:",
      (folders ?? []).map(({ path }) => topOf(path)),
    ),
    allowing(
      "Take it out, and have the secret made anew where it was real: whoever could read the repository has it. What is no secret is allowed in `pyproject.toml`:",
      open ?? [],
    ),
    allowing(
      "Let the backend leave it out (its `exclude`, or `.gitignore`). What is meant to be there is allowed in `pyproject.toml`:",
      plain ?? [],
    ),
  ]
  return blocks.some(Boolean) ? blocks.filter(Boolean).join("\n\n") : undefined
}

function allowing(words: string, paths: readonly string[]): string {
  const shown = [...new Set(paths)].slice(0, SHOWN)
  return shown.length === 0 ? "" : `${words}\n\n${allowLines(...shown)}`
}

/** What is let pass and why, and what is allowed though nothing needs it; what only lies here may be needed beside the files. */
export function allowances(
  files: readonly Archive[],
  allowed: Allowed,
  module = "",
  others: readonly string[] = [],
  onlyHere: readonly string[] = [],
): string[] {
  const met = files.flatMap((file) => [
    ...suspects(file, module).map(({ path }) => path),
    ...pointersOf(file),
    ...others,
  ])
  const isAmong = (each: string, found: readonly string[]) =>
    found.some((path) => covers(each, path))
  return [...allowed].map(([each, reason]) =>
    isAmong(each, met)
      ? `\`${each}\` is let into the files: ${reason}.`
      : isAmong(each, onlyHere)
        ? `\`${each}\` may be used, though git does not track it: ${reason}.`
        : `\`tool.shipwheel.allow\` names \`${each}\`, which no gate refuses.`,
  )
}

function suspects(
  file: Archive,
  module = "",
): { path: string; what: string; opens: boolean }[] {
  // Entry points become commands where a wheel is installed.
  const commands = (file.entryPoints ?? []).map((each) => ({
    name: pointPath(each),
    secret: undefined,
  }))
  const isTaken = (path: string) =>
    !isOwn(installed(path), module) &&
    file.taken?.includes(topName(installed(path))) === true
  return [...file.entries, ...commands].flatMap(({ name, secret }) => {
    const path = innerPath(file, name)
    const what =
      kindOf(path, secret, isWheel(file.name), module) ??
      (isTaken(path) ? TAKEN : undefined)
    const opens = secret !== undefined || isSecret(path)
    return what === undefined ? [] : [{ path, what, opens }]
  })
}

function kindOf(
  path: string,
  secret: string | undefined,
  wheel: boolean,
  module = "",
): string | undefined {
  // Test suites of networking packages come with keys of their own, and their stores.
  const isOfTests =
    !wheel && /(^|\/)(tests?|testing|docs|examples)\//.test(path)
  if (secret !== undefined && !isOfTests) return secret
  const kind = KINDS.find(({ matches }) => matches(path, wheel, module))?.what
  return kind === STORE && isOfTests ? undefined : kind
}

/** Where an installer puts a file of a wheel, from the packages on (PEP 427). */
export function installed(path: string): string {
  return path.replace(
    /^[^/]+\.data\/(?:purelib|platlib|data\/(?:.*\/)?(?:site|dist)-packages)\//i,
    "",
  )
}

/** By the scheme for data, which leads anywhere in an environment: modules there are nobody's, and go before those that Python has. */
function isInLibrary(path: string): boolean {
  return /^[^/]+\.data\/data\/lib(?:32|64)?\/(?:(?:python|pypy)[\d.]*|(?:site|dist)-packages)\//i.test(
    path,
  )
}

/** A package may be the one that has this command. */
function takesPlace(command: string, module: string): boolean {
  const [, usual] = USUAL.exec(command) ?? []
  return usual !== undefined && usual !== module.split(".")[0]
}

/** The `site` module of Python runs these, imported or not. */
function runsAtStart(path: string): boolean {
  return /^(?:[^/]+\.pth|(?:site|user)customize(?:\.[^/]+|\/.*))$/i.test(path)
}

/** Whoever freezes an environment takes the address in it for the package's (PEP 610). */
function isOfInstaller(path: string): boolean {
  return /^[^/]+\.dist-info\/(?:direct_url\.json|INSTALLER|REQUESTED)$/i.test(
    path,
  )
}

function base(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}

/** Of a module at the top without what makes it a file. */
function topName(path: string): string {
  const [top = "", ...below] = path.split("/")
  return below.length > 0 ? top : (top.split(".")[0] ?? "")
}

/** The import package may have any name. */
export function isOwn(path: string, module: string): boolean {
  return path.split("/")[0] === module.split(".")[0]
}
