import { type BuildClues, buildScripts } from "../reading/build-scripts.js"
import { type Pyproject, toolTable } from "../reading/pyproject.js"
import { keywordsOf } from "../text/python-text.js"
import { backendOf, moduleOf } from "./backends.js"
import {
  type BuildSwitch,
  isOffByDefault,
  switchesIn,
} from "./build-switches.js"

/** Code of a package that a compiler makes, so that each platform needs a wheel of its own. */
export interface CompiledPart {
  /** What shows it, in words. */
  readonly why: string
  /** What builds those wheels. */
  readonly builder: string
  /** Its author says that the package does without it. */
  readonly optional: boolean
  /** Whether setuptools builds it, which can be told to leave it out. */
  readonly bySetuptools: boolean
  /** Variables that the build reads, one of which may switch it off. */
  readonly switches: readonly BuildSwitch[]
}

const MATURIN_ACTION = "maturin-action (https://github.com/PyO3/maturin-action)"
const CIBUILDWHEEL = "cibuildwheel (https://cibuildwheel.pypa.io)"

/** Backends that are there to compile, by how their names start in `build-backend`. */
const COMPILERS = [
  ...["scikit_build_core", "skbuild", "mesonpy", "sipbuild"],
  ...["py_build_cmake", "pymsbuild", "enscons"],
]
/** Arguments of `setup()` that name what is compiled. */
const KEYWORDS = ["ext_modules", "cffi_modules", "rust_extensions"]
/** What a script says elsewhere of the same: in a table that is handed on, or of the wheel. */
const SAID =
  /^[^#\n]*(\bext_modules["']?\]?\s*[=:](?!\s*(?:\[\s*\]|None))|\bhas_ext_modules\b|\broot_is_pure\b)/m
/** Hooks of hatchling that compile. */
const HOOKS = ["mypyc", "cython"]
/** How a hook of one's own says that its wheel is for one platform. */
const NOT_PURE = /pure_python["']\]\s*=\s*False|infer_tag["']\]\s*=\s*True/

type Sign = Partial<CompiledPart> & Pick<CompiledPart, "why">

/** What of a package is compiled, unless it is by default not; undefined where nothing is. */
export function compiledPart(clues: BuildClues): CompiledPart | undefined {
  const sign = backendSign(clues) ?? hookSign(clues) ?? setuptoolsSign(clues)
  if (!sign) return undefined
  const switches = switchesIn(clues)
  const isOff = sign.optional !== true && isOffByDefault(switches)
  if (sign.bySetuptools && isOff) return undefined
  return {
    builder: CIBUILDWHEEL,
    optional: false,
    bySetuptools: false,
    switches,
    ...sign,
  }
}

function backendSign({ pyproject }: BuildClues): Sign | undefined {
  const module = moduleOf(pyproject)
  if (module.startsWith("maturin"))
    return { why: `\`${module}\` compiles it`, builder: MATURIN_ACTION }
  const compiles = COMPILERS.some((each) => module.startsWith(each))
  const { cmake } = toolTable(pyproject, "scikit-build", "wheel")
  return compiles && cmake !== false
    ? { why: `\`${module}\` compiles it` }
    : undefined
}

/** What the other backends are told beside their own work. */
function hookSign(clues: BuildClues): Sign | undefined {
  const { pyproject, sources } = clues
  const module = moduleOf(pyproject)
  if (module.startsWith("hatchling")) {
    const hook = HOOKS.find((each) => isOn(pyproject, each))
    if (hook !== undefined)
      return { why: `the hook \`${hook}\` of hatchling compiles it` }
    const script = buildScripts(clues).find((each) =>
      NOT_PURE.test(sources.text(each) ?? ""),
    )
    return script === undefined
      ? undefined
      : { why: `\`${script}\` makes its wheel one for a platform` }
  }
  if (module.startsWith("poetry") && hasPoetryScript(pyproject))
    return {
      why: "a project with a build script (`tool.poetry.build`) gets a wheel for one platform from poetry-core",
    }
  const pdm = toolTable(pyproject, "pdm", "build")
  return module.startsWith("pdm") &&
    pdm["run-setuptools"] === true &&
    pdm["is-purelib"] !== true
    ? { why: "`run-setuptools` in `[tool.pdm.build]` compiles it" }
    : undefined
}

/** A hook counts unless it is off by default, as hatch-mypyc has it for who compiles on purpose. */
function isOn(pyproject: Pyproject, hook: string): boolean {
  return [[], ["targets", "wheel"]].some((key) => {
    const hooks = toolTable(pyproject, "hatch", "build", ...key, "hooks")
    const settings = hooks[hook] as Record<string, unknown> | undefined
    return settings !== undefined && settings["enable-by-default"] !== false
  })
}

function hasPoetryScript(pyproject: Pyproject): boolean {
  const { build } = toolTable(pyproject, "poetry")
  const { script } = toolTable(pyproject, "poetry", "build")
  return typeof (script ?? build) === "string"
}

/** Setuptools, also below a backend of one's own. */
function setuptoolsSign({ pyproject, sources }: BuildClues): Sign | undefined {
  if (backendOf(pyproject).name !== "setuptools") return undefined
  const bySetuptools = true
  const own = toolTable(pyproject, "setuptools")["ext-modules"]
  if (Array.isArray(own) && own.length > 0)
    return {
      why: "`tool.setuptools.ext-modules` is compiled",
      bySetuptools,
      optional: own.every((each: unknown) => isOptional(each)),
    }
  if (Object.keys(toolTable(pyproject, "setuptools-rust")).length > 0)
    return { why: "`tool.setuptools-rust` is compiled", bySetuptools }
  const py = sources.text("setup.py") ?? ""
  const said = keywordOfSetup(py) ?? SAID.exec(py)?.[1]
  return said === undefined
    ? undefined
    : {
        why: `\`${said.replace(/\W+$/, "")}\` in \`setup.py\` is compiled`,
        bySetuptools,
        optional: areOptional(py),
      }
}

function keywordOfSetup(py: string): string | undefined {
  return KEYWORDS.find((each) =>
    keywordsOf(py, "setup", each).some(
      (value) => value !== undefined && !/^(?:\[\s*\]|None)$/.test(value),
    ),
  )
}

function areOptional(py: string): boolean {
  const said = keywordsOf(py, "Extension", "optional")
  return (
    said.length > 0 &&
    said.every((each) => each !== undefined && each !== "False")
  )
}

function isOptional(table: unknown): boolean {
  return (table as { optional?: unknown } | undefined)?.optional === true
}
