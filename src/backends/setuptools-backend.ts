import { posix } from "node:path"

import type { PackageLayout, PackagePath } from "../reading/import-package.js"
import { toolTable, toolTexts } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { iniText } from "../text/ini-text.js"
import {
  assignedSources,
  assignedTexts,
  firstArgumentOf,
  keywordOf,
  keywordsOf,
  listKeywordOf,
} from "../text/python-text.js"
import { manifestsRead } from "../version/named-version.js"
import { readPlace } from "../version/version-place.js"
import {
  type DataPatterns,
  type Described,
  inPyproject,
  type SdistLine,
  type SdistPart,
  tomlList,
} from "./build-backend.js"

/** Where `[tool.setuptools]`, setup.cfg and setup.py say in plain words that the packages are. */
export function setuptoolsLayout(described: Described): PackageLayout {
  const { pyproject } = described
  const legacy = legacyLayout(described)
  const table = toolTable(pyproject, "setuptools", "package-dir")
  const own = Object.entries(table).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  )
  const dirs = Object.entries({ ...legacy.dirs, ...Object.fromEntries(own) })
  return {
    roots: [
      ...dirs.flatMap(([key, dir]) => (key ? [] : [dir])),
      ...toolTexts(pyproject, "setuptools", "packages", "find", "where"),
      ...legacy.where,
    ],
    paths: dirs.flatMap(([key, dir]): PackagePath[] =>
      key && !key.includes(".") ? [{ path: dir }] : [],
    ),
    modules: [
      ...toolTexts(pyproject, "setuptools", "packages"),
      ...toolTexts(pyproject, "setuptools", "py-modules"),
      ...includedNames(
        described,
        toolTexts(pyproject, "setuptools", "packages", "find", "include"),
      ),
      ...legacy.packages,
    ],
  }
}

function legacyLayout({ sources }: Described) {
  const py = sources.text("setup.py") ?? ""
  const cfg = (section: string, option: string) =>
    cfgLines({ sources }, section, option)
  const where = textKeyword(py, "find_packages", "where")
  const first = firstArgumentOf(py, "find_packages")
  return {
    dirs: legacyDirs(cfg("options", "package_dir"), py),
    where: [
      ...cfg("options.packages.find", "where"),
      ...[where, first].flatMap((each) => each ?? []),
    ],
    packages: [
      ...cfg("options", "packages").filter((each) => !each.includes(":")),
      ...cfg("options", "py_modules"),
      ...listKeywordOf(py, "setup", "packages"),
      ...listKeywordOf(py, "setup", "py_modules"),
      ...includedNames({ sources }, [
        ...cfg("options.packages.find", "include"),
        ...listKeywordOf(py, "find_packages", "include"),
      ]),
    ],
  }
}

/** The packages that patterns name: `quay`, `quay.*` and `quay*` are about `quay`, and `*` about none; a namespace is no package. */
function includedNames(
  { sources }: Pick<Described, "sources">,
  patterns: readonly string[],
): string[] {
  const names = patterns.map((each) => each.replace(/\.?\*$/, ""))
  const isPackage = (name: string) => {
    const init = `/${name.replaceAll(".", "/")}/__init__.py`
    return [...sources.paths].some((path) => `/${path}`.endsWith(init))
  }
  return [...new Set(names)].filter(
    (each) => /^[\w.]+$/.test(each) && isPackage(each),
  )
}

function legacyDirs(lines: readonly string[], py: string) {
  const dirs = Object.fromEntries(
    lines.map((line) => {
      const [key = "", dir = ""] = line.split("=").map((each) => each.trim())
      return [key, dir] as const
    }),
  )
  const [key, dir = "", more] = listKeywordOf(py, "setup", "package_dir")
  return key === "" && more === undefined ? { ...dirs, "": dir } : dirs
}

function cfgLines(
  { sources }: Pick<Described, "sources">,
  section: string,
  option: string,
): string[] {
  const text = sources.text("setup.cfg") ?? ""
  return (iniText(text, section, option) ?? "")
    .split(/[\n,]/)
    .map((each) => each.trim())
    .filter(Boolean)
}

/** A text, or a name that the script gives one. */
function textKeyword(py: string, call: string, keyword: string) {
  const { name, text } = keywordOf(py, call, keyword) ?? {}
  const [named] = name === undefined ? [] : assignedTexts(py, name)
  const span = text ?? named
  return span && py.slice(span.start, span.end)
}

/** The project's name where only setup.cfg or setup.py has it. */
export function setuptoolsName({ sources }: Described): string | undefined {
  return (
    iniText(sources.text("setup.cfg") ?? "", "metadata", "name") ??
    textKeyword(sources.text("setup.py") ?? "", "setup", "name") ??
    nameItReads(sources) ??
    nameInManifest(sources)
  )
}

/** A module at the top of a package. */
const MODULE = /^(?:src\/)?\w+\/\w+\.py$/

/** `setup(name=about["__title__"])`, where `about` is a module that the script names and runs, and `setup(name=quay.__title__)`, where it imports that. */
function nameItReads(sources: Sources): string | undefined {
  const py = sources.text("setup.py") ?? ""
  const [written = ""] = keywordsOf(py, "setup", "name")
  const [, looked, owner, own] =
    /^(?:\w+\[["'](\w+)["']\]|(\w+)\.(__\w+__))$/.exec(written) ?? []
  const key = looked ?? own
  if (key === undefined) return undefined
  const isMeant = (path: string) =>
    owner === undefined
      ? py.includes(posix.basename(path))
      : [`${owner}/__init__.py`, `src/${owner}/__init__.py`].includes(path)
  const found = [...sources.paths]
    .filter((path) => MODULE.test(path) && isMeant(path))
    .flatMap((path) => {
      const text = sources.text(path) ?? ""
      return assignedTexts(text, key).map(({ end, start }) =>
        text.slice(start, end),
      )
    })
  const [name, another] = new Set(found)
  return another === undefined ? name : undefined
}

/** `package["name"].replace("-", "_")`, as Dash's template for components has it. */
const IN_MANIFEST =
  /^\w+\[["']name["']\](?<edits>(?:\.replace\(\s*["'][ \w-]["']\s*,\s*["'][\w-]["']\s*\))*)$/
const EDIT = /\(\s*["'](.)["']\s*,\s*["'](.)["']/g

/** The name in a `package.json` that the script reads, as it makes it a name of Python's. */
function nameInManifest(sources: Sources): string | undefined {
  const py = sources.text("setup.py") ?? ""
  const [written = ""] = keywordsOf(py, "setup", "name")
  const [given = written] = /^\w+$/.test(written)
    ? assignedSources(py, written)
    : []
  const { edits } = IN_MANIFEST.exec(given)?.groups ?? {}
  const [manifest] = manifestsRead(sources, "setup.py")
  if (edits === undefined || manifest === undefined) return undefined
  const place = { kind: "json", path: manifest, key: ["name"] } as const
  const name = readPlace(place, sources.text(manifest) ?? "")
  return [...edits.matchAll(EDIT)].reduce(
    (edited, [, from = "", to = ""]) => edited?.replaceAll(from, to),
    name,
  )
}

/** What `setup.py test` installed, before there were extras. */
export function testsRequire({ sources }: Described) {
  const text = sources.text("setup.cfg") ?? ""
  const listed = iniText(text, "options", "tests_require") ?? ""
  const lines = listed.split(/[\n;]/).map((line) => line.trim())
  const found = lines.filter(Boolean)
  return found.length > 0 ? { tests_require: found } : {}
}

export const manifestLine = ({ isFolder, path }: SdistPart): SdistLine => ({
  place: "MANIFEST.in",
  line: `${isFolder ? "graft" : "include"} ${path}`,
})

export const packageData: DataPatterns = {
  why: "setuptools puts only Python files into a wheel unless it is told more, and reads for the sdist what `MANIFEST.in` names",
  lines: (parts, module) => [
    inPyproject(
      "[tool.setuptools.package-data]",
      `"${module}" = ${tomlList(parts.map(({ inner, isFolder }) => (isFolder ? `${inner}/**/*` : inner)))}`,
    ),
    {
      file: "MANIFEST.in",
      lines: parts.map((each) => manifestLine(each).line),
    },
  ],
}
