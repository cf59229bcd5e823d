import { problem } from "../errors.js"
import { foldersAbove, inFolder } from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { linesOf, saidByNpmrc, saidByYarnrc } from "./line-settings.js"
import { strayLocked } from "./locked.js"
import type { RegistryAddress, SaidSetting } from "./said.js"
import { saidByPnpm, saidByYarn } from "./yaml-settings.js"

/** What the settings of package managers take from variables, as `//npm.example.org/:_authToken=${NPM_TOKEN}`. */
export interface NpmCredentials {
  /** All variables that stand for a credential; a package manager may refuse its settings where one is not set. */
  readonly variables: readonly string[]
  /** Those that a registry is shown. */
  readonly shown: readonly string[]
  /** The lines of `.npmrc` that are for one host, of which the last counts the most. */
  readonly lines: readonly string[]
  /** The addresses that the settings and the lockfile name, with the place of each. */
  readonly addresses: readonly (RegistryAddress & { readonly place: string })[]
  /** One of them is that of the usual registry, which a mirror takes the place of. */
  readonly usual: boolean
  /** Where the settings have what is not known to keep a token to its host. */
  readonly stray: readonly string[]
  /** What of the lockfile is made by code where it is fetched. */
  readonly made: readonly string[]
}

/** What a frontend is installed from, by paths from the top of the repository. */
export interface LockedBy {
  readonly tool: string
  readonly lockfile: string | undefined
  /** Each package.json that it is installed by. */
  readonly manifests: readonly string[]
}

/** Who gets a token, by the words of who calls. */
export interface TokenGoes {
  readonly registry: string | undefined
  /** What takes the place of npm's registry. */
  readonly mirror: string | undefined
}

const YARNRC = ".yarnrc.yml"
/** All that package managers take variables in; Yarn 1 and pnpm have more than the others. */
const SETTINGS = {
  ".npmrc": saidByNpmrc,
  [YARNRC]: saidByYarn,
  ".yarnrc": saidByYarnrc,
  "pnpm-workspace.yaml": saidByPnpm,
} as const
type SettingsName = keyof typeof SETTINGS
const VARIABLE = /\$\{(\w+)[^}]*\}/g
/** The lines of `.npmrc` that are for one host. */
const FOR_HOST = /^\s*\/\/([^/\s=]+)[^=]*:(?:_authToken|_auth|_password)\s*=/
/** Whatever it is for: without a host, it is shown to none. */
const CREDENTIAL =
  /(?:_authToken|_auth|_password)\s*=|npmAuth(?:Token|Ident)["']?\s*:/
/** The credential alone, which nothing else in the file can be made to repeat. */
const SHOWN_BY_YARN =
  /^\s*npmAuth(?:Token|Ident)\s*:\s*(["']?)\$\{\w+(?::?-[^}]*)?\}\1\s*$/

/** Reads the settings of a frontend's own folder and of those above. */
export function npmCredentials(
  path: string,
  sources: Sources,
  locked: LockedBy,
): NpmCredentials {
  const texts = textsFor(path, sources)
  const lines = (name: SettingsName) =>
    texts
      .filter((each) => each.name === name)
      .flatMap(({ text }) => linesOf(text))
  const npm = lines(".npmrc")
  const yarn = lines(YARNRC)
  const forHost = npm.filter((line) => FOR_HOST.test(line))
  const byYarn = yarn.filter((line) => SHOWN_BY_YARN.test(line))
  const shown = distinct([...variablesOf(forHost), ...variablesOf(byYarn)])
  return {
    variables: variablesOf(
      [...npm, ...yarn].filter((line) => CREDENTIAL.test(line)),
    ),
    shown,
    lines: npm.filter((line) => /^\s*\/\//.test(line)).reverse(),
    ...(shown.length === 0
      ? { addresses: [], usual: false, stray: [], made: [] }
      : judged(texts, sources, locked)),
  }
}

interface SettingsText {
  readonly name: SettingsName
  readonly path: string
  readonly text: string
}

function textsFor(path: string, sources: Sources): SettingsText[] {
  const names = Object.keys(SETTINGS) as SettingsName[]
  return [path, ...foldersAbove(path)].flatMap((folder) =>
    names.map((name) => ({
      name,
      path: inFolder(folder, name),
      text: sources.text(inFolder(folder, name)) ?? "",
    })),
  )
}

/** Where a token is shown, all must be known to be harmless. */
function judged(
  texts: readonly SettingsText[],
  sources: Sources,
  locked: LockedBy,
): Pick<NpmCredentials, "addresses" | "made" | "stray" | "usual"> {
  const { locking, made } = madeOf(locked, sources)
  const byYarn = texts
    .filter(({ name }) => name === YARNRC)
    .flatMap(({ path, text }) => saidByYarn(path, text))
  // Its registries are those of everything else as well, where it shows them nothing.
  const yarnShows = byYarn.some(({ variable }) => variable !== undefined)
  const all = [
    ...texts
      .filter(({ name }) => name !== YARNRC)
      .flatMap(({ name, path, text }) => SETTINGS[name](path, text)),
    ...(yarnShows ? byYarn : byYarn.map(withoutAddress)),
    ...(yarnShows || locked.tool !== "berry" ? locking : []),
  ]
  return {
    addresses: all.flatMap(({ address, place }) =>
      address ? [{ ...address, place }] : [],
    ),
    usual: all.some(({ usual, variable }) => usual && variable !== undefined),
    stray: all.flatMap(({ place, stray }) => (stray ? [place] : [])),
    made,
  }
}

function withoutAddress({ place, stray = false }: SaidSetting): SaidSetting {
  return { place, stray }
}

function madeOf(
  { lockfile, manifests, tool }: LockedBy,
  sources: Sources,
): {
  readonly made: readonly string[]
  readonly locking: readonly SaidSetting[]
} {
  // A program of the project, which Yarn runs before it compares its lockfile.
  const programs = manifests
    .filter((each) => /"exec:/.test(sources.text(each) ?? ""))
    .map((each) => `\`exec:\` in ${code(each)}`)
  if (lockfile === undefined) return { made: programs, locking: [] }
  const { names, said } = strayLocked(tool, sources.text(lockfile) ?? "")
  const locked = names.map((name) =>
    name === "" ? code(lockfile) : `${code(name)} in ${code(lockfile)}`,
  )
  return { made: [...locked, ...programs], locking: said }
}

/** Refuses a token that might go to another than its host. */
export function refuseStrayToken(
  credentials: NpmCredentials,
  goes: TokenGoes,
): void {
  const { made, stray } = credentials
  if (stray.length > 0)
    throw problem(
      "credential",
      `${few(stray)} may show \`--npm-token\` to others`,
      "With a token, settings are the addresses of registries, one credential alone, such as `//npm.example.org/:_authToken=${NPM_TOKEN}`, and what is known to show it to nobody else. Take the others out, or build without the token. Proxies and certificates are told to the engine.",
    )
  refuseStrangers(credentials, goes)
  if (made.length > 0)
    throw problem(
      "credential",
      `${few(made)} may show \`--npm-token\` to others: what comes from no registry is made where it is fetched, by settings and scripts of its own`,
      "Depend on what a registry has of it, or build without the token.",
    )
}

function refuseStrangers(
  { addresses, usual }: NpmCredentials,
  { mirror, registry }: TokenGoes,
): void {
  const shown = [
    ...addresses.filter((each) => each.shown),
    ...(usual && mirror !== undefined
      ? [{ host: new URL(mirror).host, place: "the mirror of npm" }]
      : []),
  ]
  const hosts = distinct(shown.map(({ host }) => host))
  const [own, ...more] =
    registry === undefined ? hosts : [new URL(registry).host]
  const strangers = shown.filter(({ host }) => host !== own)
  if (registry === undefined && more.length > 0) throw refusal(inWords(hosts))
  if (strangers.length > 0)
    throw refusal(
      `${inWords(distinct(strangers.map(({ host }) => host)))}, by ${few(distinct(strangers.map(({ place }) => place)))}, and it is for ${code(own ?? "")}`,
    )
  const plain = addresses.filter((each) => each.plain && each.host === own)
  if (plain.length > 0 && !registry?.startsWith("http:"))
    throw refusal(
      `whoever listens, by ${few(plain.map(({ place }) => place))}, which names ${code(`http://${own ?? ""}`)}`,
    )
}

function refusal(whom: string) {
  return problem(
    "credential",
    `\`--npm-token\` would be shown to ${whom}`,
    "A token is for one host: name its registry as `--npm-registry`, and let no other take it.",
  )
}

function variablesOf(lines: readonly string[]): string[] {
  return distinct(
    lines
      .filter((line) => !/^\s*[#;]/.test(line))
      .flatMap((line) =>
        [...line.matchAll(VARIABLE)].flatMap(([, name]) => name ?? []),
      ),
  )
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].sort()
}

function inWords(hosts: readonly string[]): string {
  return hosts.map(code).join(", ")
}
