import { z } from "#zod"

import { mayHoldSecret, urlOf } from "../text/shown-address.js"
import { compareKeys, compareSections } from "./compare-config.js"
import { environmentKeys, environmentSections } from "./environment-config.js"
import { canRun, gateKeys, gateSections } from "./gate-config.js"
import { githubKeys, githubSections } from "./github-config.js"
import { isReserved } from "./index-names.js"
import { INDEX_RULES } from "./index-rule-names.js"
import { limitsSection } from "./limits.js"

const PATH = "a path inside the project, such as `frontend`"
const PYTHON = 'a version in quotes, such as "3.12"'
const PYTHONS = 'a list of at least one version, such as ["3.9", "3.13"]'
const NAME = "a name such as `company`"
const OWN_NAME =
  "a name of its own, such as `company`: `pypi`, `testpypi` and `rehearsal`, however written, mean what they always mean"
const NODE = 'a version in quotes, such as "22"'
const IMPORT =
  'a list of modules and import statements, such as ["quayside.app", "from quayside import app"]'

const PREFIX =
  'what stands before the version in the tags, such as "wren-" for `wren-v1.2.0`, or "" for nothing'

const IMPORTS = /^([\w.]+|(import|from) [\w.]+[\w., ]*)$/u

const path = z.string(PATH).regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$)).+$/, PATH)

const BESIDE =
  "a path relative to the project, such as `CHANGELOG.md` or `../docs/changes.md`"
const beside = z.string(BESIDE).regex(/^(?!\/).+$/, BESIDE)

const list = (example: string) =>
  z
    .array(z.string("a text"), `a list of arguments, such as ${example}`)
    .refine(
      canRun,
      `a list of arguments that starts with a program and holds no zero byte, such as ${example}`,
    )

const words = (example: string) =>
  list(example).min(
    1,
    `a list of arguments that starts with a program, such as ${example}`,
  )

const LOCK = "the path of a lockfile, such as `uv.lock`, or `false` for none"

const LISTED = "a name"
/** Of an extra or a group (PEP 685, PEP 735). */
const LIST_NAME = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/
const REQUIRES =
  'a list of requirements, such as ["pytest", "click<8.2"]; options of pip are none'
/** A name with what may follow it: extras, an address, versions, a marker (PEP 508). */
const REQUIREMENT =
  /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?\s*(?:\[[^\]]*\]\s*)?(?:$|@\s*\S|;|\(?\s*(?:[<>~=!]=|===|[<>])\s*[\w.*])/

const SYSTEM = 'a list of packages of Debian, such as ["git"]'
/** As Debian's policy has them. */
const DEBIAN_NAME = /^[a-z0-9][a-z0-9+.-]+$/

const test = z.strictObject({
  /** Extras and dependency groups that the tests need. */
  extras: z
    .array(
      z.string(LISTED).regex(LIST_NAME, LISTED),
      "a list of extras or groups",
    )
    .optional(),
  /** What they need beside those. */
  requires: z
    .array(z.string(REQUIRES).regex(REQUIREMENT, REQUIRES), REQUIRES)
    .optional(),
  /** Packages of Debian with programs that they call. */
  system: z
    .array(z.string(SYSTEM).regex(DEBIAN_NAME, SYSTEM), SYSTEM)
    .optional(),
  /** What decides on the versions that they run with; by default the lockfile that is there. */
  lock: z.union([path, z.literal(false)], LOCK).optional(),
  /** They run once more with the newest versions. */
  fresh: z.boolean("`true` or `false`").optional(),
  /** An empty list says that there are none. */
  unit: list(
    '["python", "-m", "pytest", "tests/unit"], or [] for none',
  ).optional(),
  integration: list(
    '["python", "-m", "pytest", "tests/integration"], or [] for none',
  ).optional(),
  /** Files that the tests read although they are left out by default. */
  reads: z.array(path, 'a list of paths, such as ["README.md"]').optional(),
})

const VERSION_IN =
  'a table or a list of tables, such as { path = "quayside/VERSION" } or { path = "quayside/about.py", pattern = "release = \'(.*)\'" }'
const versionPlace = z.strictObject(
  {
    path,
    /** Of Python's `re`: its group `version`, else its first; the whole file without one. */
    pattern: z.string("a pattern with a group").optional(),
  },
  VERSION_IN,
)
const versionIn = z.preprocess(asList, z.array(versionPlace).min(1, VERSION_IN))

const REASON = 'the reason, such as "it only makes it faster"'
const VARIABLES =
  'a table of variables with texts, such as { QUAYSIDE_NO_EXTENSIONS = "1" }'
const VARIABLE =
  "the name of a variable that is the build's own: `PATH`, `PYTHONPATH`, `SOURCE_DATE_EPOCH` and those of pip, uv and Shipwheel are not"
/** What decides where packages come from, what runs, and whether two builds are the same. */
const OWN_VARIABLE =
  /^(?!(?:PIP|UV|SHIPWHEEL)_|(?:PATH|PYTHON\w+|SOURCE_DATE_EPOCH)$)[A-Za-z_]\w*$/

const buildEnv = z.record(
  z.string().regex(OWN_VARIABLE, VARIABLE),
  z.string(VARIABLES),
  VARIABLES,
)

const OUTPUT =
  "a path relative to the frontend's folder, such as `dist` or `../quayside/static`, or a list of those"
const output = z.string(OUTPUT).regex(/^(?!\/).+$/, OUTPUT)
const outputs = z.union([output, z.array(output).min(1)], OUTPUT)

const NEARBY =
  "a path from the project's folder, such as `frontend` or `../frontend`"
const nearby = z.string(NEARBY).regex(/^(?!\/).+$/, NEARBY)

const frontend = z.strictObject({
  /** The folder with `package.json`, in the project or beside it. */
  path: nearby,
  /** The folders that the build writes, relative to `path`. */
  output: outputs.optional(),
  /** Where the output goes, relative to the project. */
  destination: path.optional(),
  /** Files that the build reads although they are left out by default: patterns, relative to the project. */
  reads: z
    .array(nearby, 'a list of paths, such as ["quayside/schema.py"]')
    .optional(),
  /** The npm script that builds. */
  script: z.string("the name of an npm script").optional(),
  /** The Node that it is built with, before what its own files ask for. */
  node: z.string(NODE).optional(),
})

const frontends = z.array(frontend)

export type FrontendConfig = z.infer<typeof frontend>

const OPEN_URL =
  "a URL that begins with `https://` or `http://`, such as `https://mirror.example.org/simple/`, without blanks and `\\`, and without user, password, `?` and `#`: `pyproject.toml` is no place for secrets, and those may hold one"

const IMAGES =
  "a registry and a path without user and password, such as `registry.example.org/mirror`"

const openUrl = z
  .url({ protocol: /^https?$/, error: OPEN_URL })
  .refine((text) => {
    const url = urlOf(text)
    return url ? !mayHoldSecret(url) : !URL.canParse(text)
  }, OPEN_URL)

/** Where everything comes from instead of the public registries. */
const mirrors = z.strictObject({
  /** The simple index in place of PyPI's, for dependencies and tools. */
  index: openUrl.optional(),
  /** The npm registry. */
  npm: openUrl.optional(),
  /** What answers queries of known vulnerabilities as OSV does. */
  osv: openUrl.optional(),
  /** What stands before the names of the base images. */
  images: z
    .string(IMAGES)
    .regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/, IMAGES)
    .optional(),
})

/** An index beside the public ones, in the words of `[[tool.uv.index]]`. */
const index = z.strictObject({
  name: z
    .string(NAME)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, NAME)
    .refine((name) => !isReserved(name), OWN_NAME),
  /** The simple index, where files install from. */
  url: openUrl,
  /** Where uploads go. */
  "publish-url": openUrl,
  /** It takes attestations (PEP 740), as PyPI does. */
  attestations: z.boolean("`true` or `false`").optional(),
  /** Where the project keeps what is known of the Sigstore that signs them. */
  sigstore: path.optional(),
  /** What it takes although PyPI would refuse it. */
  takes: z
    .array(
      z.enum(
        INDEX_RULES,
        `one of ${INDEX_RULES.map((each) => `"${each}"`).join(", ")}`,
      ),
      'a list of rules, such as ["direct-urls"]',
    )
    .optional(),
})

/** All keys of `[tool.shipwheel]`. */
export const schema = z.strictObject({
  /** The folder of the import package. */
  package: path.optional(),
  pythons: z
    .array(z.string(PYTHON).regex(/^3\.\d+$/, PYTHON), PYTHONS)
    .min(1, PYTHONS)
    .optional(),
  /** Modules and import statements that must work; the package itself always must. */
  imports: z.array(z.string(IMPORT).regex(IMPORTS, IMPORT), IMPORT).optional(),
  /** Commands that the installed package must survive. */
  smoke: z
    .array(
      words('["quayside", "--version"]'),
      'a list of commands, such as [["quayside", "--version"]]',
    )
    .optional(),
  changelog: beside.optional(),
  /** Why the package does without its compiled part. */
  pure: z.string(REASON).min(1, REASON).optional(),
  /** What its build finds in its environment. */
  "build-env": buildEnv.optional(),
  /** Where the version is written, in place of what is found. */
  "version-in": versionIn.optional(),
  /** What stands before the version in the project's tags. */
  "tag-prefix": z
    .string(PREFIX)
    .regex(/^(?:(?!.*(?:\.\.|\/\/))[A-Za-z@][\w.@/=+-]*[-_/@=]v?)?$/, PREFIX)
    .refine(
      (prefix) => !prefix.startsWith("staging/"),
      "what comes behind `staging/`, which makes a trial of any tag",
    )
    .optional(),
  test: test.optional(),
  /** One table, or several as `[[tool.shipwheel.frontend]]`. */
  frontend: z.preprocess(asList, frontends).optional(),
  index: z
    .array(index, "a list of tables, `[[tool.shipwheel.index]]`")
    .optional(),
  /** How many seconds an index may take to show what was uploaded. */
  "index-wait": z
    .number("a number of seconds, such as 300")
    .min(0, "a number of seconds, such as 300")
    .max(3600, "at most an hour, 3600")
    .optional(),
  mirrors: mirrors.optional(),
  limits: limitsSection.optional(),
  ...gateKeys,
  ...compareKeys,
  ...githubKeys,
  ...environmentKeys,
})

/** `[tool.shipwheel]` as written: what is absent is found by looking. */
export type Config = z.infer<typeof schema>

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}

/** The tables below it, by their names. */
export const sections = new Map<string, z.ZodObject>(
  Object.entries({
    test,
    "version-in": versionPlace,
    frontend,
    index,
    mirrors,
    limits: limitsSection,
    ...gateSections,
    ...compareSections,
    ...githubSections,
    ...environmentSections,
  }),
)
