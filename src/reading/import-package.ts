import { z } from "zod"

import { iniText } from "../text/ini-text.js"
import {
  firstArgumentOf,
  keywordOf,
  listKeywordOf,
} from "../text/python-text.js"
import type { Pyproject } from "./pyproject.js"
import { normalizeName } from "./requirements.js"
import type { Sources } from "./sources.js"

/** Where the code is that a distribution installs. */
export interface ImportPackage {
  /** The folder that is on Python's path when it is imported, such as `src`. */
  readonly root: string
  /** A folder with `__init__.py`, or a single module's file. */
  readonly path: string
}

const strings = z.array(z.string()).catch([])
const settings = z.object({
  setuptools: z
    .object({
      "package-dir": z.record(z.string(), z.string()).catch({}),
      packages: z
        .union([
          z.array(z.string()),
          z.object({
            find: z.object({ where: strings }).optional().catch(undefined),
          }),
        ])
        .optional()
        .catch(undefined),
      "py-modules": strings,
    })
    .catch({ "package-dir": {}, packages: undefined, "py-modules": [] }),
  flit: z
    .object({
      module: z.object({ name: z.string() }).optional().catch(undefined),
      metadata: z.object({ module: z.string() }).optional().catch(undefined),
    })
    .catch({ module: undefined, metadata: undefined }),
  poetry: z
    .object({
      packages: z
        .array(z.object({ include: z.string(), from: z.string().default("") }))
        .catch([]),
    })
    .catch({ packages: [] }),
  hatch: z
    .object({
      build: z.object({
        targets: z.object({
          wheel: z.object({ packages: strings, "only-include": strings }),
        }),
      }),
    })
    .optional()
    .catch(undefined),
  pdm: z
    .object({
      build: z.object({
        includes: strings,
        "package-dir": z.string().optional().catch(undefined),
      }),
    })
    .optional()
    .catch(undefined),
  uv: z
    .object({
      "build-backend": z.object({
        "module-name": z.string().optional().catch(undefined),
        "module-root": z.string().default("src").catch("src"),
      }),
    })
    .optional()
    .catch(undefined),
})

/** Finds the import package: where the backend is told that it is, then by the project's name, then the only one. */
export function findPackage(
  sources: Sources,
  pyproject: Pyproject,
  name: string,
): ImportPackage | undefined {
  const { named, roots } = declared(sources, pyproject)
  const imported = name.replace(/-+/g, "_")
  const byName = [
    imported.replaceAll(".", "/"),
    imported.replaceAll(".", "_"),
  ].flatMap((each) => [each, each.toLowerCase()])
  const places = [
    ...named,
    ...roots.flatMap((root) => byName.map((path) => ({ root, path }))),
  ]
  for (const { path, root } of places) {
    // A folder of packages is no package: pdm includes `src`.
    if (roots.includes(under(root, path))) continue
    const found = resolve(sources, root, path)
    if (found) return found
  }
  return onlyPackage(sources, roots, name)
}

/** Every file that a module's name may stand for, such as `src/one/two.py` for `one.two`. */
export function moduleFiles(root: string, module: string): string[] {
  const path = under(root, module.replaceAll(".", "/"))
  return [`${path}.py`, `${path}/__init__.py`]
}

/** The name under which a package is imported: `zope.interface`. */
export function importName({ path, root }: ImportPackage): string {
  const inside = root ? path.slice(root.length + 1) : path
  return inside.replace(/\.py$/, "").replaceAll("/", ".")
}

function declared(sources: Sources, { tool }: Pyproject) {
  const { flit, hatch, pdm, poetry, setuptools, uv } = settings.parse({
    ...tool,
    setuptools: tool["setuptools"] ?? {},
    flit: tool["flit"] ?? {},
    poetry: tool["poetry"] ?? {},
  })
  const legacy = legacyLayout(sources)
  const find = Array.isArray(setuptools.packages)
    ? []
    : (setuptools.packages?.find?.where ?? [])
  const listed = Array.isArray(setuptools.packages) ? setuptools.packages : []
  const dirs = { ...legacy.dirs, ...setuptools["package-dir"] }
  const wheel = hatch?.build.targets.wheel
  const paths = [
    ...(wheel?.packages ?? []),
    ...(wheel?.["only-include"] ?? []),
    ...(pdm?.build.includes ?? []),
  ]
  const roots = [
    ...Object.entries(dirs).flatMap(([key, dir]) => (key ? [] : [dir])),
    ...find,
    ...legacy.where,
    ...(pdm?.build["package-dir"] ? [pdm.build["package-dir"]] : []),
    "src",
    "",
    "lib",
    "python",
  ]
  const modules = [
    ...listed,
    ...setuptools["py-modules"],
    ...legacy.packages,
    ...(flit.module ? [flit.module.name] : []),
    ...(flit.metadata ? [flit.metadata.module] : []),
  ].sort((one, other) => depth(one) - depth(other))
  const built = uv?.["build-backend"]
  return {
    roots: [...new Set(roots.map(clean))],
    named: [
      ...poetry.packages.map(({ from, include }) => ({
        root: clean(from),
        path: clean(include),
      })),
      ...(built?.["module-name"]
        ? [
            {
              root: clean(built["module-root"]),
              path: built["module-name"].replaceAll(".", "/"),
            },
          ]
        : []),
      ...paths.map((path) => inParent(clean(path))),
      ...Object.entries(dirs).flatMap(([key, dir]) =>
        key && !key.includes(".") ? [inParent(clean(dir))] : [],
      ),
      ...modules.flatMap((module) =>
        roots.map((root) => ({
          root: clean(root),
          path: module.replaceAll(".", "/"),
        })),
      ),
    ],
  }
}

/** What setup.cfg and setup.py say in plain words. */
function legacyLayout(sources: Sources) {
  const cfg = sources.text("setup.cfg") ?? ""
  const py = sources.text("setup.py") ?? ""
  const lines = (section: string, option: string) =>
    (iniText(cfg, section, option) ?? "")
      .split(/[\n,]/)
      .map((each) => each.trim())
      .filter(Boolean)
  const dirs = Object.fromEntries(
    lines("options", "package_dir").map((line) => {
      const [key = "", dir = ""] = line.split("=").map((each) => each.trim())
      return [key, dir] as const
    }),
  )
  const packageDir = listKeywordOf(py, "setup", "package_dir")
  if (packageDir.length === 2 && packageDir[0] === "")
    dirs[""] = packageDir[1] ?? ""
  const where = keywordOf(py, "find_packages", "where")?.text
  const whereText = where && py.slice(where.start, where.end)
  return {
    dirs,
    where: [
      ...lines("options.packages.find", "where"),
      ...[whereText, firstArgumentOf(py, "find_packages")].flatMap(
        (each) => each ?? [],
      ),
    ],
    packages: [
      ...lines("options", "packages").filter((each) => !each.includes(":")),
      ...lines("options", "py_modules"),
      ...listKeywordOf(py, "setup", "packages"),
      ...listKeywordOf(py, "setup", "py_modules"),
    ],
  }
}

/** The project's name where only setup.cfg or setup.py has it. */
export function legacyName(sources: Sources): string | undefined {
  const py = sources.text("setup.py") ?? ""
  const span = keywordOf(py, "setup", "name")?.text
  return (
    iniText(sources.text("setup.cfg") ?? "", "metadata", "name") ??
    (span && py.slice(span.start, span.end))
  )
}

function resolve(
  sources: Sources,
  root: string,
  path: string,
): ImportPackage | undefined {
  const full = under(root, path)
  if (sources.has(`${full}/__init__.py`)) return { root, path: full }
  if (sources.has(`${full}.py`)) return { root, path: `${full}.py` }
  if (full.endsWith(".py") && sources.has(full)) return { root, path: full }
  // A namespace package: what is named holds the package that can be imported.
  const inner = full ? shallowest(sources, `${full}/`) : []
  const [only, another] = inner
  return only && !another ? { root, path: only } : undefined
}

/** Folders that hold code which no distribution installs. */
const OTHERS =
  /^(?:tests?|testing|docs?|examples?|samples?|scripts?|tools?|benchmarks?|build|dist|node_modules|\..*)$/

/** Without a hint: the one package there is, or the one whose name is nearest to the project's. */
function onlyPackage(
  sources: Sources,
  roots: readonly string[],
  name: string,
): ImportPackage | undefined {
  const wanted = normalizeName(name).replaceAll("-", "")
  for (const root of roots) {
    const all = shallowest(sources, root ? `${root}/` : "").filter((path) => {
      const [first = ""] = path.slice(root ? root.length + 1 : 0).split("/")
      return !OTHERS.test(first)
    })
    const near = all.filter((path) => {
      const own = normalizeName(
        path.slice(root ? root.length + 1 : 0).replaceAll("/", "-"),
      ).replaceAll("-", "")
      return own === wanted || wanted.endsWith(own) || own.endsWith(wanted)
    })
    const [path, another] = near.length > 0 ? near : all
    if (path !== undefined && another === undefined) return { root, path }
  }
  return undefined
}

/** The packages nearest to a folder: none of them is inside another one. */
function shallowest(sources: Sources, prefix: string): string[] {
  const dirs = [...sources.paths]
    .filter((path) => path.startsWith(prefix) && path.endsWith("/__init__.py"))
    .map((path) => path.slice(0, -"/__init__.py".length))
    .sort((one, other) => depth(one) - depth(other) || (one < other ? -1 : 1))
  return dirs.filter(
    (dir) => !dirs.some((other) => dir.startsWith(`${other}/`)),
  )
}

function depth(path: string): number {
  return path.split(/[/.]/).length
}

/** `src/one` is the package `one` in `src`. */
export function packageAt(path: string): ImportPackage {
  return { root: path.split("/").slice(0, -1).join("/"), path }
}

function inParent(path: string): ImportPackage {
  const { root } = packageAt(path)
  return { root, path: root ? path.slice(root.length + 1) : path }
}

function under(root: string, path: string): string {
  return root ? `${root}/${path}` : path
}

function clean(path: string): string {
  return path.replace(/^(?:\.\/)+|\/+$|^\.$/g, "")
}
