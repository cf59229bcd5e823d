import { z } from "#zod"

import { DISTRIBUTION_NAMES } from "../containers/linux.js"

/** The gates that a project may switch off; each needs a reason, which the report shows. */
export const SKIPPABLE = [
  "attestations",
  "changelog",
  "classifiers",
  "contents",
  "duplicates",
  "forbidden",
  "installers",
  "licence",
  "lint",
  "reproduce",
  "sbom",
  "black",
  "flake8",
  "isort",
  "mypy",
  "pyright",
  "ruff",
] as const
export type Skippable = (typeof SKIPPABLE)[number]

const REASON = 'the reason, such as "the compiler writes the time"'
const reason = z.string(REASON).min(1, REASON)
const ALLOWED =
  'a table of paths with reasons, such as { "tests/fixtures/.netrc" = "holds no secret" }'
const MEBIBYTES = "a number of MiB, such as `100`"
const limit = z.number(MEBIBYTES).positive(MEBIBYTES).optional()
const ARGUMENTS =
  'a list of arguments that starts with a program, such as ["quayside", "--version"]'
const command = z
  .array(z.string(), ARGUMENTS)
  .min(1, ARGUMENTS)
  .refine(canRun, ARGUMENTS)

/** Nobody runs a program without a name, or with a byte in an argument that ends it. */
export function canRun(words: readonly string[]): boolean {
  return words[0]?.trim() !== "" && words.every((each) => !each.includes("\0"))
}
const PATH = "a path that starts with `/`"
const path = z.string(PATH).regex(/^\//, PATH)
const PORT = "a port from 1 to 65535, such as `8000`"
const PUBLIC_KEY =
  "a public key of minisign, such as `RWQ…` with 56 characters, or an Ed25519 one of SSH, `ssh-ed25519 AAAA…`"
const PUBLIC_KEYS =
  /^(RW[A-Za-z0-9+/]{54}|ssh-ed25519 AAAA[A-Za-z0-9+/]{64}( [ -~]+)?)$/
const levels = <const T extends string[]>(known: T) =>
  z.enum(known, `one of ${known.map((each) => `"${each}"`).join(", ")}`)

const skip = z.strictObject(
  Object.fromEntries(SKIPPABLE.map((name) => [name, reason.optional()])),
)

/** What the gates would refuse by its name, and is meant to be there: a file, or a folder with `/` at its end. */
const allow = z.record(z.string(), reason, ALLOWED)

/** What the project holds and nobody who installs it needs: a file, a folder with `/` at its end, or a pattern. */
const notShipped = z.record(
  z.string(),
  reason,
  'a table of paths with reasons, such as { "quayside/notes/" = "for its authors" }',
)

/** What the package depends on and its author has from elsewhere, although the index has it as well. */
const releasedApart = z.record(
  z.string(),
  reason,
  'a table of names with reasons, such as { "quayside-core" = "released from packages/core" }',
)

/** What an index takes of one file; PyPI's own limit is 100 MiB. */
const size = z.strictObject({ wheel: limit, sdist: limit })

/** How bad a known vulnerability must be to stop the release. */
const audit = z.strictObject({
  python: levels(["off", "report", "fail"]).optional(),
  frontend: levels([
    "off",
    "report",
    "low",
    "moderate",
    "high",
    "critical",
  ]).optional(),
})

/** The installed package as a server. */
const serve = z.strictObject({
  command,
  port: z.int(PORT).min(1, PORT).max(65_535, PORT),
  /** The page whose assets are asked for too. */
  path: path.optional(),
})

/** The sections of `[tool.shipwheel]` that the gates read. */
export const gateSections = { skip, size, audit, serve }

export const gateKeys = {
  skip: skip.optional(),
  allow: allow.optional(),
  "not-shipped": notShipped.optional(),
  "released-apart": releasedApart.optional(),
  size: size.optional(),
  audit: audit.optional(),
  serve: serve.optional(),
  /** The command that prints the version. */
  version: command.optional(),
  /** Where the SBOM goes: among the files of a release, or into the wheel as well. */
  sbom: levels(["release", "wheel"]).optional(),
  /** What accepts the signatures of releases. */
  "public-key": z.string(PUBLIC_KEY).regex(PUBLIC_KEYS, PUBLIC_KEY).optional(),
  /** Where the install scripts are tried; what is named must be there. */
  installers: z
    .array(levels(DISTRIBUTION_NAMES), "a list of distributions")
    .optional(),
}
type GateConfig = z.infer<z.ZodObject<typeof gateKeys>>

/** How strict the gates are with this project. */
export interface Gates {
  readonly skip: ReadonlyMap<string, string>
  /** Reason by path. */
  readonly allow: ReadonlyMap<string, string>
  /** Reason by path or pattern of what is left out on purpose. */
  readonly notShipped: ReadonlyMap<string, string>
  /** In bytes. */
  readonly size: { readonly wheel: number; readonly sdist: number }
  readonly audit: {
    readonly python: "off" | "report" | "fail"
    readonly frontend: string
  }
  readonly serve: Server | undefined
  readonly versionCommands: readonly (readonly string[])[]
  /** Whether the wheel holds its SBOM, which is among the files of a release anyway. */
  readonly sbomInWheel: boolean
  /** The distributions that the install scripts must be tried in; otherwise in those that can be had. */
  readonly installers: readonly string[] | undefined
}

export interface Server {
  readonly command: readonly string[]
  readonly port: number
  readonly path: string
}

const MIB = 2 ** 20
const PYPI_LIMIT = 100

/** Fills in what the configuration leaves open. */
export function resolveGates(
  config: GateConfig,
  smoke: readonly (readonly string[])[],
): Gates {
  const { audit: level, serve: server, size: limits, version } = config
  const asked = smoke.filter((each) => each.slice(1).join(" ") === "--version")
  return {
    skip: new Map(
      Object.entries(config.skip ?? {}).flatMap(([name, why]) =>
        why === undefined ? [] : [[name, why] as const],
      ),
    ),
    allow: new Map(Object.entries(config.allow ?? {})),
    notShipped: new Map(Object.entries(config["not-shipped"] ?? {})),
    size: {
      wheel: (limits?.wheel ?? PYPI_LIMIT) * MIB,
      sdist: (limits?.sdist ?? PYPI_LIMIT) * MIB,
    },
    audit: {
      python: level?.python ?? "report",
      frontend: level?.frontend ?? "report",
    },
    serve: server && { ...server, path: server.path ?? "/" },
    versionCommands: version ? [version] : asked,
    sbomInWheel: config.sbom === "wheel" && config.skip?.["sbom"] === undefined,
    installers: config.installers,
  }
}
