import semver from "semver"

import type { Problem, Problems } from "../errors.js"
import {
  foldersAbove,
  inFolder,
  type PackageJson,
} from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"
import versions from "../versions.json" with { type: "json" }
import pinned from "./package-managers.json" with { type: "json" }

/** A Node that a frontend asks for; the newest of the range is taken. */
export interface NodeVersion {
  readonly range: string
  /** In the words of whoever asks. */
  readonly asked: string
  readonly from: string
}

/** Older ones hash in a way that OpenSSL 3 refuses, which Node has had since 17. */
const NEEDS_NODE_16 = {
  webpack: "5.0.0",
  "react-scripts": "5.0.0",
  "@vue/cli-service": "5.0.0",
}
/** Who builds with it in a newer Node says so. */
const WORKAROUND = "openssl-legacy-provider"

const FILES = [".nvmrc", ".node-version"]
/** What nvm and others take as a name; any of the first three is content with what there is. */
const ANY = ["node", "stable", "lts/*"]
const CODENAMES = {
  argon: 4,
  boron: 6,
  carbon: 8,
  dubnium: 10,
  erbium: 12,
  fermium: 14,
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
}

/**
 * The Node that a frontend asks for, where the usual one will not do: the configuration's before that of
 * `.nvmrc` and `.node-version`, here or in a folder above, before `engines.node`, and that before what builds it.
 */
export function resolveNode(
  path: string,
  configured: string | undefined,
  manifest: PackageJson,
  sources: Sources,
  problems: Problems,
): NodeVersion | undefined {
  const asking =
    configured === undefined
      ? (fileAsking(path, sources) ??
        manifestAsking(path, manifest) ??
        builderAsking(path, manifest))
      : { asked: configured, from: "tool.shipwheel.frontend.node" }
  return asking && nodeAsked(asking, problems)
}

type Asking = Omit<NodeVersion, "range">

/** A Node that somebody asks for, where the usual one will not do. */
export function nodeAsked(
  { asked, from }: Asking,
  problems: Problems,
): NodeVersion | undefined {
  const range = rangeOf(asked)
  if (range === undefined)
    problems.add(
      "frontend",
      `\`${from}\` asks for Node \`${asked}\`, which is no version of it`,
      "Write one such as `24`, `22.12` or `20.19.0`.",
    )
  if (range === undefined || isUsual(range)) return undefined
  return { range, asked, from }
}

function fileAsking(path: string, sources: Sources): Asking | undefined {
  const files = [path, ...foldersAbove(path)].flatMap((folder) =>
    FILES.map((name) => inFolder(folder, name)),
  )
  const from = files.find((each) => sources.has(each))
  const text = from === undefined ? undefined : sources.text(from)
  if (from === undefined || text === undefined) return undefined
  return { asked: text.replace(/#.*/g, "").trim(), from }
}

function manifestAsking(
  path: string,
  { engines }: PackageJson,
): Asking | undefined {
  const asked = engines?.node
  return asked === undefined
    ? undefined
    : { asked, from: inFolder(path, "package.json") }
}

function builderAsking(
  path: string,
  { dependencies, devDependencies, scripts }: PackageJson,
): Asking | undefined {
  if (Object.values(scripts).some((each) => each.includes(WORKAROUND)))
    return undefined
  const wanted = new Map<string, unknown>(
    Object.entries({ ...dependencies, ...devDependencies }),
  )
  const old = Object.entries(NEEDS_NODE_16).find(([name, since]) => {
    const range = wanted.get(name)
    return (
      typeof range === "string" &&
      semver.validRange(range) !== null &&
      semver.gtr(since, range)
    )
  })
  const from = `${old?.[0] ?? ""} of ${inFolder(path, "package.json")}`
  return old && { asked: "16", from }
}

function rangeOf(asked: string): string | undefined {
  if (ANY.includes(asked)) return "*"
  const [, codename = ""] = /^lts\/(\w+)$/.exec(asked) ?? []
  const major = new Map(Object.entries(CODENAMES)).get(codename)
  const range = asked === "" ? null : semver.validRange(`${major ?? asked}`)
  return range ?? undefined
}

/** Whatever patch of the usual Node the image has is in the range. */
function isUsual(range: string): boolean {
  return semver.subset(`^${versions.node}`, range)
}

/** The npm to use with a Node that the usual one does not run on. */
export function npmFor(range: string): string | undefined {
  return pinned.npm.find(({ node }) => semver.intersects(node, range))?.version
}

/** Packages of Debian that a Node needs, and images of an older one lack. */
export function librariesOf(node: NodeVersion | undefined): string[] {
  return node && semver.intersects(node.range, ">=25") ? ["libatomic1"] : []
}

/** Says that there is no such Node, and which there are. */
export function missingNode(
  { asked, from, range }: NodeVersion,
  available: readonly string[],
): Problem | undefined {
  if (semver.maxSatisfying([...available], range) !== null) return undefined
  return {
    owner: "frontend",
    what: `\`${from}\` asks for Node \`${asked}\`, and there is none`,
    next: `Ask for one that there is: ${newestOfEach(available).join(", ")}.`,
  }
}

const OLDEST_MAJOR = 14

function newestOfEach(available: readonly string[]): string[] {
  const newest = new Map<number, string>()
  for (const version of semver.sort([...available]))
    newest.set(semver.major(version), version)
  return [...newest]
    .filter(([major]) => major >= OLDEST_MAJOR)
    .map(([, version]) => version)
    .reverse()
}
