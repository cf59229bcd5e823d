import { type Allowed, covers, isAllowed } from "./allowed.js"
import { isWheel } from "./distribution.js"
import { type Archive, innerPath } from "./facts.js"
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

const KINDS: readonly Kind[] = [
  ...[...FOLDERS].map(([folder, what]) => ({
    what,
    matches: (path: string) => path.split("/").slice(0, -1).includes(folder),
  })),
  { what: "a cache", matches: (path) => /(^|\/)\.next\/cache\//.test(path) },
  { what: "an environment", matches: (path) => base(path) === "pyvenv.cfg" },
  { what: "settings that are often secret", matches: isSettings },
  {
    what: "credentials",
    matches: (path) =>
      /^(\.pypirc|\.netrc|id_(rsa|dsa|ecdsa|ed25519))$/.test(base(path)),
  },
  {
    what: "code that runs whenever Python starts",
    matches: (path, wheel) => wheel && runsAtStart(installed(path)),
  },
  {
    what: "a program that takes the place of one that every environment has",
    matches: (path, wheel) =>
      wheel &&
      /^[^/]+\.data\/scripts\/(pip|python|easy_install|activate|deactivate|uv|wheel)[-\w.]*$/i.test(
        path,
      ),
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

const SHOWN = 5

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

/** Tells the line that lets a folder pass whose name alone speaks against it. */
export function howToAllow(
  files: readonly Archive[],
  allowed: Allowed,
  module: string,
): string | undefined {
  const folders = files
    .flatMap((file) => suspects(file, module))
    .filter(({ what }) => what === TESTS || what === FOLDER)
    .filter(({ path }) => !isAllowed(allowed, path))
    .map(
      ({ path }) => `"${path.slice(0, path.indexOf("/") + 1)}" = "the reason"`,
    )
  if (folders.length === 0) return undefined
  return [
    "A package that is meant to be there under this name is allowed in `pyproject.toml`:",
    ["```", "[tool.shipwheel.allow]", ...new Set(folders), "```"].join("\n"),
  ].join("\n\n")
}

/** What is let pass and why, and what is allowed though nothing needs it. */
export function allowances(
  files: readonly Archive[],
  allowed: Allowed,
  module = "",
  others: readonly string[] = [],
): string[] {
  const met = files.flatMap((file) => [
    ...suspects(file, module).map(({ path }) => path),
    ...pointersOf(file),
    ...others,
  ])
  return [...allowed].map(([each, reason]) =>
    met.some((path) => covers(each, path))
      ? `\`${each}\` is let into the files: ${reason}.`
      : `\`tool.shipwheel.allow\` names \`${each}\`, which no gate refuses.`,
  )
}

function suspects(
  file: Archive,
  module = "",
): { path: string; what: string }[] {
  return file.entries.flatMap(({ key, name }) => {
    const path = innerPath(file, name)
    const what = kindOf(path, key ?? false, isWheel(file.name), module)
    return what === undefined ? [] : [{ path, what }]
  })
}

function kindOf(
  path: string,
  key: boolean,
  wheel: boolean,
  module = "",
): string | undefined {
  // Test suites of networking packages come with keys of their own.
  if (key && (wheel || !/(^|\/)(tests?|testing|docs|examples)\//.test(path)))
    return "a private key"
  return KINDS.find(({ matches }) => matches(path, wheel, module))?.what
}

/** Where an installer puts a file of a wheel, from the packages on (PEP 427). */
export function installed(path: string): string {
  return path.replace(
    /^[^/]+\.data\/(?:purelib|platlib|data\/(?:.*\/)?(?:site|dist)-packages)\//i,
    "",
  )
}

/** The `site` module of Python runs these, imported or not. */
function runsAtStart(path: string): boolean {
  return /^(?:[^/]+\.pth|(?:site|user)customize(?:\.[^/]+|\/.*))$/i.test(path)
}

/** `.env`, and not the example that is meant to be copied. */
function isSettings(path: string): boolean {
  return /^\.env(\.(?!(example|sample|template|dist)$)[^/]*)?$/.test(base(path))
}

function base(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}

/** The import package may have any name. */
export function isOwn(path: string, module: string): boolean {
  return path.split("/")[0] === module.split(".")[0]
}
